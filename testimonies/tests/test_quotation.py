"""Quotations: differences join up to both texts exactly; words are found however they are printed."""

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.quotation import Span, compare, find

prose = st.text(alphabet="ab c.,'’\n-…Żй̈", max_size=40)

SNAPSHOT = """Invented Gazette, 3 May 2021

Saule from Taraz says: 'the bus never came, we walked all night... my brother carried the child—she was
asleep'. Others 'do not greet any-
body', she adds, “not even kin”. It can't be helped.
"""


@given(prose, prose)
def test_spans_join_up_to_both_texts(a, b):
    spans = compare(a, b)
    assert "".join(span.text for span in spans if span.kind != "new") == a
    assert "".join(span.text for span in spans if span.kind != "gone") == b
    assert all(span.text for span in spans)


@given(prose)
def test_a_text_does_not_differ_from_itself(text):
    assert compare(text, text) == ([Span("same", text)] if text else [])


def test_whole_words_change():
    assert compare("we walked all night", "we walked all day long") == [
        Span("same", "we walked all "),
        Span("gone", "night"),
        Span("new", "day long"),
    ]


def test_a_rewritten_phrase_is_one_change_in_spite_of_its_spaces():
    assert compare("they ran away home.", "we stood here home.") == [
        Span("gone", "they ran away"),
        Span("new", "we stood here"),
        Span("same", " home."),
    ]


def _long(seed, words):
    chooser = Random(seed)
    return " ".join("".join(chooser.choices("abcdefg", k=chooser.randint(1, 6))) for _ in range(words))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (_long(1, 22_000), _long(1, 11_000) + " different here " + _long(1, 22_000)[50_000:]),
        (_long(1, 22_000), _long(2, 22_000)),
        ("a " * 50_000, "a b " * 25_000),
        ("a" * 100_000, "b" * 100_000),
        ("." * 100_000, "," * 50_000 + "." * 50_000),
        (" " * 100_000, "\n" * 100_000),
    ],
)
def test_a_hundred_thousand_characters_are_compared_in_time(a, b):
    began = time.process_time()
    spans = compare(a, b)
    assert time.process_time() - began < 5
    assert "".join(span.text for span in spans if span.kind != "new") == a
    assert "".join(span.text for span in spans if span.kind != "gone") == b


def _kinds(match):
    return [difference.kind for difference in match.differences]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("the bus never came, we walked all night... my brother carried the child—she was\nasleep", []),
        ("the bus never came, we walked all night… my brother", ["ellipsis"]),
        ("the bus never came, we walked all night . . . my brother", ["ellipsis", "spaces"]),
        ("The bus never came", ["case"]),
        ("carried the child – she was", ["dashes", "spaces"]),
        ("the child—she was asleep", ["spaces"]),
        ("the child—she  was", ["spaces"]),
        ('"not even kin"', []),
        ("adds, «not even kin»", ["quotes"]),
        ("she adds, not even kin", ["quotes"]),
        ("It can’t be helped", ["quotes"]),
        ("do not greet anybody", ["dashes", "spaces"]),
        ("do not greet any-body", ["dashes", "spaces"]),
        ("we walked all night!", ["ends"]),
        ("Saule from\u00a0Taraz", ["spaces"]),
        ("Sau\u00adle from Taraz", ["dashes"]),
        ("ﬁnd", None),
        ("not even kin”. It", []),
    ],
)
def test_typography_is_told_apart_from_words(words, kinds):
    match = find(words, SNAPSHOT)
    if kinds is None:
        assert match.state == "absent"
        return
    assert match.state == "found"
    assert sorted(_kinds(match)) == kinds


@pytest.mark.parametrize(
    ("words", "kind", "given", "printed"),
    [
        ("the bus never came, we ran all night", "words", "ran", "walked"),
        ("the bus came, we walked all night", "words", "", "never"),
        ("the red bus never came, we walked", "words", "red", ""),
        ("the bus never came; we walked all night", "punctuation", "; ", ", "),
        ("the bus never came we walked all night", "punctuation", " ", ", "),
        ("we walked all night my brother carried", "punctuation", " ", "... "),
        ("the bus never came, we walk ed all night", "words", " ", ""),
    ],
)
def test_differing_words_and_punctuation_are_told_with_their_place(words, kind, given, printed):
    match = find(words, SNAPSHOT)
    assert match.state == "differs"
    (difference,) = match.differences
    assert (difference.kind, difference.given, difference.printed) == (kind, given, printed)
    assert SNAPSHOT[difference.start : difference.end] == printed


@pytest.mark.parametrize("words", ["", " ... ", "[[thus]]", "nothing of the kind was ever said", "us", "child", "zzz"])
def test_words_that_do_not_stand_in_the_text_are_absent(words):
    assert find(words, SNAPSHOT).state == ("found" if words == "child" else "absent")


def test_place_of_the_words_is_told():
    match = find("WE walked all night", SNAPSHOT)
    assert SNAPSHOT[match.start : match.end] == "we walked all night"


def test_omissions_and_insertions_of_ours_are_understood():
    match = find("the bus [[which was due]] never came, [[…]] my brother carried [[her]] the child", SNAPSHOT)
    assert (match.state, match.differences) == ("found", ())
    assert SNAPSHOT[match.start : match.end].startswith("the bus never")
    assert SNAPSHOT[match.start : match.end].endswith("the child")
    assert find("my brother [[…]] the bus never came", SNAPSHOT).state != "found"
    assert find("the bus [[…]] my sister carried the child", SNAPSHOT).state == "differs"


def test_parts_are_looked_for_near_each_other():
    text = "we left. Much later: we left the town and never came back"
    match = find("we left [[…]] never came back", text)
    assert text[match.start : match.end] == "we left the town and never came back"


def test_the_place_with_the_fewest_differences_is_taken():
    text = "THE END, he said. Then the end, she said."
    assert find("the end", text).start == 23
    assert find("THE END", text).start == 0


def test_letters_of_any_script_and_form_are_found():
    assert find("Қарағандыда й", "ол ҚАРАҒАНДЫДА и\u0306").state == "found"
    assert find("Ferganа", "Fergana").state == "absent"  # the last letter is Cyrillic


@given(st.lists(st.sampled_from(["ab", "c", "Ab", "d'e", "—", "...", ","]), min_size=1, max_size=12), st.data())
def test_any_stretch_of_words_is_found_in_its_text(words, data):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    stretch = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    match = find(stretch, text)
    assert match.state == ("found" if any(character.isalpha() for character in stretch) else "absent")
    assert match.differences == ()


@given(prose, prose)
def test_any_two_texts_are_answered(words, text):
    match = find(words, text)
    assert match.state in {"found", "differs", "absent"}
    assert 0 <= match.start <= match.end <= len(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (_long(1, 22_000), _long(1, 22_000)),
        (_long(1, 22_000), _long(1, 11_000) + " XX " + _long(1, 22_000)[50_000:]),
        (_long(1, 22_000), _long(2, 22_000)),
        (_long(1, 60), _long(1, 22_000)),
        ("a" * 50_000, "a" * 100_000),
        ("a " * 25_000 + "b", "a " * 50_000),
        ("ab " * 15_000, "a b " * 25_000),
        ("[[…]] a " * 12_000, "a b " * 25_000),
    ],
)
def test_a_hundred_thousand_characters_are_searched_in_time(words, text):
    began = time.process_time()
    assert find(words, text).state in {"found", "differs", "absent"}
    assert time.process_time() - began < 10

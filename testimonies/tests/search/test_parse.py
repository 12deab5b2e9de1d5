"""What is typed becomes a query: every syntax as it is meant, everything else as words, never an error."""

import time
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from testimonies.search import parse as parsing
from testimonies.search.parse import LONGEST, MOST_WORDS, Field, Not, Or, Phrase, Prefix, Query, Word, parse


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ("Maržan", [Word("Maržan")]),
        ("bread  and\troad", [Word("bread"), Word("and"), Word("road")]),
        ("bread bread", [Word("bread")]),
        ("«bread, road»…", [Phrase("bread, road")]),
        ("bread,road", [Word("bread"), Word("road")]),
        ("Issyk-Kul don't O‘zbek", [Word("Issyk-Kul"), Word("don't"), Word("O‘zbek")]),
        ("[T]hey ran", [Word("They"), Word("ran")]),
        ("-bread", [Not(Word("bread"))]),
        ("−bread road", [Not(Word("bread")), Word("road")]),
        ("-bread,road", [Not(Word("bread")), Word("road")]),
        ('-"the bread"', [Not(Phrase("the bread"))]),
        ("-bre*", [Not(Prefix("bre"))]),
        ("-tag:bread", [Not(Field("tag", ("bread",)))]),
        ("well-known x-", [Word("well-known"), Word("x")]),
        ("--bread", [Word("bread")]),
        ("- bread", [Word("bread")]),
        ("bre*", [Prefix("bre")]),
        ("bre** Issyk-K*", [Prefix("bre"), Prefix("Issyk-K")]),
        ("b* *read br*d", [Word("b"), Word("read"), Prefix("br"), Word("d")]),
        ("bread,roa*", [Word("bread"), Prefix("roa")]),
        ("bread OR road", [Or((Word("bread"), Word("road")))]),
        ("bread | road", [Or((Word("bread"), Word("road")))]),
        ("a OR b OR c d", [Or((Word("a"), Word("b"), Word("c"))), Word("d")]),
        ('"a b" OR -c OR tag:d', [Or((Phrase("a b"), Not(Word("c")), Field("tag", ("d",))))]),
        ("bread OR bread", [Word("bread")]),
        ("bread or road", [Word("bread"), Word("or"), Word("road")]),
        ("OR bread", [Word("or"), Word("bread")]),
        ("bread OR", [Word("bread"), Word("or")]),
        ("OR", [Word("or")]),
        ("|", []),
    ],
)
def test_syntax_is_read_as_it_is_meant(typed, nodes):
    assert parse(typed) == Query(tuple(nodes), (), " ".join(typed.split()))


@pytest.mark.parametrize(
    "typed",
    [
        '"we left"',
        "“we left”",
        "”we left”",
        "„we left“",
        "„we left”",
        '"we left”',
        "«we left»",
        "« we left »",
        "»we left«",
        "»we left»",
        "'we left'",
        "‘we left’",
        "‚we left‘",
        "‹we left›",
        "「we left」",
        '("we left")',
        '"we  left" ""',
    ],
)
def test_quotation_marks_of_all_languages_enclose_a_phrase(typed):
    assert parse(typed).nodes == (Phrase("we left"),)


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ('"we left', [Word("we"), Word("left")]),
        ('we left"', [Word("we"), Word("left")]),
        ('we"left us"x', [Word("we"), Word("left"), Word("us"), Word("x")]),
        ("'tis the guards' bread", [Phrase("tis the guards"), Word("bread")]),
        ("don't say 'no' to O'sh", [Word("don't"), Word("say"), Phrase("no"), Word("to"), Word("O'sh")]),
        ("'twas kids' ", [Phrase("twas kids")]),
        ("the kids' bread isn't", [Word("the"), Word("kids"), Word("bread"), Word("isn't")]),
        ('"a" -b"', [Phrase("a"), Not(Word("b"))]),
        ('"a"-b', [Phrase("a"), Word("b")]),
        ('"" "…" « »', []),
    ],
)
def test_marks_that_enclose_nothing_are_signs_between_words(typed, nodes):
    assert parse(typed).nodes == tuple(nodes)


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ("place:Bishkek", [Field("place", ("Bishkek",))]),
        ("Place:Bishkek", [Field("place", ("Bishkek",))]),
        ("wave:spring tag:bread", [Field("wave", ("spring",)), Field("tag", ("bread",))]),
        ('witness:"Anna P."', [Field("witness", ("Anna", "P"))]),
        ("source:«Steppe Courier» x", [Field("source", ("Steppe", "Courier")), Word("x")]),
        ("place:Nur-Sultan,Osh", [Field("place", ("Nur-Sultan",)), Word("Osh")]),
        ("place:Bish*", [Field("place", ("Bish",))]),
        ("place：Бишкек", [Field("place", ("Бишкек",))]),
        ("before:2022", [Field("before", day=date(2022, 1, 1))]),
        ("before:2022-09", [Field("before", day=date(2022, 9, 1))]),
        ('after:"2022-09-29"', [Field("after", day=date(2022, 9, 29))]),
        ("after:2022-9-5", [Field("after", day=date(2022, 9, 5))]),
    ],
)
def test_fields_narrow_what_a_word_may_be(typed, nodes):
    assert parse(typed).nodes == tuple(nodes)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("place: Bishkek", ["place", "Bishkek"]),
        ("place:", ["place"]),
        ("place:…", ["place"]),
        ('place:""', ["place"]),
        ("colour:red", ["colour", "red"]),
        ("https://example.org/a?b=c", ["https", "example", "org", "a", "b", "c"]),
        ("before:autumn", ["before", "autumn"]),
        ("after:2022-13", ["after", "2022-13"]),
        ("before:0000", ["before", "0000"]),
        ("before:٢٠٢٢", ["before", "٢٠٢٢"]),
        ("12:30", ["12", "30"]),
        ("(a+)+$ [a-z]{3}", ["a", "a-z", "3"]),
        ("title:(bread) AND NOT road~2^4", ["title", "bread", "AND", "NOT", "road", "2", "4"]),
        ("'; DROP TABLE x;--", ["DROP", "TABLE", "x"]),
        ("<birtr", ["birtr"]),
    ],
)
def test_what_is_not_syntax_is_taken_as_words(typed, words):
    assert parse(typed).nodes == tuple(map(Word, words))


@pytest.mark.parametrize("typed", ["", "   ", "\0", "!?… — *", '"""', "-", "🥖🛂", "\ud800", "::"])
def test_what_has_no_words_has_no_nodes(typed):
    assert parse(typed).nodes == ()


def test_unseen_characters_neither_hide_nor_part_words():
    assert parse("Mar\u202ežan\u200b bre\u00adad\ufeff").nodes == (Word("Maržan"), Word("bread"))
    assert parse("bread\0road\ud800\x1bend").nodes == (Word("bread"), Word("road"), Word("end"))
    assert parse("и\u0306од").nodes == (Word("йод"),)


def test_fields_and_or_are_understood_in_the_language_of_the_reader(monkeypatch):
    monkeypatch.setitem(parsing.FIELDS, "place", "место")
    monkeypatch.setattr(parsing, "pgettext", lambda *_message: "ИЛИ")
    assert parse("Место:Ош ИЛИ place:Ош").nodes == (Field("place", ("Ош",)),)
    assert parse("хлеб ИЛИ соль OR сахар").nodes == (Or((Word("хлеб"), Word("соль"), Word("сахар"))),)
    assert parse("ИЛИ").nodes == (Word("или"),)


def test_long_queries_are_cut_in_whole_words_and_say_so():
    found = parse("bread " * 100 + "road")
    assert found.nodes == (Word("bread"),)
    assert found.notes == ("Only the first 500 characters were looked for.", "Only the first 40 words were looked for.")
    assert found.text == ("bread " * 83).strip()
    assert parse("a" * 600).text == "a" * LONGEST
    assert parse("x " * 250).text == ("x " * 250).strip()


def test_queries_of_many_words_are_cut_and_say_so():
    numbers = [str(number) for number in range(50)]
    cut = ("Only the first 40 words were looked for.",)
    assert parse(" ".join(numbers)) == Query(tuple(map(Word, numbers[:40])), cut, " ".join(numbers))
    assert parse(f'"{" ".join(numbers)}"').nodes == (Phrase(" ".join(numbers[:40])),)
    assert parse(" ".join(numbers[:39]) + ' -"a b"').nodes == tuple(map(Word, numbers[:39]))
    assert parse(" ".join(numbers[:38]) + ' place:"a b c"').nodes[-1] == Field("place", ("a", "b"))
    assert parse(" OR ".join(numbers)) == Query((Or(tuple(map(Word, numbers[:40]))),), cut, " OR ".join(numbers))
    assert parse(" ".join(numbers[:40])).notes == ()


SIGNS = "\"'“”„«»‘’-−*:：()|,; \u202e\0\ud83d"
PARTS = [*SIGNS, "OR", "place:", "before:", "2022", "Оһ", "it's", "[T]hey", "[…]", "🥖"]
SYNTAX = st.lists(st.sampled_from(PARTS), max_size=60).map("".join)
ANYTHING = st.text(max_size=700) | SYNTAX | st.text("ab \"'-:*", max_size=700)


def _words_in(node):
    match node:
        case Not():
            return _words_in(node.node)
        case Or():
            return sum(map(_words_in, node.nodes))
        case Phrase():
            return len(list(parsing.words_of(node.text)))
        case Field():
            return max(1, len(node.words))
    return 1


@given(ANYTHING)
def test_any_text_is_a_query_within_the_limits(text):
    found = parse(text)
    assert len(found.text) <= LONGEST
    assert sum(map(_words_in, found.nodes)) <= MOST_WORDS
    assert len(set(found.nodes)) == len(found.nodes)
    found.text.encode()
    str(found).encode()


@given(ANYTHING)
def test_a_query_can_be_written_down_and_read_again(text):
    found = parse(text)
    again = parse(str(found))
    assert again.nodes == found.nodes or again.notes


@given(ANYTHING)
def test_words_are_words_of_the_analyser(text):
    for node in parse(text).nodes:
        if isinstance(node, Word | Prefix):
            (token,) = parsing.words_of(node.text)
            assert (token.start, token.end) == (0, len(node.text))


JUNK = ["a", "слово ", '"', "' ", "'a", "-", "a:", "(", "\u202e", "e\u0301", "[", '"a ', "a OR ", "🥖", "*a", "-'a "]


@pytest.mark.parametrize("junk", [junk * (10_000 // len(junk)) for junk in JUNK])
def test_rubbish_is_read_in_a_tenth_of_a_second(junk):
    parse("warm")
    began = time.process_time()
    parse(junk)
    assert time.process_time() - began < 0.1


def test_notes_are_in_the_language_of_the_reader():
    with translation.override("en"):
        assert parse("a" * 501).notes == ("Only the first 500 characters were looked for.",)

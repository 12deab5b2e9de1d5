"""Texts: what readers see survives, what deceives them is told, our marks stay apart from the source's."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.texts import (
    clean,
    findings,
    paragraphs,
    public_text,
    source_parts,
    source_words,
    unclosed_marks,
)

anything = st.text(st.characters(), max_size=60)

SCRIPTS = [
    "Қарағандыда өмір сүремін",
    "Ысык-Көл, Ўзбекистон, Хуҷанд, їжак",
    "من در خانه می‌مانم",  # a joiner that Persian spelling needs
    "क्‍ष",
    "שָׁלוֹם",
    "漢字と仮名",
    "👩🏽‍🚀 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️‍🔥 🇰🇿",
    "ï̈ č̣ ə̄",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_scripts_and_emoji_survive_and_are_not_suspicious(text):
    assert clean(text) == unicodedata.normalize("NFC", text)
    assert findings(text) == []


@given(anything)
def test_cleaned_text_is_clean_and_stays_as_it_is(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(finding.removed for finding in findings(cleaned))
    assert cleaned.encode().decode() == cleaned
    assert not set(cleaned) & {"\0", "\r", "\x85", "\u2028", "\u2029"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Zl", "Zp"]), max_size=60))
def test_cleaning_changes_nothing_that_can_be_seen(text):
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_line_ends_become_line_feeds_and_tabs_stay():
    assert clean("a\r\nb\rc\u2028d\x85e\tf\u2029g") == "a\nb\nc\nd\ne\tf\n\ng"
    assert findings("a\r\nb\tc\x85d") == []


@pytest.mark.parametrize(
    ("text", "kind", "removed"),
    [
        ("a\0b", "control", True),
        ("a\x1bb", "control", True),
        ("a\x9fb", "control", True),
        ("a\ufffeb", "control", True),
        ("a\ud800b", "surrogate", True),
        ("a\u202eb", "bidi", False),
        ("a\u200fb", "bidi", False),
        ("a\u2066b", "bidi", False),
        ("a\u200bb", "invisible", False),
        ("a\u200db", "invisible", False),
        ("a\ufeffb", "invisible", False),
        ("a\u00adb", "invisible", False),
        ("a\U000e0041b", "invisible", False),
        ("a\ue000b", "private", False),
    ],
)
def test_what_deceives_is_told_with_its_place(text, kind, removed):
    (finding,) = findings(text)
    assert (finding.kind, finding.start, finding.removed) == (kind, 1, removed)
    assert (finding.character in clean(text)) != removed


def test_finding_says_what_it_is_in_a_sentence():
    (override,) = findings("ab\u202ec")
    assert str(override) == "Character 3, U+202E RIGHT-TO-LEFT OVERRIDE, cannot be seen. It was kept."
    (null,) = findings("\0")
    assert str(null) == "Character 1, U+0000, was removed."


def test_surrogates_that_belong_together_are_joined():
    assert clean("\ud83d\ude00") == "😀"
    assert clean("a\ude00") == "a\ufffd"
    assert findings("\ud83d\ude00") == []


def test_paragraphs_are_what_blank_lines_separate():
    assert paragraphs("\n one\ntwo \r\n \t\r\n\n three \n") == ["one\ntwo", "three"]
    assert paragraphs(" \n\n ") == []


@given(anything)
def test_paragraphs_lose_no_letters(text):
    letters = "".join(text.split())
    assert "".join("".join(paragraphs(text)).split()) == letters


def test_our_insertions_become_brackets_with_their_places():
    plain, ours = public_text("They [[the guards]] ran [sic] away [[…]] home")
    assert plain == "They [the guards] ran [sic] away […] home"
    assert [plain[start:end] for start, end in ours] == ["[the guards]", "[…]"]


def test_our_marks_are_taken_out_for_checks_with_the_space_they_leave():
    assert source_words("They [[the guards]] ran") == "They ran"
    assert source_words("They ran [[away]], all") == "They ran, all"
    assert source_words("kid[[s]] ran") == "kid ran"
    assert source_parts("They ran [[…]] home [[...]] at last") == [
        ("They ran ", False),
        (" home ", True),
        (" at last", True),
    ]


@pytest.mark.parametrize("text", ["a [b] c", "a [[b c", "a b]] c", "[[]]", "[[a\nb]]", "[", "]]", "a [x] [[ "])
def test_what_is_no_mark_stays_as_printed(text):
    assert public_text(text) == (text, [])
    assert source_words(text) == text


def test_marks_left_open_are_told():
    assert unclosed_marks("a [[b]] c") == []
    assert unclosed_marks("a [[b c ]] d ]] [[ e") == [13, 16]


@given(st.text(alphabet="ab [].…\n", max_size=40))
def test_marks_are_read_in_any_mess(text):
    plain, ours = public_text(text)
    assert all(plain[start] == "[" and plain[end - 1] == "]" for start, end in ours)
    assert len(plain) == len(text) - 2 * len(ours)
    assert len(source_words(text)) <= len(text)


@given(st.integers(min_value=1, max_value=20))
def test_long_mess_is_read_in_time(times):
    assert len(public_text("[[" * 5_000 * times)[0]) == 10_000 * times

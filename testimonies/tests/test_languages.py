"""Languages: invalid tags are refused kindly, valid ones get one spelling and a readable name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.languages import NAMES, SCRIPTS, direction, name, standardise, validate_tag, without_usual_script

pieces = st.sampled_from(["kk", "KY", "ru", "Latn", "cyrl", "RU", "x", "2021", "-", "_", "", "und", "alalc97"])


@pytest.mark.parametrize("tag", ["en", "kk-Cyrl", "und-Latn", "und", "ru-Latn-alalc97", "kk-Latn-x-2021", "zxx", "dng"])
def test_valid_tags_pass_and_stay_as_they_are(tag):
    validate_tag(tag)
    assert standardise(tag) == tag


@pytest.mark.parametrize(
    "tag", ["", "xx", "ru-Abcd", "english", "ru_RU", "кк", "a" * 10_000, "ru-", "-", "en-\0", "ky kk"]
)
def test_invalid_tags_are_refused_with_a_short_sentence(tag):
    with pytest.raises(ValueError, match=r"language") as refusal:
        validate_tag(tag)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("KK_cyrl", "kk-Cyrl"),
        ("ru_ru", "ru-RU"),
        ("iw", "he"),
        (" en ", "en"),
        ("KY-latn-X-Foo", "ky-Latn-x-foo"),
    ],
)
def test_tags_get_one_spelling(typed, standard):
    assert standardise(typed) == standard


@given(st.lists(pieces, max_size=5).map("-".join))
def test_standard_spelling_is_valid_and_final(text):
    try:
        standard = standardise(text)
    except ValueError:
        return
    validate_tag(standard)
    assert standardise(standard) == standard


@given(st.text(max_size=20))
def test_every_text_has_a_name_and_a_direction(text):
    assert isinstance(name(text), str)
    assert direction(text) in {"ltr", "rtl"}


@pytest.mark.parametrize(
    ("tag", "readable"),
    [
        ("kk-Cyrl", "Kazakh (Cyrillic)"),
        ("kk-Latn-x-2021", "Kazakh (Latin, x-2021)"),
        ("en", "English"),
        ("und", "language not known"),
        ("und-Latn", "language not known (Latin)"),
        ("en-GB", "English (GB)"),
        ("yue", "yue"),
        ("yue-Latn", "yue-Latn"),
        ("nonsense!", "nonsense!"),
    ],
)
def test_names_are_readable_or_else_the_tag(tag, readable):
    assert name(tag) == readable


def test_all_names_belong_to_valid_tags():
    for tag in [*NAMES, *(f"und-{script}" for script in SCRIPTS)]:
        validate_tag(tag)
        assert standardise(tag) == tag


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ug", "kk-Arab", "ur", "ky-Arab-CN"])
def test_right_to_left_languages(tag):
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "kk", "tg", "ug-Cyrl", "und", "", "zh", "fa-Latn", "nonsense!"])
def test_left_to_right_languages(tag):
    assert direction(tag) == "ltr"


@pytest.mark.parametrize(
    ("tag", "plain"),
    [("ru-Cyrl", "ru"), ("kk-Cyrl", "kk"), ("kk-Latn", "kk-Latn"), ("sr-Cyrl", "sr-Cyrl"), ("en-x-old", "en-x-old")],
)
def test_the_script_that_goes_without_saying_is_left_out(tag, plain):
    assert without_usual_script(tag) == plain

"""Where nothing is found something near is offered, but only what finds something; type-ahead goes through names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonies.search.names import KINDS, Named, Names
from testimonies.search.near import by_length, near
from testimonies.search.parse import Field, Not, Or, Phrase, Prefix, Word, parse
from testimonies.search.suggest import LONGEST_TYPED, MOST_SEARCHES, Offer, offers, type_ahead

CALLED = {
    "place": ["Biškek", "Karaganda", "Osh", "Nur Sultan"],
    "witness": ["Maržan", "Aibek"],
    "tag": ["Bread"],
    "wave": ["Departures of the dry spring"],
    "source": ["The Steppe Courier: Bread and borders"],
}
NAMES = Names(
    {kind: lambda kind: [Named(kind, f"{kind}-{name}", name, name) for name in CALLED[kind]] for kind in CALLED}
)
WORDS = [("border", 9), ("borders", 2), ("boarder", 1), ("граница", 7), ("shelter", 1), ("we", 9), ("in", 9)]
HELD = {word for word, _count in WORDS}


def _finds(text):
    """Whether everything asked for is a word of the index or names something, as a search would have it."""
    nodes = parse(text).nodes
    return bool(nodes) and all(map(_is_held, nodes))


def _is_held(node):
    match node:
        case Word(text):
            return text.casefold() in HELD or bool(NAMES.matching(text, KINDS))
        case Or(nodes):
            return any(map(_is_held, nodes))
        case Field(name, words):
            return name in KINDS and all(NAMES.matching(word, [name]) for word in words)
        case Not():
            return True
        case Phrase() | Prefix():
            return False
    return False


def offered(typed, found=_finds, words=WORDS, **more):
    return [offer.text for offer in offers(parse(typed), NAMES, lambda: by_length(words), found, **more)]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("Bishkke", ["Biškek"]),
        ("Бишкеке", ["Biškek"]),
        ("карганда", ["Karaganda"]),
        ("Kragnda", ["Karaganda"]),
        ("marjhan", ["Maržan"]),
        ("bredd", ["Bread"]),
        ("bordrs", ["borders", "border"]),
        ("гранциа", ["граница"]),
        ("sheltr bordrs", ["shelter borders", "shelter border"]),
        ("border brxad", ["border Bread"]),
        ("xq zzqy", []),
        ("border zzqyzz", ["border"]),
        ("в Бишкеке", ["Biškek"]),
        ("-we bordr", ["-we border"]),
        ("osg", ["Osh"]),
        ("ox", []),
        ("Karag*", []),
        ("Karaganba*", ["Karaganda"]),
        ('"we border"', ["we border"]),
        ("place:Bishkke", ["place:Biškek"]),
        ('place:"nur sultam"', ['place:"nur Sultan"']),
        ("before:1999", []),
        ("Kara ganda", ["Karaganda"]),
        ("Нурсултан", ["Nur Sultan"]),
        ("border-bread", ["border bread"]),
        ("bordr OR zzqyzz", ["border OR zzqyzz", "border"]),
        ("«in we»", ["in we"]),
        ("", []),
        ("…", []),
    ],
)
def test_what_may_have_been_meant_is_offered(typed, texts):
    assert offered(typed)[: len(texts) or None] == texts


@pytest.mark.parametrize(
    ("typed", "text"),
    [("<birtr", "Бишкек"), ("vfh;fy", "маржан"), ("ищквук", "border"), ("border <birtr", "border Бишкек")],
)
def test_the_same_keys_on_another_layout_are_offered_first(typed, text):
    assert offers(parse(typed), NAMES, lambda: by_length(WORDS), _finds)[0] == Offer(text, "keyboard")


def test_nothing_is_offered_that_finds_nothing():
    assert offered("Bishkke", found=lambda _text: False) == []
    asked: list[str] = []

    def found(text):
        asked.append(text)
        return text == "borders"

    assert offered("bordrs", found=found) == ["borders"]
    assert len(set(asked)) == len(asked)


def test_offers_do_not_search_for_ever():
    asked: list[str] = []
    offers(
        parse("bordr sheltr bredd <birtr kragnda osg " * 6),
        NAMES,
        lambda: by_length(WORDS),
        lambda text: bool(asked.append(text)),
    )
    assert 0 < len(asked) <= MOST_SEARCHES


def test_there_are_so_many_offers_at_most():
    words = [(f"bordera{letter}", 1) for letter in "abcdefgh"]
    held = {word for word, _count in words}
    assert len(offered("borderax", found=held.__contains__, words=words)) == 3
    assert len(offered("borderax", found=held.__contains__, words=words, limit=1)) == 1


def test_frequent_words_and_names_go_first():
    words = by_length([("bread", 1), ("tread", 9), ("dread", 2), ("breed", 3)])
    assert near("bread", NAMES, [], words) == ["breed", "tread", "dread"]  # bread is bread in another spelling
    assert near("breat", NAMES, ["tag"], words) == ["Bread", "bread"]


def test_words_come_from_the_index_only_when_they_are_needed():
    def words():
        raise AssertionError("not needed")
        yield

    assert offered("border Osh", words=words(), found=lambda text: text in ("border", "Osh")) == []


@given(st.text(max_size=60) | st.text("<birtr \"':-*OR", max_size=30))
def test_any_query_may_be_without_results(text):
    for offer in offers(parse(text), NAMES, lambda: by_length(WORDS), lambda _text: True):
        assert parse(offer.text).nodes


def test_type_ahead_goes_through_all_kinds_of_names():
    assert [one.key for one in type_ahead(NAMES, "b")] == [
        "tag-Bread",
        "place-Biškek",
        "source-The Steppe Courier: Bread and borders",
    ]
    assert [one.name for one in type_ahead(NAMES, "<bi")] == ["Biškek"]
    assert type_ahead(NAMES, "b", limit=1)[0].kind in KINDS
    assert type_ahead(NAMES, "\0\ud800") == []
    assert type_ahead(NAMES, "Osh " + "8" * LONGEST_TYPED) == []

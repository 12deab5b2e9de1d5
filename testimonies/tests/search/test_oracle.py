"""The oracle itself: a few testimonies whose answers anybody can work out by hand."""

import pytest

from testimonies.search.parse import parse
from testimonies.tests.invented import record, segment

from .documents import document
from .oracle import Oracle

SPOKEN = {"as_printed": "", "basis": {"kind": "stated", "reason": "", "source": None}}
OSH = {"identifier": "p1osh", "name": "Osh", "kind": "city", "relation": "spoken_at", "basis": {}, "within": []}

DOCUMENTS = [
    document("bread", record(segments=[segment("We shared the dark bread.", "Nobody left […] the border.")]), []),
    document(
        "roads",
        record(
            segments=[segment("Дороги были пустые, Умай молчала.")],
            language_printed="ru",
            places=[OSH],
            tags=[],
            witness={"identifier": "w2mar", "name": "Maržan", "described_as": ""},
            dates={"spoken": {"edtf": "2022-09", **SPOKEN}, "printed": None},
        ),
        [("Маржан", "kk-Cyrl")],
    ),
    document(
        "water",
        record(
            segments=[segment("Water was dear in Bishkek-city.")],
            source={"identifier": None, "title": "", "publisher": "", "contributions": []},
            dates={"spoken": {"edtf": "[..2022-09-29]", **SPOKEN}},
        ),
        [],
    ),
]
NAMED = {
    ("place", "p1aks"): [("Aksay", ""), ("Ақсай", "kk-Cyrl")],
    ("place", "p2kaz"): [("Kazakhstan", ""), ("Қазақстан", "kk-Cyrl")],
    ("place", "p1osh"): [("Osh", ""), ("Ош", "ky-Cyrl")],
    ("tag", "bread"): [("Bread", "en"), ("Хлеб", "ru")],
}
ORACLE = Oracle(DOCUMENTS, NAMED)


def found(typed, **chosen):
    return set(ORACLE.answer(parse(typed).nodes, chosen).identifiers)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", {"bread", "roads", "water"}),
        ("shared", {"bread"}),
        ("SHARING", {"bread"}),  # by stem
        ("дорога", {"roads"}),
        ("Umai", {"roads"}),
        ("Umaj", {"roads"}),
        ("Marzhan", {"roads"}),
        ("Marzan", {"roads"}),
        ("maržan marzhan маржан", {"roads"}),
        ("aibek", {"bread", "water"}),
        ("courier", {"bread", "roads"}),  # a source that is withheld has no names
        ("bishkek", {"water"}),
        ("bishkek-city", {"water"}),
        ("city", {"water"}),
        ("bread", {"bread", "roads", "water"}),  # the title of a source, and a tag
        ("хлеб", {"bread", "water"}),  # the tag
        ("qazaqstan", {"bread", "water"}),  # what a place lies in
        ("ош", {"roads"}),
        ('"dark bread"', {"bread"}),
        ('"bread dark"', set()),
        ('"BREAD and borders"', {"bread", "roads"}),
        ('"dark bread nobody"', set()),  # not from one passage into the next
        ('"left the border"', set()),  # the archive left words out between
        ('"Marzan"', set()),
        ("bor*", {"bread", "roads"}),
        ("дор*", {"roads"}),
        ("dorog*", {"roads"}),
        ("-shared", {"roads", "water"}),
        ("shared OR umai", {"bread", "roads"}),
        ("water aibek", {"water"}),
        ("place:osh", {"roads"}),
        ("place:bishkek", set()),
        ("tag:хлеб", {"bread", "water"}),
        ("witness:marzhan", {"roads"}),
        ("witness:courier", set()),
        ('source:"steppe courier"', {"bread", "roads"}),
        ("before:2022-10", {"roads", "water"}),
        ("before:2022-09-29", set()),
        ("before:2022-09-30", {"water"}),
        ("after:2022", {"roads"}),
        ("after:2022-09-01", {"roads"}),
        ("after:2022-09-02", set()),
        ("-after:2022", {"bread", "water"}),
    ],
)
def test_matches(typed, expected):
    assert found(typed) == expected


def test_facets_narrow_one_another_and_their_choices_widen():
    assert found("", place=["p1osh"]) == {"roads"}
    assert found("", place=["p1osh", "p2kaz"]) == {"bread", "roads", "water"}
    assert found("", place=["p2kaz"], source=["unknown"]) == {"water"}
    assert found("", year=["unknown"]) == {"bread", "water"}


def test_a_facet_is_counted_without_its_own_choice():
    counts = ORACLE.answer((), {"language": ["ru"]}).counts
    assert counts["language"] == {"en": 2, "ru": 1}
    assert counts["place"] == {"p1osh": 1}
    assert counts["tag"] == {"unknown": 1}
    assert counts["year"] == {"2022": 1}
    assert counts["source"] == {"s1bre": 1}

"""The projection: one record compared whole, and what of a testimony never stands in any."""

from datetime import date

import pytest

from testimonies.models.editorial import (
    Disclosure,
    Identity,
    QuoteSegment,
    SourceSnapshot,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import Agent, Collection, Contribution, Derivation, Event, Place, Source, Witness
from testimonies.publishing import project
from testimonies.publishing.projection import strings
from testimonies.tests.making import a_basis, a_place, a_source, a_tag, a_testimony, a_wave, a_witness

pytestmark = pytest.mark.django_db


class Counter:
    """Numbers passages as they come."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, language: str, text: str, translates: int | None) -> int:
        self.last += 1
        return self.last


def addressed(*records) -> None:
    """Give records the addresses that publishing gives."""
    for record in records:
        record.enter_in_ledger()


def full_testimony() -> Testimony:
    """A testimony that says everything that can be said, with private notes beside it."""
    country = a_place("Berkland", kind=Place.Kind.COUNTRY)
    town = a_place("Aksay", parent=country)
    atlas = a_source("Atlas")
    source = a_source(
        dateline="Aksay",
        date_as_printed="2 Oct. 2021",
        url="https://courier.example/bread",
        archived_url="https://web.example/bread",
        accessed_on=date(2021, 10, 5),
        address_note="Behind a gate.",
        rights_uri="http://rightsstatements.org/vocab/InC/1.0/",
        rights_holder="The Courier",
        rights_note="As printed.",
        selection_note="The weather was left out.",
    )
    dana, radio = Agent.objects.create(name="Dana Berk"), Agent.objects.create(name="Radio Berk", kind="organisation")
    Contribution.objects.create(source=source, agent=dana, role="author", as_printed="by D. Berk")
    Derivation.objects.create(
        source=source, relation="quotes", agent=radio, item="Evening news", identified=True, wording="told the radio"
    )
    wave = a_wave()
    witness = a_witness(note="The source names no town.", kind=Witness.Kind.INDIVIDUAL)
    testimony = a_testimony(
        "They [[the guards]] left.\n\nNobody [sic] asked.",
        witness=witness,
        source=source,
        basis=a_basis(scope="Two sentences.", assessment="PRIVATE-assessment"),
        collection=Collection.objects.create(name="Bread and roads"),
        language_spoken="kk",
        mode=Testimony.Mode.SPOKEN,
        locator="page 3",
        spoken="2021-09",
        spoken_basis="inferred",
        spoken_basis_reason="The harvest is named.",
        happened="1999",
        happened_basis="elsewhere",
        happened_basis_source=atlas,
        happened_event=Event.objects.create(name="The last bus", date="1999-06-01", source=atlas),
        context_note="Stands at the end.",
        content_note="Hunger.",
        lineage="Heard, then printed.",
        peculiarities="A bracket of the source's own.",
        rights_uri="http://rightsstatements.org/vocab/InC/1.0/",
        rights_note="Short quotation.",
        editors_note="PRIVATE-note",
        tags=[a_tag("Roads"), a_tag("Bread")],
    )
    QuoteSegment.objects.create(
        testimony=testimony,
        order=1,
        text="We shared.",
        joined_by="reporter",
        introduction="and adds",
        attribution="implicit",
        attribution_note="The voice is not named again.",
    )
    Translation.objects.create(
        testimony=testimony,
        language="ru",
        text="Они [[охрана]] ушли.\n\nНикто не спросил.\n\nМы делились.",
        translator=dana,
        translated_from="en",
        note="From the print.",
    )
    TestimonyPlace.objects.create(
        testimony=testimony, place=town, basis="elsewhere", basis_source=atlas, relation="spoken_at"
    )
    TestimonyWave.objects.create(testimony=testimony, wave=wave, basis="inferred", basis_reason="By the year.")
    TestimonyContribution.objects.create(testimony=testimony, agent=dana, role="collector")
    Identity.objects.create(witness=witness, true_name="PRIVATE-name", contact="PRIVATE-contact")
    addressed(witness, source, atlas, country, town, wave)
    testimony.refresh_from_db()
    return testimony


def test_the_whole_record():
    testimony = full_testimony()
    witness, source = testimony.witness, testimony.source
    town, country, atlas = (
        Place.objects.get(name="Aksay"),
        Place.objects.get(name="Berkland"),
        Source.objects.get(title="Atlas"),
    )
    from_atlas = {
        "kind": "elsewhere",
        "reason": "",
        "source": {"identifier": atlas.identifier, "title": "Atlas"},
    }
    assert project(testimony, Counter()) == {
        "schema": 1,
        "title": "Words of Aibek, as printed by The Steppe Courier",
        "witness": {
            "identifier": witness.identifier,
            "name": "Aibek",
            "naming": "named_in_source",
            "kind": "individual",
            "described_as": "Aibek the baker",
            "note": "The source names no town.",
        },
        "language_printed": "en",
        "language_spoken": "kk",
        "mode": "spoken",
        "wording": "verbatim",
        "segments": [
            {
                "introduction": "According to the baker",
                "attribution": "explicit",
                "attribution_note": "",
                "joined_by": None,
                "passages": [
                    {"id": "p1", "text": "They [the guards] left.", "ours": [[5, 17]]},
                    {"id": "p2", "text": "Nobody [sic] asked.", "ours": []},
                ],
            },
            {
                "introduction": "and adds",
                "attribution": "implicit",
                "attribution_note": "The voice is not named again.",
                "joined_by": "reporter",
                "passages": [{"id": "p3", "text": "We shared.", "ours": []}],
            },
        ],
        "translations": [
            {
                "language": "ru",
                "translator": "Dana Berk",
                "by_machine": False,
                "translated_from": "en",
                "note": "From the print.",
                "passages": [
                    {"id": "p4", "of": "p1", "text": "Они [охрана] ушли.", "ours": [[4, 12]]},
                    {"id": "p5", "of": "p2", "text": "Никто не спросил.", "ours": []},
                    {"id": "p6", "of": "p3", "text": "Мы делились.", "ours": []},
                ],
            }
        ],
        "places": [
            {
                "identifier": town.identifier,
                "name": "Aksay",
                "kind": "city",
                "relation": "spoken_at",
                "basis": from_atlas,
                "within": [{"identifier": country.identifier, "name": "Berkland", "kind": "country"}],
            }
        ],
        "waves": [
            {
                "slug": "departures-of-the-dry-spring",
                "name": "Departures of the dry spring",
                "basis": {"kind": "inferred", "reason": "By the year.", "source": None},
            }
        ],
        "tags": [{"slug": "bread", "name": "Bread"}, {"slug": "roads", "name": "Roads"}],
        "dates": {
            "printed": {
                "edtf": "2021-10-02",
                "as_printed": "2 Oct. 2021",
                "basis": {"kind": "stated", "reason": "", "source": None},
            },
            "spoken": {
                "edtf": "2021-09",
                "as_printed": "",
                "basis": {"kind": "inferred", "reason": "The harvest is named.", "source": None},
            },
            "happened": {"edtf": "1999", "as_printed": "", "basis": from_atlas},
        },
        "events": [{"name": "The last bus", "date": "1999-06-01"}],
        "source": {
            "identifier": source.identifier,
            "kind": "press_article",
            "title": "Bread and borders",
            "contributions": [{"name": "Dana Berk", "kind": "person", "role": "author", "as_printed": "by D. Berk"}],
            "publisher": "The Steppe Courier",
            "dateline": "Aksay",
            "language": "en",
            "date": "2021-10-02",
            "date_as_printed": "2 Oct. 2021",
            "url": "https://courier.example/bread",
            "archived_url": "https://web.example/bread",
            "accessed_on": "2021-10-05",
            "address_note": "Behind a gate.",
            "rights": {
                "uri": "http://rightsstatements.org/vocab/InC/1.0/",
                "holder": "The Courier",
                "note": "As printed.",
            },
            "derives_from": [
                {
                    "relation": "quotes",
                    "agent": "Radio Berk",
                    "item": "Evening news",
                    "identified": True,
                    "consulted": False,
                    "wording": "told the radio",
                    "note": "",
                }
            ],
            "selection_note": "The weather was left out.",
            "withheld": False,
        },
        "locator": "page 3",
        "context_note": "Stands at the end.",
        "content_note": "Hunger.",
        "lineage": "Heard, then printed.",
        "original_words_held": False,
        "peculiarities": "A bracket of the source's own.",
        "rights": [
            {
                "part": "quotation",
                "uri": "http://rightsstatements.org/vocab/InC/1.0/",
                "holder": "",
                "note": "Short quotation.",
            },
            {"part": "description", "uri": "https://creativecommons.org/licenses/by/4.0/", "holder": "", "note": ""},
        ],
        "basis": {
            "kind": "already_published",
            "asked": False,
            "scope": "Two sentences.",
            "statement": "Quoted from a printed article. The speaker was not asked.",
        },
        "quotation_check": {"state": "no_snapshot", "on": None},
        "collection": {"name": "Bread and roads"},
        "contributors": [{"name": "Dana Berk", "role": "collector", "kind": "person"}],
        "sample": False,
    }


def test_what_is_not_known_is_empty_but_there():
    bare, full = project(a_testimony(source=a_source(date="")), Counter()), project(full_testimony(), Counter())
    assert bare.keys() == full.keys()
    assert bare["source"].keys() == full["source"].keys()
    assert {key: bare[key] for key in ("language_spoken", "translations", "places", "waves", "tags", "dates")} == {
        "language_spoken": "",
        "translations": [],
        "places": [],
        "waves": [],
        "tags": [],
        "dates": {"printed": None, "spoken": None, "happened": None},
    }
    assert (bare["events"], bare["locator"], bare["collection"], bare["contributors"]) == ([], "", None, [])


def test_nothing_private_stands_in_the_record():
    assert "PRIVATE" not in "\n".join(strings(project(full_testimony(), Counter())))


def test_a_withheld_source_leaves_its_kind_and_language():
    testimony = full_testimony()
    testimony.source_withheld = True
    record = project(testimony, Counter())
    assert record["source"] == {
        "identifier": None,
        "kind": "press_article",
        "title": "",
        "contributions": [],
        "publisher": "",
        "dateline": "",
        "language": "en",
        "date": "",
        "date_as_printed": "",
        "url": "",
        "archived_url": "",
        "accessed_on": None,
        "address_note": "",
        "rights": {"uri": "", "holder": "", "note": ""},
        "derives_from": [],
        "selection_note": "",
        "withheld": True,
    }
    assert (record["title"], record["locator"], record["dates"]["printed"]) == ("Words of Aibek", "", None)
    assert not [text for text in strings(record) if "Courier" in text or "courier" in text or "2021-10-02" in text]


def test_of_a_withheld_source_not_even_a_copy_is_told():
    testimony = full_testimony()
    SourceSnapshot.objects.create(source=testimony.source, text="nothing of the kind", taken="2021-10-05")
    assert project(testimony, Counter())["quotation_check"] == {"state": "differs", "on": "2021-10-05"}
    testimony.source_withheld = True
    assert project(testimony, Counter())["quotation_check"] == {"state": "not_told", "on": None}


def test_words_are_compared_with_the_latest_snapshot_without_our_insertions():
    testimony = a_testimony("They [[the guards]] left.")
    SourceSnapshot.objects.create(source=testimony.source, text="an old copy")
    SourceSnapshot.objects.create(source=testimony.source, text="'They left.' he said")
    assert project(testimony, Counter())["quotation_check"] == {"state": "found", "on": None}
    testimony.wording = Testimony.Wording.PARAPHRASE
    assert project(testimony, Counter())["quotation_check"] == {"state": "not_told", "on": None}


@pytest.mark.parametrize(
    ("disclosure", "shown"), [(Disclosure.COARSER, ["Berkland"]), (Disclosure.WITHHELD, [])], ids=str
)
def test_a_true_place_that_is_not_shown_stands_nowhere(disclosure, shown):
    country = a_place("Berkland", kind=Place.Kind.COUNTRY)
    town, atlas = a_place("Aksay", parent=country), a_source("Atlas of Aksay")
    testimony = a_testimony()
    TestimonyPlace.objects.create(
        testimony=testimony,
        place=town,
        public_place=country if disclosure == Disclosure.COARSER else None,
        disclosure=disclosure,
        basis="elsewhere",
        basis_reason="The bazaar of Aksay is named.",
        basis_source=atlas,
    )
    addressed(town, country, atlas)
    record = project(testimony, Counter())
    assert [place["name"] for place in record["places"]] == shown
    assert [place["basis"] for place in record["places"]] == [
        {"kind": "coarsened", "reason": "", "source": None} for _ in shown
    ]
    hidden = (
        "Aksay",
        Place.objects.get(name="Aksay").identifier,
        Source.objects.get(title__startswith="Atlas").identifier,
    )
    assert not [text for text in strings(record) if any(one in text for one in hidden)]


@pytest.mark.parametrize("kind", ["spoken", "happened"])
@pytest.mark.parametrize(("disclosure", "shown"), [(Disclosure.COARSER, "2019"), (Disclosure.WITHHELD, None)], ids=str)
def test_a_true_date_that_is_not_shown_stands_nowhere(kind, disclosure, shown):
    event = Event.objects.create(name="The flood", date="2019-03-17", source=a_source("Atlas"))
    testimony = a_testimony(
        **{
            kind: "2019-03-17",
            f"{kind}_public": "2019",
            f"{kind}_disclosure": disclosure,
            f"{kind}_basis": "inferred",
            f"{kind}_basis_reason": "The flood is named.",
        },
        happened_event=event if kind == "happened" else None,
    )
    record = project(testimony, Counter())
    told = record["dates"][kind]
    assert told == (
        shown and {"edtf": shown, "as_printed": "", "basis": {"kind": "coarsened", "reason": "", "source": None}}
    )
    assert record["events"] == []
    assert not [text for text in strings(record) if "2019-03" in text or "flood" in text]


def test_a_place_shown_as_it_is_says_how_it_is_known_though_another_is_coarsened_to_it():
    country = a_place("Berkland", kind=Place.Kind.COUNTRY)
    testimony = a_testimony()
    TestimonyPlace.objects.create(
        testimony=testimony, place=a_place(parent=country), public_place=country, disclosure=Disclosure.COARSER
    )
    TestimonyPlace.objects.create(testimony=testimony, place=country)
    assert [place["basis"]["kind"] for place in project(testimony, Counter())["places"]] == ["stated"]


@pytest.mark.parametrize(
    ("naming", "name", "source", "title"),
    [
        ("named_in_source", "Aibek", {}, "Words of Aibek, as printed by The Steppe Courier"),
        (
            "not_named_in_source",
            "Unnamed voice (a driver)",
            {},
            "Unnamed voice (a driver), as printed by The Steppe Courier",
        ),
        ("pseudonym", "Berk", {"kind": "interview"}, "Words of Berk, as recorded by The Steppe Courier"),
        ("named_in_source", "Aibek", {"publisher": ""}, "Words of Aibek"),
    ],
)
def test_the_title_is_the_archives_own_description(naming, name, source, title):
    testimony = a_testimony(witness=a_witness(name, naming=naming), source=a_source(**source))
    assert project(testimony, Counter())["title"] == title


@pytest.mark.parametrize("lacking", ["source", "witness", "basis"])
def test_what_the_gate_would_stop_is_not_projected(lacking):
    with pytest.raises(ValueError, match="gate"):
        project(a_testimony(**{lacking: None}), Counter())

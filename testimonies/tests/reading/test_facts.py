"""What stands beside the words: each value with how it is known, and what is not known."""

import re

import pytest

from testimonies.models.editorial import PublicationBasis, QuoteSegment, Testimony, ValueBasis
from testimonies.models.public import (
    Contribution,
    Derivation,
    NameForm,
    Place,
    PlaceRelation,
    Publication,
    Source,
    Witness,
)
from testimonies.reading import labels
from testimonies.reading.evidence import SENTENCES, Evidence, evidence
from testimonies.reading.facts import facts, unknown
from testimonies.reading.pieces import Link
from testimonies.tests.invented import STATED, record


def basis(kind, reason="", source=None):
    return {"kind": kind, "reason": reason, "source": source}


def shown(made):
    return {fact.term: fact.values for fact in facts(made)}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (basis("stated"), "Stated in the source."),
        (basis("inferred", "no wave is named"), "Inferred by the editors: no wave is named."),
        (basis("inferred", "Why not?"), "Inferred by the editors: Why not?"),
        (basis("coarsened"), "Less exact than it is known."),
    ],
)
def test_a_value_says_how_it_is_known(given, sentence):
    assert evidence(given) == Evidence(given["kind"], sentence)


def test_a_value_from_elsewhere_leads_to_its_source():
    told = evidence(basis("elsewhere", source={"identifier": "s2rad", "title": "Radio at noon"}))
    assert told == Evidence("elsewhere", "From another source:", Link("source", "s2rad", "Radio at noon"))


def test_being_described_as_from_a_place_is_not_speaking_there():
    assert [term for term in shown(record()) if term in labels.PLACE_RELATION.values()] == ["Described as from"]
    assert unknown(record()) == (
        "where the words were spoken",
        "when they were spoken",
        "in what language they were spoken",
        "whether they were spoken or written",
        "when what they tell of happened",
    )


def test_what_is_known_is_not_called_unknown():
    there = {**record()["places"][0], "relation": "spoken_at"}
    date = {"edtf": "2021-09", "as_printed": "", "basis": STATED}
    made = record(
        places=[*record()["places"], there],
        dates={"spoken": date, "happened": date},
        language_spoken="kk-Cyrl",
        mode="spoken",
    )
    assert unknown(made) == ()


def test_a_place_is_shown_with_what_it_lies_in():
    place = shown(record())["Described as from"][0]
    assert (place.link, place.within) == (Link("place", "p1aks", "Aksay"), (Link("place", "p2kaz", "Kazakhstan"),))


def test_the_day_of_words_that_may_have_been_written_is_not_called_spoken():
    date = {"edtf": "[..2021-10-02]", "as_printed": "", "basis": basis("inferred", "not after printing")}
    for mode, term in (("not_said", "Spoken or written"), ("spoken", "Spoken"), ("written", "Written")):
        assert shown(record(mode=mode, dates={"spoken": date}))[term][0].text == "on or before 2 October 2021"


def test_a_date_is_shown_as_printed_too():
    printed = shown(record())["Printed"][0]
    assert (printed.text, printed.as_printed) == ("2 October 2021", "2.10.21")


def test_a_wave_is_what_the_words_speak_of():
    wave = {"slug": "dry-spring", "name": "Departures of the dry spring", "basis": basis("inferred", "from the date")}
    assert shown(record(waves=[wave]))["Wave of migration"][0].link == Link(
        "wave", "dry-spring", "Departures of the dry spring"
    )


def test_an_unnamed_collective_is_no_person():
    witness = {"name": "Unnamed voices (bread)", "naming": "not_named_in_source", "kind": "reported_collective"}
    assert shown(record(witness=witness))["Voice"][0].note == (
        "Not named by the source. Reported as the words of several; whether one person said them is not stated."
    )


@pytest.mark.parametrize(
    ("table", "choices"),
    [
        (labels.NAMING, Witness.Naming),
        (labels.VOICE_KIND, Witness.Kind),
        (labels.PLACE_KIND, Place.Kind),
        (labels.PLACE_RELATION, PlaceRelation),
        (labels.SOURCE_KIND, Source.Kind),
        (labels.PUBLISHED, Source.Kind),
        (labels.ROLE, Contribution.Role),
        (labels.DERIVATION, Derivation.Relation),
        (labels.NAME_FORM_STATUS, NameForm.Status),
        (labels.WITHDRAWAL_REASON, Publication.WithdrawalReason),
        (labels.PUBLICATION_BASIS, PublicationBasis.Kind),
        (labels.MODE | {"not_said": labels.MODE_NOT_SAID}, Testimony.Mode),
        (labels.JOIN | {"": ""}, QuoteSegment.Join),
        (labels.ATTRIBUTION | {"explicit": ""}, QuoteSegment.Attribution),
    ],
)
def test_every_code_has_words(table, choices):
    assert set(table) == set(choices.values)


def test_every_basis_has_words():
    assert set(SENTENCES) == {*ValueBasis.values, "coarsened"}


def test_no_label_says_what_a_source_may_not_have_said():
    tables = [table for name, table in vars(labels).items() if name.isupper() and isinstance(table, dict)]
    words = " ".join(text for table in tables for text in table.values())
    assert re.findall(r"\b(?:he|she|his|her|him|man|woman|migrants?|refugees?|victims?)\b", words, re.IGNORECASE) == []

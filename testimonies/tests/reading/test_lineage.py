"""The path of the words: who is named in it, and what nobody knows."""

from testimonies.reading.lineage import Step, path
from testimonies.tests.invented import STATED, record

COLLECTED = {
    "relation": "collected_by",
    "agent": "Radio Steppe",
    "item": "",
    "identified": False,
    "consulted": False,
    "wording": "Radio Steppe went to the bakers",
    "note": "",
}


def test_what_is_not_known_is_a_step_too():
    assert path(record()) == (
        Step("Spoken or written", "Place not given, date not given, language not given."),
        Step("Translated", "Not known whether, or by whom."),
        Step("Printed by", "The Steppe Courier, in English, 2 October 2021, by Ann Onymous."),
        Step("Held here", "The words as printed. The words as first spoken are not held."),
    )


def test_who_collected_the_words_is_told_in_the_words_of_the_source():
    assert path(record(source={"derives_from": [COLLECTED]}))[1] == Step(
        "Collected by",
        "Radio Steppe",
        quoted="Radio Steppe went to the bakers",
        tag="en",
        note="The item was not identified, and so not consulted.",
    )


def test_an_item_that_was_read_needs_no_remark():
    seen = COLLECTED | {"item": "Noon news", "identified": True, "consulted": True}
    assert (
        path(record(source={"derives_from": [seen]}))[1].text,
        path(record(source={"derives_from": [seen]}))[1].note,
    ) == (
        "Radio Steppe, Noon news",
        "",
    )


def test_words_printed_in_the_language_in_which_they_were_spoken_were_not_translated():
    place = {**record()["places"][0], "relation": "spoken_at"}
    date = {"edtf": "2021-09", "as_printed": "", "basis": STATED}
    made = record(places=[place], dates={"spoken": date}, language_spoken="en", mode="spoken", original_words_held=True)
    assert path(made) == (
        Step("Spoken", "Aksay, September 2021, in English."),
        Step("Printed by", "The Steppe Courier, in English, 2 October 2021, by Ann Onymous."),
    )


def test_a_translator_who_is_named_is_named():
    made = record(contributors=[{"name": "Invented Translator", "role": "translator", "kind": "person"}])
    assert path(made)[1] == Step("Translated by", "Invented Translator")


def test_a_withheld_source_is_not_told():
    made = record(source={"withheld": True, "title": "", "publisher": "", "identifier": None, "contributions": []})
    assert path(made)[2] == Step("Printed by", "The archive does not name the source.")

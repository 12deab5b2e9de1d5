"""The quoted words: what is the source's, what is the reporter's, what is ours."""

import pytest

from testimonies.reading import quoted
from testimonies.reading.pieces import Piece, pieces
from testimonies.tests.invented import record, segment


def test_our_insertions_are_told_apart_from_the_marks_of_the_source():
    text = "We [sic] shared [the] bread..."
    assert pieces(text, [[16, 21]]) == (Piece("We [sic] shared "), Piece("[the]", "ours"), Piece(" bread..."))


def test_a_passage_without_insertions_is_one_piece():
    assert pieces("We shared the bread.") == (Piece("We shared the bread."),)


def test_an_insertion_at_either_end_leaves_no_empty_piece():
    assert pieces("[we] ate [it]", [[0, 4], [9, 13]]) == (
        Piece("[we]", "ours"),
        Piece(" ate "),
        Piece("[it]", "ours"),
    )


def test_the_reporters_words_between_segments_are_called_so():
    shown = quoted.segments(record(segments=[segment("One."), segment("Two.", joined_by="reporter")]))
    assert [one.join for one in shown] == [
        None,
        quoted.Join("reporter", "The reporter’s own words stand between."),
    ]


def test_an_omission_is_ours():
    shown = quoted.segments(record(segments=[segment("One."), segment("Two.", joined_by="omission")]))
    assert shown[1].join == quoted.Join("omission", "The archive left words out here.")


@pytest.mark.parametrize(
    ("attribution", "note", "said"),
    [
        ("explicit", "", ""),
        ("implicit", "", "The source does not repeat here who is speaking."),
        ("implicit", "follows directly", "The source does not repeat here who is speaking. Follows directly."),
        (
            "collective",
            "",
            "The source gives these words to several people; whether one person said them is not stated.",
        ),
    ],
)
def test_only_what_is_not_plain_about_who_speaks_is_said(attribution, note, said):
    shown = quoted.segments(record(segments=[segment("One.", attribution=attribution, attribution_note=note)]))
    assert shown[0].attribution == said


def translation(**changes):
    return {
        "language": "ru",
        "translator": "Invented Translator",
        "by_machine": False,
        "translated_from": "en",
        "note": "",
        "passages": [{"id": "p3", "of": "p2", "text": "Два.", "ours": []}],
        **changes,
    }


def test_a_translated_passage_stands_beside_the_one_it_translates():
    shown = quoted.segments(record(segments=[segment("One.", "Two.")], translations=[translation()]))
    assert [passage.translations for passage in shown[0].passages] == [
        (),
        (quoted.Translated("p3", "ru", (Piece("Два."),)),),
    ]


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({}, "Translated from English by Invented Translator."),
        ({"translator": ""}, "Translated from English; the translator is not known."),
        ({"translator": "", "by_machine": True}, "Translated from English by a machine."),
        ({"translator": "Parrot", "by_machine": True}, "Translated from English by a machine (Parrot)."),
    ],
)
def test_a_machine_is_said_to_be_one(changes, by):
    assert [one.by for one in quoted.translations(record(translations=[translation(**changes)]))] == [by]

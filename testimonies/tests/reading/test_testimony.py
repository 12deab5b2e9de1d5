"""The page of a testimony from its record."""

from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup

from testimonies.models.public import Witness
from testimonies.reading.citing import CiteBox, Head
from testimonies.reading.pieces import Day, Link
from testimonies.reading.testimony import READERS, ThisEdition, UnknownSchemaError, show_testimony
from testimonies.tests import making
from testimonies.tests.invented import record, segment

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def show(made, **changes):
    frame: dict[str, Any] = {
        "identifier": "t1bek",
        "edition_number": 1,
        "published_at": NOON,
        "current_number": 1,
        "permalink": "http://testserver/testimonies/t1bek/",
        "edition_permalink": "http://testserver/testimonies/t1bek/editions/1/",
        "cite": CiteBox(styles=(), choices=(), files=()),
        "head": Head(schemas=(), tags=(), data=Markup()),
    }
    return show_testimony(made, **(frame | changes))


def test_an_edition_says_whether_it_is_the_current_one():
    assert show(record()).edition == ThisEdition(1, Day("4 March 2026", "2026-03-04"), 1)
    assert show(record()).edition.is_current
    assert not show(record(), current_number=2).edition.is_current


def test_the_passages_are_named_in_the_order_of_the_page():
    assert show(record(segments=[segment("One.", "Two.")])).passages == ("p1", "p2")


def test_long_words_are_not_set_large():
    assert show(record()).is_short
    assert not show(record(segments=[segment("Bread. " * 200)])).is_short


def test_a_withheld_source_has_neither_title_nor_link():
    made = record(source={"withheld": True, "title": "", "publisher": "", "identifier": None, "contributions": []})
    source = show(made).source
    assert (source.is_withheld, source.link, source.title) == (True, None, "")


def test_a_source_that_was_read_says_when():
    assert show(record(source={"accessed_on": "2026-01-05"})).source.accessed == Day("5 January 2026", "2026-01-05")


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (
            {"state": "no_snapshot", "on": None},
            "The archive holds no copy of the source with which to compare the words.",
        ),
        ({"state": "found", "on": None}, "The words were compared with a copy of the source."),
        (
            {"state": "found", "on": "[2023-10-16..]"},
            "The words were compared with a copy of the source taken on or after 16 October 2023.",
        ),
        (
            {"state": "differs", "on": None},
            "The words differ from the copy of the source that the archive holds; the editors know of it.",
        ),
    ],
)
def test_whether_the_words_were_compared_is_said(check, sentence):
    assert show(record(quotation_check=check)).check == sentence


def test_rights_are_said_part_by_part():
    parts = [
        {"part": "quotation", "uri": "http://rightsstatements.org/vocab/InC/1.0/", "holder": "", "note": ""},
        {"part": "description", "uri": "https://example.org/own", "holder": "Somebody", "note": "A note."},
    ]
    assert [(one.part, one.name) for one in show(record(rights=parts)).rights] == [
        ("The quoted words", "In copyright"),
        ("The archive’s description", "https://example.org/own"),
    ]


def test_a_record_of_an_unknown_schema_is_refused():
    with pytest.raises(UnknownSchemaError):
        show(record(schema=max(READERS) + 1))


@pytest.mark.django_db
def test_what_is_published_can_be_read():
    place = making.a_place(parent=making.a_place("Invented country", kind="country"))
    publication = making.published(
        "One.\n\nTwo [[of two]].", places=[place], waves=[], tags=[making.a_tag()], spoken="2021-09"
    )
    (edition,) = publication.editions.all()
    page = show(edition.record)
    assert page.passages == ("p1", "p2")
    assert page.has_insertions
    (witness,) = Witness.objects.all()
    assert page.witness == Link("witness", str(witness.identifier), "Aibek")

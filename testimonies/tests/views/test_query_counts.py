"""How often a page asks the database: as often for thirty rows as for one."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies.models.public import PlaceRelation
from testimonies.tests import making

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("rows", [1, 3, 30])]


LISTS = {
    "home": 14,
    "testimonies": 3,
    "witnesses": 3,
    "places": 4,
    "waves": 5,
    "sources": 4,
    "tags": 2,
}


def test_list_asks_as_often_for_one_as_for_thirty(client, rows, django_assert_num_queries):
    country, calendar = making.a_place("Saryland", kind="country"), making.a_source("A calendar")
    for number in range(rows):
        making.published(
            f"Word {number}.",
            places=[making.a_place(f"Town {number}", parent=country)],
            waves=[making.a_wave(f"Wave {number}", begins="2019", begins_source=calendar)],
            tags=[making.a_tag(f"Tag {number}")],
            may_be_featured=True,
            read_whole=True,
        )
    client.get(reverse("testimonies"))  # takes in what was published, and reads the names of what is counted
    for name, queries in LISTS.items():
        with django_assert_num_queries(queries):
            assert client.get(reverse(name)).status_code == HTTPStatus.OK


# The page of a place asks for the testimonies in each relation, that of a tag for the tags beside it too.
# Each asks for its weeks, that of a witness for the places too.
RECORDS = {"witness": 10, "place": 11, "wave": 8, "source": 8, "tag": 8}


def test_page_of_a_record_asks_as_often_for_one_testimony_as_for_thirty(client, rows, django_assert_num_queries):
    country = making.a_place("Saryland", kind="country")
    shared = {
        "witness": making.a_witness(portrait=None),
        "place": making.a_place("Aksay", parent=country),
        "wave": making.a_wave(),
        "source": making.a_source(),
        "tag": making.a_tag(),
    }
    for number in range(rows):
        making.published(
            f"Word {number}.",
            witness=shared["witness"],
            source=shared["source"],
            places=[shared["place"], (PlaceRelation.SPEAKS_OF, making.a_place(f"Town {number}", parent=country))],
            waves=[shared["wave"], making.a_wave(f"Wave {number}")],
            tags=[shared["tag"], making.a_tag(f"Tag {number}")],
        )
    client.get(reverse("testimonies"))  # takes in what was published, and reads the names of what is counted
    for kind, queries in RECORDS.items():
        record = type(shared[kind]).objects.get(pk=shared[kind].pk)
        with django_assert_num_queries(queries):
            assert client.get(reverse(kind, args=[record.address])).status_code == HTTPStatus.OK


def test_page_of_a_testimony_asks_twice(client, rows, django_assert_num_queries):
    publication = making.published(
        "\n\n".join(f"Word {number}." for number in range(rows)),
        places=[making.a_place(f"Town {number}") for number in range(rows)],
        tags=[making.a_tag(f"Tag {number}") for number in range(rows)],
        waves=[making.a_wave(f"Wave {number}") for number in range(rows)],
    )
    with django_assert_num_queries(2):
        client.get(reverse("testimony", args=[publication.identifier]))


def test_history_asks_twice_however_many_editions_there_are(client, rows, django_assert_num_queries):
    publication = making.published("Word 0.")
    for number in range(1, rows):
        making.corrected(publication, f"Word {number}.")
    with django_assert_num_queries(2):
        client.get(reverse("editions", args=[publication.identifier]))

"""Editions by date: as RFC 7089 says, and as memento-client asks, which sends HEAD everywhere."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.utils.http import http_date
from memento_client import MementoClient

from testimonies.models.public import Publication
from testimonies.tests import making

FIRST = datetime(2024, 3, 1, 12, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=30 * number) for number in range(3)]
MEMENTO = re.compile("original|timegate|timemap|.*memento")
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"([^<]*)')

pytestmark = pytest.mark.django_db


def in_three_editions() -> Publication:
    """A testimony that was published on three days, a month between them."""
    publication = making.published("We sold the piano.")
    making.corrected(publication, "We sold the piano and the stove.")
    making.corrected(publication, "We sold the piano, the stove and the dog.")
    for number, day in enumerate(DAYS, start=1):
        move(publication, number, day)
    return publication


def move(publication: Publication, number: int, day: datetime) -> None:
    """Let an edition have been published on a day; editions themselves refuse to be changed."""
    with connection.cursor() as cursor:
        moved = "UPDATE testimonies_edition SET published_at = %s WHERE publication_id = %s AND number = %s"
        cursor.execute(moved, [connection.ops.adapt_datetimefield_value(day), publication.pk, number])


@pytest.fixture
def publication() -> Publication:
    return in_three_editions()


def links(response) -> dict[str, tuple[str, str]]:
    """The links of Memento in a header: from each relation, which stands once, to the address and what else is said."""
    told = [one for one in LINK.findall(response["Link"]) if MEMENTO.fullmatch(one[1])]
    found = {relation: (address, rest) for address, relation, rest in told}
    assert len(found) == len(told)
    return found


def address(publication: Publication, rest: str = "") -> str:
    return f"http://testserver/testimonies/{publication.identifier}/{rest}"


def test_permalink_names_original_timegate_and_timemap_and_no_date(client, publication):
    """memento-client looks no further where the permalink varies by date or has one."""
    response = client.head(address(publication), headers={"Accept-Datetime": http_date(0)})
    assert response.status_code == HTTPStatus.OK
    assert {relation: where for relation, (where, _) in links(response).items()} == {
        "original": address(publication),
        "timegate": address(publication, "timegate/"),
        "timemap": address(publication, "timemap/"),
    }
    assert 'type="application/link-format"' in links(response)["timemap"][1]
    assert "accept-datetime" not in response.get("Vary", "").lower()
    assert "Memento-Datetime" not in response


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (FIRST - timedelta(days=400), 1),
        (FIRST, 1),
        (DAYS[1] - timedelta(seconds=1), 1),
        (DAYS[1], 2),
        (DAYS[2] + timedelta(days=4000), 3),
        (None, 3),
    ],
)
def test_timegate_leads_to_the_edition_of_the_date(client, publication, asked, number):
    headers = {"Accept-Datetime": http_date(asked.timestamp())} if asked else {}
    response = client.head(address(publication, "timegate/"), headers=headers)
    assert (response.status_code, response["Location"]) == (302, address(publication, f"editions/{number}/"))
    assert response["Vary"] == "accept-datetime"
    assert "Memento-Datetime" not in response
    assert {"original", "timemap", "first memento", "last memento"} <= links(response).keys()
    assert http_date(DAYS[0].timestamp()) in links(response)["first memento"][1]


@pytest.mark.parametrize(
    "asked", ["yesterday", "32 Jan 2024", "Fri, 31 Dec 9999 23:59:59 -2359", "2024-03-01T12:00:00Z"]
)
def test_timegate_refuses_a_date_that_is_none(client, publication, asked):
    response = client.head(address(publication, "timegate/"), headers={"Accept-Datetime": asked})
    assert response.status_code == HTTPStatus.BAD_REQUEST


def test_edition_says_when_it_was_published_and_what_stands_around_it(client, publication):
    response = client.head(address(publication, "editions/2/"))
    assert response["Memento-Datetime"] == http_date(DAYS[1].timestamp())
    found = links(response)
    around = {"first": 1, "prev": 1, "next": 3, "last": 3}
    for name, number in around.items():
        where, rest = found[f"{name} memento"]
        assert where == address(publication, f"editions/{number}/")
        assert f'datetime="{http_date(DAYS[number - 1].timestamp())}"' in rest
    assert found.keys() == {"original", "timegate", "timemap", *(f"{name} memento" for name in around)}


def test_timemap_holds_every_edition_with_the_date_that_it_gives_itself(client, publication):
    response = client.get(address(publication, "timemap/"))
    assert response["Content-Type"] == "application/link-format"
    found = LINK.findall(response.content.decode())
    assert [relation for _, relation, _ in found] == [
        "original", "self", "timegate", "first memento", "memento", "last memento",
    ]  # fmt: skip
    for where, _, rest in found[3:]:
        assert f'datetime="{client.head(where)["Memento-Datetime"]}"' in rest


def test_emptied_edition_stays_in_the_timemap_and_is_gone(client, publication):
    making.emptied(publication, 2)
    assert address(publication, "editions/2/") in client.get(address(publication, "timemap/")).content.decode()
    response = client.head(address(publication, "editions/2/"))
    assert (response.status_code, "Memento-Datetime" in response) == (HTTPStatus.GONE, False)


def test_withdrawn_testimony_tells_no_more_of_its_editions_than_its_tombstone(client):
    publication = making.withdrawn()
    tombstone = client.get(address(publication, "")).content
    for rest in ("timegate/", "timemap/", "editions/1/"):
        response = client.get(address(publication, rest))
        assert (response.status_code, response.content) == (HTTPStatus.GONE, tombstone)


def test_testimony_under_review_is_no_memento(client):
    publication = making.unlisted()
    for rest, status in {"": 200, "editions/1/": 200, "timegate/": 404, "timemap/": 404}.items():
        response = client.head(address(publication, rest))
        assert (response.status_code, "Memento-Datetime" in response) == (status, False)


def test_merged_testimony_leads_to_the_other(client, publication):
    given_up = making.merged(into=publication)
    for rest in ("timegate/", "timemap/"):
        assert client.head(address(given_up, rest)).status_code == HTTPStatus.MOVED_PERMANENTLY


def test_unknown_testimony_has_neither(client):
    for rest in ("timegate/", "timemap/"):
        assert client.head(f"/testimonies/b0000009/{rest}").status_code == HTTPStatus.NOT_FOUND


def test_edition_asks_as_often_however_many_there_are(client, publication, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(address(publication, "editions/1/"))
    with django_assert_num_queries(2):
        client.get(address(publication, "timegate/"))


@pytest.mark.django_db(transaction=True)
def test_memento_client_steps_through_three_editions_both_ways(live_server, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"url": live_server.url}
    publication = in_three_editions()
    permalink = f"{live_server.url}/testimonies/{publication.identifier}/"
    ark = f"{live_server.url}/ark:/99999/{publication.identifier}"
    with MementoClient(check_native_timegate=True) as client:
        for start in (permalink, ark, f"{permalink}editions/2/"):
            info = client.get_memento_info(start, DAYS[1].replace(tzinfo=None) + timedelta(days=1))
            assert info["original_uri"] == permalink
            assert info["timegate_uri"] == f"{permalink}timegate/"
            there = {name: one["uri"][0] for name, one in info["mementos"].items()}
            assert there == {
                "closest": f"{permalink}editions/2/",
                "first": f"{permalink}editions/1/",
                "prev": f"{permalink}editions/1/",
                "next": f"{permalink}editions/3/",
                "last": f"{permalink}editions/3/",
            }
            assert info["mementos"]["closest"]["datetime"] == DAYS[1].replace(tzinfo=None)

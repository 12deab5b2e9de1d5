"""Small files for robots: robots.txt, security.txt, the sitemap."""

from http import HTTPStatus
from xml.etree import ElementTree

import pytest

from testimonies.tests import making
from testimonies.views import sitemap

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client, address: str) -> list[str]:
    """The addresses in a sitemap, or in the index of sitemaps."""
    response = client.get(address)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    tree = ElementTree.fromstring(response.getvalue())
    return [one.text.removeprefix("http://testserver") for one in tree.iter(f"{SITEMAP}loc")]


def test_security_contact_stands_where_it_is_looked_for(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert lines["Expires"].endswith("T00:00:00Z")


def test_there_is_no_security_file_where_nobody_is_named(client, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"security": ""}
    assert client.get("/.well-known/security.txt").status_code == HTTPStatus.NOT_FOUND


def test_sitemap_leads_to_every_listed_testimony_and_to_nothing_else(client, monkeypatch):
    monkeypatch.setattr(sitemap, "KEYS_IN_A_PART", 2)
    held = [making.published(f"Word {number}.") for number in range(3)]
    making.withdrawn()
    making.unlisted()
    making.overdue()
    parts = places(client, "/sitemap.xml")
    assert parts[0] == "/sitemaps/pages.xml"
    found = [place for part in parts[1:] for place in places(client, part)]
    assert found == [f"/testimonies/{one.identifier}/" for one in held]


def test_withdrawn_testimony_leaves_the_sitemap_and_the_others_stay_where_they_are(client):
    first, second = making.published("One."), making.published("Two.")
    before = places(client, "/sitemaps/1.xml")
    making.publishing.withdraw(making.testimony_of(first), reason="on_request")
    assert before == [f"/testimonies/{one.identifier}/" for one in (first, second)]
    assert places(client, "/sitemaps/1.xml") == before[1:]


def test_sitemap_leads_to_what_testimonies_share_but_not_to_witnesses(client):
    publication = making.published(places=[making.a_place()], waves=[making.a_wave()], tags=[making.a_tag()])
    making.a_place("Nowhere")
    found = places(client, "/sitemaps/pages.xml")
    shared = [
        "/places/",
        f"/places/{publication.places.get().identifier}/",
        f"/sources/{publication.source.identifier}/",
    ]
    assert {*shared, "/waves/departures-of-the-dry-spring/", "/tags/bread/", "/"} <= set(found)
    assert [place for place in found if "witness" in place] == []
    assert len([place for place in found if place.startswith("/places/")]) == 2
    assert all(client.get(place).status_code == HTTPStatus.OK for place in found)


def test_sitemap_says_when_a_testimony_was_changed(client):
    publication = making.published()
    assert (
        f"<lastmod>{publication.changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        in client.get("/sitemaps/1.xml").getvalue().decode()
    )


def test_part_that_is_none_is_missing(client):
    making.published()
    assert [client.get(f"/sitemaps/{number}.xml").status_code for number in (2, 999999, 0)] == [
        HTTPStatus.NOT_FOUND
    ] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_sitemap_asks_as_often_for_one_as_for_three(client, rows, django_assert_num_queries):
    for number in range(rows):
        making.published(f"Word {number}.", places=[making.a_place(f"Town {number}")])
    for address, queries in {"/sitemap.xml": 1, "/sitemaps/1.xml": 2, "/sitemaps/pages.xml": 4}.items():
        with django_assert_num_queries(queries):
            client.get(address).getvalue()

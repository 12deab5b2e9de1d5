"""The map of places: its numbers are those of the list beside it and of the list of testimonies."""

import csv
import re
from http import HTTPStatus
from io import StringIO

import pytest
from django.urls import reverse

from testimonies.models.public import PlaceRelation
from testimonies.tests import making

pytestmark = pytest.mark.django_db

ALMATY = {"latitude": "43.25", "longitude": "76.91"}
OSH = {"latitude": "40.53", "longitude": "72.80"}
LIMA = {"latitude": "-12.05", "longitude": "-77.03"}


def get(client, query: str = "") -> str:
    response = client.get(reverse("places") + query)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def drawn(page: str, kind: str = "at-wide") -> dict[str, int]:
    """The circles of one drawing, by name."""
    found = re.search(rf'<svg class="{kind}".*?</svg>', page, re.DOTALL)
    pins = re.findall(r'<a href="[^"]+" aria-label="([^"]+): (\d+)">', found.group()) if found else []
    return {name: int(count) for name, count in pins}


def listed(page: str) -> dict[str, int]:
    """The list beside the map."""
    groups = page.split('id="list"')[1]
    return {name: int(count) for name, count in re.findall(r'">([^<]+)</a> <span class="count">(\d+)</span>', groups)}


@pytest.fixture
def towns():
    country = making.a_place("Saryland", kind="country", latitude="48", longitude="67")
    return {
        "almaty": making.a_place("Almaty", parent=country, **ALMATY),
        "osh": making.a_place("Osh", parent=country, **OSH),
        "bare": making.a_place("Aksay", parent=country),
    }


def test_circles_have_the_numbers_of_the_list_and_of_what_they_lead_to(client, towns):
    wave = making.a_wave()
    for number in range(3):
        making.published(places=[towns["almaty"]], waves=[wave] if number else [])
    making.published(places=[towns["osh"], (PlaceRelation.SPEAKS_OF, towns["almaty"])], waves=[wave])
    for query, almaty, osh in (("", 4, 1), (f"?wave={wave.slug}", 3, 1), ("?wave=unknown", 1, 0)):
        page = get(client, query)
        expected = {"Almaty": almaty, **({"Osh": osh} if osh else {})}
        assert drawn(page) == drawn(page, "at-narrow") == expected
        assert {name: count for name, count in listed(page).items() if name != "Saryland"} == expected
        towns["almaty"].refresh_from_db()
        narrowed = client.get(reverse("testimonies") + f"{query or '?'}&place={towns['almaty'].identifier}")
        assert f"{almaty} testimon" in narrowed.content.decode()


def test_filter_in_the_address_is_kept_by_links_form_and_table(client, towns):
    wave, tag = making.a_wave(), making.a_tag()
    making.published("Bread.", places=[towns["osh"]], waves=[wave], tags=[tag])
    making.published("Salt.", places=[towns["almaty"]])
    page = get(client, f"?q=bread&wave={wave.slug}&tag={tag.slug}")
    assert drawn(page) == {"Osh": 1}
    towns["osh"].refresh_from_db()
    query = f"q=bread&amp;place={towns['osh'].identifier}&amp;wave={wave.slug}&amp;tag={tag.slug}"
    assert f'href="{reverse("testimonies")}?{query}"' in page
    assert f'href="{reverse("places_table")}?q=bread&amp;wave={wave.slug}&amp;tag={tag.slug}"' in page
    assert '<input type="hidden" name="q" value="bread">' in page
    assert f'<option value="{wave.slug}" selected>' in page
    assert 'content="noindex"' in page
    assert 'content="noindex"' not in get(client)


def test_what_is_not_on_the_map_is_named_and_counted(client, towns):
    making.published(places=[towns["bare"]])
    making.published(places=[towns["osh"]])
    making.published()
    page = get(client)
    assert re.search(r'no coordinates of them:\s*<a [^>]+>Aksay</a> <span class="count">1</span>\.', page)
    assert "1 testimony names no place" in page
    assert drawn(page) == {"Osh": 1}


def test_country_is_drawn_only_where_nothing_in_it_is(client, towns):
    making.published(places=[towns["osh"].parent])
    assert drawn(get(client)) == {"Saryland": 1}
    making.published(places=[towns["osh"]])
    assert drawn(get(client)) == {"Osh": 1}
    assert listed(get(client)) == {"Saryland": 2, "Osh": 1}


def test_frame_follows_the_places_and_may_be_chosen(client, towns):
    making.published(places=[towns["osh"]])
    assert "view=" not in get(client).replace("?view=world", "")
    making.published(places=[making.a_place("Lima", **LIMA)])
    assert drawn(get(client)) == {"Osh": 1, "Lima": 1}
    page = get(client, "?view=republics")
    assert drawn(page) == {"Osh": 1}
    assert re.search(r'Beyond this map:\s*<a [^>]+>Lima</a> <span class="count">1</span>', page)
    assert drawn(get(client, "?view=world")) == {"Osh": 1, "Lima": 1}
    assert "The map has no such frame" in get(client, "?view=moon")


def test_nothing_hidden_is_on_the_map(client, towns):
    for make in (making.a_testimony, making.unlisted, making.overdue, making.withdrawn):
        make(places=[towns["almaty"]])
    for query in ("", "?view=world", "?q=bread"):
        page = get(client, query)
        assert "Almaty" not in page
        assert "<svg" not in page
    assert "Almaty" not in client.get(reverse("places_table")).content.decode()


def test_nonsense_in_the_address_is_answered(client, towns):
    making.published(places=[towns["osh"]])
    for query in ("?place=nowhere", "?wave=a%01b", "?page=-1", "?view=%F0%9F%98%80", "?as_of=x", "?tag=" + "x" * 5000):
        assert client.get(reverse("places") + query).status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
        assert client.get(reverse("places_table") + query).status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)


def test_table_has_the_numbers_of_the_map(client, towns):
    wave = making.a_wave()
    making.published(places=[towns["osh"]], waves=[wave])
    making.published(waves=[wave])
    making.published(places=[making.a_place("=1+1")])
    rows = list(csv.DictReader(StringIO(client.get(f"{reverse('places_table')}?wave={wave.slug}").content.decode())))
    assert {row["name"] or row["identifier"]: row["testimonies"] for row in rows} == {
        "'=1+1": "0", "Osh": "1", "Saryland": "1", "unknown": "1",
    }  # fmt: skip
    assert next(row for row in rows if row["name"] == "Osh")["latitude"] == "40.53000"

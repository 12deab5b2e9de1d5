"""The lists of witnesses, places, waves, sources and tags, and the home page."""

import re
from datetime import datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from testimonies.models.public import Event, Publication, Witness
from testimonies.tests import making
from testimonies.views import home

pytestmark = pytest.mark.django_db

LISTS = ("witnesses", "places", "waves", "sources", "tags")


def lines(page: str) -> list[tuple[str, int]]:
    """The names in a list with their numbers."""
    found = re.findall(
        r'<a href="/\w+/[^"]+/">(?:<span[^>]*>)?(.*?)(?:</span>)?</a> <span class="count">(\d+)</span>', page
    )
    return [(name, int(count)) for name, count in found]


def get(client, name: str, query: str = "") -> str:
    response = client.get(reverse(name) + query)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def test_lists_name_every_record_with_the_number_of_its_testimonies(client):
    country = making.a_place("Saryland", kind="country")
    town, tag, wave = making.a_place("Aksay", parent=country), making.a_tag("Bread"), making.a_wave("A wave")
    source, witness = making.a_source("One"), making.a_witness("Umit")
    for _ in range(2):
        making.published(places=[town], tags=[tag], waves=[wave], source=source, witness=witness)
    making.published(places=[country], source=making.a_source("Two", date="2019"))
    assert lines(get(client, "witnesses")) == [("Aibek", 1), ("Umit", 2)]
    assert lines(get(client, "places")) == [("Saryland", 3), ("Aksay", 2)]
    assert lines(get(client, "waves")) == [("A wave", 2)]
    assert lines(get(client, "sources")) == [("One", 2), ("Two", 1)]
    assert lines(get(client, "tags")) == [("Bread", 2)]


@pytest.mark.parametrize("name", LISTS)
def test_list_holds_nothing_that_is_hidden(client, name):
    for make in (making.a_testimony, making.unlisted, making.overdue, making.withdrawn):
        make(
            "Zhambyl.",
            places=[making.a_place("Zhambyl")],
            tags=[making.a_tag(f"Zhambyl {make.__name__}")],
            waves=[making.a_wave(f"Zhambyl wave {make.__name__}")],
            source=making.a_source("Zhambyl news"),
            witness=making.a_witness("Zhambylbek"),
        )
    page = get(client, name)
    assert "zhambyl" not in page.lower()
    assert "Nothing has been published yet." in page
    assert "zhambyl" not in get(client, "home").lower()


def test_source_that_is_only_cited_is_listed_with_no_testimony(client):
    almanac = making.a_source("A calendar", publisher="The Almanac", date="2018")
    making.published(waves=[making.a_wave(begins="2019", begins_source=almanac)])
    page = get(client, "sources")
    assert lines(page) == [("Bread and borders", 1), ("A calendar", 0)]
    assert "1 source of testimonies. 1 more is only cited" in page


def test_home_counts_the_sources_of_testimonies_and_their_list_says_the_same(client):
    """Those that are only cited stand behind, however late they are."""
    almanac = making.a_source("A calendar", publisher="The Almanac", date="2031")
    making.published(waves=[making.a_wave(begins="2019", begins_source=almanac)])
    making.published()
    making.unlisted()
    assert ("2", "sources") in re.findall(r'<a href="/\w+/">(\d+) (\w+)</a>', get(client, "home"))
    page = get(client, "sources")
    assert "2 sources of testimonies. 1 more is only cited" in page
    assert [count for _name, count in lines(page)] == [1, 1, 0]


def test_place_where_only_an_event_happened_is_listed_with_no_testimony(client):
    wave = making.a_wave()
    happened = {"date": "2019", "source": making.a_source(), "wave": wave}
    Event.objects.create(name="The wells ran dry", place=making.a_place("Karasu"), **happened)
    making.published(waves=[wave])
    assert lines(get(client, "places")) == [("Karasu", 0)]


@pytest.mark.parametrize("name", ["witnesses", "sources"])
def test_long_list_has_pages(client, name, monkeypatch):
    monkeypatch.setattr("testimonies.views.indexes.PER_PAGE", 2)
    for number in range(5):
        making.published(witness=making.a_witness(f"Voice {number}"), source=making.a_source(f"News {number}"))
    path = reverse(name)
    pages = [get(client, name), get(client, name, "?page=2"), get(client, name, "?page=3")]
    assert [len(lines(page)) for page in pages] == [2, 2, 1]
    assert len({line for page in pages for line in lines(page)}) == 5
    assert f'rel="prev" href="{path}"' in pages[1]
    assert f'rel="next" href="{path}?page=3"' in pages[1]
    for number in ("0", "4", "abc", "1000000000"):
        response = client.get(f"{path}?page={number}")
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert f'<a href="{path}">The first page of this list</a>' in response.content.decode()


def test_home_shows_how_much_there_is_and_the_newest(client):
    town = making.a_place("Aksay", parent=making.a_place("Saryland", kind="country"))
    for number in range(6):
        making.published(f"Word {number}.", places=[town], tags=[making.a_tag(f"Tag {number}")])
    page = get(client, "home")
    tally = re.findall(r'<a href="/\w+/">(\d+) (\w+)</a>', page)
    assert tally == [("6", "testimonies"), ("6", "voices"), ("2", "places"), ("6", "sources")]
    assert [f"Word {number}." in page for number in range(6)] == [False, True, True, True, True, True]


def test_home_of_an_empty_archive_is_whole(client):
    assert "Nothing has been published yet." in get(client, "home")


def test_only_a_testimony_that_is_fit_to_stand_alone_is_set_large_and_each_day_another(client, monkeypatch):
    making.published("Not fit.")
    making.published("Fit one.", may_be_featured=True, read_whole=True)
    making.published("Fit two.", may_be_featured=True, read_whole=True)
    making.withdrawn("Fit no more.", may_be_featured=True, read_whole=True)
    seen = []
    for day in (1, 2, 3):
        monkeypatch.setattr(home.timezone, "now", lambda day=day: datetime(2030, 5, day, tzinfo=ZoneInfo("UTC")))
        seen.append(home.voice_of_the_day()[0])
    assert len(set(seen)) == 2
    assert seen[0] == seen[2]
    large = get(client, "home").split('<section class="voice"')[1].split("</section>")[0]
    assert "Fit one." in large or "Fit two." in large


def test_all_who_come_on_one_day_find_the_same_voice(client, monkeypatch):
    """What is published in the course of a day waits until the next."""
    fit = {"may_be_featured": True, "read_whole": True}
    first = making.published("Fit one.", **fit)
    day = first.first_published_at + timedelta(days=1)
    for number in range(3):
        making.published(f"Fit later {number}.", **fit)
        Publication.objects.exclude(pk=first.pk).update(first_published_at=day)
    monkeypatch.setattr(home.timezone, "now", lambda: day)
    assert home.voice_of_the_day() == [(first.pk, first.identifier)]
    monkeypatch.setattr(home.timezone, "now", lambda: day + timedelta(days=1))
    chosen = home.voice_of_the_day()
    monkeypatch.setattr(home.timezone, "now", lambda: day + timedelta(days=2))
    assert home.voice_of_the_day() != chosen


def test_collective_voice_is_never_set_large(client):
    publication = making.published("We all said so.", may_be_featured=True, read_whole=True)
    publication.witness.kind = Witness.Kind.REPORTED_COLLECTIVE
    publication.witness.save()
    page = get(client, "home")
    assert '<section class="voice' not in page
    assert "We all said so." in page


def test_voice_of_the_day_says_where_it_stays_and_is_not_repeated(client):
    other = making.published("Not fit.")
    chosen = making.published("Fit to stand alone.", may_be_featured=True, read_whole=True)
    for address in ("/", "/ru/"):
        page = client.get(address).content.decode()
        assert page.count("Fit to stand alone.") == 1
        assert f'href="http://testserver/testimonies/{chosen.identifier}/"' in page
        assert other.identifier in page


def test_home_of_one_voice_still_leads_to_places_and_subjects(client):
    making.published(tags=[making.a_tag("Bread")], may_be_featured=True, read_whole=True)
    page = get(client, "home")
    assert "By subject" in page
    assert "Newest" not in page


def test_wave_on_the_home_page_has_its_time_as_far_as_sources_say_it(client):
    told = making.a_source("A calendar")
    making.published(waves=[making.a_wave("A wave", begins="2019-04", begins_source=told)])
    making.published(waves=[making.a_wave("Seen wave", attested="2020-05", attested_source=told)])
    making.published(waves=[making.a_wave("Bare wave")])
    page = get(client, "home")
    assert "from April 2019" in page
    assert "attested May 2020" in page
    assert "until" not in page


def test_how_to_cite_is_shown_by_a_testimony_that_is_held(client, settings):
    settings.ARCHIVE = settings.ARCHIVE | {"naan": "12345"}
    assert "An example will stand here" in get(client, "cite")
    publication = making.published("We sold the piano.\n\nThen we left.")
    making.published("Later.")
    page = get(client, "cite")
    assert f"http://testserver/testimonies/{publication.identifier}/editions/1/#p1" in page
    assert f"/ark:/12345/{publication.identifier}" in page
    assert "We sold the piano." in page


def test_about_says_what_is_kept(client):
    assert "What is kept here" in get(client, "about")


def test_home_says_what_it_is_in_the_language_of_the_page_unless_the_archive_has_a_line_of_its_own(client, settings):
    home = reverse("home")
    assert '<h1 class="what">What people said' in client.get(home).content.decode()
    assert '<h1 class="what">Что сказали люди' in client.get(f"/ru{home}").content.decode()
    settings.ARCHIVE = settings.ARCHIVE | {"tagline": "Words of the steppe"}
    assert '<h1 class="what" lang="en-gb">Words of the steppe<' in client.get(f"/ru{home}").content.decode()

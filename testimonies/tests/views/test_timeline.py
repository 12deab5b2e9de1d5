"""The timeline: its bars, its table and its CSV have the numbers of the lists to which they lead."""

import csv
import re
from html import unescape
from http import HTTPStatus
from io import StringIO

import pytest
from django.urls import reverse

from testimonies.models.public import Event
from testimonies.tests import making

pytestmark = pytest.mark.django_db

KINDS = ("Printed", "Spoken", "Happened")


def get(client, query: str = "", path: str = "") -> str:
    response = client.get((path or reverse("waves")) + query)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def cells(page: str) -> dict[str, list[int]]:
    """The table by the first cell of each line."""
    lines = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    return {label: [int(count) for count in re.findall(r">(\d+)<", rest)] for label, rest in lines}


def bars(page: str, kind: str = "at-wide") -> dict[str, int]:
    """The bars of one drawing by their titles."""
    drawn = re.search(rf'<svg class="{kind}".*?</svg>', page, re.DOTALL)
    titles = re.findall(r"<title>([^<]+): (\d+)</title>", drawn.group()) if drawn else []
    return {title: int(count) for title, count in titles}


@pytest.fixture
def archive():
    """Four testimonies: dates to the day, less exact ones, none."""
    september = making.a_source(date="2022-09-29")
    wave, other = making.a_wave(), making.a_wave("Another wave")
    making.published(source=september, spoken="2022-09-27", happened="2022-02-24/2022-02-26", waves=[wave])
    making.published(source=september, spoken="2022-09", waves=[wave, other], tags=[making.a_tag()])
    making.published(source=making.a_source(date="2022-10"), happened="[..2022-01-01]")
    making.published(source=making.a_source(date=""))
    return wave


def test_dates_are_kept_apart_and_what_is_not_known_to_the_week_is_counted(client, archive):
    page = get(client)
    assert cells(page) == {
        "21 February 2022": [0, 0, 1],
        "26 September 2022": [2, 1, 0],
        "Known less exactly": [1, 1, 1],
        "Not known": [1, 2, 2],
    }
    expected = {
        "Printed, week from 26 September 2022": 2,
        "Spoken, week from 26 September 2022": 1,
        "Happened, week from 21 February 2022": 1,
    }
    assert bars(page) == bars(page, "at-narrow") == expected


def test_every_number_leads_to_a_list_of_as_many(client, archive):
    table = get(client).split("<table>")[1]
    links = re.findall(r'<a href="([^"]+)" rel="nofollow">(\d+)</a>', table)
    assert len(links) == 9
    for address, count in links:
        results = client.get(f"{unescape(address)}").content.decode()
        assert len(re.findall(r'<article class="card', results)) == int(count)
        assert "Filters in force" in results


def test_filters_narrow_the_weeks_as_they_narrow_the_list(client, archive):
    assert cells(get(client, "?tag=bread")) == {
        "26 September 2022": [1, 0, 0],
        "Known less exactly": [0, 1, 0],
        "Not known": [0, 0, 1],
    }
    assert cells(get(client, "?tag=bread&wave=unknown")) == {}
    assert "2 testimonies" in get(client, f"?wave={archive.slug}")


def test_parts_of_bars_are_waves_alone_several_and_none(client, archive):
    making.published(source=making.a_source(date="2022-09-28"))
    lines = csv.DictReader(StringIO(get(client, path=reverse("waves_table"))))
    printed = {
        line["wave"]: int(line["testimonies"])
        for line in lines
        if line["week"] == "2022-09-26" and line["date"] == "printed"
    }
    assert printed == {archive.slug: 1, "several": 1, "unknown": 1}
    drawn = re.search(r"<title>Printed, week from 26 September 2022: 3</title>(.*?)</a>", get(client)).group(1)
    assert drawn.count("<rect") == 3
    assert 'class="part-several"' in drawn
    assert 'class="part-none"' in drawn


def test_table_adds_up_to_everything_in_each_kind_of_date(client, archive):
    totals = {"printed": 0, "spoken": 0, "happened": 0}
    for line in csv.DictReader(StringIO(get(client, path=reverse("waves_table")))):
        totals[line["date"]] += int(line["testimonies"])
    assert totals == {"printed": 4, "spoken": 4, "happened": 4}


def test_events_stand_with_their_sources(client, archive):
    told = {"source": making.a_source("The almanac"), "wave": archive}
    Event.objects.create(name="The wells ran dry", date="2022-09-20", **told)
    Event.objects.create(name="The road was closed", date="2022-08", **told)
    page = get(client)
    assert re.search(r'quiet">1</span> 20 September 2022: The wells ran dry.*?The almanac', page)
    assert re.search(r'quiet">–</span> August 2022: The road was closed', page)
    assert len(re.findall(r'class="number"', page)) == 2  # one mark on each of the two sheets


def test_day_of_an_event_is_when_it_happened(client):
    event = Event.objects.create(name="The wells ran dry", date="2022-09-20", source=making.a_source())
    making.published(happened_event=event)
    assert cells(get(client))["19 September 2022"] == [0, 0, 1]


def test_coarsened_date_is_not_given_away(client):
    making.published(spoken="2021-09-14", spoken_disclosure="coarser", spoken_public="2021")
    assert "13 September 2021" not in get(client)
    assert cells(get(client))["Known less exactly"] == [0, 1, 0]
    assert "2021-09-13" not in get(client, path=reverse("waves_table"))


def test_nothing_hidden_is_counted(client):
    for make in (making.a_testimony, making.unlisted, making.overdue, making.withdrawn):
        make(spoken="2021-09-28", waves=[making.a_wave(f"Wave {make.__name__}")])
    page = get(client)
    assert "<svg" not in page
    assert "Nothing has been published yet." in page
    assert get(client, path=reverse("waves_table")).count("\n") == 1


@pytest.mark.parametrize("query", ["?week_spoken=2022-09-27", "?week_spoken=2022-13-99", "?week_printed=x", "?page=0"])
def test_nonsense_in_the_address_is_answered(client, archive, query):
    for path in (reverse("waves"), reverse("waves_table"), reverse("testimonies")):
        assert client.get(path + query).status_code in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)


def test_records_have_the_small_drawings_that_suit_them(client):
    town = making.a_place("Osh", latitude="40.53", longitude="72.80")
    shared = {
        "witness": making.a_witness(),
        "source": making.a_source(date="2022-09-29"),
    }
    wave, tag = making.a_wave(), making.a_tag()
    for _ in range(3):
        making.published(places=[town], waves=[wave], tags=[tag], **shared)

    def pages() -> dict[str, str]:
        held = {"place": town, "wave": wave, "tag": tag, **shared}
        return {
            kind: get(client, path=reverse(kind, args=[type(one).objects.get(pk=one.pk).address]))
            for kind, one in held.items()
        }

    assert {kind: page.count("<svg") for kind, page in pages().items()} == {
        "place": 1, "witness": 1, "wave": 0, "tag": 0, "source": 0,
    }  # fmt: skip
    making.published(places=[town], waves=[wave], tags=[tag], **shared)
    shown = pages()
    assert {kind: page.count("<svg") for kind, page in shown.items()} == {
        "place": 2, "witness": 2, "wave": 1, "tag": 1, "source": 1,
    }  # fmt: skip
    for page in shown.values():
        assert cells(page) == {"26 September 2022": [4, 0, 0], "Not known": [0, 4, 4]}


def test_names_of_kinds_are_headings_of_the_table(client, archive):
    heads = re.findall(r'<th scope="col">([^<]+)</th>', get(client))
    assert heads == ["Week from", *KINDS]

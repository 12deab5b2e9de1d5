"""The list of testimonies as readers see it."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies.search import FACETS
from testimonies.tests import making

pytestmark = pytest.mark.django_db

LIST = "/testimonies/"


def titles(page: str) -> list[str]:
    """The words of the cards, in order."""
    return re.findall(r'<article class="card">\s*<blockquote[^>]*><p>(.*?)</p>', page, re.DOTALL)


def get(client, query: str = "") -> str:
    response = client.get(f"{LIST}?{query}" if query else LIST)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def test_list_shows_the_newest_first_and_says_how_many(client):
    for words in ("One goat.", "Two goats.", "Three goats."):
        making.published(words)
    page = get(client)
    assert titles(page) == ["Three goats.", "Two goats.", "One goat."]
    assert "3 testimonies" in page
    assert titles(get(client, "q=two")) == ["<mark>Two</mark> goats."]


def test_empty_archive_says_so(client):
    page = get(client)
    assert titles(page) == []
    assert "0 testimonies" in page


def test_every_link_of_a_facet_leads_to_as_many_testimonies_as_it_says(client):
    town = making.a_place("Aksay", parent=making.a_place("Saryland", kind="country"))
    for number in range(5):
        making.published(
            places=[town] if number % 2 else [], tags=[making.a_tag(f"Tag {number}")], spoken="2020" if number else ""
        )
    links = re.findall(r'<li><a href="([^"]+)" rel="nofollow">.*?</a> <span class="count">(\d+)</span>', get(client))
    assert len(links) >= len(FACETS)
    for url, count in links:
        page = client.get(unescape(url)).content.decode()
        assert len(titles(page)) == int(count), url


def test_chosen_filter_can_be_taken_away_by_one_click(client):
    making.published("One.", tags=[making.a_tag("Bread")], spoken="2020")
    making.published("Two.", spoken="2020")
    page = get(client, "q=&tag=bread&year=2020")
    assert titles(page) == ["One."]
    chips = page.split('<ul class="chips"')[1].split("</ul>")[0]
    assert re.findall(r'href="([^"]+)"', chips) == [f"{LIST}?year=2020", f"{LIST}?tag=bread", LIST]


def test_search_box_keeps_the_filters(client):
    making.published("One.", tags=[making.a_tag("Bread")])
    page = get(client, "q=one&tag=bread&sort=told")
    assert '<input type="hidden" name="tag" value="bread">' in page
    assert '<input type="hidden" name="sort" value="told">' in page
    assert 'name="q" value="one"' in page


def test_clean_address_is_named_whatever_was_asked(client):
    making.published("One.", tags=[making.a_tag("Bread"), making.a_tag("Roads")])
    page = get(client, "utm=1&tag=roads&sort=newest&page=1&tag=bread&tag=roads&q=")
    assert f'<link rel="canonical" href="http://testserver{LIST}?tag=bread&amp;tag=roads">' in page
    assert f'<link rel="canonical" href="http://testserver{LIST}">' in get(client)


def test_pages_follow_one_another(client):
    for number in range(25):
        making.published(f"Word {number}.")
    first, second = get(client), get(client, "page=2")
    assert titles(first) + titles(second) == [f"Word {number}." for number in reversed(range(25))]
    assert "1 to 20 of 25" in first
    assert "21 to 25 of 25" in second
    assert f'rel="next" href="{LIST}?page=2"' in first
    assert f'rel="prev" href="{LIST}"' in second


@pytest.mark.parametrize("page", ["0", "2", "-1", "1000000000", "abc", "1.5", "9" * 300])
def test_page_that_there_is_not_leads_to_the_first(client, page):
    making.published("One.", tags=[making.a_tag("Bread")])
    response = client.get(f"{LIST}?page={page}")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert f'<a href="{LIST}">The first page of this list</a>' in response.content.decode()


@pytest.mark.parametrize("facet", [facet.name for facet in FACETS])
def test_value_that_does_not_exist_is_named_as_what_empties_the_list(client, facet):
    making.published("One.")
    page = get(client, f"{facet}=no-such&q=one")
    assert titles(page) == []
    label = next(str(one.label) for one in FACETS if one.name == facet)
    assert f"Nothing is held under {label} “no-such”." in page
    assert f'<a href="{LIST}?q=one">without {label} (1)</a>' in page


def test_words_that_occur_nowhere_are_named(client):
    making.published("One.")
    assert "There is no testimony in which all of “zebra” occurs." in get(client, "q=zebra")


def test_filters_that_match_nothing_together_offer_to_leave_one_out(client):
    making.published("One goat.", tags=[making.a_tag("Bread")])
    making.published("Two.", tags=[making.a_tag("Roads")])
    page = get(client, "q=goat&tag=roads")
    assert f'<a href="{LIST}?tag=roads">without the words (1)</a>' in page
    assert f'<a href="{LIST}?q=goat">without Tag (1)</a>' in page


def test_hidden_record_in_the_address_is_not_told_from_one_that_never_was(client):
    making.published("One.")
    making.a_testimony(tags=[making.a_tag("Hidden roads")])
    making.withdrawn(tags=[making.a_tag("Closed roads")])
    pages = [get(client, f"tag={key}").replace(key, "KEY") for key in ("hidden-roads", "closed-roads", "never-was")]
    assert pages[0] == pages[2]
    assert pages[1] == pages[2]


BAD = [
    "q=%E2%80%AEgoat",
    "q=%ED%A0%80",
    "q=%FF%FE",
    "q=%F0%9F%99%82",
    "q=" + "goat" * 2500,
    "q=" + "%D2%9B" * 10_000,
    "q=" + "goat+" * 2000,
    "q=" + "(a%2B)%2B" * 300 + "$",
    "q=a*",
    "q=*",
    "q=%22",
    "q=%22goat+-+OR+%28",
    "q=-",
    "q=OR+OR+-OR",
    "q=exact:goat~2^9+%2B-%26%26+[a+TO+z]+%7B*+TO+*%7D",
    "q=the+a+of",
    "q=+++",
    "q=before:9999-99+after:-1",
    "as_of=-1",
    "as_of=99999999999999999999999",
    "after=18446744073709551615&sort=told",
    "after=0&sort=newest",
    "after=5",
    "&".join(f"place=p{number}" for number in range(300)),
    "sort=%3Cscript%3E",
    "%3Cscript%3E=1",
    "tag=%27%22%3E%3Cscript%3E",
    "year=99999999999999999999",
    "year=-0",
    "language=" + "x" * 3000,
    "q[]=1&q=2&q=3",
    "&&&===&",
    "page=&page=",
]


@pytest.mark.parametrize("query", BAD)
def test_strange_question_gets_a_clear_page(client, query):
    making.published("One goat.")
    page = get(client, query)
    assert "<script>" not in page
    assert "\u202e" not in page
    assert 'class="notice"' in page or "testimon" in page


@pytest.mark.parametrize("query", ["q=%00", "place=a%00b", "q=" + "goat" * 40_000])
def test_impossible_question_is_refused_in_words(client, query):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "could not be read" in response.content.decode()


def test_text_in_the_address_is_shown_as_text(client):
    page = get(client, "q=%3Cb%3Egoat%26%22")
    assert "<b>goat" not in page
    assert "&lt;b&gt;goat" in page


def test_searches_are_kept_out_of_search_engines_and_the_list_is_not(client):
    making.published("One.")
    assert 'name="robots"' not in get(client)
    assert '<meta name="robots" content="noindex">' in get(client, "q=one")
    assert '<meta name="robots" content="noindex">' in get(client, "language=en")


def test_place_in_the_list_leads_to_its_page(client):
    publication = making.published(places=[making.a_place("Aksay")])
    page = get(client)
    assert reverse("place", args=[publication.places.get().address]) in page

"""What stands at the address of a testimony, in each of its states."""

import re
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from testimonies.models.public import Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db

SECRET = "Nobody may learn of the zhambyl bridge."


def permalink(publication: Publication) -> str:
    return reverse("testimony", args=[publication.identifier])


def addresses_of(publication: Publication) -> list[str]:
    """Every address at which a testimony can be asked for."""
    key = publication.identifier
    return [
        permalink(publication),
        reverse("edition", args=[key, 1]),
        reverse("editions", args=[key]),
        reverse("ark", args=["99999", key]),
        f"/ark:99999/{key}?info",
    ]


def test_listed_testimony_is_read_at_its_permalink(client):
    publication = making.published("We sold the piano.\n\nThen we left.", places=[making.a_place("Aksay")])
    response = client.get(permalink(publication))
    assert response.status_code == HTTPStatus.OK
    page = response.content.decode()
    assert "Words of Aibek, as printed by The Steppe Courier" in page
    assert 'id="p1"' in page
    assert 'id="p2"' in page
    assert "We sold the piano." in page
    assert f"http://testserver/testimonies/{publication.identifier}/editions/1/" in page
    assert "X-Robots-Tag" not in response


@pytest.mark.parametrize("make", [making.unlisted, making.overdue])
def test_testimony_under_review_answers_without_its_words(client, make):
    publication = make(SECRET, witness=making.a_witness("Zhambylbek"))
    responses = [client.get(address, follow=True) for address in addresses_of(publication)]
    assert [response.status_code for response in responses] == [HTTPStatus.OK] * 4 + [HTTPStatus.NOT_FOUND]
    assert {response["X-Robots-Tag"] for response in responses} == {"noindex"}
    assert len({response.content for response in responses}) == 1
    assert b"under review" in responses[0].content
    assert b"zhambyl" not in responses[0].content.lower()


def test_withdrawn_testimony_leaves_the_same_bare_tombstone_at_every_address(client):
    publication = making.withdrawn(SECRET, witness=making.a_witness("Zhambylbek"))
    responses = [client.get(address) for address in [*addresses_of(publication), permalink(publication)]]
    assert [response.status_code for response in responses] == [HTTPStatus.GONE] * 6
    assert {response["X-Robots-Tag"] for response in responses} == {"noindex"}
    assert len({response.content for response in responses}) == 1
    page = responses[0].content.decode()
    assert publication.identifier in page
    assert "On request" in page
    assert "zhambyl" not in page.lower()
    assert "Steppe Courier" not in page


def test_tombstone_does_not_tell_how_many_editions_there_were(client):
    publication = making.withdrawn()
    answers = [client.get(reverse("edition", args=[publication.identifier, number])) for number in (1, 2, 999_999)]
    assert [answer.status_code for answer in answers] == [HTTPStatus.GONE] * 3
    assert len({answer.content for answer in answers}) == 1


def test_merged_testimony_leads_to_the_other_for_ever(client):
    kept = making.published("We kept the goat.")
    given_up = making.merged(into=kept)
    for address in addresses_of(given_up):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, permalink(kept))
    assert client.get(permalink(given_up), follow=True).status_code == HTTPStatus.OK


def test_merged_testimony_whose_other_was_withdrawn_leads_to_the_tombstone(client):
    kept = making.published()
    given_up = making.merged(into=kept)
    making.publishing.withdraw(making.testimony_of(kept), reason="on_request")
    assert client.get(permalink(given_up), follow=True).status_code == HTTPStatus.GONE


def test_draft_has_no_address_and_leaves_no_trace(client):
    making.a_testimony(SECRET)
    published = making.published()
    assert Publication.objects.count() == 1
    assert re.findall(r'<h3><a href="/testimonies/(\w+)/"', client.get("/testimonies/").content.decode()) == [
        published.identifier
    ]


def test_address_that_was_never_given_is_missing(client):
    making.published()
    answers = [client.get(f"/testimonies/{key}/") for key in ("b0000009", "unheard-of", "1", "%F0%9F%99%82")]
    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 4
    assert len({answer.content for answer in answers}) == 1


def slip(identifier: str) -> str:
    """The identifier with two neighbours swapped."""
    place = next(i for i in range(1, 6) if identifier[i] != identifier[i + 1])
    return identifier[:place] + identifier[place + 1] + identifier[place] + identifier[place + 2 :]


@pytest.mark.parametrize("typed", [slip, str.upper, lambda key: f"{key[:4]}-{key[4:]}"])
def test_mistyped_identifier_is_told_what_may_have_been_meant(client, typed):
    publication = making.published()
    response = client.get(f"/testimonies/{typed(publication.identifier)}/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert f'<a href="{permalink(publication)}">{publication.title}</a>' in response.content.decode()


@pytest.mark.parametrize("make", [making.unlisted, making.overdue, making.withdrawn])
def test_mistyped_identifier_of_what_is_hidden_is_told_nothing(client, make):
    publication = make()
    response = client.get(f"/testimonies/{slip(publication.identifier)}/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response.content == client.get("/testimonies/nothing-like-it/").content


def test_page_of_a_testimony_needs_two_queries_and_that_of_an_edition_what_stands_around_it(
    client, django_assert_num_queries
):
    place = making.a_place("Aksay", parent=making.a_place("Saryland", kind="country"))
    publication = making.published(
        "One.\n\nTwo.", places=[place], waves=[making.a_wave()], tags=[making.a_tag("Bread"), making.a_tag("Roads")]
    )
    making.corrected(publication, "One.\n\nThree.")
    with django_assert_num_queries(2):
        client.get(permalink(publication))
    with django_assert_num_queries(3):
        client.get(reverse("edition", args=[publication.identifier, 2]))
    with django_assert_num_queries(4):
        client.get(reverse("edition", args=[publication.identifier, 1]))
    with django_assert_num_queries(2):
        client.get(reverse("editions", args=[publication.identifier]))


def test_testimony_with_a_withheld_source_names_it_nowhere(client):
    source = making.a_source("The Zhambyl papers", publisher="Zhambyl Gazette")
    publication = making.published(source=source, source_withheld=True)
    addresses = [permalink(publication), reverse("editions", args=[publication.identifier]), "/", "/testimonies/"]
    for address in [*addresses, "/sources/", "/cite/"]:
        response = client.get(address)
        assert response.status_code == HTTPStatus.OK
        assert b"Zhambyl" not in response.content, address
    page = client.get(permalink(publication)).content.decode()
    assert "does not name the source" in page
    assert "copy of the source" not in page


def test_letter_that_shares_holds_title_edition_and_address_and_none_of_the_words(client):
    publication = making.published("We sold the piano.\n\nThen we left.", witness=making.a_witness("Ai & Bek"))
    page = client.get(reverse("testimony", args=[publication.identifier]), {"passage": "p2"}).content.decode()
    letter = urlsplit(unescape(re.search(r'href="(mailto:[^"]*)"[^>]*>by mail', page)[1]))
    assert letter.path == ""
    address = f"http://testserver{permalink(publication)}editions/1/#p2"
    body = f"{publication.title}\r\nArchive of Testimonies, edition 1\r\n{address}"
    assert parse_qs(letter.query, strict_parsing=True) == {"subject": [publication.title], "body": [body]}


@pytest.mark.parametrize("address", ["/", "/about/", "/nothing-here/"])
def test_every_page_can_be_left_quickly_where_the_operator_named_a_place(client, settings, address):
    settings.ARCHIVE = settings.ARCHIVE | {"leave": "https://weather.example/?a&b"}
    page = client.get(address).content.decode()
    link = '<a href="https://weather.example/?a&amp;b" rel="noreferrer noopener nofollow">Leave this page quickly</a>'
    assert page.count(link) == 1
    assert ("stay in its history" in page) is (address == "/about/")
    settings.ARCHIVE = settings.ARCHIVE | {"leave": ""}
    page = client.get(address).content.decode()
    assert "quickly" not in page
    assert "weather.example" not in page

"""A testimony by its ARK, in every spelling that means the same."""

from http import HTTPStatus

import pytest

from testimonies.models.public import Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication() -> Publication:
    return making.published("We sold the piano.")


@pytest.mark.parametrize(
    "spelling",
    [
        "/ark:/99999/{0}",
        "/ark:99999/{0}",
        "/ark%3A/99999/{0}",
        "/ark%3a99999/{0}",
        "/ARK:/99999/{0}",
        "/ark:/99999/{0}/",
        "/ark:/99999/{upper}",
        "/ark:/99-999/{hyphened}",
    ],
)
def test_every_spelling_leads_to_the_permalink(client, publication, spelling):
    key = publication.identifier
    address = spelling.format(key, upper=key.upper(), hyphened=f"{key[:3]}-{key[3:]}")
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, f"/testimonies/{key}/")


@pytest.mark.parametrize(
    ("suffix", "leads_to"),
    [
        ("editions/1", "editions/1/"),
        ("editions/1/", "editions/1/"),
        ("EDITIONS/1", "editions/1/"),
        ("edi-tions/1", "editions/1/"),
        ("p1", "#p1"),
        ("P-1", "#p1"),
        ("editions/1/p1", "editions/1/#p1"),
        ("timemap", "timemap/"),
    ],
)
def test_suffix_is_handed_on(client, publication, suffix, leads_to):
    for label in ("ark:/", "ark:", "ark%3A/"):
        response = client.get(f"/{label}99999/{publication.identifier}/{suffix}")
        expected = f"/testimonies/{publication.identifier}/{leads_to}"
        assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, expected)


def test_query_is_handed_on(client, publication):
    response = client.get(f"/ark:99999/{publication.identifier}/editions/1/p1?lang=en&x=1")
    assert response["Location"] == f"/testimonies/{publication.identifier}/editions/1/?lang=en&x=1#p1"


@pytest.mark.parametrize("suffix", ["nothing", "editions/0", "p0", "..", "editions/1/p1/p2", "🙂", "//p1//x"])
def test_suffix_that_leads_nowhere_is_missing_and_says_where_the_testimony_is(client, publication, suffix):
    response = client.get(f"/ark:/99999/{publication.identifier}/{suffix}")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert f'href="/testimonies/{publication.identifier}/"' in response.content.decode()


def test_ark_of_what_is_gone_or_merged_says_so_whatever_stands_behind(client, publication):
    gone, given_up = making.withdrawn(), making.merged(into=publication)
    for suffix in ("", "/p1", "/editions/1"):
        assert client.get(f"/ark:/99999/{gone.identifier}{suffix}").status_code == HTTPStatus.GONE
        response = client.get(f"/ark:/99999/{given_up.identifier}{suffix}")
        expected = f"/testimonies/{publication.identifier}/"
        assert (response.status_code, response["Location"]) == (HTTPStatus.MOVED_PERMANENTLY, expected)


@pytest.mark.parametrize("inflection", ["?info", "??"])
def test_info_describes_the_testimony_and_what_is_promised(client, publication, inflection):
    response = client.get(f"/ark:/99999/{publication.identifier}{inflection}")
    assert response.status_code == HTTPStatus.OK
    page = response.content.decode()
    assert f"ark:/99999/{publication.identifier}" in page
    assert f"http://testserver/testimonies/{publication.identifier}/" in page
    assert "Aibek" in page
    assert "never given to anything else" in page
    assert "piano" not in page


@pytest.mark.parametrize(
    "address", ["/ark:/12345/{0}", "/ark:/99999/b0000009", "/ark:/99999/", "/ark:/99999/%F0%9F%99%82"]
)
def test_ark_of_somebody_else_or_of_nothing_is_missing(client, publication, address):
    assert client.get(address.format(publication.identifier)).status_code == HTTPStatus.NOT_FOUND


def test_mistyped_ark_is_told_what_may_have_been_meant(client, publication):
    key = publication.identifier
    response = client.get(f"/ark:/99999/{key}z")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert f'href="/testimonies/{key}/"' in response.content.decode()

"""Copies that readers hold: confirmed without a query as long as the log stands still, never after a withdrawal."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies import publishing
from testimonies.models.public import Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something as its transaction does when it is committed: the number of the log is told."""

    def do(act, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return do


@pytest.fixture
def publication(told) -> Publication:
    return told(making.published, "We sold the piano.")


def permalink(publication: Publication) -> str:
    return reverse("testimony", args=[publication.identifier])


@pytest.mark.parametrize("method", ["get", "head"])
def test_copy_that_still_holds_is_confirmed_without_a_query(client, publication, method, django_assert_num_queries):
    for address in (permalink(publication), "/", "/testimonies/?q=piano", "/places/"):
        tag = client.get(address)["ETag"]
        with django_assert_num_queries(0):
            response = getattr(client, method)(address, headers={"If-None-Match": tag})
        assert (response.status_code, response.content) == (HTTPStatus.NOT_MODIFIED, b"")
        assert response["ETag"] == tag


def test_copy_does_not_hold_after_something_was_published(client, publication, told):
    before = client.get(permalink(publication))["ETag"]
    told(making.published)
    response = client.get(permalink(publication), headers={"If-None-Match": before})
    assert response.status_code == HTTPStatus.OK
    assert response["ETag"] != before


def test_copy_does_not_hold_after_a_listed_name_was_changed(client, publication, told):
    address = reverse("witness", args=[publication.witness.address])
    before = client.get(address)["ETag"]
    witness = publication.witness
    witness.note = "The source calls him a baker."
    told(witness.save)
    response = client.get(address, headers={"If-None-Match": before})
    assert response.status_code == HTTPStatus.OK
    assert b"calls him a baker" in response.content


@pytest.mark.parametrize("held", ["the old tag", "*", '"anything"', 'W/"x", *'])
@pytest.mark.parametrize("method", ["get", "head"])
def test_withdrawn_testimony_is_gone_whatever_copy_a_reader_holds(client, publication, told, held, method):
    addresses = [permalink(publication), reverse("edition", args=[publication.identifier, 1])]
    tags = {address: client.get(address)["ETag"] for address in addresses}
    told(publishing.withdraw, making.testimony_of(publication), reason="on_request")
    for address in addresses:
        tag = tags[address] if held == "the old tag" else held
        response = getattr(client, method)(address, headers={"If-None-Match": tag})
        assert response.status_code == HTTPStatus.GONE
        assert "ETag" not in response
        assert response["Cache-Control"] == "no-store"


def test_copy_made_before_the_review_fell_due_does_not_hold_when_the_testimony_is_hidden(client, publication, told):
    tag = client.get(permalink(publication))["ETag"]
    told(publishing.unlist, making.testimony_of(publication))
    response = client.get(permalink(publication), headers={"If-None-Match": tag})
    assert response.status_code == HTTPStatus.OK
    assert b"piano" not in response.content


def test_missing_page_is_kept_by_nobody(client, publication):
    response = client.get("/testimonies/b0000009/")
    assert (response.status_code, response["Cache-Control"]) == (HTTPStatus.NOT_FOUND, "no-store")
    assert "ETag" not in response

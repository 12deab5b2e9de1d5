"""The files of pictures: served as long as a listed record shows them."""

from http import HTTPStatus

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from testimonies import publishing
from testimonies.models.public import Picture, Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return making.a_picture()


@pytest.fixture
def publication(picture) -> Publication:
    """A testimony whose source is shown by a scan."""
    return making.published(source=making.a_source(scan=picture))


def files(picture: Picture) -> list[str]:
    return [reverse("picture", args=[rendition["name"]]) for rendition in picture.renditions]


def test_every_file_of_a_listed_picture_is_served_as_what_it_is(client, picture, publication):
    for rendition, address in zip(picture.renditions, files(picture), strict=True):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (HTTPStatus.OK, rendition["media_type"])
        assert response["X-Content-Type-Options"] == "nosniff"
        with default_storage.open(rendition["name"]) as file:
            assert response.getvalue() == file.read()


def test_page_of_the_source_shows_the_picture(client, picture, publication):
    page = client.get(reverse("source", args=[publication.source.address])).content.decode()
    avif = [address for address in files(picture) if address.endswith(".avif")]
    assert [address in page for address in avif] == [True] * 2
    assert 'alt="A green field."' in page


def test_picture_of_what_is_not_listed_is_missing(client, picture):
    assert [client.get(address).status_code for address in files(picture)] == [HTTPStatus.NOT_FOUND] * len(
        files(picture)
    )


def test_picture_of_a_withdrawn_testimony_is_missing_like_one_that_never_was(client, picture, publication):
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    answers = [client.get(files(picture)[0]), client.get("/pictures/never-was.jpg")]
    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert answers[0].content == answers[1].content


def test_file_that_is_missing_on_the_disk_is_missing(client, picture, publication):
    default_storage.delete(picture.renditions[0]["name"])
    assert client.get(files(picture)[0]).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["..%2F..%2Fsecret.key", "%2e%2e", "archive.sqlite3", "-320.jpg", "%E2%80%AE"])
def test_nothing_else_of_the_disk_is_served(client, picture, publication, name):
    assert client.get(f"/pictures/{name}").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/pictures/{picture.name}-9999.jpg").status_code == HTTPStatus.NOT_FOUND

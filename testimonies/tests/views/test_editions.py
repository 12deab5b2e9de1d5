"""Editions: each the same words for ever, and their history with differences."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from testimonies.models.public import Edition, Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice_published() -> Publication:
    return making.corrected(making.published("We sold the old piano."), "We sold the new piano.", note="A slip.")


def edition(publication: Publication, number: int | str) -> str:
    return f"/testimonies/{publication.identifier}/editions/{number}/"


def test_permalink_shows_the_current_edition_and_an_edition_its_own_words(client, twice_published):
    current = client.get(reverse("testimony", args=[twice_published.identifier])).content.decode()
    first = client.get(edition(twice_published, 1)).content.decode()
    second = client.get(edition(twice_published, 2)).content.decode()
    assert ["old piano" in page for page in (current, first, second)] == [False, True, False]
    assert ["new piano" in page for page in (current, first, second)] == [True, False, True]
    assert "It is not the current one" in first
    assert "It is not the current one" not in second


def test_changed_passage_has_another_anchor(client, twice_published):
    assert 'id="p1"' in client.get(edition(twice_published, 1)).content.decode()
    second = client.get(edition(twice_published, 2)).content.decode()
    assert 'id="p2"' in second
    assert 'id="p1"' not in second


def test_history_shows_word_by_word_what_changed(client, twice_published):
    page = client.get(reverse("editions", args=[twice_published.identifier])).content.decode()
    assert "A slip." in page
    assert page.index('id="edition-2"') < page.index('id="edition-1"')
    assert "old</del>" in page.replace(" </del>", "</del>")
    assert "new</ins>" in page.replace(" </ins>", "</ins>")


@pytest.mark.parametrize("number", ["3", "0", "01", "-1", "1.0", "9" * 7, "9" * 400, "one"])
def test_edition_that_never_was_is_missing(client, twice_published, number):
    assert client.get(edition(twice_published, number)).status_code == HTTPStatus.NOT_FOUND


def test_emptied_edition_says_when_and_not_what(client, twice_published):
    making.emptied(twice_published, 1)
    response = client.get(edition(twice_published, 1))
    assert (response.status_code, response["X-Robots-Tag"]) == (HTTPStatus.GONE, "noindex")
    page = response.content.decode()
    assert "not held any more" in page
    assert f'href="/testimonies/{twice_published.identifier}/"' in page
    assert "piano" not in page
    assert client.get(edition(twice_published, 2)).status_code == HTTPStatus.OK
    history = client.get(reverse("editions", args=[twice_published.identifier])).content.decode()
    assert "old" not in history.split("<main")[1].split("</main")[0].replace("hold", "")


def test_testimony_whose_current_edition_was_emptied_is_under_review_and_its_edition_gone(client):
    publication = making.emptied(making.published("We sold the old piano."), 1)
    answers = [client.get(reverse("testimony", args=[publication.identifier])), client.get(edition(publication, 1))]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK, HTTPStatus.GONE]
    assert not any(b"piano" in answer.content for answer in answers)
    assert b"Read the current edition" not in answers[1].content


def test_edition_made_to_protect_somebody_is_not_compared(client):
    publication = making.published("We sold the piano in Zhambyl.")
    making.corrected(publication, "We sold the piano.", protects=True)
    page = client.get(reverse("editions", args=[publication.identifier])).content.decode()
    assert Edition.objects.count() == 2
    assert "made to protect somebody" in page
    assert "Zhambyl" not in page


def test_an_old_edition_tells_what_changed_since(client, twice_published, django_assert_num_queries):
    making.corrected(twice_published, "We gave the new piano away.", note="Heard again.")
    with django_assert_num_queries(3):
        page = client.get(edition(twice_published, 1)).content.decode()
    since = page.split('<section class="since"')[1].split("</section>")[0]
    assert [note in since for note in ("A slip.", "Heard again.")] == [True, True]
    assert "old </del>" in since or "old</del>" in since
    assert f'href="/testimonies/{twice_published.identifier}/editions/#edition-3"' in since
    assert 'class="since"' not in client.get(edition(twice_published, 3)).content.decode()


def test_an_old_edition_tells_of_what_protected_somebody_only_that_and_when(client):
    publication = making.published("We sold the piano in Zhambyl.")
    making.corrected(publication, "We sold the piano.", note="Zhambyl taken out.", protects=True)
    page = client.get(edition(publication, 1)).content.decode()
    since = page.split('<section class="since"')[1].split("</section>")[0]
    assert "made to protect somebody" in since
    assert "<time" in since
    assert "Zhambyl" not in since

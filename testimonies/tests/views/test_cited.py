"""The form by which researchers register what cites a testimony, and what readers see of it."""

from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.db import connection

from testimonies import publishing
from testimonies.models.editorial import cited_as
from testimonies.models.public import CitingLetter, CitingWork, Publication
from testimonies.tests import making
from testimonies.tests.views.test_asking import freeze
from testimonies.views import strangers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_wrote_yet() -> None:
    cache.clear()


@pytest.fixture
def publication() -> Publication:
    return making.corrected(making.published("We stayed.\n\nThen we left."), "We stayed.\n\nThen we went.")


def form(publication: Publication) -> str:
    return f"/testimonies/{publication.identifier}/cited/"


def send(client, publication, **changes):
    with freeze(strangers.signing.time.time() - 60):
        token = strangers.token("cited")
    said = {**making.A_WORK, "edition": "1", "passage": "p2", "reply": "ann@example.org", "token": token, "website": ""}
    return client.post(form(publication), {**said, **changes})


def test_what_is_sent_is_kept_sealed_but_for_what_it_cites(client, publication):
    answer = send(client, publication)
    letter = CitingLetter.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (HTTPStatus.OK, "no-store")
    assert letter.receipt in answer.content.decode()
    assert (letter.publication, letter.edition, letter.passage) == (publication, 1, 2)
    said = cited_as(letter)
    assert (said.reference, said.year, said.reply) == (making.A_WORK["reference"], 2024, "ann@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM testimonies_citingletter")
        assert "Onymous" not in str(cursor.fetchall())
    assert "Onymous" not in client.get(f"/testimonies/{publication.identifier}/").content.decode()


def test_the_form_begins_with_what_its_reader_came_from(client, publication):
    page = client.get(form(publication), {"edition": "1", "passage": "p2"}).content.decode()
    assert 'name="edition" value="1"' in page
    assert 'name="passage" value="p2"' in page
    page = client.get(f"/testimonies/{publication.identifier}/").content.decode()
    assert f'href="{form(publication)}?edition=2"' in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reference": ""}, "This field is required"),
        ({"reference": "a" * 501}, "at most 500"),
        ({"kind": "poem"}, "Select a valid choice"),
        ({"year": "2999"}, "has not come yet"),
        ({"year": "soon"}, "Enter a whole number"),
        ({"address": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"edition": "7"}, "There is no edition 7 to be read."),
        ({"edition": "9" * 30}, "less than or equal"),
        ({"passage": "p9"}, "There is no passage p9 in edition 1."),
        ({"passage": "the third"}, "A passage is called as on the page"),
        ({"passage": "p3"}, "There is no passage p3 in edition 1."),
        ({"token": ""}, "was open for very long"),
        ({"reference": "x\x00y"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(client, publication, changes, told):
    answer = send(client, publication, **changes)
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert told in page
    assert 'value="ann@example.org"' in page
    assert not CitingLetter.objects.exists()


def test_an_edition_whose_words_were_taken_out_cannot_be_cited_any_more(client, publication):
    making.emptied(publication, 1)
    assert "There is no edition 1 to be read." in send(client, publication).content.decode()


def test_machines_are_held_off_without_shutting_out_witnesses(client, publication):
    assert send(client, publication, website="https://buy.example").status_code == HTTPStatus.OK
    assert not CitingLetter.objects.exists()
    answers = [send(client, publication).status_code for _time in range(strangers.MOST_FROM_ONE + 1)]
    assert answers == [HTTPStatus.OK] * strangers.MOST_FROM_ONE + [HTTPStatus.TOO_MANY_REQUESTS]
    asked = {"asks": "withdrawal", "testimony": "x", "who": "her", "website": ""}
    with freeze(strangers.signing.time.time() - 60):
        token = strangers.token("asking")
    assert client.post("/about/request/", {**asked, "token": token}).status_code == HTTPStatus.OK


def test_a_token_of_another_form_is_none(client, publication):
    with freeze(strangers.signing.time.time() - 60):
        token = strangers.token("asking")
    assert send(client, publication, token=token).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    ("make", "status"),
    [(making.withdrawn, 410), (making.unlisted, 200), (making.overdue, 200)],
    ids=lambda one: str(one),
)
def test_what_is_hidden_answers_as_its_own_address_does(client, make, status):
    hidden = make()
    shown = client.get(f"/testimonies/{hidden.identifier}/")
    for answer in (client.get(form(hidden)), send(client, hidden)):
        assert (answer.status_code, answer.content) == (status, shown.content)
    assert not CitingLetter.objects.exists()
    assert client.get("/testimonies/zzzzzzzz/cited/").status_code == HTTPStatus.NOT_FOUND


def test_what_was_accepted_stands_on_the_page_as_long_as_the_words_do(client, publication, django_assert_num_queries):
    permalink = f"/testimonies/{publication.identifier}/"
    with django_assert_num_queries(2):
        client.get(permalink)
    send(client, publication, address="https://doi.org/10.1000/1")
    (letter,) = CitingLetter.objects.all()
    publishing.accept_citing(letter, edition=1, passage=2, **making.A_WORK | {"address": "https://doi.org/10.1000/1"})
    with django_assert_num_queries(3):
        page = client.get(permalink).content.decode()
    assert "A. Onymous, “Bread”, Journal of Roads 3 (2024)." in page
    assert 'href="https://doi.org/10.1000/1"' in page
    assert f'href="{permalink}editions/1/#p2"' in page
    publishing.unlist(making.testimony_of(publication))
    assert "Onymous" not in client.get(permalink).content.decode()
    assert CitingWork.objects.exists()

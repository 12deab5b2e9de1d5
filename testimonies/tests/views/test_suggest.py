"""The search box offers names of what is listed, in any script, to anybody."""

import json
from http import HTTPStatus

import pytest
from django.conf import settings
from django.urls import reverse

from testimonies import loghead, publishing
from testimonies.models.public import PlaceNameForm, Publication, WitnessNameForm
from testimonies.tests import making

pytestmark = pytest.mark.django_db

SUGGEST = reverse("suggest")
LARGEST_SCRIPT = 3072


@pytest.fixture
def publication():
    """A listed publication of a voice and a place with several names."""
    place = making.a_place("Biškek")
    PlaceNameForm.objects.create(record=place, text="Frunze", tag="ru-Latn", attested_in="general knowledge")
    witness = making.a_witness("Bibigul'")
    WitnessNameForm.objects.create(record=witness, text="Бибигүл", tag="und-Cyrl", attested_in="general knowledge")
    return making.published(witness=witness, places=[place], tags=[making.a_tag("Birthdays")])


def names(client, typed):
    return client.get(SUGGEST, {"q": typed}).json()["names"]


def test_names_of_all_kinds_are_offered_with_their_addresses(client, publication):
    place, tag = publication.places.get(), publication.tags.get()
    offered = client.get(SUGGEST, {"q": "bi"})
    assert json.loads(offered.content) == {
        "names": [
            _name("place", "Biškek", place.identifier),
            _name("witness", "Bibigul'", publication.witness.identifier),
            _name("tag", "Birthdays", tag.slug),
        ]
    }
    assert offered["Content-Type"] == "application/json"
    assert offered["X-Robots-Tag"] == "noindex"
    for one in offered.json()["names"]:
        assert client.get(one["url"]).status_code == HTTPStatus.OK


def _name(kind, name, key, form="", lang=""):
    url = reverse(kind, args=[key])
    return {"kind": kind, "label": kind, "name": name, "form": form, "lang": lang, "url": url}


def test_the_form_that_was_meant_stands_beside_the_name(client, publication):
    place, witness = publication.places.get(), publication.witness
    assert names(client, "frun") == [_name("place", "Biškek", place.identifier, "Frunze", "ru-Latn")]
    assert names(client, "<b<buek")[:1] == [_name("witness", "Bibigul'", witness.identifier)]
    assert names(client, "бибигү") == [_name("witness", "Bibigul'", witness.identifier, "Бибигүл")]


def test_what_is_not_listed_any_more_is_not_offered(client, publication):
    assert names(client, "frunze")
    testimony = making.testimony_of(publication)
    publishing.withdraw(testimony, reason=Publication.WithdrawalReason.ON_REQUEST)
    assert names(client, "frunze") == []
    assert names(client, "bi") == []


def test_drafts_are_not_offered(client, publication):
    making.a_testimony(witness=making.a_witness("Bihidden"), places=[making.a_place("Bihidden")])
    assert names(client, "bihid") == []


@pytest.mark.parametrize("typed", ["", " ", "…", "\ud800", "\u202e", "b" * 3000, "%", '"', "🥖", "a\nb", "-'\"*:"])
def test_anything_may_be_typed(client, publication, typed):
    answer = client.get(SUGGEST, {"q": typed.encode("utf-8", "surrogatepass")})
    assert answer.status_code == HTTPStatus.OK
    assert len(answer.json()["names"]) <= 8


def test_without_words_nothing_is_offered(client, publication):
    assert client.get(SUGGEST).json() == {"names": []}


def test_only_reading_is_allowed(client):
    assert client.post(SUGGEST, {"q": "b"}).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.head(SUGGEST).status_code == HTTPStatus.OK


def test_answers_may_be_kept_until_the_log_goes_on(client, publication):
    loghead.write(7, b"12345678")
    answer = client.get(SUGGEST, {"q": "bi"})
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    again = client.get(SUGGEST, {"q": "bi"}, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert answer.cookies == {}


def test_an_answer_costs_one_query_once_the_names_are_read(client, publication, django_assert_num_queries):
    names(client, "bi")
    with django_assert_num_queries(1):
        names(client, "birth")


def test_the_script_of_the_search_box_is_small(client):
    assert (settings.BASE_DIR / "static" / "js" / "suggest.js").stat().st_size <= LARGEST_SCRIPT
    page = client.get("/").content.decode()
    assert f'data-suggest="{SUGGEST}"' in page
    assert 'data-script="/static/js/suggest' in page
    assert f'data-suggest="{SUGGEST}"' in client.get(reverse("testimonies")).content.decode()

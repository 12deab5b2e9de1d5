"""How a link to a testimony is shown elsewhere: with its words only where they may stand alone, and never bare."""

from http import HTTPStatus
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from testimonies import publishing
from testimonies.models.public import Collection, Publication, Witness
from testimonies.tests import making
from testimonies.tests.views.test_citing import HOST, head

pytestmark = pytest.mark.django_db

FIT = {"may_be_featured": True, "read_whole": True}
ONLY_TEXT = {"og:url", "og:type", "og:title", "og:description"}


def placard(publication: Publication, number: int = 1) -> str:
    return reverse("placard", args=[publication.identifier, number])


def permalink(publication: Publication) -> str:
    return reverse("testimony", args=[publication.identifier])


def shown_by(client, address: str) -> dict[str, str]:
    """What the page says to whoever shows a link to it."""
    return {name: content for name, content in head(client, address).meta if name.startswith(("og:", "twitter:"))}


@pytest.fixture
def publication() -> Publication:
    return making.published("We sold the piano.\n\nThen we left.", context_note="He was asked in spring.", **FIT)


def test_a_link_is_shown_with_the_words_of_a_testimony_that_may_stand_alone(client, publication):
    assert shown_by(client, permalink(publication)) == {
        "og:url": HOST + permalink(publication),
        "og:type": "website",
        "og:title": "Words of Aibek, as printed by The Steppe Courier",
        "og:description": "He was asked in spring.",
        "og:image": HOST + placard(publication),
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "“We sold the piano. Then we left.” – Aibek. "
        "Press quotation, The Steppe Courier, 2 October 2021",
        "twitter:card": "summary_large_image",
    }
    response = client.get(placard(publication))
    assert (response.status_code, response["Content-Type"]) == (HTTPStatus.OK, "image/png")
    assert response["X-Robots-Tag"] == "noindex"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


def test_a_link_to_anything_else_is_shown_in_text(client):
    publication = making.published("We sold the piano.")
    told = shown_by(client, permalink(publication))
    assert told.keys() == ONLY_TEXT | {"twitter:card"}
    assert told["twitter:card"] == "summary"
    assert not [content for content in told.values() if "piano" in content]
    assert client.get(placard(publication)).status_code == HTTPStatus.NOT_FOUND


COLLECTIVE = {"kind": Witness.Kind.REPORTED_COLLECTIVE}
OF_CONSENT = {"kind": "spoken_consent", "asked": True, "date": "2020-01-01"}


@pytest.mark.parametrize(
    "changes",
    [
        lambda: {"witness": making.a_witness(**COLLECTIVE)},
        lambda: {"source": making.a_source(date="")},
        lambda: {"source_withheld": True, "basis": making.a_basis(**OF_CONSENT)},
        lambda: {"words": "رحلنا ليلاً"},
        lambda: {"witness": making.a_witness("عمر")},
    ],
    ids=["collective", "undated", "source withheld", "words in no face", "name in no face"],
)
def test_no_picture_is_made_of_what_cannot_be_told_in_full(client, changes):
    publication = making.published(**{"words": "We sold the piano.", **changes()})
    # As if somebody had marked it in spite of the gate.
    Publication.objects.filter(pk=publication.pk).update(featured=True)
    assert client.get(placard(publication)).status_code == HTTPStatus.NOT_FOUND
    assert shown_by(client, permalink(publication)).keys() == ONLY_TEXT | {"twitter:card"}


def test_what_was_invented_for_show_is_called_so(client):
    collection = Collection.objects.create(name="Samples", is_sample=True)
    told = shown_by(client, permalink(making.published(collection=collection, **FIT)))
    assert ". Invented sample. Press quotation, The Steppe Courier" in told["og:image:alt"]


def test_a_picture_is_of_the_current_edition_only(client, publication):
    making.corrected(publication, "We sold nothing.")
    assert client.get(placard(publication)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(placard(publication, 2)).status_code == HTTPStatus.OK
    assert shown_by(client, permalink(publication))["og:image"] == HOST + placard(publication, 2)
    assert "og:image" not in shown_by(client, reverse("edition", args=[publication.identifier, 1]))
    assert "og:image" in shown_by(client, reverse("edition", args=[publication.identifier, 2]))


def test_the_picture_goes_with_its_testimony(client, publication):
    testimony = making.testimony_of(publication)
    publishing.unlist(testimony)
    hidden = client.get(placard(publication))
    assert (hidden.status_code, hidden["Content-Type"].partition(";")[0]) == (HTTPStatus.NOT_FOUND, "text/html")
    assert b"piano" not in hidden.content
    publishing.withdraw(testimony, reason="on_request")
    assert client.get(placard(publication)).status_code == HTTPStatus.GONE
    merged = making.merged(into=making.published(), **FIT)
    assert client.get(placard(merged)).status_code == HTTPStatus.MOVED_PERMANENTLY
    emptied = making.emptied(making.published("We left.", **FIT))
    assert client.get(placard(emptied)).status_code == HTTPStatus.GONE


def test_a_picture_that_a_server_holds_is_confirmed_until_the_testimony_is_gone(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publication = making.published("We left.", **FIT)
    held = {"If-None-Match": client.get(placard(publication))["ETag"]}
    assert client.get(placard(publication), headers=held).status_code == HTTPStatus.NOT_MODIFIED
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(making.testimony_of(publication), reason="on_request")
    assert client.get(placard(publication), headers=held).status_code == HTTPStatus.GONE


def test_a_picture_costs_two_queries_and_a_page_none_more(client, publication, django_assert_num_queries):
    plain = making.published("We sold the piano.")
    with django_assert_num_queries(2):
        client.get(placard(publication))
    for one in (publication, plain):
        with django_assert_num_queries(2):
            client.get(permalink(one))


def test_the_words_of_an_interview_are_dated_by_the_day_of_speaking(client):
    source = making.a_source("A long talk", kind="interview", publisher="Riverside Radio")
    basis = making.a_basis(**OF_CONSENT)
    publication = making.published(source=source, basis=basis, spoken="1998-04-17", **FIT)
    assert shown_by(client, permalink(publication))["og:image:alt"].endswith(
        "Interview, Riverside Radio, 17 April 1998"
    )

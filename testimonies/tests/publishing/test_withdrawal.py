"""Withdrawal and emptying: what was public leaves nothing in what lists, search and pages read."""

import pytest

from testimonies.models.editorial import Testimony
from testimonies.models.public import (
    Collection,
    Edition,
    Event,
    Identifier,
    Passage,
    Publication,
    PublicationEvent,
    PublicationPlace,
)
from testimonies.publishing import WrongState, empty_edition, publish, withdraw
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_testimony, a_wave, corrected, published

pytestmark = pytest.mark.django_db

KEPT = {
    "id",
    "identifier",
    "state",
    "current_edition_id",
    "first_published_at",
    "changed_at",
    "review_on",
    "withdrawn_at",
    "withdrawal_reason",
    "passages_numbered",
    "times_cited",  # a number of rows of its own, which say nothing of the words
}


@pytest.fixture
def publication() -> Publication:
    """One with something in every column and every relation that lists read."""
    atlas = a_source("Atlas")
    testimony = a_testimony(
        "We left.",
        places=[a_place(parent=a_place("Berkland"))],
        waves=[a_wave()],
        tags=[a_tag()],
        collection=Collection.objects.create(name="Roads"),
        happened_event=Event.objects.create(name="The flood", date="2019", source=atlas),
        spoken="2020",
        spoken_basis="elsewhere",
        spoken_basis_source=atlas,
        may_be_featured=True,
        read_whole=True,
    )
    return publish(testimony, by=None, note="First.").publication


def listing(publication: Publication) -> dict[str, object]:
    """The columns that hold something of what was said, with what they hold."""
    row = Publication.objects.filter(pk=publication.pk).values().get()
    relations = {
        "places": list(publication.placements.all()),
        "waves": list(publication.waves.all()),
        "tags": list(publication.tags.all()),
        "cited_sources": list(publication.cited_sources.all()),
    }
    return {name: value for name, value in (row | relations).items() if name not in KEPT}


def empty(publication: Publication) -> bool:
    return not any(listing(publication).values())


def test_every_column_of_the_listing_was_filled(publication):
    assert all(listing(publication).values())


def test_a_withdrawal_leaves_a_tombstone(publication):
    withdraw(making.testimony_of(publication), reason="on_request")
    publication.refresh_from_db()
    assert (publication.state, publication.withdrawal_reason) == ("withdrawn", "on_request")
    assert publication.is_withdrawn
    assert publication.withdrawn_at == publication.changed_at
    assert empty(publication)
    assert not PublicationPlace.objects.exists()
    assert Testimony.objects.get().status == "withdrawn"
    assert list(PublicationEvent.objects.values_list("kind", flat=True)) == ["published", "withdrawn"]
    assert Identifier.objects.find("testimony", publication.identifier).redirects_to is None


def test_its_editions_are_kept_closed(publication):
    before = Edition.objects.values().get()
    withdraw(making.testimony_of(publication), reason="by_the_archive")
    assert Edition.objects.values().get() == before


def test_a_withdrawal_gives_one_of_two_neutral_reasons(publication):
    with pytest.raises(ValueError, match="danger"):
        withdraw(making.testimony_of(publication), reason="danger")
    publication.refresh_from_db()
    assert publication.is_listed


@pytest.mark.parametrize("make", [making.withdrawn, lambda: making.merged(into=published("Kept.")), a_testimony])
def test_what_is_not_public_is_not_withdrawn(make):
    make()
    with pytest.raises(WrongState):
        withdraw(Testimony.objects.order_by("pk").last(), reason="on_request")


def test_an_unlisted_testimony_is_withdrawn_too():
    publication = making.unlisted()
    withdraw(making.testimony_of(publication), reason="on_request")
    assert Publication.objects.get().is_withdrawn


def test_emptying_the_current_edition_hides_the_testimony_and_lets_go_of_its_listing(publication):
    corrected(publication, "We left at dawn.", note="The hour.")
    empty_edition(publication.editions.get(number=2))
    publication.refresh_from_db()
    assert publication.state == "unlisted"
    assert empty(publication)
    assert Testimony.objects.get().status == "unlisted"
    emptied = Edition.objects.values().get(number=2)
    assert (emptied["record"], emptied["digest"], emptied["change_note"]) == (None, "", "")
    assert emptied["emptied_at"] is not None
    assert list(Passage.objects.values_list("edition__number", "text")) == [(1, "We left.")]
    assert list(PublicationEvent.objects.values_list("kind", "edition")) == [
        ("published", 1),
        ("published", 2),
        ("unlisted", None),
        ("erased", 2),
    ]


def test_emptying_an_earlier_edition_leaves_the_current_one(publication):
    corrected(publication, "We left at dawn.")
    before = listing(publication)
    empty_edition(publication.editions.get(number=1))
    publication.refresh_from_db()
    assert publication.is_listed
    assert listing(publication) == before
    assert list(Passage.objects.values_list("text", flat=True)) == ["We left at dawn."]


def test_emptying_twice_is_emptying_once(publication):
    first = empty_edition(publication.editions.get())
    again = empty_edition(publication.editions.get())
    assert first.emptied_at == again.emptied_at
    assert [event.kind for event in PublicationEvent.objects.all()] == ["published", "unlisted", "erased"]


def test_an_emptied_testimony_comes_back_by_another_edition(publication):
    empty_edition(publication.editions.get())
    edition = publish(making.testimony_of(publication), by=None).edition
    publication.refresh_from_db()
    assert (publication.is_listed, publication.current_edition, edition.number) == (True, edition, 2)
    assert all(listing(publication).values())


@pytest.mark.parametrize("make", [making.withdrawn, making.unlisted, lambda: making.merged(into=published("Kept."))])
def test_what_is_no_longer_shown_is_emptied_too(make):
    publication = make()
    state = publication.state
    empty_edition(publication.editions.get())
    publication.refresh_from_db()
    assert publication.state == state
    assert empty(publication)
    assert publication.editions.get().record is None

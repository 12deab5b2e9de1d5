"""Editions and passages: written once, emptied whole, otherwise for ever as they are."""

import pytest
from django.db import IntegrityError, models, transaction

from testimonies.models.public import Edition, FrozenEdition, Passage, Publication
from testimonies.tests.making import corrected, overdue, published, unlisted, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return published("We left.\n\nNobody asked.").editions.get()


def refused(change) -> None:
    with pytest.raises(FrozenEdition), transaction.atomic():
        change()


def test_an_edition_is_never_changed(edition):
    before = Edition.objects.values().get()
    edition.change_note = "forged"
    refused(edition.save)
    refused(lambda: Edition.objects.update(change_note="forged"))
    refused(lambda: edition.publication.editions.update(change_note="forged"))
    refused(lambda: Edition.objects.bulk_update([edition], ["change_note"]))
    forged = {**before, "change_note": "forged"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition(**forged).save()
    assert Edition.objects.values().get() == before


def test_an_edition_is_never_deleted(edition):
    refused(edition.delete)
    refused(Edition.objects.all().delete)
    refused(edition.publication.editions.all().delete)
    with pytest.raises(models.ProtectedError), transaction.atomic():
        edition.publication.delete()
    with pytest.raises(models.ProtectedError), transaction.atomic():
        Publication.objects.all().delete()
    assert Edition.objects.get() == edition


def test_a_passage_is_as_frozen_as_its_edition(edition):
    before = list(Passage.objects.values())
    passage = edition.passages.all()[0]
    passage.text = "forged"
    refused(passage.save)
    refused(passage.delete)
    refused(lambda: Passage.objects.update(text="forged"))
    refused(lambda: edition.passages.update(text="forged"))
    refused(lambda: Passage.objects.bulk_update([passage], ["text"]))
    refused(Passage.objects.all().delete)
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage(**{**before[0], "text": "forged"}).save()
    assert list(Passage.objects.values()) == before


def test_emptying_leaves_number_and_dates(edition):
    edition.empty()
    left = Edition.objects.values().get()
    assert left == {
        "id": edition.pk,
        "publication_id": edition.publication_id,
        "number": 1,
        "published_at": edition.published_at,
        "change_note": "",
        "protects": False,
        "record": None,
        "digest": "",
        "emptied_at": edition.emptied_at,
    }
    assert edition.is_emptied
    assert not Passage.objects.exists()


def test_an_emptied_edition_is_as_frozen_as_any(edition):
    edition.empty()
    edition.record = {"schema": 1}
    refused(edition.save)
    refused(edition.delete)


def test_passages_are_named_as_in_addresses(edition):
    assert [passage.identifier for passage in edition.passages.all()] == ["p1", "p2"]


def test_only_listed_publications_that_are_not_overdue_are_listed():
    shown = published()
    withdrawn(), unlisted(), overdue()
    assert [one.is_listed for one in Publication.objects.order_by("pk")] == [True, False, False, False]
    assert list(Publication.objects.listed()) == [shown]


def test_the_newest_come_first_by_their_first_publication():
    first, second = published(), published()
    corrected(first, "We left at dawn.")
    assert list(Publication.objects.newest_first()) == [second, first]


def test_the_earliest_told_come_first_and_an_open_beginning_lends_no_date():
    open_beginning = published(spoken="[..2001-05-01]")
    late, early = published(spoken="2020"), published(spoken="1999-02")
    assert list(Publication.objects.earliest_told_first()) == [early, late, open_beginning]
    assert open_beginning.spoken_earliest is None
    assert open_beginning.year_spoken is None

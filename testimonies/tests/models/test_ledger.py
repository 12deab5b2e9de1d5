"""The identifier ledger: what was given once is never given again, and leads on after a merge."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from testimonies import identifiers
from testimonies.models.public import Identifier, Place, Tag
from testimonies.publishing import merge
from testimonies.tests.making import a_place, a_tag, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Identifier:
    Identifier.objects.mint(Identifier.Kind.PLACE)
    return Identifier.objects.get()


def test_an_entry_is_never_deleted(entry):
    for delete in (entry.delete, Identifier.objects.all().delete):
        with pytest.raises(TypeError, match="only grows"):
            delete()
    assert list(Identifier.objects.all()) == [entry]


def test_an_entry_is_never_changed(entry):
    before = Identifier.objects.values().get()
    entry.value = "bcdfgh00"
    refused = (
        entry.save,
        lambda: Identifier.objects.update(value="bcdfgh00"),
        lambda: Identifier.objects.bulk_update([entry], ["value"]),
    )
    for change in refused:
        with pytest.raises(TypeError, match="never changed"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier(pk=entry.pk, kind=Identifier.Kind.TAG, value="forged").save()
    assert Identifier.objects.values().get() == before


def test_minting_passes_over_what_was_ever_given(monkeypatch):
    taken = Identifier.objects.mint(Identifier.Kind.WITNESS)
    fresh = identifiers.mint()
    offered = iter([taken, taken, fresh])
    monkeypatch.setattr(identifiers, "mint", lambda: next(offered))
    assert Identifier.objects.mint(Identifier.Kind.PLACE) == fresh


def test_minted_identifiers_are_wellformed():
    assert identifiers.is_wellformed(Identifier.objects.mint(Identifier.Kind.SOURCE))


def test_nothing_is_minted_before_publishing():
    place, tag = a_place(), a_tag()
    assert (place.identifier, place.address, tag.address) == (None, None, None)
    assert not Identifier.objects.exists()


def test_a_first_publication_enters_every_record_that_readers_are_led_to():
    country = a_place("Berkland", kind=Place.Kind.COUNTRY)
    publication = published(places=[a_place(parent=country)], tags=[a_tag()])
    assert sorted(Identifier.objects.values_list("kind", "value")) == sorted(
        [
            ("testimony", publication.identifier),
            ("witness", publication.witness.identifier),
            ("source", publication.source.identifier),
            *(("place", place.identifier) for place in Place.objects.all()),
            ("tag", "bread"),
        ]
    )


def test_the_ledger_outlives_the_record():
    tag, other = a_tag("Roads"), a_tag("Ways")
    published(tags=[tag])
    merge(tag, into=other)
    assert not Tag.objects.filter(slug="roads").exists()
    entry = Identifier.objects.find(Identifier.Kind.TAG, "roads")
    assert entry.redirects_to.value == "ways"


def test_a_slug_is_not_given_again_after_its_record_was_merged_away():
    tag, other = a_tag("Roads"), a_tag("Ways")
    published(tags=[tag])
    merge(tag, into=other)
    again = a_tag("Roads")
    with pytest.raises(ValidationError, match="belonged to another record once"):
        again.full_clean()
    with pytest.raises(ValidationError, match="belonged to another record once"):
        again.enter_in_ledger()


def test_redirects_lead_to_the_end_in_one_step():
    first, second, third, fourth = (
        Identifier.objects.get(value=Identifier.objects.mint(Identifier.Kind.PLACE)) for _ in range(4)
    )
    first.redirect_to(second)
    second.redirect_to(third)
    fourth.redirect_to(Identifier.objects.get(pk=second.pk))
    found = {entry.value: entry.redirects_to_id for entry in Identifier.objects.all()}
    assert found == {first.value: third.pk, second.value: third.pk, third.value: None, fourth.value: third.pk}


def test_finding_an_entry_needs_its_kind():
    value = Identifier.objects.mint(Identifier.Kind.PLACE)
    assert Identifier.objects.find(Identifier.Kind.WITNESS, value) is None
    assert Identifier.objects.find(Identifier.Kind.PLACE, value).value == value

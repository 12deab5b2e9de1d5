"""Merging: what pointed at one points at the other, addresses lead on, and frozen editions stay as they are."""

from datetime import date

import pytest
from django.db import transaction

from testimonies.models.editorial import Identity, SourceSnapshot, Testimony, TestimonyPlace
from testimonies.models.public import (
    Agent,
    Edition,
    Event,
    Identifier,
    Place,
    Publication,
    PublicationEvent,
    Source,
    Tag,
    Wave,
    Witness,
)
from testimonies.publishing import WrongState, merge, merge_testimonies, publish, withdraw
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_testimony, a_wave, a_witness, published

pytestmark = pytest.mark.django_db

KINDS = {
    Witness: (a_witness, lambda record: {"witness": record}),
    Place: (a_place, lambda record: {"places": [record]}),
    Source: (a_source, lambda record: {"source": record}),
    Wave: (a_wave, lambda record: {"waves": [record]}),
    Tag: (a_tag, lambda record: {"tags": [record]}),
}


def leads_to(address: str, kind: str) -> str:
    """Where the ledger leads from an address."""
    entry = Identifier.objects.find(kind, address)
    return entry.redirects_to.value if entry.redirects_to else entry.value


@pytest.mark.parametrize("model", KINDS)
def test_a_merged_record_leaves_a_redirect_and_takes_nothing_away(model):
    make, use = KINDS[model]
    one, other, third = make("First"), make("Second"), make("Third")
    publications = [published(**use(record)) for record in (one, other, third)]
    frozen = list(Edition.objects.order_by("pk").values_list("digest", "record"))
    addresses = [model.objects.get(pk=record.pk).address for record in (one, other, third)]
    merge(one, into=other)
    merge(other, into=third)
    third.refresh_from_db()
    assert list(model.objects.all()) == [third]
    assert [leads_to(address, model.identifier_kind) for address in addresses] == [third.address] * 3
    assert list(Edition.objects.order_by("pk").values_list("digest", "record")) == frozen
    assert set(third.publications.all()) == set(publications)
    assert list(PublicationEvent.objects.filter(kind="merged").values_list("subject", flat=True)) == [
        f"{model._meta.model_name}:{addresses[1]}",
        f"{model._meta.model_name}:{addresses[2]}",
    ]
    for publication in publications:
        publish(making.testimony_of(publication), by=None)
    assert Publication.objects.listed().count() == 3


@pytest.mark.parametrize("model", KINDS)
def test_a_merge_is_kept_in_the_history_of_what_stays(model):
    make, use = KINDS[model]
    one, other = make("First"), make("Second")
    testimony = a_testimony(**use(one))
    before = testimony.version
    merge(one, into=other)
    testimony.refresh_from_db()
    if model in (Witness, Source):
        assert testimony.version > before
        assert testimony.history.first().__dict__[f"{model._meta.model_name}_id"] == other.pk
    assert not Identifier.objects.exists()
    assert not PublicationEvent.objects.exists()


@pytest.mark.parametrize("model", KINDS)
def test_a_published_record_that_is_merged_into_a_draft_gives_it_an_address(model):
    make, use = KINDS[model]
    one, draft = make("First"), make("Second")
    published(**use(one))
    one.refresh_from_db()
    merge(one, into=draft)
    draft.refresh_from_db()
    assert draft.address
    assert draft.is_listed()
    assert leads_to(one.address, model.identifier_kind) == draft.address


@pytest.mark.parametrize("model", KINDS)
def test_only_two_of_one_kind_can_be_merged(model):
    make, _use = KINDS[model]
    record = make("First")
    other = a_tag("Other") if model is not Tag else a_wave("Other")
    for into in (record, other):
        with pytest.raises(ValueError, match="Only two records of one kind"):
            merge(record, into=into)


def test_name_forms_parts_and_snapshots_come_along():
    one, other = a_source("First"), a_source("Second")
    one.contributions.create(agent=Agent.objects.create(name="Dana Berk"), role="author")
    one.derivations.create(relation="quotes", item="Evening news")
    SourceSnapshot.objects.create(source=one, text="abc")
    wave = a_wave(begins="2020", begins_source=one)
    event = Event.objects.create(name="The flood", date="2019", source=one)
    merge(one, into=other)
    assert (other.contributions.count(), other.derivations.count()) == (1, 1)
    assert SourceSnapshot.objects.get().source == other
    wave.refresh_from_db()
    event.refresh_from_db()
    assert (wave.begins_source, event.source) == (other, other)
    place, kept = a_place("Frunzetown"), a_place("Aksay")
    place.forms.create(text="Фрунзе", tag="ru-Cyrl", attested_in="a map")
    merge(place, into=kept)
    kept.refresh_from_db()
    assert [form.text for form in kept.forms.all()] == ["Фрунзе"]
    assert "frunze" in kept.folded


def test_a_row_that_says_the_same_goes():
    one, other = a_tag("Roads"), a_tag("Ways")
    publication = published(tags=[one, other])
    merge(one, into=other)
    assert [tag.name for tag in publication.tags.all()] == ["Ways"]
    assert [tag.name for tag in making.testimony_of(publication).tags.all()] == ["Ways"]


def test_a_place_stays_where_it_was_said_directly():
    country = a_place("Berkland")
    town = a_place("Aksay", parent=country)
    state = a_place("Republic of Berk")
    publication = published(places=[town, state])
    merge(state, into=country)
    assert sorted(publication.placements.values_list("place__name", "is_direct")) == [
        ("Aksay", True),
        ("Berkland", True),
    ]


def test_what_lies_in_a_merged_place_lies_in_the_other():
    old, new, land = a_place("Frunze region"), a_place("Bishke region"), a_place("Berkland")
    new.parent = land
    new.save()
    town = a_place("Aksay", parent=old)
    publication = published(places=[town])
    merge(old, into=new)
    town.refresh_from_db()
    assert town.parent == new
    assert town.history.first().parent_id == new.pk
    assert sorted(publication.placements.values_list("place__name", "is_direct")) == [
        ("Aksay", True),
        ("Berkland", False),
        ("Bishke region", False),
    ]
    assert all(place.address for place in Place.objects.listed())


def test_a_place_does_not_take_the_place_of_what_it_lies_in():
    land = a_place("Berkland")
    town = a_place("Aksay", parent=a_place("Steppe region", parent=land))
    with pytest.raises(ValueError, match="cannot take the place of one that it lies in"):
        merge(land, into=town)
    assert Place.objects.count() == 3
    merge(town, into=land)
    assert sorted(Place.objects.values_list("name", flat=True)) == ["Berkland", "Steppe region"]


def test_one_identity_comes_along_and_two_are_never_joined():
    one, other, third = a_witness("First"), a_witness("Second"), a_witness("Third")
    Identity.objects.create(witness=one, true_name="Zerequl")
    merge(one, into=other)
    assert Identity.objects.get().witness == other
    assert Identity.objects.get().true_name == "Zerequl"
    Identity.objects.create(witness=third, true_name="Aygul")
    with pytest.raises(ValueError, match="Both have one of these: identity"), transaction.atomic():
        merge(other, into=third)
    assert sorted(one.true_name for one in Identity.objects.all()) == ["Aygul", "Zerequl"]
    assert Witness.objects.count() == 2


def test_a_place_of_a_testimony_in_both_is_kept_once():
    one, other = a_place("First"), a_place("Second")
    testimony = a_testimony(places=[one, other])
    merge(one, into=other)
    assert TestimonyPlace.objects.get(testimony=testimony).place == other


def test_a_testimony_entered_twice_leads_to_the_other():
    kept, given_up = published("Kept."), published("Given up.", tags=[a_tag()])
    merge_testimonies(making.testimony_of(given_up), into=making.testimony_of(kept))
    given_up.refresh_from_db()
    assert (given_up.state, given_up.title, given_up.words, given_up.witness) == ("merged", "", "", None)
    assert (list(given_up.tags.all()), list(given_up.placements.all())) == ([], [])
    assert leads_to(given_up.identifier, "testimony") == kept.identifier
    assert list(Publication.objects.listed()) == [kept]
    assert making.testimony_of(given_up).status == "withdrawn"
    assert list(PublicationEvent.objects.values_list("kind", "publication")) == [
        ("published", kept.pk),
        ("published", given_up.pk),
        ("merged", given_up.pk),
    ]


def test_chains_of_merged_testimonies_lead_to_the_end_in_one_step():
    first, second, third = published("1."), published("2."), published("3.")
    merge_testimonies(making.testimony_of(first), into=making.testimony_of(second))
    merge_testimonies(making.testimony_of(second), into=making.testimony_of(third))
    assert [leads_to(one.identifier, "testimony") for one in (first, second, third)] == [third.identifier] * 3


def test_only_public_testimonies_are_merged():
    public = making.testimony_of(published())
    gone = making.testimony_of(making.withdrawn())
    draft = a_testimony()
    merged = making.testimony_of(making.merged(into=public.publication))
    for given_up, into in ((public, gone), (gone, public), (draft, public), (public, draft), (merged, public)):
        with pytest.raises(WrongState):
            merge_testimonies(given_up, into=into)
    with pytest.raises(ValueError, match="not merged with itself"):
        merge_testimonies(public, into=public)
    assert Publication.objects.listed().count() == 1


def test_the_kept_one_may_be_withdrawn_later():
    kept = published("Kept.")
    given_up = making.merged(into=kept)
    withdraw(making.testimony_of(kept), reason="on_request")
    assert leads_to(given_up.identifier, "testimony") == kept.identifier
    assert Testimony.objects.filter(status="withdrawn").count() == 2


def test_an_unlisted_testimony_is_merged_too():
    kept, hidden = published(review_on=date(2099, 1, 1)), making.unlisted()
    merge_testimonies(making.testimony_of(hidden), into=making.testimony_of(kept))
    hidden.refresh_from_db()
    assert hidden.state == "merged"

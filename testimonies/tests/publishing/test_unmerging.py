"""Undoing a merge: for a day everything is as it was, unless what was moved has changed since."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from testimonies.models.editorial import Identity, Merge, Testimony, TestimonyPlace, TestimonyTag
from testimonies.models.public import Event, Identifier, Place, PlaceRelation, PublicationEvent, Source, Tag, Witness
from testimonies.publishing import erase, hide_name, merge, publish, unmerge
from testimonies.search import Question, search
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_testimony, a_wave, a_witness, published
from testimonies.tests.publishing.test_merging import KINDS, leads_to

pytestmark = pytest.mark.django_db

PASSING = {"PublicationEvent", "LogHead", "Merge"}
# Made anew, under other keys.
MADE_ANEW = {"PublicationPlace", "WitnessNameKey"}


def everything() -> dict[str, Any]:
    """All rows of the archive, but for the log, the history and the versions."""
    held: dict[str, Any] = {}
    for model in apps.get_app_config("testimonies").get_models(include_auto_created=True):
        if model.__name__ in PASSING or model.__name__.startswith("Historical"):
            continue
        rows = json.loads(serializers.serialize("json", model._base_manager.order_by("pk")))
        for row in rows:
            for name in ("version", "folded"):
                row["fields"].pop(name, None)
            if model.__name__ in MADE_ANEW:
                row.pop("pk")
        held[model.__name__] = sorted(rows, key=json.dumps)
    return held


def undone(record: Any) -> Any:
    return unmerge(Merge.objects.undoable().into(record)[0])


@pytest.mark.parametrize("model", KINDS)
def test_everything_is_as_it_was(model):
    make, use = KINDS[model]
    one, other, earlier = make("First"), make("Second"), make("Earlier")
    for record in (one, other, earlier):
        published(**use(record))
    a_testimony(**use(one))
    key = next(iter(use(one)))
    if key in ("tags", "waves", "places"):
        published(**{key: [one, other]})
    if model is not Source:
        one.forms.create(text="Pervyj", tag="ru-Latn", attested_in="a map")
    earlier.refresh_from_db()
    merge(earlier, into=one)
    Merge.objects.all().delete()
    for record in (one, other):
        record.refresh_from_db()
        record.save()
    before, address = everything(), one.address
    merge(one, into=other)
    assert everything() != before
    assert undone(other) == one
    assert everything() == before
    assert leads_to(address, model.identifier_kind) == address
    assert leads_to(earlier.address, model.identifier_kind) == address
    assert not Merge.objects.exists()


def test_readers_find_it_again_at_its_address_and_by_its_name():
    one, other = a_witness("Zarema"), a_witness("Aibek")
    publication = published(witness=one)
    published(witness=other)
    one.refresh_from_db()
    address, client = f"/witnesses/{one.identifier}/", Client()
    merge(one, into=other)
    assert client.get(address).status_code == 301
    theirs = Question(chosen={"witness": (one.identifier,)})
    assert search(theirs).keys == ()
    undone(other)
    assert search(theirs).keys == (publication.pk,)
    answer = client.get(address)
    assert (answer.status_code, b"Zarema" in answer.content) == (200, True)
    assert PublicationEvent.objects.order_by("-number").values_list("kind", "subject")[0] == (
        "parted",
        f"witness:{one.identifier}",
    )
    assert publication.pk in PublicationEvent.objects.filter(kind="vocabulary").values_list("publication", flat=True)


def test_it_says_who_and_in_the_history_why(django_user_model):
    somebody = django_user_model.objects.create_user("aigul")
    one, other = a_witness("First"), a_witness("Second")
    testimony = a_testimony(witness=one)
    merge(one, into=other, by=somebody)
    kept = Merge.objects.get()
    assert str(kept).startswith("“First”, merged by aigul on ")
    unmerge(kept, reason=f"Merge undone: {kept}")
    testimony.refresh_from_db()
    assert testimony.witness == one
    assert testimony.history.first().history_change_reason == f"Merge undone: {kept}"


def test_an_identity_goes_back_and_nothing_of_it_is_written_down():
    one, other = a_witness("First"), a_witness("Second")
    Identity.objects.create(witness=one, true_name="Zerequl")
    merge(one, into=other)
    assert "Zerequl" not in Merge.objects.get().before
    undone(other)
    assert Identity.objects.get().witness == one


def test_a_row_that_said_the_same_comes_back_with_what_it_said():
    one, other = a_place("First"), a_place("Second")
    testimony = a_testimony(places=[one, other])
    row = TestimonyPlace.objects.get(place=one)
    row.basis, row.basis_reason = "inferred", "The river is named."
    row.save()
    merge(one, into=other)
    assert TestimonyPlace.objects.count() == 1
    undone(other)
    back = TestimonyPlace.objects.get(testimony=testimony, place=one)
    assert (back.pk, back.basis_reason) == (row.pk, "The river is named.")


def test_places_lie_again_where_they_lay():
    land, old, new = a_place("Berkland"), a_place("Old region"), a_place("New region")
    new.parent = land
    new.save()
    town = a_place("Aksay", parent=old)
    publication = published(places=[town, (PlaceRelation.SPEAKS_OF, old)])
    listed = "place__name", "relation", "is_direct"
    before = sorted(publication.placements.values_list(*listed))
    merge(old, into=new)
    undone(new)
    town.refresh_from_db()
    assert town.parent == old
    assert sorted(publication.placements.values_list(*listed)) == before


def refused(record: Any, sentence: str) -> None:
    before = everything()
    with pytest.raises(ValueError, match=sentence):
        undone(record)
    assert everything() == before
    assert Merge.objects.exists()


def test_not_where_what_was_moved_points_elsewhere_by_now():
    one, other = a_witness("First"), a_witness("Second")
    testimony = a_testimony(witness=one)
    merge(one, into=other)
    testimony.refresh_from_db()
    testimony.witness = a_witness("Third")
    testimony.save()
    refused(other, r"since the merge this was changed: Words of Third \(The Steppe Courier\)\.")


def test_not_where_what_was_moved_was_deleted():
    one, other = a_place("First"), a_place("Second")
    form = one.forms.create(text="Frunze", tag="ru-Latn", attested_in="a map")
    merge(one, into=other)
    other.forms.get(pk=form.pk).delete()
    refused(other, "this was changed: name form")


def test_not_where_a_tag_of_both_was_taken_away_since():
    one, other = a_tag("Roads"), a_tag("Ways")
    testimony = a_testimony(tags=[one, other])
    merge(one, into=other)
    TestimonyTag.objects.filter(content_object=testimony).delete()
    refused(other, "this was changed")


def test_not_where_an_edition_names_the_merged_record():
    one, other = a_source("First"), a_source("Second")
    publication = published(source=one)
    merge(one, into=other)
    testimony = making.testimony_of(publication)
    segment = testimony.segments.get()
    segment.text = "Other words."
    segment.save()
    publish(testimony, by=None)
    refused(other, publication.identifier)


def test_not_where_the_other_was_merged_on():
    one, other, third = a_tag("Roads"), a_tag("Ways"), a_tag("Paths")
    merge(one, into=other)
    merge(other, into=third)
    refused_merge = Merge.objects.into(other).get()
    with pytest.raises(ValueError, match="undo first what was done to that one"):
        unmerge(refused_merge)
    undone(third)
    undone(other)
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Paths", "Roads", "Ways"]


def test_not_where_its_name_was_given_to_another_since():
    one, other = a_tag("Roads"), a_tag("Ways")
    merge(one, into=other)
    a_tag("Roads")
    refused(other, "Tag with this Name already exists")


def test_not_where_what_it_referred_to_is_gone():
    parent = a_place("Region")
    one, other = a_place("First", parent=parent), a_place("Second")
    merge(one, into=other)
    parent.delete()
    refused(other, "what the record referred to is gone")


def test_not_where_a_place_would_lie_in_itself():
    land = a_place("Land")
    one, other = a_place("First", parent=land), a_place("Second")
    inner = a_place("Inner", parent=one)
    merge(one, into=other)
    land.parent = inner
    land.save()
    refused(other, "the place would lie in itself")


def test_not_after_a_day_when_it_is_forgotten():
    one, other = a_tag("Roads"), a_tag("Ways")
    merge(one, into=other)
    kept = Merge.objects.get()
    Merge.objects.update(at=kept.at - timedelta(days=1, seconds=1))
    with pytest.raises(ValueError, match="That is over"):
        unmerge(kept)
    Merge.objects.forget_past()
    assert not Merge.objects.exists()
    with pytest.raises(ValueError, match="That is over"):
        unmerge(kept)
    assert list(Tag.objects.all()) == [other]


def test_an_erasure_and_a_hidden_name_are_not_brought_back():
    one, other = a_witness("First"), a_witness("Second")
    publication = published(witness=one)
    merge(one, into=other)
    hide_name(other, name="A voice", naming="pseudonym")
    assert not Merge.objects.exists()
    merge(a_tag("Roads"), into=a_tag("Ways"))
    erase(making.testimony_of(publication), reason="on_request")
    assert not Merge.objects.exists()


def test_events_and_waves_lead_to_the_source_again():
    one, other = a_source("First"), a_source("Second")
    wave = a_wave(begins="2020", begins_source=one)
    event = Event.objects.create(name="The flood", date="2019", source=one)
    merge(one, into=other)
    undone(other)
    wave.refresh_from_db()
    event.refresh_from_db()
    assert (wave.begins_source, event.source) == (one, one)
    assert Identifier.objects.count() == 0
    assert (Testimony.objects.count(), Witness.objects.count(), Place.objects.count()) == (0, 0, 0)

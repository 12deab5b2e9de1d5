"""What the database itself refuses, whatever way it is written: every constraint is broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from testimonies.models.editorial import (
    Draft,
    ExchangeKey,
    Presence,
    PublicationBasis,
    Review,
    Testimony,
    TestimonyPlace,
    TestimonyTag,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import (
    Derivation,
    Edition,
    Identifier,
    LogHead,
    Passage,
    Picture,
    Place,
    Publication,
    PublicationPlace,
    Tag,
    Wave,
    Witness,
    WitnessNameKey,
)
from testimonies.publishing import publish
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_testimony, a_wave, published

pytestmark = pytest.mark.django_db


def rows_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """All rows, by a queryset that refuses nothing."""
    return models.QuerySet(model)


def write(model: type[models.Model], **fields: Any) -> None:
    """Write over all rows, past every `save`."""
    rows_of(model).update(**fields)


def add(row: models.Model) -> None:
    """Insert, past every `save`."""
    rows_of(type(row)).bulk_create([row])


def again(model: type[models.Model], **changes: Any) -> None:
    """Insert the first row once more, under another key."""
    row = rows_of(model).order_by("pk")[0]
    for name, value in {"pk": None, **changes}.items():
        setattr(row, name, value)
    row._state.adding = True
    add(row)


def ask_twice() -> None:
    """Insert two reviews that wait; the one of the archive was closed when it was published."""
    for _time in range(2):
        again(Review, state="waiting")


BREACHES: dict[str, Callable[[], None]] = {
    "identifier_unique_for_ever": lambda: again(Identifier),
    "identifier_not_redirected_to_itself": lambda: write(Identifier, redirects_to=models.F("id")),
    "log_has_one_head": lambda: again(LogHead, pk=2),
    "place_has_both_coordinates_or_none": lambda: write(Place, latitude=43),
    "place_does_not_lie_in_itself": lambda: write(Place, parent=models.F("id")),
    "derivation_consulted_only_if_identified": lambda: write(Derivation, consulted=True),
    "wave_beginning_has_a_source": lambda: write(Wave, begins="2021"),
    "wave_end_has_a_source": lambda: write(Wave, ends="2022"),
    "wave_attestation_has_a_source": lambda: write(Wave, attested="2021"),
    "publication_listed_has_edition_and_witness": lambda: write(Publication, current_edition=None),
    "publication_withdrawn_says_when": lambda: write(Publication, state=Publication.State.WITHDRAWN),
    "publication_gone_holds_nothing": lambda: write(Publication, state=Publication.State.MERGED),
    "publication_place_once": lambda: again(PublicationPlace),
    "witness_name_key_once": lambda: again(WitnessNameKey),
    "edition_number_once": lambda: again(Edition),
    "edition_numbers_begin_at_one": lambda: write(Edition, number=0),
    "edition_is_whole_or_emptied": lambda: write(Edition, emptied_at=timezone.now()),
    "passage_number_once_in_an_edition": lambda: again(Passage, order=9),
    "passage_order_once_in_an_edition": lambda: again(Passage, number=9),
    "basis_consent_means_asked": lambda: write(PublicationBasis, kind=PublicationBasis.Kind.SPOKEN_CONSENT),
    "testimony_tag_once": lambda: again(TestimonyTag),
    "testimony_published_has_source_and_basis": lambda: write(Testimony, source=None),
    "testimony_spoken_says_its_basis": lambda: write(Testimony, spoken="2021", spoken_basis="inferred"),
    "testimony_happened_says_its_basis": lambda: write(Testimony, happened="2021", happened_basis="elsewhere"),
    "testimony_spoken_says_its_public_value": lambda: write(Testimony, spoken_disclosure="coarser"),
    "testimony_happened_says_its_public_value": lambda: write(Testimony, happened_disclosure="coarser"),
    "testimony_place_once": lambda: again(TestimonyPlace),
    "testimony_place_says_its_basis": lambda: write(TestimonyPlace, basis="inferred"),
    "testimony_place_says_its_public_value": lambda: write(TestimonyPlace, disclosure="coarser"),
    "testimony_wave_once": lambda: again(TestimonyWave),
    "testimony_wave_says_its_basis": lambda: write(TestimonyWave, basis="elsewhere"),
    "translation_once_in_a_language": lambda: again(Translation),
    "draft_once_for_a_form": lambda: again(Draft),
    "presence_once": lambda: again(Presence),
    "testimony_has_one_open_review": ask_twice,
    "exchange_key_once": lambda: again(ExchangeKey),
    "exchange_key_leads_to_its_kind": lambda: write(ExchangeKey, kind="place"),
    "picture_has_its_focus_in_it": lambda: write(Picture, focus_x=101),
}


@pytest.fixture
def archive() -> None:
    source = a_source()
    testimony = a_testimony(source=source, places=[a_place()], waves=[a_wave()], tags=[a_tag()])
    Derivation.objects.create(source=source, relation=Derivation.Relation.QUOTES, item="A letter")
    editor = User.objects.create_user("gulnara")
    Draft.objects.create(editor=editor, form="a", data="words=bread")
    Presence.objects.create(testimony=testimony, user=editor, seen_at=timezone.now())
    Review.objects.create(testimony=testimony, state=Review.State.WAITING)
    ExchangeKey.objects.create(kind="source", key="first", source=source)
    Translation.objects.create(testimony=testimony, language="ru", text="Мы делили хлеб.", by_machine=True)

    making.a_picture()
    publish(testimony, by=None)


def test_every_constraint_is_tried():
    held = {one.name for model in apps.get_app_config("testimonies").get_models() for one in model._meta.constraints}
    assert set(BREACHES) == held


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(archive, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BREACHES[name]()


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": 43},
        {"longitude": 43},
        {"latitude": 91, "longitude": 1},
        {"latitude": 1, "longitude": -181},
    ],
)
def test_a_place_has_two_coordinates_on_this_earth(archive, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Place, **fields)


@pytest.mark.parametrize("field", ["source", "basis", "witness", "publication"])
def test_a_published_testimony_lacks_nothing(archive, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Testimony, **{field: None})


@pytest.mark.parametrize("field", ["current_edition", "witness"])
def test_a_listed_publication_lacks_nothing(archive, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Publication, **{field: None})


@pytest.mark.parametrize(
    "fields",
    [
        {"record": None},
        {"digest": ""},
        {"record": None, "digest": ""},
        {"record": None, "digest": "", "change_note": "what it said", "emptied_at": timezone.now()},
    ],
)
def test_an_edition_is_whole_or_emptied(archive, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Edition, **fields)


def test_a_publication_has_one_current_edition_and_an_edition_is_current_once(archive):
    other = published("Others walked on.")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_of(Publication).filter(pk=other.pk).update(current_edition=Publication.objects.last().current_edition)


def test_a_publication_belongs_to_one_testimony(archive):
    draft = a_testimony()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_of(Testimony).filter(pk=draft.pk).update(publication=Publication.objects.get())


@pytest.mark.parametrize("model", [Witness, Place])
def test_an_identifier_is_carried_by_one_record(archive, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        again(model)


@pytest.mark.parametrize("model", [Wave, Tag])
def test_a_slug_is_carried_by_one_record(archive, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        again(model, name="another")


@pytest.mark.parametrize("field", ["title", "excerpt", "words", "language"])
def test_a_tombstone_holds_no_word_of_what_was_there(field):
    making.withdrawn()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Publication, **{field: "x"})


def test_a_tombstone_that_says_when_belongs_to_a_withdrawn_publication_only(archive):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Publication, withdrawn_at=timezone.now() - timedelta(days=1))


def test_what_a_publication_stands_on_cannot_be_deleted(archive):
    testimony = making.testimony_of(Publication.objects.get())
    for row in (testimony.source, testimony.witness, testimony.basis, testimony.publication):
        with pytest.raises(models.ProtectedError), transaction.atomic():
            row.delete()

"""Open vocabularies: what of them is public, when the log hears of them, and what may not happen to them."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from testimonies.models.public import (
    Agent,
    Collection,
    Contribution,
    Derivation,
    Event,
    Picture,
    Place,
    PlaceNameForm,
    Publication,
    PublicationEvent,
    RecordedQuerySet,
    Source,
    Tag,
    TagNameForm,
    Vocabulary,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import publish, unlist, withdraw
from testimonies.tests import making
from testimonies.tests.making import a_picture, a_place, a_source, a_tag, a_testimony, a_wave, a_witness

pytestmark = pytest.mark.django_db

FORM = {"text": "Хлеб", "tag": "ru-Cyrl", "attested_in": "an invented letter"}


def a_row_of_a_picture(name: str) -> Picture:
    """A picture without its files, which take their time."""
    return Picture.objects.create(name=name, alternative_text=f"A green {name}.")


class Archive:
    """One testimony with a record of every vocabulary behind it, and one record of each that nobody refers to."""

    def __init__(self) -> None:
        self.country = a_place("Berkland", kind=Place.Kind.COUNTRY)
        self.place = a_place(parent=self.country)
        self.field = a_place("Green field")
        self.wave_source, self.event_source, self.other_source = a_source("Law"), a_source("Diary"), a_source("Atlas")
        self.wave = a_wave(begins="2020", begins_source=self.wave_source)
        self.mark = Event.objects.create(
            name="The dry week", date="2020-05", source=self.event_source, wave=self.wave, place=self.field
        )
        self.happened = Event.objects.create(name="The last bus", date="2020-06-01", source=self.event_source)
        self.portrait, self.scan = a_row_of_a_picture("portrait"), a_row_of_a_picture("scan")
        self.source = a_source(scan=self.scan)
        self.author, self.collector = (Agent.objects.create(name=name) for name in ("Dana Berk", "Radio Berk"))
        for role in (Contribution.Role.AUTHOR, Contribution.Role.EDITOR):
            Contribution.objects.create(source=self.source, agent=self.author, role=role)
        for relation in (Derivation.Relation.COLLECTED_BY, Derivation.Relation.QUOTES):
            Derivation.objects.create(source=self.source, agent=self.collector, relation=relation)
        self.collection = Collection.objects.create(name="Bread and roads")
        self.tag = a_tag()
        self.witness = a_witness()
        self.testimony = a_testimony(
            places=[self.place],
            waves=[self.wave],
            tags=[self.tag],
            witness=self.witness,
            source=self.source,
            collection=self.collection,
            happened="2020-06",
            happened_basis="elsewhere",
            happened_basis_source=self.other_source,
            happened_event=self.happened,
        )
        unread = a_source("Unread")
        self.lonely: list[Any] = [
            a_place("Nowhere"),
            a_wave("Nobody's wave"),
            unread,
            a_tag("Unused"),
            a_witness("Nobody"),
            a_row_of_a_picture("unseen"),
            Agent.objects.create(name="Nobody's agent"),
            Collection.objects.create(name="Nothing"),
        ]
        self.lonely.append(Event.objects.create(name="Unheard", date="2020", source=unread))

    def listed(self) -> dict[str, set[str]]:
        """What `.listed()` gives of every vocabulary, as it is called; each record once."""
        found = {}
        for model in VOCABULARIES:
            rows = [str(row) for row in model.objects.listed()]
            assert len(rows) == len(set(rows))
            found[model.__name__] = set(rows)
        return found

    def publish(self) -> Publication:
        """Publish the testimony."""
        return publish(self.testimony, by=None).publication


VOCABULARIES: list[Any] = [
    *(model for model in apps.get_app_config("testimonies").get_models() if issubclass(model, Vocabulary)),
    Picture,
]
EVERYTHING = {
    "Agent": {"Dana Berk", "Radio Berk"},
    "Collection": {"Bread and roads"},
    "Event": {"The dry week", "The last bus"},
    "Picture": {"A green scan."},
    "Place": {"Aksay", "Berkland", "Green field"},
    "Source": {f"The Steppe Courier: {title}" for title in ("Bread and borders", "Law", "Diary", "Atlas")},
    "Tag": {"Bread"},
    "Wave": {"Departures of the dry spring"},
    "Witness": {"Aibek"},
}
NOTHING: dict[str, set[str]] = {name: set() for name in EVERYTHING}


@pytest.fixture
def archive() -> Archive:
    return Archive()


def events() -> list[tuple[str, str]]:
    return list(PublicationEvent.objects.values_list("kind", "subject"))


def subjects_since(number: int) -> list[str]:
    return [event.subject for event in PublicationEvent.objects.after(number)]


def head() -> int:
    last = PublicationEvent.objects.last()
    return last.number if last else 0


def test_a_draft_lists_nothing(archive):
    assert archive.listed() == NOTHING


def test_publishing_lists_what_the_testimony_refers_to_and_nothing_else(archive):
    archive.publish()
    assert archive.listed() == EVERYTHING
    assert Picture.objects.listed().get() == archive.scan


def test_a_portrait_is_listed_with_its_witness(archive):
    archive.publish()
    archive.witness.refresh_from_db()
    archive.witness.portrait = archive.portrait
    archive.witness.save()
    assert set(Picture.objects.listed()) == {archive.portrait, archive.scan}


@pytest.mark.parametrize("hide", [lambda one: unlist(one), lambda one: withdraw(one, reason="on_request")])
def test_what_only_a_hidden_testimony_refers_to_is_not_listed(archive, hide):
    archive.publish()
    hide(archive.testimony)
    assert archive.listed() == NOTHING


def test_what_only_an_overdue_testimony_refers_to_is_not_listed_before_any_sweep(archive):
    archive.publish()
    Publication.objects.update(review_on=timezone.now().date() - timedelta(days=1))
    assert archive.listed() == NOTHING


def test_everything_listed_has_an_address(archive):
    archive.publish()
    for model in (Place, Wave, Source, Tag, Witness):
        assert all(record.address for record in model.objects.listed())


def test_a_listed_record_tells_the_log_of_a_change(archive):
    archive.publish()
    for model in VOCABULARIES:
        for record in model.objects.listed():
            start = head()
            record.save()
            assert len(subjects_since(start)) == 1, record


def test_the_log_names_a_record_by_its_address(archive):
    archive.publish()
    start = head()
    for record in (Tag.objects.get(name="Bread"), Place.objects.get(name="Aksay")):
        record.save()
    assert subjects_since(start) == ["tag:bread", f"place:{Place.objects.get(name='Aksay').identifier}"]


def test_a_record_that_nobody_reads_tells_the_log_nothing(archive):
    archive.publish()
    start = head()
    for record in archive.lonely:
        record.save()
    assert subjects_since(start) == []


@pytest.mark.parametrize(
    ("form_model", "name"),
    [(PlaceNameForm, "place"), (TagNameForm, "tag"), (WaveNameForm, "wave"), (WitnessNameForm, "witness")],
)
def test_a_name_form_tells_the_log_when_its_record_is_listed(archive, form_model, name):
    record = getattr(archive, name)
    early = form_model.objects.create(record=record, **FORM)
    early.delete()
    assert events() == []
    archive.publish()
    record.refresh_from_db()
    for change in (
        lambda: form_model.objects.create(record=record, **FORM),
        lambda: form_model.objects.get().save(),
        lambda: form_model.objects.get().delete(),
    ):
        start = head()
        change()
        assert subjects_since(start) == [record.subject]


def test_name_forms_are_found_by_the_admin(archive):
    PlaceNameForm.objects.create(record=archive.place, text="Ақсай", tag="kk-Cyrl", attested_in="a map")
    archive.place.refresh_from_db()
    assert archive.place.folded == "aksai aksai"


@pytest.mark.parametrize("part", ["contributions", "derivations"])
def test_parts_of_a_source_tell_the_log_when_it_is_listed(archive, part):
    archive.publish()
    archive.source.refresh_from_db()
    for change in ("save", "delete"):
        start = head()
        getattr(getattr(archive.source, part).all()[0], change)()
        assert subjects_since(start) == [archive.source.subject]


def test_an_event_taken_off_a_listed_wave_tells_the_log(archive):
    archive.publish()
    mark = Event.objects.get(name="The dry week")
    mark.wave = None
    start = head()
    mark.save()
    assert subjects_since(start) == [mark.subject]
    assert not mark.is_listed()


def test_a_picture_tells_the_log_when_it_goes(archive):
    archive.publish()
    start = head()
    archive.scan.refresh_from_db()
    archive.scan.delete()
    assert subjects_since(start) == [f"picture:{archive.scan.name}"]


def test_what_a_listed_wave_is_led_to_later_has_an_address(archive):
    archive.publish()
    wave = Wave.objects.get(pk=archive.wave.pk)
    wave.ends, wave.ends_source = "2021", a_source("Late news")
    wave.save()
    far = a_place("Far field", parent=a_place("Farland"))
    Event.objects.create(name="The rain", date="2021", source=a_source("Rain book"), wave=wave, place=far)
    listed = {*Source.objects.listed(), *Place.objects.listed()}
    assert {"The Steppe Courier: Late news", "The Steppe Courier: Rain book", "Far field"} < {
        str(one) for one in listed
    }
    assert all(record.address for record in listed)


def test_a_wave_changed_while_its_testimony_is_hidden_is_whole_when_it_is_shown_again(archive):
    publication = archive.publish()
    unlist(archive.testimony)
    wave = Wave.objects.get(pk=archive.wave.pk)
    wave.ends, wave.ends_source = "2021", a_source("Late news")
    wave.save()
    archive.testimony.refresh_from_db()
    publish(archive.testimony, by=None)
    publication.refresh_from_db()
    assert publication.is_listed
    assert all(record.address for record in Source.objects.listed())


def test_a_place_that_is_moved_takes_its_testimonies_with_it(archive):
    publication = archive.publish()
    place, old, new = Place.objects.get(name="Aksay"), Place.objects.get(name="Berkland"), a_place("Steppe region")
    place.parent = new
    place.save()
    new.refresh_from_db()
    assert new.address
    assert list(Publication.objects.listed().filter(places=new)) == [publication]
    assert list(Publication.objects.listed().filter(places=old)) == []
    assert not old.is_listed()


@pytest.mark.parametrize("name", ["place", "wave", "source", "tag", "witness", "collection", "mark", "happened"])
def test_what_readers_meet_is_not_deleted(archive, name):
    archive.publish()
    record = getattr(archive, name)
    for delete in (record.delete, type(record).objects.filter(pk=record.pk).delete):
        with pytest.raises(models.ProtectedError), transaction.atomic():
            delete()
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("name", ["tag", "wave"])
def test_what_a_hidden_testimony_bears_is_not_deleted(archive, name):
    archive.publish()
    unlist(archive.testimony)
    archive.testimony.tags.clear()
    archive.testimony.wave_mentions.all().delete()
    with pytest.raises(models.ProtectedError):
        getattr(archive, name).delete()


def test_what_nobody_refers_to_is_deleted(archive):
    archive.publish()
    lonely = [(type(record), record.pk) for record in archive.lonely]
    for record in reversed(archive.lonely):
        record.delete()
    assert not any(model.objects.filter(pk=key).exists() for model, key in lonely)


def test_a_published_slug_is_not_changed(archive):
    archive.publish()
    for record in (Tag.objects.get(name="Bread"), Wave.objects.get(pk=archive.wave.pk)):
        record.slug = "another"
        with pytest.raises(ValidationError, match="cannot be changed any more"):
            record.full_clean()
        with pytest.raises(ValidationError, match="cannot be changed any more"):
            record.save()


def test_a_copy_read_before_publication_does_not_wipe_the_address(archive):
    archive.publish()
    assert archive.place.address is None
    archive.place.name = "Aqsay"
    archive.place.save()
    assert Place.objects.get(name="Aqsay").address


def test_an_identifier_is_not_exchanged(archive):
    archive.publish()
    place = Place.objects.get(name="Aksay")
    place.identifier = "bcdfgh00"
    with pytest.raises(ValidationError, match="cannot be changed any more"):
        place.save()


def test_places_do_not_lie_in_one_another(archive):
    archive.country.parent = archive.place
    with pytest.raises(ValidationError, match="cannot lie in itself"):
        archive.country.full_clean()


def tracked() -> list[type[models.Model]]:
    """The models of which every change is kept in a history or told to the log."""
    held = apps.get_app_config("testimonies").get_models()
    return [model for model in held if issubclass(model, Vocabulary) or hasattr(model, "history")]


@pytest.mark.parametrize("model", tracked())
def test_no_query_writes_past_the_history_and_the_log(model):
    rows = model._default_manager.all()
    assert isinstance(rows, RecordedQuerySet)
    for write in (
        lambda: rows.update(pk=1),
        lambda: rows.bulk_create([model()]),
        lambda: rows.bulk_update([model(pk=1)], ["id"]),
    ):
        with pytest.raises(TypeError, match="record by record"):
            write()


def test_a_picture_takes_its_files_with_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first, second = a_picture(), a_picture()
    assert len(list(tmp_path.iterdir())) == 8
    first.delete()
    Picture.objects.filter(pk=second.pk).delete()
    assert list(tmp_path.iterdir()) == []


def test_names_of_pictures_say_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = a_picture()
    assert picture.name.isalnum()
    assert {path.name.split("-")[0] for path in tmp_path.iterdir()} == {picture.name}


def test_a_testimony_of_somebody_else_keeps_the_source_listed():
    source = a_source()
    kept, gone = making.published(source=source), making.published(source=source)
    withdraw(making.testimony_of(gone), reason="on_request")
    assert list(Source.objects.listed()) == [source]
    unlist(making.testimony_of(kept))
    assert list(Source.objects.listed()) == []
    assert Witness.objects.listed().count() == 0


@pytest.mark.parametrize("make", [making.a_tag, making.a_wave])
def test_slug_that_searches_understand_otherwise_is_refused(make):
    record = make("Unknown", slug="unknown")
    with pytest.raises(ValidationError, match="meaning of its own"):
        record.full_clean()
    with pytest.raises(ValidationError, match="meaning of its own"):
        record.claim_address()

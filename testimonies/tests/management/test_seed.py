"""The seed collection: exactly what is in its file, once, and never over an editor's head."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from testimonies.management.seed import SEED, load_seed_collection
from testimonies.models.editorial import QuoteSegment, Testimony
from testimonies.models.public import Edition, Passage, Place, Publication, PublicationEvent, Source, Wave, Witness
from testimonies.publishing import hide_name, publish, withdraw
from testimonies.publishing.projection import strings
from testimonies.texts import paragraphs

pytestmark = pytest.mark.django_db

ENTRIES = json.loads(SEED.read_text(encoding="utf-8"))["testimonies"]


@pytest.fixture
def loaded() -> None:
    load_seed_collection()


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of every app, history included."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def test_loading_twice_leaves_the_same_rows(loaded):
    before = dump()
    assert len(before["testimonies.Testimony"]) == len(ENTRIES) == 7
    assert len(before["testimonies.HistoricalTestimony"]) >= 7
    load_seed_collection()
    assert dump() == before


def test_the_command_says_how_much_it_entered(capsys):
    call_command("load_seed_collection")
    call_command("load_seed_collection")
    assert capsys.readouterr().out == (
        "Entered and published 7 testimonies of the seed collection.\n"
        "Entered and published 0 testimonies of the seed collection.\n"
    )


def test_all_seven_are_listed_with_one_event_each(loaded):
    assert Publication.objects.listed().count() == 7
    assert list(PublicationEvent.objects.values_list("kind", flat=True)) == ["published"] * 7


def test_every_quotation_is_what_the_file_says_to_the_letter(loaded):
    entered = {one.pk: [segment.text for segment in one.segments.all()] for one in Testimony.objects.order_by("pk")}
    assert list(entered.values()) == [[segment["text"] for segment in entry["segments"]] for entry in ENTRIES]


def test_every_passage_that_readers_get_is_what_the_file_says_to_the_letter(loaded):
    for entry, edition in zip(ENTRIES, Edition.objects.order_by("pk"), strict=True):
        printed = [part for segment in entry["segments"] for part in paragraphs(segment["text"])]
        assert "".join(printed) == "".join(segment["text"] for segment in entry["segments"])
        told = [passage["text"] for segment in edition.record["segments"] for passage in segment["passages"]]
        assert told == printed
        assert list(Passage.objects.filter(edition=edition).values_list("text", flat=True)) == printed


def test_segments_say_where_they_stand_in_the_article(loaded):
    for segment in QuoteSegment.objects.all():
        assert segment.end - segment.start == len(segment.text)


def test_a_correction_by_an_editor_is_not_undone(loaded):
    testimony = Testimony.objects.get(witness__name="Umay")
    testimony.context_note = "Corrected by an editor."
    testimony.save()
    segment = testimony.segments.all()[0]
    segment.attribution_note = "Looked at again."
    segment.save()
    wave = Wave.objects.first()
    wave.name = "A better name"
    wave.save()
    publish(testimony, by=None)
    before = dump()
    load_seed_collection()
    assert dump() == before


def test_a_renamed_voice_is_not_entered_again(loaded):
    witness = Witness.objects.get(name="Umay")
    witness.name = "Umaj"
    witness.save()
    before = dump()
    load_seed_collection()
    assert dump() == before


def test_a_withdrawn_voice_does_not_come_back(loaded):
    withdraw(Testimony.objects.get(witness__name="Umay"), reason="on_request")
    before = dump()
    load_seed_collection()
    assert dump() == before


def test_a_voice_whose_name_was_hidden_does_not_come_back(loaded):
    hide_name(Witness.objects.get(name="Umay"), name="A voice", naming=Witness.Naming.ANONYMOUS_BY_REQUEST)
    before = dump()
    load_seed_collection()
    assert dump() == before


def test_nothing_comes_back_under_other_names(loaded):
    for record in (*Source.objects.all(), *Place.objects.all(), *Witness.objects.all()):
        setattr(record, "title" if isinstance(record, Source) else "name", f"Corrected {record.pk}")
        record.save()
    before = dump()
    load_seed_collection()
    assert dump() == before


def test_notes_of_the_editors_stand_in_no_edition(loaded):
    notes = {entry["editors_note"] for entry in ENTRIES} - {""}
    assert notes == set(Testimony.objects.exclude(editors_note="").values_list("editors_note", flat=True))
    told = "\n".join(text for record in Edition.objects.values_list("record", flat=True) for text in strings(record))
    assert not [note for note in notes if note in told]


def test_nothing_is_said_that_the_article_does_not_say(loaded):
    for record in Edition.objects.values_list("record", flat=True):
        assert (record["language_spoken"], record["mode"]) == ("", "not_said")
        assert record["dates"]["spoken"]["edtf"] == "[..2022-09-29]"
        assert record["translations"] == []
        assert record["original_words_held"] is False
        assert record["basis"]["asked"] is False
    assert not Publication.objects.filter(spoken_earliest__isnull=False).exists()
    assert not Publication.objects.filter(year_spoken__isnull=False).exists()
    assert not Wave.objects.exclude(ends="").exists()

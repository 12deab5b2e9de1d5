"""The sample archive: invented, marked wherever it is shown, the same for the same seed, and never among real ones."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from testimonies.management.sample import LANGUAGES, SAMPLE, make_sample_archive
from testimonies.models.editorial import Testimony
from testimonies.models.public import Edition, Place, Publication, PublicationEvent, Tag, Wave
from testimonies.tests import making

pytestmark = pytest.mark.django_db

TOLD = json.loads(SAMPLE.read_text(encoding="utf-8"))


def made(testimonies: int, number: int) -> list[str]:
    """What readers would get of so many samples, but for what is minted anew each time; nothing of it stays."""
    with transaction.atomic():
        assert make_sample_archive(testimonies, number) == testimonies
        records = list(Edition.objects.order_by("pk").values_list("record", flat=True))
        transaction.set_rollback(True)
    for record in records:
        for part in (record["witness"], record["source"], *record["places"]):
            part.pop("identifier")
        for place in record["places"]:
            place.pop("within")
    return [json.dumps(record) for record in records]


def test_same_seed_makes_the_same_samples_and_another_one_others():
    first = made(5, 7)
    assert len(set(first)) == 5
    assert made(5, 7) == first
    assert made(5, 8) != first


def test_samples_are_published_and_say_everywhere_that_they_are_samples(client):
    call_command("make_sample_archive", "--testimonies", "4", verbosity=0)
    assert PublicationEvent.objects.filter(kind="published").count() == 4
    assert all(record["sample"] for record in Edition.objects.values_list("record", flat=True))
    for publication in Publication.objects.listed():
        page = client.get(reverse("testimony", args=[publication.identifier])).content.decode()
        assert "This is an invented sample, not a testimony." in page
        assert "Nobody said these words" in page
    assert client.get(reverse("testimonies")).content.decode().count("Invented sample.") == 4


def test_what_is_no_sample_is_not_called_one(client):
    publication = making.published()
    assert Edition.objects.get().record["sample"] is False
    for path in (reverse("testimonies"), reverse("testimony", args=[publication.identifier])):
        assert "nvented sample" not in client.get(path).content.decode()


def test_archive_that_holds_a_draft_of_anybody_is_refused():
    making.a_testimony()
    with pytest.raises(CommandError, match="holds testimonies that are no samples"):
        call_command("make_sample_archive", "--testimonies", "4")
    assert (Testimony.objects.count(), Place.objects.count(), Tag.objects.count(), Wave.objects.count()) == (1, 0, 0, 0)


def test_samples_are_made_once(capsys):
    for _ in range(2):
        call_command("make_sample_archive", "--testimonies", "1")
    assert capsys.readouterr().out == "Published 1 samples.\nThis archive holds samples already. Nothing was done.\n"
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "3001", "-4"])
def test_number_that_cannot_be_made_is_refused(number):
    with pytest.raises(CommandError, match="Between 1 and 3000"):
        call_command("make_sample_archive", f"--testimonies={number}")


def test_every_sentence_stands_in_every_language():
    for topic in TOLD["words"].values():
        assert set(topic) == set(LANGUAGES)
        for told in topic.values():
            assert [len(told[part]) for part in ("beginnings", "middles", "ends")] == [2, 3, 2]
            assert all(line.strip() == line and line for part in told.values() for line in part)


def test_there_are_sixty_towns_on_land_that_is_known():
    towns = [place for place in TOLD["places"] if place["kind"] == "city"]
    countries = {place["name"] for place in TOLD["places"] if place["kind"] == "country"}
    assert len(towns) >= 60
    assert all(town["latitude"] and town["longitude"] and town["parent"] in countries for town in towns)

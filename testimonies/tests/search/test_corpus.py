"""The invented archive that search is measured and tried on is what publishing would have written."""

import hashlib
import re
from itertools import islice

import pytest
import rfc8785
from django.db.models import Max

from benchmarks import corpus
from testimonies.models.public import (
    Edition,
    Identifier,
    LogHead,
    Passage,
    Place,
    Publication,
    PublicationEvent,
    Source,
    Witness,
)
from testimonies.tests import making

SIZE = 300


def words_of(record):
    texts = [one["text"] for group in record["segments"] + record["translations"] for one in group["passages"]]
    return set(re.findall(r"\w+", " ".join(texts).lower()))


def test_records_are_the_same_for_everybody():
    first = list(corpus.records(50))
    assert first == list(islice(corpus.records(10_000), 50))
    assert first != list(corpus.records(50, seed=2))


def test_words_of_known_shares_have_them():
    texts = [words_of(record) for record in corpus.records(5000)]
    for word, share in corpus.FREQUENT.items():
        assert sum(word in words for words in texts) / len(texts) == pytest.approx(share, rel=0.15, abs=0.002), word


@pytest.mark.django_db
def test_records_have_the_keys_of_the_projection():
    place = making.a_place("Oskemen", parent=making.a_place("Altay", kind="country"))
    published = making.published(
        "One.\n\nTwo [[…]] three.", places=[place], waves=[making.a_wave()], tags=[making.a_tag()]
    ).current_edition.record
    for record in corpus.records(200):
        assert record.keys() == published.keys()
        for name, wanted in published.items():
            shown, known = record[name], wanted
            if isinstance(wanted, list) and wanted and shown:
                shown, known = shown[0], wanted[0]
            if isinstance(known, dict) and shown is not None:
                assert shown.keys() == known.keys(), name


@pytest.mark.django_db
def test_filled_archive_is_whole():
    corpus.fill(SIZE)
    assert Publication.objects.listed().count() == SIZE
    events = PublicationEvent.objects.order_by("number")
    assert list(events.values_list("number", flat=True)) == list(range(1, SIZE + 1))
    assert LogHead.objects.get().number == SIZE
    edition = Edition.objects.get(publication_id=7)
    record = list(corpus.records(SIZE))[6]
    assert edition.record == record
    assert edition.digest == hashlib.sha256(rfc8785.dumps(record)).hexdigest()
    assert list(Passage.objects.filter(edition=edition).values_list("order", flat=True)) == sorted(
        Passage.objects.filter(edition=edition).values_list("order", flat=True)
    )
    assert Identifier.objects.filter(kind="testimony").count() == SIZE
    assert Source.objects.listed().exists()
    assert Place.objects.listed().count() <= 60


@pytest.mark.django_db
def test_publishing_goes_on_after_the_filled_archive():
    corpus.fill(20)
    published = making.published("We came by train.")
    assert published.pk == 21
    assert LogHead.objects.get().number == PublicationEvent.objects.aggregate(last=Max("number"))["last"] == 21
    assert Witness.objects.filter(publications=published).count() == 1

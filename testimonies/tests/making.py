"""Invented records for tests, entered as an editor enters them and published through the gate.

Every function takes what is to be different as keywords: `published("We left.", tags=[a_tag("Roads")])`.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from testimonies import publishing
from testimonies.models.editorial import PublicationBasis, QuoteSegment, Testimony, TestimonyPlace, TestimonyWave
from testimonies.models.public import Picture, Place, PlaceRelation, Publication, Source, Tag, Wave, Witness

WORDS = "We shared the bread and asked nobody for papers."

# A publication that cites a testimony.
A_WORK = {"kind": "article", "reference": "A. Onymous, “Bread”, Journal of Roads 3", "year": 2024, "address": ""}

Places = Iterable[Place | tuple[str, Place]]


def a_witness(name: str = "Aibek", **changes: Any) -> Witness:
    """A voice that its source names; every call makes another one, also under the same name."""
    return Witness.objects.create(**{"name": name, "described_as": f"{name} the baker", **changes})


def a_source(title: str = "Bread and borders", **changes: Any) -> Source:
    """A press article of an invented newspaper."""
    fields = {"publisher": "The Steppe Courier", "date": "2021-10-02", "language": "en", **changes}
    return Source.objects.create(title=title, **fields)


def a_place(name: str = "Aksay", **changes: Any) -> Place:
    """A town that lies nowhere in particular; `parent` and `kind` say otherwise."""
    return Place.objects.create(**{"name": name, "kind": Place.Kind.CITY, **changes})


def a_wave(name: str = "Departures of the dry spring", **changes: Any) -> Wave:
    """A wave without dates; its address is made from its name."""
    return Wave.objects.create(**{"name": name, "slug": name.lower().replace(" ", "-"), **changes})


def a_tag(name: str = "Bread", **changes: Any) -> Tag:
    """A tag; its address is made from its name."""
    return Tag.objects.create(**{"name": name, "slug": name.lower().replace(" ", "-"), **changes})


def a_basis(**changes: Any) -> PublicationBasis:
    """The basis of words that the press has printed already."""
    fields = {
        "label": "Already printed",
        "kind": PublicationBasis.Kind.ALREADY_PUBLISHED,
        "statement": "Quoted from a printed article. The speaker was not asked.",
        **changes,
    }
    return PublicationBasis.objects.create(**fields)


def a_picture(**changes: Any) -> Picture:
    """A small green picture with its files."""
    file = BytesIO()
    Image.new("RGB", (400, 300), "green").save(file, "PNG")
    file.seek(0)
    return Picture.from_upload(file, **{"alternative_text": "A green field.", **changes})


def a_testimony(
    words: str = WORDS,
    *,
    places: Places = (),
    waves: Iterable[Wave] = (),
    tags: Iterable[Tag] = (),
    **changes: Any,
) -> Testimony:
    """A draft that the gate lets through, with a witness, source and basis of its own unless they are given.

    An empty line in `words` begins another passage; a place alone is one that the voice is described as from.
    """
    made: dict[str, Callable[[], Any]] = {"witness": a_witness, "source": a_source, "basis": a_basis}
    fields = {name: make() for name, make in made.items() if name not in changes}
    testimony = Testimony.objects.create(**fields, **changes)
    QuoteSegment.objects.create(testimony=testimony, text=words, introduction="According to the baker")
    for one in places:
        relation, place = one if isinstance(one, tuple) else (PlaceRelation.DESCRIBED_AS_FROM, one)
        TestimonyPlace.objects.create(testimony=testimony, relation=relation, place=place)
    for wave in waves:
        TestimonyWave.objects.create(testimony=testimony, wave=wave)
    testimony.tags.set(tags)
    return testimony


def published(words: str = WORDS, **changes: Any) -> Publication:
    """A listed publication of a new testimony."""
    return publishing.publish(a_testimony(words, **changes), by=None, known_to_differ=True).publication


def testimony_of(publication: Publication) -> Testimony:
    """What editors hold of a publication, as it stands now."""
    return Testimony.objects.get(publication=publication)


def corrected(publication: Publication, words: str, note: str = "", *, protects: bool = False) -> Publication:
    """The same publication with an edition more, in which the first segment has other words."""
    testimony = testimony_of(publication)
    segment = testimony.segments.all()[0]
    segment.text = words
    segment.save()
    return publishing.publish(testimony, by=None, note=note, protects=protects, known_to_differ=True).publication


def corrected_draft(words: str) -> Testimony:
    """A published testimony whose first segment has other words since, which readers do not see yet."""
    testimony = testimony_of(published())
    segment = testimony.segments.all()[0]
    segment.text = words
    segment.save()
    return testimony


def withdrawn(words: str = WORDS, **changes: Any) -> Publication:
    """A publication that was listed and then withdrawn on request."""
    publication = published(words, **changes)
    return publishing.withdraw(testimony_of(publication), reason=Publication.WithdrawalReason.ON_REQUEST)


def unlisted(words: str = WORDS, **changes: Any) -> Publication:
    """A publication that was listed and is under review."""
    return publishing.unlist(testimony_of(published(words, **changes)))


def overdue(words: str = WORDS, **changes: Any) -> Publication:
    """A publication whose review fell due yesterday, and which nobody has swept yet."""
    publication = published(words, **changes)
    Publication.objects.filter(pk=publication.pk).update(review_on=yesterday())
    publication.refresh_from_db()
    return publication


def merged(words: str = WORDS, *, into: Publication, **changes: Any) -> Publication:
    """A publication that was listed and then found to be the same as `into`."""
    given_up = published(words, **changes)
    publishing.merge_testimonies(testimony_of(given_up), into=testimony_of(into))
    given_up.refresh_from_db()
    return given_up


def emptied(publication: Publication, number: int = 1) -> Publication:
    """The same publication, the words of one of its editions taken out."""
    publishing.empty_edition(publication.editions.get(number=number))
    publication.refresh_from_db()
    return publication


def yesterday() -> date:
    """The day before the one by which reviews fall due."""
    return timezone.now().date() - timedelta(days=1)

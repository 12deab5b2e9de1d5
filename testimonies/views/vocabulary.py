"""The pages of what testimonies share: a witness, a place, a wave, a source, a tag."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase

from testimonies.models.public import (
    AddressedVocabulary,
    Event,
    Identifier,
    Place,
    PlaceRelation,
    Publication,
    Source,
    Tag,
    Wave,
    Witness,
)
from testimonies.reading import vocabulary as reading
from testimonies.reading.absence import Gone
from testimonies.reading.cards import Card, cards_of, described_as_from
from testimonies.reading.pieces import Counted, Link
from testimonies.search import NEWEST, TOLD, Question, count_by, count_of, search
from testimonies.views import addresses, answer, drawings, standing
from testimonies.views.errors import NotHere

MOST_RELATED = 12
MOST_DIFFERING = 3
MOST_COMPARED = 60


@answer.read_only
def witness(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A voice and its words."""
    records = Witness.objects.select_related("portrait").prefetch_related("forms")
    found = listed(records, identifier)
    if found is None:
        return absent(Witness, identifier)
    words = held("witness", found, TOLD)
    drawn = drawings.of_witness(identifier)
    page = reading.witness_page(found, words, namesakes=namesakes(found), drawings=drawn)
    return answer.page("witness.html", page, indexed=False)


@answer.read_only
def place(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A place and the testimonies bound to it, each relation apart."""
    records = Place.objects.select_related("parent__parent__parent").prefetch_related("forms")
    found = listed(records, identifier)
    if found is None:
        return absent(Place, identifier)
    drawn = drawings.of_place(found)
    page = reading.place_page(found, related(found), within=within(found), parts=parts(found), drawings=drawn)
    return answer.page("place.html", page)


@answer.read_only
def wave(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A wave and the testimonies that are placed in it."""
    events = Event.objects.listed().select_related("place", "source")
    dated = Wave.objects.select_related("begins_source", "ends_source", "attested_source")
    found = listed(dated.prefetch_related("forms", Prefetch("events", events)), slug)
    if found is None:
        return absent(Wave, slug)
    words = held("wave", found, TOLD)
    drawn = drawings.of_record("wave", slug)
    return answer.page("wave.html", reading.wave_page(found, words, differing=differing(found), drawings=drawn))


@answer.read_only
def source(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A source and what was taken from it."""
    records = Source.objects.select_related("scan")
    found = listed(records.prefetch_related("contributions__agent", "derivations__agent"), identifier)
    if found is None:
        return absent(Source, identifier)
    everything = Publication.objects.listed().count()
    drawn = drawings.of_record("source", identifier)
    page = reading.source_page(found, held("source", found), all_testimonies=everything, drawings=drawn)
    return answer.page("source.html", page)


@answer.read_only
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A tag and what bears it."""
    found = listed(Tag.objects.prefetch_related("forms"), slug)
    if found is None:
        return absent(Tag, slug)
    (tags,) = count_by("tag", question=Question(chosen={"tag": (slug,)}))
    beside = [value for value in tags if value.key != slug]
    near = tuple(Counted(Link("tag", value.key, value.label), value.count) for value in beside[:MOST_RELATED])
    drawn = drawings.of_record("tag", slug)
    return answer.page("tag.html", reading.tag_page(found, held("tag", found), related=near, drawings=drawn))


def listed(records: Any, address: str) -> Any:
    """The record at the address, if a listed publication refers to it."""
    return records.listed().filter(**{records.model.address_field: address}).first()


def absent(model: type[AddressedVocabulary], address: str) -> HttpResponseBase:
    """Where a record was merged into another, the way there; where it was public once, that it is gone.

    Raises NotHere where it never was, whatever editors hold.
    """
    entry = Identifier.objects.find(model.identifier_kind, address)
    if entry is None:
        raise NotHere
    if entry.redirects_to:
        return standing.led_to(entry.redirects_to)
    return answer.page("gone.html", Gone(identifier=address), status=HTTPStatus.GONE, indexed=False)


def held(facet: str, record: Any, sort: str = NEWEST) -> reading.Held:
    """The first testimonies of a record, and the way to all of them."""
    question = Question(chosen={facet: (record.address,)}, sort=sort)
    results = search(question, counting=False)
    return reading.Held(cards_of(results.keys), results.total, more=addresses.testimonies(question))


def differing(wave: Wave) -> tuple[Card, ...]:
    """A few testimonies fit to stand alone that differ from each other; none where there are not two."""
    fit = Publication.objects.fit_to_stand_alone().filter(waves=wave).earliest_told_first()
    voices = dict(fit.values_list("pk", "witness")[:MOST_COMPARED])
    if len(set(voices.values())) < 2:  # which is most waves
        return ()
    chosen = unlike(voices, {key: [place.key for place in places] for key, places in described_as_from(voices).items()})
    return cards_of(chosen) if len(chosen) > 1 else ()


def unlike(voices: Mapping[int, int], places: Mapping[int, Sequence[str]]) -> list[int]:
    """The first keys of which no two share voice or place; that an unknown place is another nobody can say."""
    chosen: list[int] = []
    taken: set[int | str] = set()
    for key, voice in voices.items():
        has: set[int | str] = {voice, *(places.get(key) or [""])}
        if len(chosen) < MOST_DIFFERING and not has & taken:
            chosen.append(key)
            taken |= has
    return chosen


def namesakes(witness: Witness) -> tuple[Link, ...]:
    """Listed voices of the same name: not known to be the same."""
    others = Witness.objects.listed().filter(name=witness.name).exclude(pk=witness.pk).order_by("pk")
    return tuple(Link("witness", key, name) for key, name in others.values_list("identifier", "name"))


def related(place: Place) -> list[tuple[str, reading.Held]]:
    """The testimonies in each relation to a place that there is."""
    relations = ((relation, held(relation, place, TOLD)) for relation in PlaceRelation.values)
    return [(relation, found) for relation, found in relations if found.total]


def within(place: Place) -> list[Place]:
    """What the place lies in, as far as readers may know those places."""
    around = place.ancestors()
    known = set(Place.objects.listed().filter(pk__in=[one.pk for one in around]).values_list("pk", flat=True))
    return [one for one in around if one.pk in known]


def parts(place: Place) -> tuple[Counted, ...]:
    """The places that lie in it, with their numbers."""
    inner = list(Place.objects.listed().filter(parent=place).order_by("name").values_list("identifier", "name"))
    counts = count_of("place", [key for key, _name in inner])
    return tuple(Counted(Link("place", key, name), counts.get(key, 0)) for key, name in inner)

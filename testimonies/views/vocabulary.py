"""The pages of what testimonies share: a witness, a place, a wave, a source, a tag."""

from http import HTTPStatus
from typing import Any

from django.db.models import Count, Prefetch
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
from testimonies.reading.cards import cards
from testimonies.reading.pieces import Counted, Link
from testimonies.search import PER_PAGE, Question, count_by
from testimonies.views import addresses, answer, standing
from testimonies.views.errors import NotHere

MOST_RELATED = 12


@answer.read_only
def witness(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A voice and its words."""
    records = Witness.objects.select_related("portrait").prefetch_related("forms")
    found = listed(records, identifier)
    if found is None:
        return absent(Witness, identifier)
    words = held("witness", found, Publication.objects.listed().by_witness(found).earliest_told_first())
    return answer.page("witness.html", reading.witness_page(found, words, namesakes=namesakes(found)), indexed=False)


@answer.read_only
def place(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A place and the testimonies bound to it, each relation apart."""
    records = Place.objects.select_related("parent__parent__parent").prefetch_related("forms")
    found = listed(records, identifier)
    if found is None:
        return absent(Place, identifier)
    page = reading.place_page(found, related(found), within=within(found), parts=parts(found))
    return answer.page("place.html", page)


@answer.read_only
def wave(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A wave and the testimonies that speak of it."""
    events = Event.objects.listed().select_related("place", "source")
    dated = Wave.objects.select_related("begins_source", "ends_source", "attested_source")
    found = listed(dated.prefetch_related("forms", Prefetch("events", events)), slug)
    if found is None:
        return absent(Wave, slug)
    words = held("wave", found, Publication.objects.listed().about_wave(found).earliest_told_first())
    return answer.page("wave.html", reading.wave_page(found, words))


@answer.read_only
def source(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A source and what was taken from it."""
    records = Source.objects.select_related("scan")
    found = listed(records.prefetch_related("contributions__agent", "derivations__agent"), identifier)
    if found is None:
        return absent(Source, identifier)
    publications = Publication.objects.listed()
    words = held("source", found, publications.from_source(found).newest_first())
    return answer.page("source.html", reading.source_page(found, words, all_testimonies=publications.count()))


@answer.read_only
def tag(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A tag and what bears it."""
    found = listed(Tag.objects.prefetch_related("forms"), slug)
    if found is None:
        return absent(Tag, slug)
    bearing = Publication.objects.listed().tagged(found)
    beside = [value for value in count_by("tag", Publication.objects.filter(pk__in=bearing)) if value.key != slug]
    near = tuple(Counted(Link("tag", value.key, value.label), value.count) for value in beside[:MOST_RELATED])
    return answer.page("tag.html", reading.tag_page(found, held("tag", found, bearing.newest_first()), related=near))


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


def held(facet: str, record: Any, publications: Any, total: int | None = None) -> reading.Held:
    """The first testimonies of a record, and the way to all of them; counted unless the caller has."""
    return reading.Held(
        cards=cards(publications[:PER_PAGE]),
        total=publications.count() if total is None else total,
        more=addresses.testimonies(Question(chosen={facet: (record.address,)})),
    )


def namesakes(witness: Witness) -> tuple[Link, ...]:
    """Listed voices of the same name: not known to be the same."""
    others = Witness.objects.listed().filter(name=witness.name).exclude(pk=witness.pk).order_by("pk")
    return tuple(Link("witness", key, name) for key, name in others.values_list("identifier", "name"))


def related(place: Place) -> list[tuple[str, reading.Held]]:
    """The testimonies in each relation to a place that there is."""
    bound = place.placements.filter(publication__in=Publication.objects.listed())
    totals = dict(bound.order_by().values_list("relation").annotate(total=Count("pk")))
    return [
        (relation, held("place", place, in_relation(place, relation), totals[relation]))
        for relation in PlaceRelation.values
        if relation in totals
    ]


def in_relation(place: Place, relation: str) -> Any:
    """The testimonies bound to a place in one relation, in the order of telling."""
    return Publication.objects.listed().in_place(place, relation).earliest_told_first()


def within(place: Place) -> list[Place]:
    """What the place lies in, as far as readers may know those places."""
    around = place.ancestors()
    known = set(Place.objects.listed().filter(pk__in=[one.pk for one in around]).values_list("pk", flat=True))
    return [one for one in around if one.pk in known]


def parts(place: Place) -> tuple[Counted, ...]:
    """The places that lie in it, with their numbers."""
    counts = {value.key: value.count for value in count_by("place", Publication.objects.listed().in_place(place))}
    inner = Place.objects.listed().filter(parent=place).order_by("name").values_list("identifier", "name")
    return tuple(Counted(Link("place", key, name), counts.get(key, 0)) for key, name in inner)

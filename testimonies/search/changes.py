"""Which names may have changed, by what the log says: records renamed, and records that came or went with testimonies.

A publication names its records by its links as they stand, and by the records of its editions as they stood; what was
merged since is followed through the ledger. Where that cannot tell, as after an erasure, a kind is compared whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from testimonies.models.public import Edition, Event, Identifier, Place, Publication, PublicationEvent, Source, Wave

KINDS: Final = ("place", "witness", "wave", "tag", "source")
# After so many events reading everything costs less.
MOST: Final = 500

# number, at, kind, publication, subject
LoggedEvent = tuple[int, Any, str, int | None, str]


@dataclass(slots=True)
class Changes:
    """The addresses of records that may have other names or be listed no more; `whole` are kinds to be compared."""

    addresses: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def events_since(number: int) -> list[LoggedEvent]:
    """The event at a number of the log and those after it; one more than the most at the most."""
    rows = PublicationEvent.objects.after(number - 1).values_list("number", "at", "kind", "publication", "subject")
    return list(rows[: MOST + 2])


def changes(events: Iterable[LoggedEvent]) -> Changes:
    """What events may have changed."""
    found = Changes()
    publications = set()
    for _number, _at, kind, publication, subject in events:
        if publication:
            publications.add(publication)
        if kind == PublicationEvent.Kind.ERASED:
            found.whole.update(KINDS)
        if subject:
            of_subject(found, kind, *subject.split(":", 1))
    if publications:
        of_publications(found, publications)
    found.addresses |= followed(found.addresses)
    found.addresses |= led_to(found.addresses)
    return found


def of_subject(found: Changes, event: str, kind: str, address: str) -> None:
    """A vocabulary record that was changed, took over another one, or came back out of another."""
    found.addresses.add(address)
    if event in (PublicationEvent.Kind.MERGED, PublicationEvent.Kind.PARTED):
        found.whole.update(KINDS)
    if kind in ("wave", "event", "place"):  # these lead to places and sources, and may have led to others
        found.whole.update(("place", "source"))


def of_publications(found: Changes, publications: set[int]) -> None:
    """The records that publications are, or were, found by."""
    editions = Edition.objects.filter(publication__in=publications, emptied_at=None)
    records: Iterable[Any] = editions.values_list("record", flat=True)
    for record in records:
        found.addresses.update(addresses_in(record))
        if record["events"]:  # by name only
            found.whole.update(("place", "source"))
    links = (
        "witness__identifier", "source__identifier", "places__identifier", "waves__slug", "tags__slug",
        "cited_sources__identifier",
    )  # fmt: skip
    for link in links:
        linked = Publication.objects.filter(pk__in=publications).order_by().values_list(link, flat=True)
        found.addresses.update(address for address in linked if address)


def addresses_in(value: Any) -> Iterator[str]:
    """Every identifier and slug in a public record."""
    if isinstance(value, dict):
        yield from (held for name, held in value.items() if name in ("identifier", "slug") and isinstance(held, str))
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from addresses_in(one)


def followed(addresses: set[str]) -> set[str]:
    """Where merged addresses lead."""
    ledger = Identifier.objects.filter(value__in=addresses, redirects_to__isnull=False)
    return set(ledger.values_list("redirects_to__value", flat=True))


def led_to(addresses: set[str]) -> set[str]:
    """What waves and places lead to: the sources of dates, the places and sources of events, what places lie in."""
    waves = Wave.objects.filter(slug__in=addresses)
    events = Event.objects.filter(wave__in=waves)
    sources = Source.objects.filter(
        Q(pk__in=events.values("source"))
        | Q(pk__in=waves.values("begins_source"))
        | Q(pk__in=waves.values("ends_source"))
        | Q(pk__in=waves.values("attested_source"))
    )
    found = {str(address) for address in sources.values_list("identifier", flat=True)}
    places = Place.objects.filter(Q(identifier__in=addresses) | Q(pk__in=events.values("place")))
    while rows := [row for row in places.values_list("identifier", "parent") if row[0] not in found]:
        found.update(str(address) for address, _ in rows)
        places = Place.objects.filter(pk__in=[parent for _, parent in rows if parent])
    return found

"""One state of the archive, read from beginning to end while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Min

from testimonies.models.public import Edition, Identifier, LogHead, Place, Publication, Source, Tag, Wave, Witness

from . import records, tables
from .records import Data

AT_ONCE: Final = 200  # rows that are held in memory

KINDS: Final = (Witness, Place, Wave, Source, Tag)


@dataclass(frozen=True, slots=True)
class Moment:
    """The state that is read: the publication log up to a number. `until` is the first day on which a review is due."""

    number: int
    epoch: str
    at: datetime
    until: date | None


@contextmanager
def held() -> Iterator[Moment]:
    """Let everything that is read meanwhile be of one moment (SQLite: a reader holds no writer up).

    Inside a transaction nothing is begun, for one is held already.
    """
    if connection.in_atomic_block:
        yield moment()
        return
    begin = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        try:
            yield moment()
        finally:
            cursor.execute("ROLLBACK")


def moment() -> Moment:
    """The state as it is now."""
    head = LogHead.objects.get(pk=1)
    until = Publication.objects.listed().aggregate(first=Min("review_on"))["first"]
    return Moment(head.number, head.epoch, head.at, until)


def testimonies() -> Iterator[tuple[Data, list[Edition]]]:
    """Every listed testimony in the order of publication, with all its editions; two queries for each batch."""
    last = 0
    while True:
        rows = Publication.objects.listed().filter(pk__gt=last).order_by("pk")
        batch = list(rows.values(*records.PUBLICATION_FIELDS)[:AT_ONCE])
        if not batch:
            return
        last = batch[-1]["pk"]
        editions: dict[int, list[Edition]] = {}
        keys = [row["pk"] for row in batch]
        for one in Edition.objects.filter(publication__in=keys).order_by("publication", "number"):
            editions.setdefault(one.publication_id, []).append(one)
        for row in batch:
            yield records.testimony(row), editions[row["pk"]]


def vocabulary(model: type[Any]) -> Iterator[Data]:
    """Every listed record of a vocabulary, in the order of addresses."""
    readable, last = records.readable(model), ""
    while True:
        batch = list(readable.filter(**{f"{model.address_field}__gt": last})[:AT_ONCE])
        if not batch:
            return
        last = batch[-1].address
        yield from map(records.DESCRIBED[model], batch)


def live_addresses() -> tables.Live:
    """The function that leads from an address to that of the record with which its own was merged, if it was."""
    merged = Identifier.objects.exclude(redirects_to=None)
    led = {(kind, value): target for kind, value, target in merged.values_list("kind", "value", "redirects_to__value")}
    return lambda kind, value: led.get((kind, value), value)


def withdrawn() -> Iterator[Data]:
    """What was withdrawn, by identifier and day alone."""
    rows = Publication.objects.filter(state=Publication.State.WITHDRAWN).order_by("identifier")
    for one in rows.only("identifier", "withdrawn_at").iterator(AT_ONCE):
        if one.withdrawn_at:  # as the database has it
            yield {"identifier": one.identifier, "withdrawn": one.withdrawn_at.date().isoformat()}

"""What is harvested: the last event of each publication in the log, and how the publication stands now.

A list goes by the numbers of the log, from a number to a number and as of a number. So each part of it costs the same
few queries however large the archive is and however far the list has come, and a publication that changes while it
is being read keeps its place: it is given once, as it stands, and again to whoever asks for what changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from testimonies.models.public import LogHead, Publication, PublicationEvent, today

from . import datestamps, sets
from .errors import NoRecordsMatch
from .tokens import Place
from .verbs import Question

PER_PAGE: Final = 100

HEADER: Final = {
    "number": "number",
    "at": "at",
    "key": "publication_id",
    "identifier": "publication__identifier",
    "state": "publication__state",
    "review_on": "publication__review_on",
}
RECORD: Final = {
    **HEADER,
    "published": "publication__first_published_at",
    "edition": "publication__current_edition__number",
    "edition_published": "publication__current_edition__published_at",
    "record": "publication__current_edition__record",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A publication as a harvester gets it. `record` is None where only the header was asked for, or it is deleted."""

    identifier: str
    at: datetime
    is_deleted: bool
    sets: Sequence[str] = ()
    edition: int = 0
    published: datetime | None = None
    edition_published: datetime | None = None
    record: Mapping[str, Any] | None = None


def beginning(question: Question, head: LogHead) -> Place:
    """The place before the first record of a list. Raises NoRecordsMatch where it is empty for sure."""
    first, last = datestamps.span(question.get("from"), question.get("until"))
    return Place(
        verb=question.verb,
        epoch=head.epoch,
        prefix=question.get("metadataPrefix"),
        set=question.get("set"),
        after=number_before(first) if first else 0,
        last=number_until(last) if last else head.number,
        head=head.number,
    )


def number_before(first: datetime) -> int:
    """The number before that of the first event at a moment or later; times grow with the numbers (models.log)."""
    events = PublicationEvent.objects.filter(at__gte=first).order_by("at", "number")
    for number in events.values_list("number", flat=True)[:1]:
        return number - 1
    raise NoRecordsMatch("Nothing was changed since.")


def number_until(last: datetime) -> int:
    """The number of the last event at a moment or earlier."""
    events = PublicationEvent.objects.filter(at__lte=last).order_by("-at", "-number")
    for number in events.values_list("number", flat=True)[:1]:
        return number
    raise NoRecordsMatch("Nothing had been published by then.")


def part(place: Place, *, with_records: bool) -> tuple[list[Held], Place | None]:
    """The next records of a list, and the place behind them; None at the end."""
    events = PublicationEvent.objects.filter(number__gt=place.after, number__lte=place.last).last_of_each(place.head)
    if place.set:
        events = events.filter(sets.condition(place.set))
    rows = list(events.values(*columns(with_records))[: PER_PAGE + 1])
    given = rows[:PER_PAGE]
    following = None
    if len(rows) > PER_PAGE:
        following = replace(place, after=given[-1]["number"], cursor=place.cursor + PER_PAGE)
    return held(given), following


def one(identifier: str, *, with_record: bool) -> Held | None:
    """One publication that was listed once; None where there is none."""
    events = PublicationEvent.objects.filter(publication__identifier=identifier).order_by("-number")
    found = held(list(events.values(*columns(with_record))[:1]))
    return found[0] if found else None


def columns(with_records: bool) -> list[str]:
    """The columns that are read."""
    return list((RECORD if with_records else HEADER).values())


def held(rows: Sequence[Mapping[str, Any]]) -> list[Held]:
    """Rows as a harvester gets them; of what is not listed now, only that it is deleted (a query for each set)."""
    listed = [row for row in rows if is_listed(row)]
    belongs = sets.sets_of([row["publication_id"] for row in listed])
    return [
        Held(
            identifier=row[RECORD["identifier"]],
            at=row["at"],
            is_deleted=False,
            sets=belongs[row["publication_id"]],
            edition=row.get(RECORD["edition"], 0),
            published=row.get(RECORD["published"]),
            edition_published=row.get(RECORD["edition_published"]),
            record=row.get(RECORD["record"]),
        )
        if row["publication_id"] in belongs
        else Held(identifier=row[RECORD["identifier"]], at=row["at"], is_deleted=True)
        for row in rows
    ]


def is_listed(row: Mapping[str, Any]) -> bool:
    """Whether readers may see it now, by the clock too."""
    review_on = row[HEADER["review_on"]]
    return row[HEADER["state"]] == Publication.State.LISTED and (review_on is None or review_on >= today())

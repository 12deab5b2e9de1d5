"""Partial dates: EDTF expressions read, bounded, put into words, and understood from plain English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from testimonies.dates.english import to_edtf
from testimonies.dates.expression import bounds, judge, read, tidy
from testimonies.dates.moments import day, minute, second
from testimonies.dates.wording import in_pattern, words

__all__ = [
    "PartialDate",
    "day",
    "in_pattern",
    "is_after",
    "is_future",
    "minute",
    "parse",
    "second",
    "sort_key",
    "stored",
    "understand",
    "words",
    "year",
]


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known: the expression, and the first and last day that it may mean.

    A bound of None is open or unknown; nothing may be put in its place.
    """

    edtf: str
    earliest: date | None
    latest: date | None


def parse(edtf: str) -> PartialDate:
    """Return the date that a valid EDTF expression means, its spelling tidied.

    Raises ValueError with a sentence for the editor. Supported are levels 0 to 2 (ISO 8601-2:2019, annex A)
    but for times of day, years outside 1 to 9999 and significant digits; a season may carry a qualifier
    ("2022-23~").
    """
    text = tidy(edtf)
    tree = read(text)
    judge(text)
    return PartialDate(text, *bounds(tree))


def stored(edtf: str) -> PartialDate:
    """Return the date of an expression that was judged valid when it was entered; judging takes ten milliseconds."""
    text = tidy(edtf)
    return PartialDate(text, *bounds(read(text)))


def understand(text: str) -> PartialDate:
    """Return the date that somebody wrote: EDTF, or plain English such as "autumn 2022" or "about 1984".

    Nothing is guessed: "03/04/2022" is refused with both its readings. Raises ValueError with a sentence for
    the editor.
    """
    return parse(to_edtf(text))


def year(edtf: str) -> int | None:
    """Return the year, if the whole of the date lies in one year and neither end is open."""
    earliest, latest = bounds(read(tidy(edtf)))
    return earliest.year if earliest and latest and earliest.year == latest.year else None


def sort_key(edtf: str) -> date | None:
    """Return the earliest possible day, or None where it is not known: those sort as undated."""
    return bounds(read(tidy(edtf)))[0]


def is_after(edtf: str, other: str) -> bool:
    """Return whether the whole of a date lies after the whole of another; what is open or unknown never does."""
    earliest, latest = bounds(read(tidy(edtf)))[0], bounds(read(tidy(other)))[1]
    return earliest is not None and latest is not None and earliest > latest


def is_future(edtf: str, today: date) -> bool:
    """Return whether the date begins after today or, from an unknown beginning, runs past it."""
    earliest, latest = bounds(read(tidy(edtf)))
    known = earliest or latest
    return known is not None and known > today

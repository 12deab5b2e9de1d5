"""An EDTF expression (ISO 8601-2:2019, annex A) taken apart, and the first and last day it may mean.

The edtf library judges what is valid when a date is entered. It takes some ten milliseconds, so that what was
stored is read here, without it. What is not known stays unknown: an open or unknown end has no bound.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

LONGEST = 80
_MOST_MEMBERS = 12


_CHARACTERS = re.compile(r"[0-9X\-/.,~?%\[\]{}]*")
_MARKS = re.compile(r"[?~%]")
_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")
# ISO 8601-2, 4.8: the months that a "sub-year grouping" covers. Winter is not said to open or to close its
# year, so that only the year bounds it; the same holds for the southern summer.
_GROUPINGS = {
    **{21 + i: months for i, months in enumerate([(3, 5), (6, 8), (9, 11), (1, 12)])},
    **{25 + i: months for i, months in enumerate([(3, 5), (6, 8), (9, 11), (1, 12)])},
    **{29 + i: months for i, months in enumerate([(9, 11), (1, 12), (3, 5), (6, 8)])},
    **{33 + i: (3 * i + 1, 3 * i + 3) for i in range(4)},
    **{37 + i: (4 * i + 1, 4 * i + 4) for i in range(3)},
    **{40 + i: (6 * i + 1, 6 * i + 6) for i in range(2)},
}


@dataclass(frozen=True)
class Leaf:
    """One date of an expression: its parts as written, its qualifier ("", "?", "~" or "%"), its bounds."""

    year: str
    month: str
    day: str
    qualifier: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Tree:
    """An expression taken apart.

    `kind` is "date", "interval" (two members; None is an unknown end, ".." an open one), "one of" or
    "all of" (members are dates or pairs of them, where ".." in a pair is an open end).
    """

    kind: str
    members: tuple[Member, ...]


End = Leaf | str | None
Member = End | tuple[End, End]


def tidy(edtf: str) -> str:
    """Return the expression without needless space, or refuse what cannot be one."""
    text = edtf.strip()
    if not text:
        raise ValueError(_("Write a date."))
    if len(text) > LONGEST:
        raise ValueError(_("This is too long for a date. Write one date or one span of time."))
    tight = re.sub(r" *([,/\[\]{}]|\.\.) *", r"\1", text)
    if not _CHARACTERS.fullmatch(tight):
        raise unreadable(text)
    return tight


def unreadable(text: str) -> ValueError:
    """Return the refusal of an expression that is no date."""
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    sentence = _(
        "“%(text)s” cannot be read as a date. Write for example 2022-09-29, 29 September 2022, "
        "September 2022, autumn 2022, about 1984, 1980s, before 2022, or EDTF."
    )
    return ValueError(sentence % {"text": shown})


@lru_cache(maxsize=4096)
def judge(tidy: str) -> None:
    """Raise ValueError unless the edtf library accepts the expression.

    Calendar dates need no library. It knows no qualified seasons, which the standard has: they are shown to
    it without.
    """
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", tidy):
        return
    plain = re.sub(r"(\d{4}-(?:2[1-9]|3\d|4[01]))[?~%]", r"\1", tidy)
    try:
        parse_edtf(plain)
    except (EDTFParseException, AttributeError, KeyError, TypeError, ValueError) as error:
        raise unreadable(tidy) from error


@lru_cache(maxsize=4096)
def read(tidy: str) -> Tree:
    """Return the expression taken apart, or raise ValueError."""
    if tidy[0] + tidy[-1] in {"[]", "{}"}:
        members = tidy[1:-1].split(",")
        if len(members) > _MOST_MEMBERS:
            raise ValueError(_("Too many dates in one list."))
        return Tree("one of" if tidy[0] == "[" else "all of", tuple(_read_member(member, tidy) for member in members))
    if "/" not in tidy:
        return Tree("date", (_read_leaf(tidy, tidy),))
    ends = tidy.split("/")
    if len(ends) != 2:
        raise unreadable(tidy)
    first, last = (_read_end(end, tidy) for end in ends)
    if not isinstance(first, Leaf) and not isinstance(last, Leaf):
        raise ValueError(_("A span of time needs at least one end that is known."))
    _refuse_backwards(first, last)
    return Tree("interval", (first, last))


def _read_member(member: str, whole: str) -> Member:
    """Read one member of a list: a date, or two joined by ".." of which one may be missing."""
    if ".." not in member:
        return _read_leaf(member, whole)
    first, _dots, last = member.partition("..")
    if not first and not last:
        raise unreadable(whole)
    ends = (_read_leaf(first, whole) if first else "..", _read_leaf(last, whole) if last else "..")
    _refuse_backwards(*ends)
    return ends


def _read_end(end: str, whole: str) -> End:
    """Read one end of an interval: a date, nothing (unknown) or ".." (open)."""
    if not end:
        return None
    return end if end == ".." else _read_leaf(end, whole)


def _refuse_backwards(first: End, last: End) -> None:
    """Raise ValueError where a span ends before it begins."""
    begins = first.earliest if isinstance(first, Leaf) else None
    ends = last.latest if isinstance(last, Leaf) else None
    if begins and ends and ends < begins:
        raise ValueError(_("This span of time ends before it begins."))


def _read_leaf(text: str, whole: str) -> Leaf:
    """Read one date with its qualifiers, wherever they stand in it (EDTF level 2)."""
    match = _DATE.fullmatch(_MARKS.sub("", text))
    if match is None:
        raise unreadable(whole)
    marks = set(_MARKS.findall(text))
    qualifier = "%" if len(marks) > 1 else "".join(marks)
    parts = match["year"], match["month"] or "", match["day"] or ""
    return Leaf(*parts, qualifier, *_leaf_bounds(*parts, whole))


def _leaf_bounds(year: str, month: str, day: str, whole: str) -> tuple[date | None, date | None]:
    """Return the first and last day that a date's digits allow; a year of four X has neither."""
    if year == "0000":
        raise ValueError(_("There is no year 0 here: dates run from year 1 to 9999."))
    bounds = [_edge(year, month, day, whole, last=last) for last in (False, True)]
    return (None, None) if year == "XXXX" else (bounds[0], bounds[1])


def _edge(year: str, month: str, day: str, whole: str, *, last: bool) -> date:
    """Return the first or the last day that the digits allow."""
    step = -1 if last else 1
    months = [m for m in range(1, 13) if _fits(month, m)] or _grouping(month, day)
    if not months:
        raise unreadable(whole)
    for y in _years(year)[::step]:
        for m in months[::step]:
            days = [d for d in range(1, calendar.monthrange(y, m)[1] + 1) if _fits(day, d)]
            if days:
                return date(y, m, days[::step][0])
    raise ValueError(_("There is no such day: %(date)s.") % {"date": whole})


@lru_cache(maxsize=256)
def _years(written: str) -> list[int]:
    """Return the years that may be meant, X standing for any digit."""
    if written.isdigit():
        return [int(written)]
    pattern = re.compile(written.replace("X", r"\d"))
    return [y for y in range(1, 10_000) if pattern.fullmatch(f"{y:04d}")]


def _fits(written: str, number: int) -> bool:
    """Return whether a month or day may be meant by what is written, X standing for any digit."""
    digits = f"{number:02d}"
    return not written or all(w in ("X", d) for w, d in zip(written, digits, strict=True))


def _grouping(month: str, day: str) -> list[int]:
    """Return first and last month of a season, quarter and the like, or nothing."""
    return list(_GROUPINGS.get(int(month), ())) if month.isdigit() and not day else []


def bounds(tree: Tree) -> tuple[date | None, date | None]:
    """Return the first and last day of an expression; one open end leaves the whole open there."""
    ends = [member if isinstance(member, tuple) else (member, member) for member in tree.members]
    if tree.kind == "interval":
        ends = [(ends[0][0], ends[1][1])]
    firsts = [first.earliest if isinstance(first, Leaf) else None for first, _last in ends]
    lasts = [last.latest if isinstance(last, Leaf) else None for _first, last in ends]
    return _extreme(min, firsts), _extreme(max, lasts)


def _extreme(choose: Callable[[list[date]], date], days: list[date | None]) -> date | None:
    """Return the earliest or latest of some days, or None if one of them is not known."""
    known = [day for day in days if day is not None]
    return choose(known) if len(known) == len(days) else None

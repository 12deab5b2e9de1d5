"""Timelines: testimonies by the week in which they were printed, spoken, and in which happened what they tell of.

One date never stands for another: the three are rows of their own, and what is not known to the week is counted apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format

from testimonies import dates
from testimonies.drawing import timeline as drawing
from testimonies.reading.pieces import Day, Link, day
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _

COARSE: Final = "coarse"
UNKNOWN: Final = "unknown"

# By value of the wave ("" for all): by kind of date: by week, how many.
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
Address = Callable[[str, str], str]  # kind of date, week


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table, and the testimonies that it counts."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a week, or what is not known to the week; a cell for each kind of date."""

    label: str
    week: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its source; `number` is that of its mark, 0 where its day is not known."""

    number: int
    name: str
    when: str
    place: Link | None
    source: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A timeline with the table behind it. `rest` are the lines of what no bar shows.

    `groups` name the parts of the bars, in their order; empty where bars have one part. `week` and `month` put days
    into words, `address` leads from a kind of date and a week to its testimonies.
    """

    drawn: drawing.Timeline | None
    kinds: tuple[str, ...]
    lines: tuple[Line, ...]
    rest: tuple[Line, ...]
    groups: tuple[str, ...]
    events: tuple[Event, ...]
    address: Address
    table: str = ""

    @staticmethod
    def week(monday: date) -> Day:
        """The day on which a week begins."""
        return day(monday)

    @staticmethod
    def month(first: date) -> str:
        """A month as it stands under the axis; of January the year."""
        return date_format(first, "Y" if first.month == 1 else "M Y")


def kinds() -> dict[str, str]:
    """The kinds of dates in words, by the facet that counts them."""
    return {"week_printed": _("Printed"), "week_spoken": _("Spoken"), "week_happened": _("Happened")}


def chart(
    counts: Counts,
    address: Address,
    *,
    waves: Sequence[tuple[str, str]] = (),
    events: Iterable[Any] = (),
    is_small: bool = False,
    table: str = "",
) -> Chart:
    """Return the timeline of counts, its bars in parts by wave: (address, name) of each, in their order."""
    named = kinds()
    rows = [
        drawing.Row(kind, name, parts(counts, kind, [slug for slug, _name in waves])) for kind, name in named.items()
    ]
    known = [(one, day_of(one.date)) for one in events]
    dated = [(one, on) for one, on in known if on]
    everything = counts[""]
    weeks = sorted({week for kind in named for week in everything.get(kind, {}) if week not in (COARSE, UNKNOWN)})
    cells = {
        key: tuple(Cell(everything.get(kind, {}).get(key, 0), address(kind, key)) for kind in named)
        for key in (*weeks, COARSE, UNKNOWN)
    }
    rest = ((COARSE, _("Known less exactly")), (UNKNOWN, _("Not known")))
    return Chart(
        drawn=drawing.draw(rows, [on for _one, on in dated], is_small=is_small),
        kinds=tuple(named.values()),
        lines=tuple(Line(date_words(week), week, cells[week]) for week in weeks),
        rest=tuple(Line(label, "", cells[key]) for key, label in rest if any(cell.count for cell in cells[key])),
        groups=group_names(waves),
        events=tuple(event(one, number) for number, (one, _on) in enumerate(dated, 1))
        + tuple(event(one, 0) for one, on in known if not on),
        address=address,
        table=table,
    )


def parts(counts: Counts, kind: str, slugs: Sequence[str]) -> dict[date, tuple[int, ...]]:
    """Return for each week how many testimonies speak of each wave alone, of several, and of none."""
    found: dict[date, tuple[int, ...]] = {}
    for week, total in counts[""].get(kind, {}).items():
        if week in (COARSE, UNKNOWN):
            continue
        alone = [counts[slug].get(kind, {}).get(week, 0) for slug in (*slugs, UNKNOWN)] if slugs else []
        found[date.fromisoformat(week)] = (*alone[:-1], total - sum(alone), *alone[-1:])
    return found


def group_names(waves: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return what the parts of bars are, in their order."""
    return (*(name for _slug, name in waves), _("More than one wave"), _("No wave named")) if waves else ()


def day_of(edtf: str) -> date | None:
    """Return the day of an event, where it is known to the day."""
    known = dates.stored(edtf)
    return known.earliest if known.earliest == known.latest else None


def event(one: Any, number: int) -> Event:
    """Return an event in words."""
    return Event(
        number=number,
        name=one.name,
        when=date_words(one.date),
        place=Link("place", one.place.identifier or "", one.place.name) if one.place else None,
        source=Link("source", one.source.identifier or "", str(one.source)),
    )

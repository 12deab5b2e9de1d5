"""Weeks on a line: bars by number in rows, each bar made of parts, thin marks for what happened when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(weeks=1)
# Fewer weeks would look as if there had been much, more would be too thin to be seen.
FEWEST: Final = 16
MOST: Final = 260
MOST_WITH_MARKS: Final = 156

# Width of the drawing and height of letters, on a wide page and on a telephone; and of the small one.
AT_WIDE: Final = (1000.0, 17.0)
AT_NARROW: Final = (420.0, 15.0)
SMALL: Final = (420.0, 15.0)
ROW: Final = 96.0
SMALL_ROW: Final = 44.0
EMPTY_ROW: Final = 8.0

Counted = Mapping[date, Sequence[int]]  # by the Monday of a week: the parts of its bar


@dataclass(frozen=True, slots=True)
class Row:
    """What is drawn in one row: its key and its name, and the numbers of its weeks."""

    key: str
    name: str
    weeks: Counted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: which one it is, and where it stands."""

    number: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one week, with its number."""

    week: date
    count: int
    x: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row as it is drawn: where its name stands, its base line, and the number that its height stands for."""

    row: Row
    top: float
    base: float
    most: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a month or a year begins; `text` is empty where there is no room for it."""

    x: float
    day: date
    is_year: bool
    is_named: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: its number in the list of events, and where."""

    number: int
    x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing; `bar` is the width of a bar."""

    width: float
    height: float
    letters: float
    bar: float
    axis: float
    rows: tuple[Drawn, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A timeline on a wide page and on a telephone; `before` and `after` count what lies beyond its ends, by row."""

    wide: Sheet
    narrow: Sheet
    first: date
    last: date
    beyond: Mapping[str, int]


def draw(rows: Sequence[Row], marks: Sequence[date] = (), *, is_small: bool = False) -> Timeline | None:
    """The timeline of these rows; None where no week is known. Marks are numbered as they come."""
    held = sorted({week for row in rows for week in row.weeks})
    if not held:
        return None
    first, last = with_marks(*span(rows, held), marks)
    sizes = (SMALL, SMALL) if is_small else (AT_WIDE, AT_NARROW)
    wide, narrow = (sheet(rows, marks, first, last, size, SMALL_ROW if is_small else ROW) for size in sizes)
    beyond = {
        row.key: sum(sum(parts) for week, parts in row.weeks.items() if not first <= week <= last) for row in rows
    }
    return Timeline(wide=wide, narrow=narrow, first=first, last=last, beyond=beyond)


def span(rows: Sequence[Row], held: Sequence[date]) -> tuple[date, date]:
    """The first and the last week that are drawn: all, or where these are too many, those with the most in them."""
    first, last = held[0], held[-1]
    if last - first >= MOST * WEEK:
        totals = {week: sum(sum(row.weeks.get(week, ())) for row in rows) for week in held}
        first = max(held, key=lambda week: sum(totals[one] for one in held if week <= one < week + MOST * WEEK))
        last = max(week for week in held if week < first + MOST * WEEK)
    while (last - first) // WEEK + 1 < FEWEST:
        # Before the first week of the calendar there is none.
        first, last = max(first, date.min + WEEK) - WEEK, last + WEEK
    return first, last


def with_marks(first: date, last: date, marks: Sequence[date]) -> tuple[date, date]:
    """The weeks that are drawn, with those of the marks, unless these lie too far off."""
    for day in marks:
        week = day - timedelta(days=day.weekday())
        wider = min(first, week), max(last, week)
        if (wider[1] - wider[0]) // WEEK < MOST_WITH_MARKS:
            first, last = wider
    return first, last


def sheet(
    rows: Sequence[Row], marks: Sequence[date], first: date, last: date, size: tuple[float, float], high: float
) -> Sheet:
    """One drawing in one size."""
    width, letters = size
    weeks = (last - first) // WEEK + 1
    step = width / weeks
    above = letters * 1.9  # room for the name of a row
    head = letters * 1.5 if marks else 0.0
    drawn = []
    axis = head
    for row in rows:
        has_bars = any(first <= week <= last for week in row.weeks)
        drawn.append(draw_row(row, first, last, step, axis + above, high if has_bars else EMPTY_ROW))
        axis = drawn[-1].base
    return Sheet(
        width=width,
        height=round(axis + letters * 1.8, 1),
        letters=letters,
        bar=round(max(step * 0.82, step - 1), 2),
        axis=round(axis, 1),
        rows=tuple(drawn),
        ticks=tuple(ticks(first, last, step, letters)),
        marks=tuple(
            Mark(number, place(day, first, step)) for number, day in enumerate(marks, 1) if first <= day < last + WEEK
        ),
    )


def place(day: date, first: date, step: float) -> float:
    """Where a day lies."""
    return round((day - first).days / 7 * step, 1)


def draw_row(row: Row, first: date, last: date, step: float, top: float, high: float) -> Drawn:
    """The bars of a row; its highest is as high as the row."""
    shown = {week: parts for week, parts in sorted(row.weeks.items()) if first <= week <= last and any(parts)}
    most = max((sum(parts) for parts in shown.values()), default=0)
    base = round(top + high, 1)
    bars = []
    for week, parts in shown.items():
        stacked, y = [], base
        for number, count in enumerate(parts):
            if count:
                height = round(count / most * (high - 4), 1)
                y = round(y - height, 1)
                stacked.append(Part(number, y, height))
        bars.append(Bar(week, sum(parts), place(week, first, step), tuple(stacked)))
    return Drawn(row, round(top, 1), base, most, tuple(bars))


def ticks(first: date, last: date, step: float, letters: float) -> list[Tick]:
    """The beginnings of months, or of years where there are many; named where there is room, years before months."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) < last + WEEK
    ]
    width = step * ((last - first) // WEEK + 1)
    taken: list[tuple[float, float]] = []
    named: set[date] = set()
    for day in sorted(months, key=lambda one: (one.month != 1, one.month != 7, one.month % 3 != 1, one)):
        x = place(day, first, step)
        room = letters * (2.6 if day.month == 1 else 5.4)
        if x + room <= width and all(x + room < left or right < x for left, right in taken):
            taken.append((x, x + room))
            named.add(day)
    return [Tick(place(day, first, step), day, day.month == 1, day in named) for day in months]

"""The timeline: where weeks lie, how high their bars are, and that everything is shown or counted apart."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from testimonies.drawing.timeline import FEWEST, MOST, WEEK, Row, draw

MONDAY = date(2022, 9, 26)


def row(key: str, *weeks: tuple[date, tuple[int, ...]]) -> Row:
    return Row(key, key.title(), dict(weeks))


def test_bars_stand_in_their_weeks_and_are_as_high_as_their_numbers():
    weeks = [(MONDAY + number * WEEK, (number + 1,)) for number in range(20)]
    sheet = draw([row("printed", *weeks)]).wide
    (drawn,) = sheet.rows
    assert [bar.x for bar in drawn.bars] == [pytest.approx(number * 50, abs=0.1) for number in range(20)]
    heights = [bar.parts[0].height for bar in drawn.bars]
    assert heights == [pytest.approx((number + 1) / 20 * 92, abs=0.1) for number in range(20)]
    assert all(one.x + sheet.bar <= other.x for one, other in pairwise(drawn.bars))
    assert all(part.y + part.height == pytest.approx(drawn.base) for bar in drawn.bars for part in bar.parts)
    assert drawn.most == 20


def test_parts_of_a_bar_stand_on_one_another():
    sheet = draw([row("printed", (MONDAY, (1, 0, 3)))]).wide
    lower, upper = sheet.rows[0].bars[0].parts
    assert (lower.number, upper.number) == (0, 2)
    assert upper.y + upper.height == pytest.approx(lower.y)
    assert upper.height == pytest.approx(3 * lower.height)
    assert sheet.rows[0].bars[0].count == 4


def test_rows_share_their_weeks_and_each_has_a_scale_of_its_own():
    made = draw([row("printed", (MONDAY, (9,))), row("spoken", (MONDAY - WEEK, (1,))), row("happened")])
    printed, spoken, happened = made.wide.rows
    assert printed.bars[0].x - spoken.bars[0].x == pytest.approx(1000 / FEWEST, abs=0.1)
    assert (printed.most, spoken.most, happened.most, happened.bars) == (9, 1, 0, ())
    assert printed.bars[0].parts[0].height == spoken.bars[0].parts[0].height
    assert [one.base for one in made.wide.rows] == sorted({one.base for one in made.wide.rows})


def test_few_weeks_are_drawn_among_others():
    made = draw([row("printed", (MONDAY, (1,)))])
    assert (made.last - made.first) // WEEK + 1 >= FEWEST
    assert made.first < MONDAY < made.last


def test_where_weeks_are_too_many_those_with_the_most_are_drawn_and_the_rest_is_counted():
    early, late = (date(1986, 4, 28), (2,)), (MONDAY, (5,))
    made = draw([row("happened", early, late, (MONDAY + 10 * WEEK, (1,)))])
    assert made.first <= MONDAY <= made.last
    assert (made.last - made.first) // WEEK < MOST
    assert made.beyond == {"happened": 2}
    assert [bar.count for bar in made.wide.rows[0].bars] == [5, 1]


def test_first_week_of_the_calendar_is_drawn():
    assert draw([row("happened", (date(1, 1, 1), (1,)))]).wide.rows[0].bars[0].count == 1


def test_nothing_is_drawn_of_nothing():
    assert draw([]) is None
    assert draw([row("printed"), row("spoken")]) is None


@pytest.mark.parametrize("weeks", [16, 60, 130, 260])
def test_names_of_months_do_not_touch(weeks):
    made = draw([row("printed", (MONDAY, (1,)), (MONDAY + (weeks - 1) * WEEK, (1,)))])
    for sheet in (made.wide, made.narrow):
        named = [tick for tick in sheet.ticks if tick.is_named]
        assert named
        for one, other in pairwise(named):
            assert other.x - one.x >= sheet.letters * (2.6 if one.is_year else 5.4)
        assert all(tick.x < sheet.width for tick in sheet.ticks)


def test_marks_stand_at_their_days_and_those_beyond_have_none():
    days = [MONDAY + timedelta(days=3), date(1999, 1, 1)]
    sheet = draw([row("printed", (MONDAY, (1,)))], days).wide
    assert [mark.number for mark in sheet.marks] == [1]
    bar = sheet.rows[0].bars[0]
    assert bar.x < sheet.marks[0].x < bar.x + 1000 / FEWEST


def test_small_one_is_smaller():
    rows = [row("printed", (MONDAY, (1,)))]
    assert draw(rows, is_small=True).wide.height < draw(rows).narrow.height

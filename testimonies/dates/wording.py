"""A date in words of the active language, as a part of a sentence.

For translators: every date stands in one form, that in which it stands alone ("12 сентября 2022", "сентябрь 2022",
"осень 2022"). Sentences about dates are worded so that this form is right in them: "%(first)s – %(last)s" where
a preposition would ask for another case.
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from testimonies.dates.expression import End, Leaf, Member, read, tidy

# Months as they stand alone before a year, and as they stand beside a day.
MONTHS = [
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
]
MONTHS_OF_DAYS = [
    pgettext_lazy("month of a day", "January"),
    pgettext_lazy("month of a day", "February"),
    pgettext_lazy("month of a day", "March"),
    pgettext_lazy("month of a day", "April"),
    pgettext_lazy("month of a day", "May"),
    pgettext_lazy("month of a day", "June"),
    pgettext_lazy("month of a day", "July"),
    pgettext_lazy("month of a day", "August"),
    pgettext_lazy("month of a day", "September"),
    pgettext_lazy("month of a day", "October"),
    pgettext_lazy("month of a day", "November"),
    pgettext_lazy("month of a day", "December"),
]
_QUALIFIED = {
    "~": gettext_lazy("about %s"),
    "?": gettext_lazy("perhaps %s"),
    "%": gettext_lazy("perhaps about %s"),
}
_SEASONS = [
    gettext_lazy("spring %(year)s"),
    gettext_lazy("summer %(year)s"),
    gettext_lazy("autumn %(year)s"),
    gettext_lazy("winter %(year)s"),
]
_GROUPINGS = {
    **{21 + i: season for i, season in enumerate(_SEASONS * 3)},
    33: gettext_lazy("first quarter of %(year)s"),
    34: gettext_lazy("second quarter of %(year)s"),
    35: gettext_lazy("third quarter of %(year)s"),
    36: gettext_lazy("fourth quarter of %(year)s"),
    37: gettext_lazy("first third of %(year)s"),
    38: gettext_lazy("second third of %(year)s"),
    39: gettext_lazy("last third of %(year)s"),
    40: gettext_lazy("first half of %(year)s"),
    41: gettext_lazy("second half of %(year)s"),
}


def words(edtf: str) -> str:
    """Return an EDTF expression in words: "autumn 2022", "on or before 29 September 2022", "about 1984".

    Raises ValueError for what is no expression.
    """
    tree = read(tidy(edtf))
    if tree.kind == "interval":
        first, last = tree.members
        return _interval(first, last)
    spoken = [_member(member) for member in tree.members]
    if len(spoken) == 1:
        return spoken[0]
    joined = _("%(dates)s or %(last)s") if tree.kind == "one of" else _("%(dates)s and %(last)s")
    return joined % {"dates": ", ".join(spoken[:-1]), "last": spoken[-1]}


def in_pattern(day: date, pattern: str) -> str:
    """Write a day by one of Django's patterns, its month as running text of the active language writes it."""
    return _Written(day).format(pattern)


class _Written(DateFormat):
    """Django's own names of months are made for headings: most languages begin them with a capital only there."""

    def _alone(self) -> str:
        return str(MONTHS[int(self.n()) - 1])

    def _beside_a_day(self) -> str:
        return str(MONTHS_OF_DAYS[int(self.n()) - 1])

    def _cut_short(self) -> str:
        short = super().N()
        return short if (get_language() or "en").startswith("en") else short.lower()

    F, E, N = _alone, _beside_a_day, _cut_short


def _interval(first: Member, last: Member) -> str:
    """Put a span of time into words; an unknown end is said to be unknown, an open one is not mentioned."""
    values = {"first": _member(first), "last": _member(last)}
    if isinstance(first, Leaf) and isinstance(last, Leaf):
        return _("from %(first)s to %(last)s") % values
    if isinstance(first, Leaf):
        return (_("from %(first)s, end not known") if last is None else _("from %(first)s on")) % values
    return (_("until %(last)s, beginning not known") if first is None else _("until %(last)s")) % values


def _member(member: Member) -> str:
    """Put one member of an expression into words."""
    if isinstance(member, tuple):
        return _run(*member)
    return _leaf(member) if isinstance(member, Leaf) else ""


def _run(first: End, last: End) -> str:
    """Put a run of days, months or years into words, one of which is meant."""
    values = {"first": _member(first), "last": _member(last)}
    if isinstance(first, Leaf) and isinstance(last, Leaf):
        return _("between %(first)s and %(last)s") % values
    if isinstance(first, Leaf):
        return (_("on or after %(first)s") if first.day else _("in or after %(first)s")) % values
    is_day = isinstance(last, Leaf) and last.day
    return (_("on or before %(last)s") if is_day else _("in or before %(last)s")) % values


def _leaf(leaf: Leaf) -> str:
    """Put one date with its qualifier into words."""
    spoken = _calendar(leaf)
    return _QUALIFIED[leaf.qualifier] % spoken if leaf.qualifier else spoken


def _calendar(leaf: Leaf) -> str:
    """Put one date into words, as precise as it is and no more."""
    if "X" in leaf.year + leaf.month + leaf.day:
        return _unspecified(leaf)
    if not leaf.month:
        return _year(int(leaf.year))
    if int(leaf.month) in _GROUPINGS:
        return _GROUPINGS[int(leaf.month)] % {"year": int(leaf.year)}
    first = date(int(leaf.year), int(leaf.month), int(leaf.day or 1))
    return _day(first) if leaf.day else _month(first)


def _unspecified(leaf: Leaf) -> str:
    """Put a date into words of which some digits are not known."""
    if re.fullmatch(r"\d{3}X", leaf.year) and not leaf.month:
        return _("the %(decade)ss") % {"decade": int(leaf.year[:3]) * 10}
    if leaf.year.isdigit() and leaf.month.isdigit() and leaf.day == "XX":
        first = date(int(leaf.year), int(leaf.month), 1)
        return _("%(month)s, day not known") % {"month": _month(first)}
    if leaf.year.isdigit() and leaf.month == "XX" and leaf.day in ("", "XX"):
        sentence = _("%(year)s, month and day not known") if leaf.day else _("%(year)s, month not known")
        return sentence % {"year": int(leaf.year)}
    if leaf.earliest is None or leaf.latest is None:
        return _("date not known")
    if not leaf.month:
        years = {"first": _year(leaf.earliest.year), "last": _year(leaf.latest.year)}
        return _("between %(first)s and %(last)s") % years
    days = {"first": _day(leaf.earliest), "last": _day(leaf.latest)}
    return _("some time between %(first)s and %(last)s") % days


def _day(day: date) -> str:
    """Return how the active language writes a day."""
    told = {"day": day.day, "month": MONTHS_OF_DAYS[day.month - 1], "year": day.year}
    return pgettext("a day", "%(day)s %(month)s %(year)s") % told


def _month(day: date) -> str:
    """Return how the active language writes the month of a day."""
    return pgettext("a month", "%(month)s %(year)s") % {"month": MONTHS[day.month - 1], "year": day.year}


def _year(year: int) -> str:
    """Return how the active language writes a year that stands alone."""
    return pgettext("a year", "%(year)s") % {"year": year}

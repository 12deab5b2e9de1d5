"""Dates as citation formats can carry them: only what is known whole, nothing put in its place."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from testimonies import dates

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
_SPAN = re.compile(r"([^/]+)/([^/]+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A partial date. `edtf` is empty for none, and for one of which an end is open: that is no date to cite by."""

    edtf: str = ""

    def __bool__(self) -> bool:
        return bool(self.edtf)

    @property
    def words(self) -> str:
        """In words of the active language."""
        return dates.words(self.edtf) if self.edtf else ""

    @property
    def plain(self) -> str:
        """As "1998-04-17", "1998-04" or "1998", where it is one of these without doubt; else nothing."""
        return self.edtf if _PLAIN.fullmatch(self.edtf) else ""

    @property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """Year, month and day of one date or of the two ends of a span, as far as known; nothing of others."""
        ends = _SPAN.fullmatch(self.edtf)
        told = [_parts(one) for one in (ends.groups() if ends else (self.edtf.rstrip("~"),))]
        return tuple(told) if all(told) else ()

    @property
    def is_about(self) -> bool:
        """Whether it is approximate, and otherwise plain."""
        return self.edtf.endswith("~") and bool(_PLAIN.fullmatch(self.edtf[:-1]))

    @property
    def year(self) -> str:
        """The year in four digits, where all of it lies in one."""
        found = dates.year(self.edtf) if self.edtf else None
        return f"{found:04}" if found else ""


def moment(edtf: str) -> Moment:
    """The date of an EDTF expression that was judged when it was entered."""
    if not edtf:
        return Moment()
    held = dates.stored(edtf)
    return Moment(held.edtf) if held.earliest and held.latest else Moment()


def in_style(when: Moment, day: str, month: str) -> str:
    """A date as a style writes it, by Django's patterns for a day and for a month; others in plain words."""
    if when.is_about:
        return _("ca. %(date)s") % {"date": in_style(Moment(when.edtf[:-1]), day, month)}
    if not when.plain or len(when.plain) == 4:
        return when.plain or when.words
    year, number, *rest = when.parts[0]
    return dates.in_pattern(date(year, number, rest[0] if rest else 1), day if rest else month)


def _parts(text: str) -> tuple[int, ...]:
    match = _PLAIN.fullmatch(text)
    return tuple(int(part) for part in match.groups() if part) if match else ()

"""Dates as people write them in English, turned into EDTF without guessing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from django.utils.dates import MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import override

from testimonies.dates import wording
from testimonies.dates.expression import LONGEST, tidy, unreadable

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_QUALIFIERS = {
    "~": r"about|around|approximately|roughly|circa|ca?\.?",
    "?": r"perhaps|possibly|probably|maybe",
}
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
# A clock time after a date is no part of the date: "09/29/2022, 09.37".
_CLOCK = re.compile(r"(?<=\d{4}),? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?$")

_SPANS = (
    ("{}/{}", r"(?:from )?(.+?) (?:to|until|till|-|–|—) (.+)"),
    ("[{}..{}]", r"between (.+?) and (.+)"),
)
_NAME = r"([^\W\d]+\.?)"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"


def to_edtf(text: str) -> str:
    """Return the EDTF expression for a date in plain English, numbers, or EDTF itself.

    Raises ValueError with a sentence for the editor. The expression may still be invalid: `parse` judges.
    """
    if len(text) > LONGEST:
        return tidy(text)
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    numeric = _numeric(_CLOCK.sub("", plain))
    if numeric:
        return numeric
    if not re.search(r"(?!X)[^\W\d_]", plain):
        return tidy(plain)
    edtf = _phrase(_CLOCK.sub("", plain.casefold()).removesuffix("."))
    if edtf is None:
        raise unreadable(text)
    return edtf


def _numeric(text: str) -> str | None:
    """Read dates in numbers; dots say day first, other marks only where one number cannot be a month."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    if not (match := _NUMERIC.fullmatch(text)):
        return None
    first, mark, second, year = match.groups()
    day_first, month_first = _iso(year, second, first), _iso(year, first, second)
    if mark == "." or int(second) <= 12 < int(first) or first == second:
        return day_first
    if int(first) <= 12 < int(second):
        return month_first
    sentence = _("“%(text)s” can be read in two ways. Write %(one)s or %(other)s.")
    raise ValueError(sentence % {"text": text, "one": day_first, "other": month_first})


def _iso(year: str, month: str, day: str) -> str:
    """Write a day of the calendar."""
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _phrase(text: str) -> str | None:
    """Read a date with the words that limit or join dates."""
    for reader in (_limit, _span, _choice, _date):
        edtf = reader(text)
        if edtf:
            return edtf
    return None


def _limit(text: str) -> str | None:
    """Read "before …", "since …" and their like."""
    if match := re.fullmatch(r"(?:(?:on|in) or before|(?:no|not) later than|by) (.+)", text):
        return _around("[..{}]", _date(match[1]))
    if match := re.fullmatch(r"(?:(?:on|in) or after|not before) (.+)", text):
        return _around("[{}..]", _date(match[1]))
    if match := re.fullmatch(r"(before|after) (.+)", text):
        return _around(
            "[..{}]" if match[1] == "before" else "[{}..]", _neighbour(match[2], before=match[1] == "before")
        )
    if match := re.fullmatch(r"(?:until|till|up to) (.+)", text):
        return _around("../{}", _date(match[1]))
    if match := re.fullmatch(r"(?:since (.+)|from (.+?) (?:on|onwards?))", text):
        return _around("{}/..", _date(match[1] or match[2]))
    return None


def _around(form: str, edtf: str | None) -> str | None:
    """Put a date into the form that its limits ask for."""
    return form.format(edtf) if edtf else None


def _neighbour(text: str, *, before: bool) -> str | None:
    """Return the day, month or year just before or after a date: "before 29 September" ends on the 28th."""
    edtf = _date(text)
    if edtf is None:
        return None
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", edtf):
        raise ValueError(_("Write “before” and “after” with a day, a month or a year that is certain."))
    step = -1 if before else {4: 366, 7: 31, 10: 1}[len(edtf)]
    try:
        beside = date.fromisoformat(edtf + "0000-01-01"[len(edtf) :]) + timedelta(days=step)
    except (ValueError, OverflowError) as error:
        raise ValueError(_("There is no such day: %(date)s.") % {"date": text}) from error
    return beside.isoformat()[: len(edtf)]


def _span(text: str) -> str | None:
    """Read "from … to …" (all of it) and "between … and …" (some time in it)."""
    for form, pattern in _SPANS:
        if match := re.fullmatch(pattern, text):
            last = _date(match[2])
            first = _date(match[1]) or _date(f"{match[1]} {_tail(match[2])}") or _date(f"{match[1]} {match[2][-4:]}")
            return form.format(first, last) if first and last else None
    if match := re.fullmatch(r"(\d{1,2})[-–](\d{1,2} .+)", text):
        return _span(f"{match[1]} to {match[2]}")
    return None


def _tail(text: str) -> str:
    """Return month and year of a day, for a first day that goes without: "24 to 29 September 2022"."""
    return text.partition(" ")[2]


def _choice(text: str) -> str | None:
    """Read "… or …"."""
    dates = [_date(part) for part in re.split(r",? or |, ", text)]
    return f"[{','.join(filter(None, dates))}]" if len(dates) > 1 and all(dates) else None


def _date(text: str) -> str | None:
    """Read one date with its qualifier."""
    marks, rest = set(), re.sub(r" ?\(?\?\)?$", "", text)
    if rest != text:
        marks.add("?")
    for _round in range(2):
        for mark, words in _QUALIFIERS.items():
            shorter = re.sub(rf"^(?:{words}) ?(?=\w)", "", rest)
            if shorter != rest:
                marks.add(mark)
                rest = shorter
    edtf = _calendar(rest)
    return edtf + ("%" if len(marks) == 2 else "".join(marks)) if edtf else None


def _calendar(text: str) -> str | None:
    """Read a day, month, season, year or decade."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return text
    if match := re.fullmatch(r"(?:the )?(\d{3})0['’]?s", text):
        return match[1] + "X"
    if match := re.fullmatch(rf"(?:the )?{_NAME}(?: of)?,? (\d{{4}})", text):
        part = _SEASONS.get(match[1]) or _months().get(match[1].rstrip("."))
        return f"{match[2]}-{part:02d}" if part else None
    if match := re.fullmatch(rf"(?:the )?{_DAY}(?: of)? {_NAME},? (\d{{4}})", text):
        day, month, year = match.groups()
    elif match := re.fullmatch(rf"{_NAME} {_DAY},? (\d{{4}})", text):
        month, day, year = match.groups()
    else:
        return None
    number = _months().get(month.rstrip("."))
    return _iso(year, str(number), day) if number else None


def _months() -> dict[str, int]:
    """Return the months' numbers by their names, long and short, in English and the active language."""
    here = [*MONTHS_AP.items(), *enumerate(wording.MONTHS, 1), *enumerate(wording.MONTHS_OF_DAYS, 1)]
    names = {str(name).casefold().rstrip("."): number for number, name in here}
    with override("en"):
        english = [(str(name).casefold(), number) for number, name in enumerate(wording.MONTHS, 1)]
    return names | dict(english) | {name[:3]: number for name, number in english} | {"sept": 9}

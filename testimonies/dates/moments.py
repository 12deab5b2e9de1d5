"""Days and moments that are known to the second, in words of the active language and in the site's time zone."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import pgettext

from testimonies.dates.wording import words


def day(moment: date | datetime | None) -> str:
    """Return the day: "12 September 2022"; nothing where there is none."""
    if not moment:
        return ""
    on = localtime(moment).date() if isinstance(moment, datetime) else moment
    return words(on.isoformat())


def minute(moment: datetime | None) -> str:
    """Return the day and the time: "12 September 2022, 09:37"."""
    return _at(moment, "%H:%M") if moment else ""


def second(moment: datetime) -> str:
    """Return the day and the time to the second, for what may happen twice in a minute."""
    return _at(moment, "%H:%M:%S")


def _at(moment: datetime, form: str) -> str:
    """Put day and time together."""
    told = {"day": day(moment), "time": localtime(moment).strftime(form)}
    return pgettext("a moment", "%(day)s, %(time)s") % told

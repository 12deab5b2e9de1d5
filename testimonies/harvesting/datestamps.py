"""Days and seconds as the protocol writes them (OAI-PMH 2.0, section 3.3): UTC, to the day or to the second."""

import re
from datetime import UTC, datetime, time
from typing import Final

from .errors import BadArgument

GRANULARITY: Final = "YYYY-MM-DDThh:mm:ssZ"
FORM: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
LAST_MICROSECOND: Final = 999_999


def written(at: datetime) -> str:
    """A moment, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def span(from_: str, until: str) -> tuple[datetime | None, datetime | None]:
    """The first and the last moment of what is asked for, each None where nothing was given.

    Raises BadArgument where one of them is no date, where they are not written alike, or in the wrong order.
    """
    first, last = moment("from", from_), moment("until", until)
    if from_ and until and len(from_) != len(until):
        raise BadArgument("from and until are both given to the day, or both to the second.")
    if first and last and first > last:
        raise BadArgument("from is later than until.")
    if last:
        end = time.max if len(until) == len("YYYY-MM-DD") else last.time().replace(microsecond=LAST_MICROSECOND)
        last = datetime.combine(last, end, UTC)
    return first, last


def moment(name: str, text: str) -> datetime | None:
    """The beginning of the day or the second that an argument gives; None where it is not given."""
    if not text:
        return None
    try:
        if FORM.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise BadArgument(f"{name} is not a date such as 2022-09-29 or 2022-09-29T08:00:00Z.")

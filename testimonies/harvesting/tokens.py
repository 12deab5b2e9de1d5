"""Resumption tokens: where a list was left, signed, so that nobody can ask by one for what was not offered.

A place in a list is a number of the publication log. What the log is as of a number never changes: a list that is
taken up again goes on where it was, without a gap and without a record twice, whatever was published meanwhile.
"""

from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import signing

from .errors import BadResumptionToken

SALT: Final = "testimonies.harvesting.tokens"
HOLDS: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a list: behind the event `after`, up to the event `last`, as of the number `head` of the log.

    `cursor` counts what was given already. `epoch` is the life of the log whose numbers these are.
    """

    verb: str
    epoch: str
    prefix: str = ""
    set: str = ""
    after: int = 0
    last: int = 0
    head: int = 0
    cursor: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """What an answer says of the rest of its list: `text` is empty where there is none."""

    text: str
    cursor: int
    expires: datetime | None = None


def token_for(place: Place | None, *, cursor: int, now: datetime) -> Token | None:
    """The token of the next part; an empty one at the end of a list in parts, none where all was given at once."""
    if place is None:
        return Token("", cursor) if cursor else None
    return Token(signing.dumps(astuple(place), salt=SALT), cursor, now + HOLDS)


def place_of(text: str, *, verb: str, epoch: str) -> Place:
    """The place that a token keeps. Raises BadResumptionToken where it is none for this list."""
    try:
        held: list[Any] = signing.loads(text, salt=SALT, max_age=HOLDS)
        place = Place(**dict(zip(Place.__slots__, held, strict=True)))
    except signing.SignatureExpired as error:
        raise BadResumptionToken("This token has expired: begin the list again.") from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadResumptionToken("The archive has given no such token.") from error
    if place.verb != verb:
        raise BadResumptionToken(f"This token is one of {place.verb}.")
    if place.epoch != epoch:
        raise BadResumptionToken("The archive was restored since: begin the list again.")
    return place

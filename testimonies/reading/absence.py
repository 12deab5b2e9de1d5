"""What stands at an address whose words are not there: bare, and the same for everybody."""

from dataclasses import dataclass
from datetime import datetime

from testimonies.reading import labels
from testimonies.reading.pieces import Day, day
from testimonies.reading.remembered import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A withdrawn testimony: identifier, date, neutral reason (empty where none is given), and nothing else."""

    identifier: str
    on: Day
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """An edition whose words were taken out: when, not what. `current` is the number of the current one, or None."""

    identifier: str
    number: int
    on: Day
    current: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A vocabulary record to which no listed testimony refers any more."""

    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """A testimony under review: the words are not shown for now."""

    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """Why a request cannot be answered, in words. `suggestions` are (text, path) pairs: what may have been meant.

    `before` stands before them, where it is something else that they are.
    """

    status: int
    title: str
    sentence: str
    suggestions: tuple[tuple[str, str], ...] = ()
    before: str = ""


def tombstone(identifier: str, withdrawn_at: datetime, reason: str) -> Tombstone:
    """Return the tombstone of a withdrawn testimony; `reason` is the code of the publication."""
    return Tombstone(identifier=identifier, on=day(withdrawn_at), reason=labels.withdrawal_reason(reason))


def emptied(identifier: str, number: int, emptied_at: datetime, current: int | None) -> Emptied:
    """Return the page of an edition that was emptied."""
    return Emptied(identifier=identifier, number=number, on=day(emptied_at), current=current)


def error_page(status: int, suggestions: tuple[tuple[str, str], ...] = (), before: str = "") -> ErrorPage:
    """Return the words for a status; a status without words of its own gets those of its class."""
    title, sentence = _errors().get(status) or _errors()[500 if status >= 500 else 400]
    return ErrorPage(status=status, title=title, sentence=sentence, suggestions=suggestions, before=before)


def _errors() -> dict[int, tuple[str, str]]:
    """Return the words of each status in the active language."""
    return {
        400: (
            _("This request could not be read"),
            _("Something in the address or in what was sent is not as it should be."),
        ),
        403: (_("This is not open to you"), _("The archive did not accept this request.")),
        404: (
            _("There is no such page"),
            _("Nothing is held at this address. It may have been mistyped; addresses of the archive never change."),
        ),
        405: (_("This cannot be done here"), _("This address answers only to being read.")),
        410: (_("No longer here"), _("What stood at this address is no longer public.")),
        413: (
            _("This is too much at once"),
            _(
                "What was sent is larger than this page takes in, and nothing of it was kept. Go back: what you typed "
                "still stands there. Give a long text as a file, or in parts."
            ),
        ),
        429: (_("Too many requests"), _("Please wait a little, then try again.")),
        500: (
            _("Something went wrong"),
            _("The fault is the archive’s, not yours. It has been noted; please try again in a while."),
        ),
        503: (
            _("Not available just now"),
            _("The archive cannot answer this at the moment. Please try again in a minute."),
        ),
    }

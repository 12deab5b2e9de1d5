"""The small parts that pages are made of: links, text in pieces, days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from testimonies.reading.remembered import date_words


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the archive: `kind` is the name of the URL (`place`, `wave` …), `key` its only argument.

    `tag` is the language tag of the text where it is known, else empty.
    """

    kind: str
    key: str
    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: the source's own (`kind` ""), the archive's insertion ("ours"), a word looked for ("hit")."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the Gregorian calendar in UTC, for people (`words`) and for machines (`iso`)."""

    words: str
    iso: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with the number of listed testimonies behind it."""

    link: Link
    count: int


def day(moment: datetime | date) -> Day:
    """Return the day of a moment in the active language; a moment is taken to UTC first."""
    on = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
    return Day(words=date_words(on.isoformat()), iso=on.isoformat())


def pieces(text: str, ours: Iterable[Sequence[int]] = ()) -> tuple[Piece, ...]:
    """Cut a passage where the archive's own insertions begin and end (`ours`: [start, end] in characters)."""
    cut: list[Piece] = []
    end = 0
    for start, stop in sorted((int(start), int(stop)) for start, stop in ours):
        cut += [Piece(text[end:start]), Piece(text[start:stop], "ours")]
        end = stop
    return tuple(piece for piece in (*cut, Piece(text[end:])) if piece.text)


def ended(text: str | None) -> str:
    """Return an editor's note with a full stop, however it was typed."""
    words = (text or "").strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."


def sentence(text: str | None) -> str:
    """Return an editor's note as a sentence: with a capital and a full stop."""
    words = ended(text)
    return f"{words[:1].upper()}{words[1:]}"

"""The first page: one voice set large, how much there is, and the ways in."""

from dataclasses import dataclass

from testimonies.reading.cards import Card
from testimonies.reading.drawings import NOTHING, Drawings
from testimonies.reading.pieces import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much the archive holds, of listed records only."""

    testimonies: int
    witnesses: int
    places: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveLine:
    """One wave on the first page: its link with its count, and its time in words (empty where not known)."""

    wave: Counted
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The first page. `voice` is a testimony that an editor has marked as fit to stand alone, or None."""

    voice: Card | None
    tally: Tally
    newest: tuple[Card, ...]
    waves: tuple[WaveLine, ...]
    places: tuple[Counted, ...]
    tags: tuple[Counted, ...]
    drawings: Drawings = NOTHING

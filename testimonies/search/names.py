"""What listed places, waves, tags, witnesses and sources are called, in memory, by words in any spelling and script.

The names belong to one state of the publication log. When the log has gone on they are read again, each kind when it is
first asked for.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from testimonies.analysis import other_layouts
from testimonies.folding import keys
from testimonies.models.public import (
    LogHead,
    Place,
    PlaceNameForm,
    Source,
    Tag,
    TagNameForm,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
    today,
)

from .spellings import Named, Spellings, ways_to_read

__all__ = ["KINDS", "Named", "Names", "current", "held"]

Reader = Callable[[str], Iterable[Named]]

_state: tuple[Hashable, "Names"] | None = None
_turn = threading.Lock()


def current() -> "Names":
    """The names as the log stands in the database (one query)."""
    return held(LogHead.objects.values_list("number", "epoch", "at").get(pk=1))


def held(log: Hashable) -> "Names":
    """The names at a state of the log: whatever tells it from all others, such as its number, epoch and time.

    On another day they are other names: records leave the public by the calendar.
    """
    global _state
    asked = (log, today())
    known = _state
    if known is None or known[0] != asked:
        with _turn:
            known = _state
            if known is None or known[0] != asked:
                known = _state = (asked, Names())
    return known[1]


class Names:
    """The names at one state of the log."""

    def __init__(self, readers: Mapping[str, Reader] | None = None) -> None:
        self._readers = READERS if readers is None else readers
        self._kinds: dict[str, Spellings] = {}
        self._turn = threading.Lock()

    def of(self, kind: str) -> Spellings:
        """The names of one kind, read when they are first asked for (two queries)."""
        if kind not in self._kinds:
            with self._turn:
                if kind not in self._kinds:
                    self._kinds[kind] = Spellings(self._readers[kind](kind))
        return self._kinds[kind]

    def matching(self, word: str, kinds: Iterable[str]) -> list[Named]:
        """The records of which a name has this word: letter for letter, then in any spelling, then alike in shape."""
        wanted = keys(word)
        found = [(tier, named) for kind in kinds for tier, named in self.of(kind).having(wanted)]
        return [named for _tier, named in sorted(found, key=lambda one: one[0])]

    def starting(self, text: str, kinds: Sequence[str] | None = None, limit: int = 8) -> list[Named]:
        """The records of which one name has a word for each beginning typed.

        Where there is none, those with words alike in shape; then those for what the same keys give on another layout.
        """
        for typed in (text, *other_layouts(text.strip())):
            for ways in (Spellings.beginning, Spellings.alike):
                for words in ways_to_read(typed):
                    found = [[*ways(self.of(kind), words, limit)] for kind in kinds or KINDS]
                    if any(found):
                        return _fairly(found, limit)
        return []


def _fairly(found: Sequence[Sequence[tuple[Any, Named]]], limit: int) -> list[Named]:
    """The best of all kinds; the first of each kind goes before the second of any."""
    placed = [
        (place, rank, order, named) for order, kind in enumerate(found) for place, (rank, named) in enumerate(kind)
    ]
    chosen = sorted(placed, key=lambda one: one[:3])[:limit]
    return [named for _place, _rank, _order, named in sorted(chosen, key=lambda one: one[1:3])]


def _read(model: Any, forms: Any, key: str, kind: str) -> Iterator[Named]:
    """The name of each listed record, then its forms."""
    held_by: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, text, tag in forms.objects.order_by("pk").values_list("record", "text", "tag"):
        held_by[pk].append((text, tag))
    for pk, address, name in model.objects.listed().order_by("pk").values_list("pk", key, "name"):
        same = [(text, tag) for text, tag in held_by[pk] if text == name]
        # The name is in the language of its form, where there is one; it is read without a language too.
        forms_of_it = [*(same if len(same) == 1 else ()), (name, ""), *held_by[pk]]
        yield from (Named(kind, address, name, text, tag) for text, tag in dict.fromkeys(forms_of_it))


def _read_sources(kind: str) -> Iterator[Named]:
    """The publisher and title of each listed source."""
    rows = Source.objects.listed().order_by("pk").values_list("identifier", "publisher", "title", "language")
    for address, publisher, title, language in rows:
        name = f"{publisher}: {title}" if publisher else title
        yield Named(kind, address, name, name, language)


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "place": partial(_read, Place, PlaceNameForm, "identifier"),
        "witness": partial(_read, Witness, WitnessNameForm, "identifier"),
        "wave": partial(_read, Wave, WaveNameForm, "slug"),
        "tag": partial(_read, Tag, TagNameForm, "slug"),
        "source": _read_sources,
    }
)
KINDS: Final = tuple(READERS)

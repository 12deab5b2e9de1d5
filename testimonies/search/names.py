"""What listed places, waves, tags, witnesses and sources are called, in memory, by words in any spelling and script.

The names belong to one state of the publication log; each kind is read when it is first asked for. When the log has
gone on, what has changed by it is read again, and the rest is taken over.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import methodcaller
from types import MappingProxyType
from typing import Any, Final

from testimonies.analysis import other_layouts
from testimonies.folding import keys
from testimonies.models.public import (
    LogHead,
    Place,
    PlaceNameForm,
    Publication,
    Source,
    Tag,
    TagNameForm,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
    today,
)

from .changes import KINDS, MOST, Changes, changes, events_since
from .layers import Held, changed, held_records
from .spellings import Named, Spellings, ways_to_read

__all__ = ["KINDS", "Named", "Names", "current", "held"]

Reader = Callable[..., Iterable[Named]]  # (kind, addresses of those wanted, or nothing for all)

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
                known = _state = (asked, gone_on(known, asked) or Names())
    return known[1]


def gone_on(known: tuple[Any, "Names"] | None, asked: Any) -> "Names | None":
    """The known names with what the log says since; None where they are of another log or day, or too far behind."""
    if known is None or known[0][1] != asked[1] or not (is_state(known[0][0]) and is_state(asked[0])):
        return None
    (number, epoch, at), (until, epoch_now, _) = known[0][0], asked[0]
    if epoch != epoch_now or not 0 < number < until:
        return None
    events = events_since(number)
    if not events or events[0][:2] != (number, at) or len(events) > MOST + 1:
        return None
    return known[1].after(changes(events[1:]))


def is_state(log: Any) -> bool:
    """Whether this is the number, epoch and time of a log."""
    return isinstance(log, tuple) and len(log) == 3


class Names:
    """The names at one state of the log."""

    def __init__(self, readers: Mapping[str, Reader] | None = None) -> None:
        self._readers = READERS if readers is None else readers
        self._kinds: dict[str, Held] = {}
        self._turn = threading.Lock()

    def of(self, kind: str) -> Held:
        """The names of one kind, read when they are first asked for (two queries)."""
        if kind not in self._kinds:
            with self._turn:
                if kind not in self._kinds:
                    self._kinds[kind] = Spellings(self._readers[kind](kind))
        return self._kinds[kind]

    def after(self, since: Changes) -> "Names":
        """The names with some changes; those of the kinds that were read."""
        later = Names(self._readers)
        for kind, held in list(self._kinds.items()):
            addresses = of_kind(kind, since.addresses) | since.addresses & held_records(held)
            if kind in since.whole:
                addresses |= held_records(held) ^ set(listed(kind))
            forms = list(self._readers[kind](kind, addresses)) if addresses else []
            touched = addresses & held_records(held) | {form.key for form in forms}
            later._kinds[kind] = changed(held, touched, forms) if touched else held
        return later

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
            for way in ("beginning", "alike"):
                for words in ways_to_read(typed):
                    best = methodcaller(way, words, limit)
                    found = [best(self.of(kind)) for kind in kinds or KINDS]
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


def of_kind(kind: str, addresses: Collection[str]) -> set[str]:
    """Those that are addresses of the kind: to ask whether they are listed costs much more."""
    model, key = MODELS[kind]
    return set(model.objects.filter(**{f"{key}__in": addresses}).order_by().values_list(key, flat=True))


def listed_among(kind: str, addresses: Collection[str]) -> Any:
    """The listed records with some addresses; where publications alone list a kind, only theirs are looked at."""
    model, key = MODELS[kind]
    if kind not in BY_PUBLICATIONS:
        return model.objects.listed().filter(**{f"{key}__in": addresses}).order_by("pk")
    link = BY_PUBLICATIONS[kind]
    publications = Publication.objects.listed().filter(**{f"{link}__{key}__in": addresses}).order_by()
    return model.objects.filter(**{"pk__in": publications.values(link), f"{key}__in": addresses}).order_by("pk")


def listed(kind: str) -> Iterator[str]:
    """The addresses of all listed records of a kind."""
    model, key = MODELS[kind]
    return model.objects.listed().order_by().values_list(key, flat=True).iterator()


def _read(forms: Any, kind: str, addresses: Collection[str] | None = None) -> Iterator[Named]:
    """The name of each listed record, or of those with some addresses, then its forms."""
    model, key = MODELS[kind]
    named, records = forms.objects.order_by("pk"), model.objects.listed().order_by("pk")
    if addresses is not None:
        records = listed_among(kind, addresses)
        named = named.filter(**{f"record__{key}__in": addresses})
    held_by: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, text, tag in named.values_list("record", "text", "tag"):
        held_by[pk].append((text, tag))
    for pk, address, name in records.values_list("pk", key, "name"):
        same = [(text, tag) for text, tag in held_by[pk] if text == name]
        # The name is in the language of its form, where there is one; it is read without a language too.
        forms_of_it = [*(same if len(same) == 1 else ()), (name, ""), *held_by[pk]]
        yield from (Named(kind, address, name, text, tag) for text, tag in dict.fromkeys(forms_of_it))


def _read_sources(kind: str, addresses: Collection[str] | None = None) -> Iterator[Named]:
    """The publisher and title of each listed source, or of those with some addresses."""
    records = Source.objects.listed().order_by("pk")
    if addresses is not None:
        records = records.filter(identifier__in=addresses)
    for address, publisher, title, language in records.values_list("identifier", "publisher", "title", "language"):
        name = f"{publisher}: {title}" if publisher else title
        yield Named(kind, address, name, name, language)


MODELS: Final[Mapping[str, tuple[Any, str]]] = MappingProxyType(
    {
        "place": (Place, "identifier"),
        "witness": (Witness, "identifier"),
        "wave": (Wave, "slug"),
        "tag": (Tag, "slug"),
        "source": (Source, "identifier"),
    }
)
BY_PUBLICATIONS: Final = MappingProxyType({"witness": "witness", "wave": "waves", "tag": "tags"})
READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "place": partial(_read, PlaceNameForm),
        "witness": partial(_read, WitnessNameForm),
        "wave": partial(_read, WaveNameForm),
        "tag": partial(_read, TagNameForm),
        "source": _read_sources,
    }
)

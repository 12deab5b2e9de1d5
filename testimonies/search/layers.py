"""Many names of which a few have changed: what was read stands as it is, and what has changed lies above it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from testimonies.folding import Keys

from .spellings import Named, Rank, Spellings, place_among, spell, written_as_one

# With more forms than these above, all are laid into one again.
FEW: Final = 500


class Layers:
    """Answers as the Spellings of the same forms would. Nothing in it changes, so that threads may share it."""

    def __init__(self, below: Spellings, above: Spellings, gone: frozenset[str]) -> None:
        """`gone` are the keys of the records of which nothing below counts any more."""
        self.below, self.above, self.gone = below, above, gone

    def having(self, word: Keys) -> Iterator[tuple[int, Named]]:
        """As Spellings.having."""
        found = [one for one in self.below.having(word) if one[1].key not in self.gone]
        yield from sorted([*found, *self.above.having(word)], key=lambda one: (one[0], place_among(one[1])))

    def beginning(self, words: Sequence[Keys], limit: int) -> list[tuple[Rank, Named]]:
        """As Spellings.beginning."""
        return self._best(self.below.beginning(words, self._more(limit)), self.above.beginning(words, limit), limit)

    def alike(self, words: Sequence[Keys], limit: int) -> list[tuple[Rank, Named]]:
        """As Spellings.alike."""
        return self._best(self.below.alike(words, self._more(limit)), self.above.alike(words, limit), limit)

    @cached_property
    def keys(self) -> Sequence[str]:
        """All keys of words, in their order."""
        lost = {key for form in self._lost() for key in keys_of(form) if not any(self._under_below(key))}
        return sorted(({*self.below.keys} - lost).union(self.above.keys))

    def under(self, key: str) -> Iterator[Named]:
        """As Spellings.under."""
        yield from sorted([*self._under_below(key), *self.above.under(key)], key=place_among)

    def _more(self, limit: int) -> int:
        return limit + len(self.gone)

    def _best(
        self, below: list[tuple[Rank, Named]], above: list[tuple[Rank, Named]], limit: int
    ) -> list[tuple[Rank, Named]]:
        found = [one for one in below if one[1].key not in self.gone]
        return sorted([*found, *above], key=lambda one: (one[0], one[1].key))[:limit]

    def _under_below(self, key: str) -> Iterator[Named]:
        return (form for form in self.below.under(key) if form.key not in self.gone)

    def _lost(self) -> Iterator[Named]:
        return (form for key in self.gone for form in self.below.of_record.get(key, ()))


Held = Spellings | Layers


def keys_of(form: Named) -> Iterator[str]:
    """The keys of every word of a form."""
    for word in (*spell(form.form, form.tag), *written_as_one(form.form, form.tag)):
        yield from (word.exact, *word.loose)


def held_records(held: Held) -> frozenset[str]:
    """The keys of the records that have a name here."""
    if isinstance(held, Spellings):
        return frozenset(held.of_record)
    return (frozenset(held.below.of_record) - held.gone).union(held.above.of_record)


def changed(held: Held, records: Collection[str], forms: Iterable[Named]) -> Held:
    """The same names, but those of some records; `forms` are all that they have now."""
    if isinstance(held, Spellings):
        held = Layers(held, Spellings(()), frozenset())
    below = held.below
    above = [*(form for form in held.above.forms if form.key not in records), *forms]
    gone = held.gone.union(key for key in records if key in below.of_record)
    if len(above) + len(gone) > FEW:
        return Spellings([*(form for form in below.forms if form.key not in gone), *above])
    return Layers(below, Spellings(above), gone)

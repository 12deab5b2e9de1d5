"""Names by the words in them: the forms that have a word in any spelling, and those that begin as somebody types."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from heapq import nsmallest
from itertools import zip_longest
from typing import Final

from testimonies.analysis import analyse
from testimonies.folding import Keys, keys

LETTERS, SPELLING, SHAPE = range(3)  # tiers: the same letters; another spelling; alike in shape (tier 2 of folding)
_MOST_JOINED: Final = 3
_LAST: Final = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class Named:
    """A record with one form of its name. `key` is its identifier or slug, `name` what the archive calls it, `tag` the
    language of the form where it is known; `by_shape` tells what was only alike in shape."""

    kind: str
    key: str
    name: str
    form: str
    tag: str = ""
    by_shape: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How well a form fits what is typed, 0 best; among equals names go before other forms, short before long."""

    level: int
    is_other_form: bool
    length: int
    form: str


def place_among(one: Named) -> tuple[bool, int, str, str]:
    """Where a form stands among others at one level: names first, short before long."""
    return (one.form != one.name, len(one.form), one.form, one.key)


Index = Mapping[str, Sequence[int]]


class Spellings:
    """The forms of many names. Nothing in it changes, so that threads may share it."""

    def __init__(self, forms: Iterable[Named]) -> None:
        # In the order of their ranks at one level: the number of a form says which goes first.
        self.forms = sorted(forms, key=place_among)
        having, opening, as_one = (defaultdict[Keys, list[int]](list) for _ in range(3))
        for number, form in enumerate(self.forms):
            words = spell(form.form, form.tag)
            for word in words:
                having[word].append(number)
            for word in words[:1]:
                opening[word].append(number)
            for word in written_as_one(form.form, form.tag) if form.kind == "place" else ():
                as_one[word].append(number)
        # From here on a word is a number too; its forms are found by it.
        self.words = tuple({**having, **as_one})
        self._forms_with = tuple(having.get(word, ()) for word in self.words)
        self._forms_opening = tuple(opening.get(word, ()) for word in self.words)
        self._forms_as_one = tuple(as_one.get(word, ()) for word in self.words)
        self._exact = _index((word.exact,) for word in self.words)
        self._loose = _index(word.loose for word in self.words)
        self._shape = _index(word.shape for word in self.words)

    def having(self, word: Keys) -> Iterator[tuple[int, Named]]:
        """The records that a word of a name leads to: for each the best tier, and the first form in it."""
        best: dict[str, tuple[int, int]] = {}
        for tier in (LETTERS, SPELLING, SHAPE):
            for number in sorted(self._having(self._same(word, tier))):
                best.setdefault(self.forms[number].key, (tier, number))
        for tier, number in best.values():
            yield tier, replace(self.forms[number], by_shape=tier == SHAPE)

    def beginning(self, words: Sequence[Keys], limit: int) -> list[tuple[Rank, Named]]:
        """The best records of which one form has a word for each of these beginnings of words."""
        found = reduce(set.intersection, (self._written(self._begun(word)) for word in words))
        typed = words[0]
        begun = self._begun(typed)
        levels = (
            self._same(typed, LETTERS),
            self._same(typed, SPELLING),
            {number for number in begun if self.words[number].exact.startswith(typed.exact)},
            begun,
        )
        return self._best(found, [self._opening(level) for level in levels], limit)

    def alike(self, words: Sequence[Keys], limit: int) -> list[tuple[Rank, Named]]:
        """The best records of which one form has a word alike in shape for each of these."""
        same = (self._same(word, SPELLING) | self._same(word, SHAPE) for word in words)
        found = reduce(set.intersection, map(self._having, same))
        return [(rank, replace(named, by_shape=True)) for rank, named in self._best(found, [], limit)]

    @cached_property
    def of_record(self) -> Mapping[str, Sequence[Named]]:
        """The forms of each record, by its key."""
        found: dict[str, list[Named]] = defaultdict(list)
        for form in self.forms:
            found[form.key].append(form)
        return dict(found)

    @cached_property
    def keys(self) -> Sequence[str]:
        """All keys of words, in their order."""
        return sorted({*self._exact, *self._loose})

    def under(self, key: str) -> Iterator[Named]:
        """The forms that have one of `keys`, in their order."""
        yield from (self.forms[number] for number in sorted(self._written(self._under(key))))

    def _same(self, word: Keys, tier: int) -> set[int]:
        """The words that share a key of a tier with this one."""
        if tier == LETTERS:
            return {*self._exact.get(word.exact, ())}
        index, wanted = (self._loose, word.loose) if tier == SPELLING else (self._shape, word.shape)
        return {number for key in wanted for number in index.get(key, ())}

    def _begun(self, word: Keys) -> set[int]:
        """The words that begin like this one."""
        found: set[int] = set()
        for start in filter(None, {word.exact, *word.loose}):
            for key in self.keys[bisect_left(self.keys, start) : bisect_left(self.keys, start + _LAST)]:
                found |= self._under(key)
        return found

    def _under(self, key: str) -> set[int]:
        return {*self._exact.get(key, ()), *self._loose.get(key, ())}

    def _having(self, words: Iterable[int]) -> set[int]:
        return {number for word in words for number in self._forms_with[word]}

    def _written(self, words: Iterable[int]) -> set[int]:
        """The forms that have one of the words, or are one of them if they are written without spaces."""
        words = {*words}
        return self._having(words) | {number for word in words for number in self._forms_as_one[word]}

    def _opening(self, words: Iterable[int]) -> set[int]:
        return {number for word in words for number in self._forms_opening[word]}

    def _best(self, numbers: set[int], levels: Sequence[set[int]], limit: int) -> list[tuple[Rank, Named]]:
        """The best form of each record, so many of them."""
        best: dict[str, tuple[Rank, Named]] = {}
        for level, here in enumerate([*levels, numbers]):
            for number in nsmallest(limit * 4, here & numbers):  # a record may have several forms
                form = self.forms[number]
                best.setdefault(form.key, (Rank(level, form.form != form.name, len(form.form), form.form), form))
            if len(best) >= limit:
                break
        return list(best.values())[:limit]


def _index(of_words: Iterable[Iterable[str]]) -> Index:
    """The numbers of words by their keys."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(of_words):
        for key in found:
            index[key].append(number)
    return dict(index)


@lru_cache(maxsize=2**18)  # names are read again whenever the log goes on
def spell(name: str, tag: str) -> tuple[Keys, ...]:
    """The words of a name; what hyphens join stands before its parts."""
    return tuple(keys(token.exact, tag.partition("-")[0]) for token in analyse(name, tag))


@lru_cache(maxsize=2**14)
def written_as_one(name: str, tag: str) -> tuple[Keys, ...]:
    """A name of two or three words as one word."""
    wholes = [way for way in ways_to_read(name)[:1] if 1 < len(way) <= _MOST_JOINED]
    return tuple(keys("".join(word.exact for word in way), tag.partition("-")[0]) for way in wholes)


def ways_to_read(text: str) -> list[tuple[Keys, ...]]:
    """The words of a text: hyphened ones whole, then in parts, then all written as one where they are few."""
    tokens = analyse(text)
    wholes, parts = [], []
    end = 0
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.start >= end:
            wholes.append(token.exact)
            end = token.end
        if after is None or after.start >= token.end:
            parts.append(token.exact)
    ways = [wholes, parts]
    if 1 < len(parts) <= _MOST_JOINED:
        ways.append(["".join(parts)])
    return [tuple(map(keys, way)) for number, way in enumerate(ways) if way and way not in ways[:number]]

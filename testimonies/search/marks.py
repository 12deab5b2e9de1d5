"""Where words that were looked for stand in a text, and the part of the text that shows them best.

The analyser that reads documents for the index reads them here too, so that what is found can be marked.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from testimonies.analysis import Token, analyse
from testimonies.folding import keys

from .parse import Phrase, Prefix, Word

LENGTH: Final = 300  # characters of an excerpt, more or less
LETTERS, SPELLING, STEM = range(3)  # how a word was met: by its letters, in another spelling, in another form

Leaf = Word | Phrase | Prefix
Span = tuple[int, int]

_SENTENCE = re.compile(r"(?<=[.!?…])[»”\"')\]]*\s+(?=\S)")
_RUN = re.compile(r"\S+")
_SPACE = re.compile(r"\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Hit:
    """What was looked for, at its place: `leaf` is its number among all that was, `tier` how it was met."""

    start: int
    end: int
    leaf: int
    tier: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: looked for or not, the archive's own insertion or the source's words."""

    text: str
    is_hit: bool = False
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text from one place to another, in pieces."""

    pieces: tuple[Piece, ...]
    start: int
    end: int
    is_cut_before: bool
    is_cut_after: bool


class Marker:
    """Finds what is looked for in texts; `languages` are those in which stems are looked for besides a text's own.

    A page of results has thousands of words, nearly none of which is looked for: texts are read from space to space,
    and what may be met in such a run of letters is remembered from page to page.
    """

    def __init__(self, leaves: Iterable[Leaf], languages: Iterable[str] = ()) -> None:
        numbered = [*enumerate(leaves)]
        self._languages = {*languages}
        self._words = [(number, leaf) for number, leaf in numbered if isinstance(leaf, Word)]
        self._beginnings = [(number, leaf) for number, leaf in numbered if isinstance(leaf, Prefix)]
        self._phrases = [(number, places) for number, leaf in numbered if (places := _places(leaf))]
        self._loose = {key for _number, word in self._words for key in keys(word.text).loose}
        self._starts = tuple({start for _number, leaf in self._beginnings for start in _starts(leaf)})
        self._stems: dict[str, dict[str, set[int]]] = {}  # language → stem → words

    def glance(self, text: str, language: str) -> dict[int, tuple[int, str]]:
        """What is met in a text: for each leaf the best tier, and the words that met it."""
        best: dict[int, tuple[int, str]] = {}
        runs = {*text.split()}
        for run in self._promising(runs, language):
            for hit in self._in_run(run, language):
                if hit.leaf not in best or hit.tier < best[hit.leaf][0]:
                    best[hit.leaf] = hit.tier, run[hit.start : hit.end]
        for hit in self._phrases_in(text, language, runs):
            best[hit.leaf] = hit.tier, text[hit.start : hit.end]
        return best

    def hits(self, text: str, language: str) -> list[Hit]:
        """Every place of what is looked for, in order."""
        runs = {*text.split()}
        inside = {run: [*self._in_run(run, language)] for run in self._promising(runs, language)}
        found = [
            Hit(run.start() + hit.start, run.start() + hit.end, hit.leaf, hit.tier)
            for run in (_RUN.finditer(text) if inside else ())
            for hit in inside.get(run[0], ())
        ]
        found += self._phrases_in(text, language, runs)
        return sorted(found, key=lambda hit: (hit.start, hit.end))

    def _promising(self, runs: Iterable[str], language: str) -> list[str]:
        """The runs in which something may be met; this alone is asked of every word."""
        wanted = self._loose.union(self._stems_in(language))
        found = [run for run in runs if not wanted.isdisjoint(_signs(run, language))] if wanted else []
        if self._starts:
            found += (run for run in runs if any(sign.startswith(self._starts) for sign in _signs(run, language)))
        return found

    def _in_run(self, run: str, language: str) -> Iterator[Hit]:
        """What a run of letters meets."""
        stems = self._stems_in(language)
        for token in analyse(run, language):
            met = dict.fromkeys(stems.get(_STEM_SIGN + token.stem, ()), STEM)
            for leaf, word in self._words:
                wanted = keys(word.text)
                if not token.loose.isdisjoint(wanted.loose):
                    met[leaf] = LETTERS if token.exact == wanted.exact else SPELLING
            for leaf, beginning in self._beginnings:
                if token.exact.startswith(keys(beginning.text).exact):
                    met[leaf] = LETTERS
                elif any(key.startswith(_starts(beginning)) for key in token.loose):
                    met[leaf] = SPELLING
            yield from (Hit(token.start, token.end, leaf, tier) for leaf, tier in met.items())

    def _stems_in(self, language: str) -> dict[str, set[int]]:
        """The words by the signs of their stems, for texts in a language."""
        stems = self._stems.get(language)
        if stems is None:
            stems = self._stems[language] = defaultdict(set)
            for leaf, word in self._words:
                for one in self._languages | {language}:
                    for token in analyse(word.text, one)[:1]:
                        if token.stem:
                            stems[_STEM_SIGN + token.stem].add(leaf)
        return stems

    def _phrases_in(self, text: str, language: str, runs: Iterable[str]) -> Iterator[Hit]:
        """Where phrases stand; the text is read whole only where it has all the words of one."""
        if self._phrases:
            here = set().union(*(_signs(run, language) for run in runs))
            for leaf, places in self._phrases:
                if here.issuperset(places.values()):
                    for start, end in _phrases(analyse(text, language), places):
                        yield Hit(start, end, leaf, LETTERS)


_STEM_SIGN: Final = "\0"  # before a stem, so that it is not taken for another key


@lru_cache(maxsize=2**16)
def _signs(run: str, language: str) -> frozenset[str]:
    """Everything by which words of a run of letters can be met."""
    tokens = analyse(run, language)
    stems = (_STEM_SIGN + token.stem for token in tokens if token.stem)
    return frozenset([*(token.exact for token in tokens), *(key for token in tokens for key in token.loose), *stems])


def _starts(leaf: Leaf) -> tuple[str, ...]:
    """What words begin with that begin like this one."""
    wanted = keys(leaf.text)
    return tuple(filter(None, {wanted.exact, *wanted.loose}))


def _places(leaf: Leaf) -> dict[int, str]:
    """The words of a phrase by their places; of what hyphens join the whole stands in the first."""
    places: dict[int, str] = {}
    for token in analyse(leaf.text) if isinstance(leaf, Phrase) else ():
        places.setdefault(token.position, token.exact)
    return places


def _phrases(tokens: Sequence[Token], places: dict[int, str]) -> Iterator[Span]:
    """Where these words stand one after another."""
    at: dict[tuple[int, str], Token] = {}
    for token in tokens:
        at.setdefault((token.position, token.exact), token)
    first, opening = next(iter(places.items()))
    for token in tokens:
        if token.exact == opening:
            found = [at.get((token.position + place - first, word)) for place, word in places.items()]
            if all(found):
                yield token.start, max(one.end for one in found if one)


def excerpt(text: str, hits: Sequence[Hit], ours: Iterable[Sequence[int]] = (), length: int = LENGTH) -> Excerpt:
    """The part of a text of about this length that shows most of what was looked for, all of it marked."""
    first, last = _best_part(hits, length) if hits else (0, 0)
    start, end = _bounds(text, first, last, length)
    marked = _spans(((hit.start, hit.end) for hit in hits), start, end)
    own = _spans(((int(one[0]), int(one[1])) for one in ours), start, end)
    borders = sorted({start, end, *(border for span in (*marked, *own) for border in span)})
    pieces = tuple(
        Piece(text[left:right], _lies_in(left, marked), _lies_in(left, own)) for left, right in pairwise(borders)
    )
    return Excerpt(pieces, start, end, start > 0, end < len(text))


def _best_part(hits: Sequence[Hit], length: int) -> Span:
    """From the first to the last of those hits within the length that show most: different ones, then good ones."""
    best: tuple[tuple[int, int, int], int] = ((0, 0, 0), 0)
    until = 0
    part = hits[0].start, hits[0].end
    for number, hit in enumerate(hits):
        until = max(until, number)
        while until < len(hits) and hits[until].end <= hit.start + length:
            until += 1
        here = hits[number:until]
        tiers = {one.leaf: one.tier for one in sorted(here, key=lambda one: -one.tier)}
        value = (len(tiers), -sum(tiers.values()), len(here)), -number
        if here and value > best:
            best, part = value, (hit.start, max(one.end for one in here))
    return part


def _bounds(text: str, first: int, last: int, length: int) -> Span:
    """A part of about this length around another, from a border of words to one; from a sentence where one begins."""
    if len(text) <= length:
        return 0, len(text)
    last = min(last, first + length)
    start = max(0, min(first - (length - (last - first)) // 3, len(text) - length))
    if start:
        sentence = _SENTENCE.search(text, start, first + 1)
        border = sentence or _SPACE.search(text, start - 1, first + 1)
        start = border.end() if border and border.end() <= first else _whole(text, start)
    end = min(len(text), start + length)
    if end < len(text):
        *_, border = (None, *_SPACE.finditer(text, last, end + 2))
        end = border.start() if border else _whole(text, end)
    return start, end


def _whole(text: str, at: int) -> int:
    """The place, or one before it where a letter with all its marks begins."""
    while at > 0 and unicodedata.category(text[at]) in ("Mn", "Mc", "Me", "Cf"):
        at -= 1
    return at


def _spans(found: Iterable[Span], start: int, end: int) -> list[Span]:
    """The spans as far as they lie between two places, those that overlap made one."""
    spans: list[Span] = []
    for left, right in sorted((max(left, start), min(right, end)) for left, right in found):
        if left >= right:
            continue
        if spans and left <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(right, spans[-1][1])
        else:
            spans.append((left, right))
    return spans


def _lies_in(place: int, spans: Iterable[Span]) -> bool:
    return any(left <= place < right for left, right in spans)

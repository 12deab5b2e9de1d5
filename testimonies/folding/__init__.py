"""A word in any script to the keys by which whoever spells it differently finds it.

Three tiers: `exact` is letter for letter; `loose` brings together scripts, romanisations and typing without
special letters; `shape` (for names, places and tags only) also languages that colour the vowels of a name
differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product

from testimonies.folding.reading import MOST_READINGS, readings
from testimonies.folding.units import TAGGED

_DOUBLED = re.compile(r"([a-zA-Z])\1+")
_LOOSE = str.maketrans("ZSCTy", "zscci")
_APOSTROPHES = re.compile("[’‘`´ʼʻʹʽ′]")
_WORD = re.compile(r"\w[\w'’‘`´ʼʻʹ\u0300-\u036f]*(?:-\w[\w'’‘`´ʼʻʹ\u0300-\u036f]*)*")

_FEWEST_CONSONANTS = 3
_MOST_WORDS = 6
_VOWELS = re.compile("[aeiou]+")
_NARROW_VOWEL = re.compile("(?<=[^aeiouy])y(?=[^aeiouy])")
_GLIDE = re.compile("(?<=[aeiou])v(?=[^aeiou])|(?<=a)v$")
_AT_THE_END = re.compile("[^aeiou]+$")
_VOICELESS = str.maketrans("bdgz", "ptks")


@dataclass(frozen=True)
class Keys:
    """The keys of a word, tier by tier; two words meet in a tier when they share a key of it."""

    exact: str
    readings: tuple[str, ...]

    @cached_property
    def first(self) -> str:
        """The likeliest key of tier 1, or an empty text for what has no letters and digits."""
        return _loosened(self.readings[0]) if self.readings else ""

    @cached_property
    def loose(self) -> frozenset[str]:
        """Tier 1: plain letters, at most sixteen keys."""
        return frozenset(map(_loosened, self.readings))

    @cached_property
    def shape(self) -> frozenset[str]:
        """Tier 2: consonants, with "*" for each run of vowels; none for words of fewer than three consonants."""
        shapes = {shape for reading in self.readings for shape in _shapes(reading)}
        return frozenset(shape for shape in shapes if len(shape.replace("*", "")) >= _FEWEST_CONSONANTS)


@lru_cache(maxsize=100_000)
def keys(word: str, language: str = "") -> Keys:
    """Return the keys of a word. `language` is a BCP 47 tag, or empty where it is not known.

    A language only ever adds readings: whoever looks for the word does not know its tag. Words joined by
    hyphens or spaces are folded together.
    """
    primary = language.partition("-")[0].lower()
    return _keys(exactly(word), primary if primary in TAGGED else "")


@lru_cache(maxsize=100_000)
def _keys(exact: str, language: str) -> Keys:
    """Return the keys of a word as it is compared letter for letter: the same for Bread and bread, in all languages
    that add nothing."""
    return Keys(exact, tuple(readings(exact, language)))


def meets(a: Keys, b: Keys) -> bool:
    """Return whether two words share a key of tier 1."""
    return not a.loose.isdisjoint(b.loose)


def exactly(word: str) -> str:
    """Return the word as it is compared letter for letter: NFKC and case folded (UAX #15), one apostrophe."""
    return _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", word).casefold())


def fold_text(text: str, language: str = "") -> str:
    """Return the likeliest loose key of each word of a text, joined by single spaces."""
    folded = (keys(word, language).first for word in _WORD.findall(text))
    return " ".join(filter(None, folded))


def name_keys(name: str, language: str = "") -> set[str]:
    """Return keys for a whole name, of which two spellings of it share one; those of tier 2 begin with "~".

    The order of the words counts for nothing: family names stand first or last. At most sixteen of each tier.
    """
    words = [keys(word, language) for word in _WORD.findall(name)[:_MOST_WORDS]]
    exact = _together([word.loose for word in words])
    return {*exact, *(f"~{key}" for key in _together([word.shape for word in words]))}


def _together(words: list[frozenset[str]]) -> Iterator[str]:
    """Yield one key a choice of the words' keys, if every word has any."""
    if words and all(words):
        for choice in islice(product(*map(sorted, words)), MOST_READINGS):
            yield " ".join(sorted(choice))


def _loosened(reading: str) -> str:
    """Return a reading in plain letters, as somebody types who has no others: z for ž, s for š, c for č."""
    return _DOUBLED.sub(r"\1", reading.translate(_LOOSE))


def _shapes(reading: str) -> set[str]:
    """Return the shapes of a reading, several where neighbouring languages differ in a consonant.

    Narrow vowels may be left out (Abdyrakhmanov, Abdrakhmanov), ш answers to ч (Shymkent, Chimkent), h to k
    and g (kazakh, qazaq; Ibrahim, Ibragim), f to p, v before a consonant to u; the end has no voice.
    """
    spelt = {reading, _NARROW_VOWEL.sub("", reading)}
    spelt |= {one.replace("S", "č").replace("C", "č") for one in spelt}
    loose = {_AT_THE_END.sub(_devoiced, _GLIDE.sub("u", _loosened(one))).replace("f", "p") for one in spelt}
    loose |= {one.replace("h", velar) for one in loose for velar in "kg" if "h" in one}
    return {_VOWELS.sub("*", one) for one in loose}


def _devoiced(end: re.Match[str]) -> str:
    """Return the last consonants without voice, as they are spoken: -нд as -нт, -з as -с."""
    return end[0].translate(_VOICELESS)

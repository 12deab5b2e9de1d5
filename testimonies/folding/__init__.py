"""A word in any script to the keys by which it is found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii

from testimonies.folding.units import APOSTROPHES, CYRILLIC, LATIN

_MOST_READINGS = 16
_UNITS = CYRILLIC | LATIN
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)) + r"|\d+|.", re.DOTALL)
_UKRAINIAN = re.compile("[їєґ]|^(?!.*[әғқңөұүһ]).*і")
_SCHOLARLY = re.compile("[čšžěřďť]")
_DOUBLED = re.compile(r"(.)\1+")
_LOOSE = str.maketrans("ZSCT", "zscc")
_VOWELS = re.compile("[aeiou]+")
_WORD = re.compile(r"\w[\w'’‘`´ʼʻʹ\u0300-\u036f]*")


@dataclass(frozen=True)
class Keys:
    """The keys of a word."""

    exact: str
    loose: frozenset[str]
    shape: frozenset[str]


@lru_cache(maxsize=100_000)
def keys(word: str, language: str = "") -> Keys:
    """Return the keys."""
    exact = unicodedata.normalize("NFKC", word).casefold()
    loose = _loose(exact, language)
    return Keys(exact, frozenset(loose), frozenset(filter(None, map(_shape, loose))))


def meets(a: Keys, b: Keys) -> bool:
    """Return whether two words share a key of tier 1."""
    return not a.loose.isdisjoint(b.loose)


def fold_text(text: str, language: str = "") -> str:
    """Return the likeliest loose key of each word, joined by spaces."""
    return " ".join(filter(None, (next(iter(_loose(_exact(word), language)), "") for word in _WORD.findall(text))))


def _exact(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _loose(exact: str, language: str) -> dict[str, None]:
    readings = []
    for unit in _UNIT.findall(exact):
        found = _UNITS.get(unit)
        if found is None:
            found = (_other(unit),)
        readings.append(found)
    if _UKRAINIAN.search(exact):
        readings = [("h", "g") if r == ("g",) else r for r in readings]
    if _SCHOLARLY.search(exact):
        readings = [("i",) if r == ("i", "Z") else r for r in readings]
    result = {}
    for parts in islice(product(*readings), _MOST_READINGS):
        result[_finished("".join(parts))] = None
    result.pop("", None)
    return result


@lru_cache(maxsize=4096)
def _other(character: str) -> str:
    if character.isdigit():
        return "".join(str(unicodedata.digit(d, "")) for d in character)
    base = unicodedata.normalize("NFD", character)[0]
    if base in _UNITS:
        return _UNITS[base][0]
    if unicodedata.category(character)[0] not in "L":
        return ""
    return "".join(_UNITS.get(u, ("",))[0] for u in _UNIT.findall(anyascii(character).casefold()))


def _finished(inner: str) -> str:
    inner = _DOUBLED.sub(r"\1", inner.replace("ie", "e"))
    return _DOUBLED.sub(r"\1", inner.translate(_LOOSE))


def _shape(key: str) -> str:
    shape = _VOWELS.sub("*", key)
    return shape if len(shape.replace("*", "")) >= 3 else ""

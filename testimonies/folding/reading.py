"""A word to its readings in the inner alphabet of `units`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii

from testimonies.folding.units import APOSTROPHES, CYRILLIC, EVIDENCE, LATIN, PROFILES, TAGGED, Table

MOST_READINGS = 16
# Longer words are read up to here: nobody's name is longer, and each letter costs time.
_LONGEST = 60

_JOINTS = re.compile(r"[\s\-\u2010-\u2015\u2212/.,]+")
# Words of these letters only give no evidence of a language, unless they are spelt as in German.
_PLAIN = re.compile("(?!.*sch)(?!.*[eo]wa?$)(?:[a-pr-wyz]+|[абвгдежзийклмнопрстуфхцчшщъыьэюяё]+)")
# A háček shows that the spelling is scholarly: there j is й and never ж.
_SCHOLARLY = re.compile("[čďěňřšťž]")
_SCHOLARLY_TABLE: Table = {"j": ("i",), "jo": ("io", "e")}
_DOUBLED = re.compile(r"([a-zA-Z])\1+")
_NO_SCHWA = re.compile("(?<=[aeiou])y|y(?=[aeiou])|^y|y$")
_IE = re.compile("i*ie")


def readings(word: str, language: str = "") -> list[str]:
    """Return how a word may be read, the likeliest reading first, at most sixteen.

    Parts joined by hyphens or spaces are read one after the other. `language` is a BCP 47 tag, or empty where
    it is not known.
    """
    exact = unicodedata.normalize("NFKC", word[:_LONGEST]).casefold()
    primary = language.partition("-")[0].lower()
    parts = [exact] if exact.isalpha() else filter(None, _JOINTS.split(exact))
    found = [_read(part, primary) for part in parts]
    joined = found[0] if len(found) == 1 else map("".join, islice(product(*found), MOST_READINGS))
    return [reading for reading in dict.fromkeys(map(_tidied, joined)) if reading]


def _read(part: str, language: str) -> list[str]:
    """Return the readings of a word without joints; a unit that occurs twice is read the same way twice."""
    table, pattern = _tables(_profiles(part, language), _SCHOLARLY.search(part) is not None)
    units = pattern.findall(f"^{part}$")
    first = [table[unit][0] if unit in table else _other(unit) for unit in units]
    varying = [unit for unit in dict.fromkeys(units) if len(table.get(unit, ())) > 1]
    if not varying:
        return [_NO_SCHWA.sub("i", "".join(first))]
    found = []
    for choice in islice(product(*(table[unit] for unit in varying)), MOST_READINGS):
        chosen = dict(zip(varying, choice, strict=True))
        inner = "".join(chosen.get(unit, reading) for unit, reading in zip(units, first, strict=True))
        found.append(_NO_SCHWA.sub("i", inner))
    return found


def _profiles(part: str, language: str) -> tuple[str, ...]:
    """Return the profiles that a word's language or letters call for."""
    tagged = TAGGED.get(language, ())
    if _PLAIN.fullmatch(part):
        return tagged
    shown = (name for name, evidence in EVIDENCE if evidence.search(part))
    return tuple(dict.fromkeys([*tagged, *shown]))


@lru_cache(maxsize=512)
def _tables(profiles: tuple[str, ...], is_scholarly: bool) -> tuple[Table, re.Pattern[str]]:
    """Return the units as these profiles read them, and a pattern that cuts a word into units, longest first."""
    table = CYRILLIC | LATIN | {"^": ("",), "$": ("",)}
    for unit, added in (row for profile in profiles for row in PROFILES[profile].items()):
        table[unit] = tuple(dict.fromkeys((*added, *table.get(unit, ()))))
    if is_scholarly:
        table |= _SCHOLARLY_TABLE
    units = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, units)) + "|.", re.DOTALL)


@lru_cache(maxsize=4096)
def _other(character: str) -> str:
    """Return the reading of a character that no table has: its digit, its base letter, or its sound by anyascii."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if not character.isalpha() or character in APOSTROPHES:
        return ""
    base = unicodedata.normalize("NFD", character)[0]
    if base != character:
        return _read(base, "")[0]
    sound = "".join(sign for sign in anyascii(character).casefold() if sign.isalnum() and sign.isascii())
    return _read(sound, "")[0] if sound else ""


def _tidied(inner: str) -> str:
    """Return a reading with the spellings made one that differ in doubled letters or in ie for e."""
    return _DOUBLED.sub(r"\1", _IE.sub("e", _DOUBLED.sub(r"\1", inner)))

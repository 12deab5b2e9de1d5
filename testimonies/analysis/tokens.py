"""The words of a text with their places, keys and stems."""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import snowballstemmer

from testimonies.folding import keys

# Combining marks, and what joins letters without being seen: soft hyphen, joiners.
_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))
_UNSEEN = "\u00ad\u200b-\u200d\u2060"
# Possessive, so that no text makes the matching go back over what it has read.
_LETTERS = rf"(?:[^\W_]++|[{_MARKS}{_UNSEEN}]++)++"
_APOSTROPHES = "'’‘`´ʼʻ′"
_HYPHENS = "\\-\u2010\u2011"
# A word may hold brackets of ours, "[T]hey", and what joins its parts.
_WORD = re.compile(rf"\[?{_LETTERS}(?:[{_APOSTROPHES}{_HYPHENS}\[\]]{_LETTERS})*+\]?|\[(?:…|\.\.\.)\]")
_PARTS = re.compile(rf"[{_HYPHENS}]")
_NOT_LETTERS = re.compile(rf"[\[\]{_UNSEEN}]")
# Words of French and Italian that lean on the next one: l'Asia is found as Asia too.
_ELISION = re.compile(rf"(?:l|d|c|j|m|n|s|t|qu|un|all|dall|dell|nell|sull)[{_APOSTROPHES}](?=.)", re.IGNORECASE)
_LONGEST = 100

STEMMERS = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fa": "persian", "fi": "finnish", "fr": "french", "hu": "hungarian", "hy": "armenian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


class Token(NamedTuple):
    """One word of a text, ready to be indexed, looked for or marked.

    `position` counts words, with a gap where the archive left words out; `start` and `end` count characters
    of the text. `exact` is the word letter for letter, `loose` its folded keys (tier 1), `stem` the folded
    key of its stem, empty where the language has no stemmer. Of a hyphened word the whole stands first, at
    the position of its first part, then the parts.
    """

    position: int
    start: int
    end: int
    exact: str
    loose: frozenset[str]
    stem: str


class _Word(NamedTuple):
    """What all occurrences of a word have in common."""

    exact: str
    loose: frozenset[str]
    stem: str


def analyse(text: str, language: str = "") -> list[Token]:
    """Return the tokens of a text in their order. `language` is its BCP 47 tag, or empty where it is not known.

    Without a language Cyrillic words are stemmed as Russian and Latin ones as English. Text is taken as it
    is, in any normal form; lone surrogates and other rubbish separate words.
    """
    primary = language.partition("-")[0].lower()
    tokens: list[Token] = []
    position = 0
    for match in _WORD.finditer(text):
        raw = match[0]
        if raw.isalnum():
            tokens.append(Token(position, match.start(), match.end(), *_word(raw, primary)))
            position += 1
        elif found := _parts(raw, match.start(), position, primary):
            tokens += found
            position = found[-1].position + 1
        elif raw.startswith("["):
            position += 1
    return tokens


def _parts(raw: str, start: int, position: int, language: str) -> list[Token]:
    """Return the token of a word with marks inside and, if hyphens join it, those of its parts."""
    left, right = _outer_brackets(raw)
    raw, start = raw[left : len(raw) - right], start + left
    joints = [match.end() for match in _PARTS.finditer(raw)] or [m.end() for m in [_ELISION.match(raw)] if m]
    pieces = [(0, raw)]
    if joints:
        bounds = pairwise([0, *joints, len(raw) + 1])
        pieces += [(first, raw[first : last - 1]) for first, last in bounds]
    number = -1
    tokens = []
    for first, piece in pieces:
        if any(map(str.isalnum, piece)):
            tokens.append(
                Token(
                    position + max(number, 0),
                    start + first,
                    start + first + len(piece),
                    *_word(_NOT_LETTERS.sub("", piece), language),
                )
            )
            number += 1
    return tokens


def _outer_brackets(raw: str) -> tuple[int, int]:
    """Return how many brackets at either end do not belong to the word: "[thus]" has them around it, "[T]hey" in it."""
    inner = raw[1:-1]
    left = raw.startswith("[") and "]" not in inner
    right = raw.endswith("]") and "[" not in inner
    return int(left), int(right)


@lru_cache(maxsize=100_000)
def _word(raw: str, language: str) -> _Word:
    """Return keys and stem of a word."""
    found = keys(raw[:_LONGEST], language)
    exact = sys.intern(found.exact)
    return _Word(exact, found.loose, _stem(exact, language))


def _stem(exact: str, language: str) -> str:
    """Return the folded key of a word's stem, or nothing where no stemmer is for it."""
    name = STEMMERS.get(language or ("en" if exact.isascii() else "ru" if _CYRILLIC.match(exact) else ""))
    if name is None or not any(map(str.isalpha, exact)):
        return ""
    return keys(_stemmer(name).stemWord(exact), language).first


_CYRILLIC = re.compile("[\u0400-\u04ff]")
_of_this_thread = threading.local()


def _stemmer(name: str) -> snowballstemmer.stemmer:
    """Return this thread's stemmer: they keep the word at hand in themselves."""
    stemmers = _of_this_thread.__dict__.setdefault("stemmers", {})
    if name not in stemmers:
        stemmers[name] = snowballstemmer.stemmer(name)
    return stemmers[name]

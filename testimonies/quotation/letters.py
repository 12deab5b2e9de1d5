"""A text reduced to what makes its words: letters and digits, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Quotation marks, apostrophes and what is typed for them. None of them is a letter, and none parts a word.
QUOTES = re.compile("[\"'`´‘’‚‛“”„‟«»‹›「」『』〝〞＂＇ʻʼʽʹʺˈ′″^¨~]")
_HYPHEN = re.compile(r"[-\u2010\u2011](?:[^\S\n]*\n\s*)?")


@dataclass(frozen=True)
class Letters:
    """The letters of a text, folded in case and compatibility forms (UAX #15), and where each of them stands.

    `folded` is as long as `starts` and `ends`; `text[starts[i]:ends[i]]` is what the i-th letter came from.
    """

    text: str
    folded: str
    starts: list[int]
    ends: list[int]

    def gap(self, index: int) -> str:
        """Return what stands between a letter and the one before it; 0 and the length are the ends."""
        start = self.ends[index - 1] if index else 0
        end = self.starts[index] if index < len(self.starts) else len(self.text)
        return self.text[start:end]

    def printed(self, start: int, end: int) -> str:
        """Return the stretch of text from one letter to another, the end left out."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def begins_word(self, index: int) -> bool:
        """Return whether a letter is the first of its word, or the place after the last one."""
        return index in (0, len(self.starts)) or self.ends[index - 1] < self.starts[index]

    def words(self, start: int, end: int) -> Words:
        """Return the words of a stretch. A hyphen, also at a line's end, or an apostrophe parts no word."""
        begins = [
            i for i in range(start, end) if i == start or (self.begins_word(i) and joint(self.gap(i)) == "parted")
        ]
        bounds = [*begins, end]
        return Words(bounds, [self.folded[first:last] for first, last in pairwise(bounds)])


@dataclass(frozen=True)
class Words:
    """The words of a stretch: `bounds` has the letter that begins each, and the end; `keys` their letters."""

    bounds: list[int]
    keys: list[str]


def joint(gap: str) -> str:
    """Return how what stands between two letters ties them: "joined", "hyphened" or "parted"."""
    bare = QUOTES.sub("", gap.replace("\u00ad", ""))
    if not bare:
        return "joined"
    return "hyphened" if _HYPHEN.fullmatch(bare) else "parted"


def letters(text: str) -> Letters:
    """Return the letters of a text. Soft hyphens and other invisible characters are no part of them."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        parts = _letters_of(character)
        if parts is None:
            continue
        folded.extend(parts)
        starts.extend([place] * len(parts))
        ends.extend([place + 1] * len(parts))
    return Letters(text, "".join(folded), starts, ends)


@lru_cache(maxsize=4096)
def _letters_of(character: str) -> str | None:
    """Return what a character adds to a word: letters, digits, marks, signs such as "%"; or nothing."""
    if unicodedata.category(character)[0] not in "LMNS" or QUOTES.match(character):
        return None
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(part for part in folded if not part.isspace()) or None

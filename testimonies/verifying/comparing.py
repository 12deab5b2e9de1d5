"""One quotation compared with one text, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from testimonies import folding, quotation
from testimonies.quotation import Difference
from testimonies.quotation.finding import TYPOGRAPHY
from testimonies.verifying.texts import Text

# So much of a quotation has to be there to be called altered; of few words more, because few words stand in many texts.
ENOUGH, ENOUGH_OF_FEW, FEW = 0.6, 0.75, 8

_ELLIPSIS = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.+)\s*\]|\(\s*(?:…|\.\s?\.\s?\.+)\s*\)|…|\.\s?\.\s?\.+")
_BRACKETED = re.compile(r"(?<!\[)\[([^\[\]\n]+)\](?!\])")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: in both ("same"), only in what the archive holds ("held") or only in the quotation ("given")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How a quotation stands in a text. `changes` are words and punctuation that differ; none: word for word.

    `spellings` are (given, held) pairs of a name in two scripts or romanisations. `omits` says that the quotation marks
    words as left out, or words of its own in brackets; `kept` is how many of its letters stand there.
    """

    text: Text
    start: int
    end: int
    changes: tuple[Difference, ...]
    spellings: tuple[tuple[str, str], ...]
    omits: bool
    kept: int

    @property
    def is_exact(self) -> bool:
        """Whether no word differs."""
        return not self.changes

    @property
    def numbers(self) -> tuple[int, ...]:
        """The passages in which it stands."""
        return self.text.numbers(self.start, self.end)

    @property
    def held(self) -> str:
        """The words of these passages."""
        return self.text.whole(self.start, self.end)

    def runs(self) -> tuple[Run, ...]:
        """The place in the text, what differs told apart."""
        return tuple(one for one in self._runs() if one.text)

    def _runs(self) -> Iterator[Run]:
        at = self.start
        for change in sorted(self.changes, key=lambda one: one.start):
            start, end = max(change.start, at), max(change.end, at)
            same, held = self.text.words[at:start], self.text.words[start:end].strip()
            yield Run("same", same)
            yield Run("given", _parted(change.given.strip(), same, "" if held else self.text.words[end : self.end]))
            yield Run("held", held)
            at = end
        yield Run("same", self.text.words[at : self.end])


def _parted(given: str, before: str, after: str) -> str:
    """Return words that the text has not, with a space where nothing else would part them from its own."""
    if not given:
        return ""
    head = " " if given[0].isalnum() and before and not before[-1].isspace() else ""
    return head + given + (" " if after[:1].isalnum() else "")


def compare(words: str, text: Text) -> Compared | None:
    """Return how a quotation stands in a text: as it is, or with its marks of omission taken for that.

    None where not even most of its words are there.
    """
    plain = _compared(words, text, omits=False)
    if plain and plain.is_exact:
        return plain
    marked = _with_marks(words)
    other = _compared(marked, text, omits=True) if marked != words else None
    found = [one for one in (plain, other) if one]
    return min(found, key=lambda one: len(one.changes)) if found else None


def _compared(words: str, text: Text, *, omits: bool) -> Compared | None:
    """Return the comparison, unless too little is the same."""
    match = quotation.find(words, text.words)
    if match.state == "absent":
        return None
    real = sorted((one for one in match.differences if one.kind not in TYPOGRAPHY), key=lambda one: one.start)
    start, end = match.start, match.end
    if real:
        real[0], start = _begun(real[0], start, text)
        real[-1], end = _ended(real[-1], end, text)
    spelt = [one for one in real if is_spelling(one)]
    changes = tuple(one for one in real if one not in spelt)
    spellings = dict.fromkeys((one.given.strip(), one.printed.strip()) for one in spelt)
    all_letters = letters_of(words)
    kept = all_letters - sum(letters_of(one.given) for one in changes)
    share = ENOUGH if len(_WORDS.findall(words)) >= FEW else ENOUGH_OF_FEW
    if changes and kept < share * all_letters:
        return None
    return Compared(text, start, end, changes, tuple(spellings), omits, kept)


def letters_of(words: str) -> int:
    """Return how many letters and digits there are."""
    return sum(map(len, _WORDS.findall(words)))


def _begun(one: Difference, start: int, text: Text) -> tuple[Difference, int]:
    """Return the first difference, and where the quotation begins: in no passage before that of its first word.

    For words that are only in the quotation as many are taken of what stands before; that may be another passage.
    """
    word = _WORDS.search(text.words, one.end)
    first = next((first for _number, first, last in text.passages if word and first <= word.start() < last), start)
    if one.start > start or first <= start:
        return one, start
    return replace(one, printed=text.words[first : one.end], start=first, end=max(first, one.end)), first


def _ended(one: Difference, end: int, text: Text) -> tuple[Difference, int]:
    """Return the last difference, and where the quotation ends: in no passage after that of its last word."""
    before = len(text.words[: one.start].rstrip()) - 1
    last = next((last for _number, first, last in text.passages if first <= before < last), end)
    if one.end < end or last >= end:
        return one, end
    start = min(one.start, last)
    return replace(one, printed=text.words[start:last], start=start, end=last), last


def is_spelling(one: Difference) -> bool:
    """Whether a difference is a name in another script or romanisation."""
    given, held = _WORDS.findall(one.given), _WORDS.findall(one.printed)
    return one.kind == "words" and bool(given) and all(_is_one_name(*pair) for pair in zip_longest(given, held))


def _is_one_name(given: str | None, held: str | None) -> bool:
    """Whether two words are one name, as far as a fold can tell."""
    if not given or not held or not (given[0].isupper() and held[0].isupper()):
        return False
    return folding.meets(folding.keys(given), folding.keys(held))


def _with_marks(words: str) -> str:
    """Return the words with omissions and insertions as this archive marks its own (`texts.source_parts`)."""
    return _BRACKETED.sub(r"[[\1]]", _ELLIPSIS.sub(" [[…]] ", words))

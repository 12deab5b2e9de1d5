"""One quotation compared with one text, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from testimonies import folding, quotation
from testimonies.quotation import Difference
from testimonies.quotation.finding import TYPOGRAPHY
from testimonies.quotation.letters import letters
from testimonies.verifying.texts import Text

# So much of a quotation has to be there to be called altered; of few words more, because few words stand in many texts.
ENOUGH, ENOUGH_OF_FEW, FEW = 0.6, 0.75, 8

# What a quotation marks as left out, and words of its own in brackets, which may stand for some that it leaves out.
_MARK = re.compile(r"(\[[^\[\]\n]+\]|\(\s*(?:…|\.\s?\.\s?\.+)\s*\)|…|\.\s?\.\s?\.+)")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: in both ("same"), only in what the archive holds ("held") or only in the quotation ("given")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How a quotation stands in a text. `changes` are words and punctuation that differ; none: no word differs.

    `gaps` are where the text has words that the quotation marks as left out, or the quotation has some of its own in
    brackets. `spellings` are (given, held) pairs of a name in two scripts or romanisations; `kept` is how many of the
    quotation's letters stand there.
    """

    text: Text
    start: int
    end: int
    changes: tuple[Difference, ...]
    gaps: tuple[Difference, ...]
    spellings: tuple[tuple[str, str], ...]
    kept: int

    @property
    def is_exact(self) -> bool:
        """Whether no word differs."""
        return not self.changes

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out or put in, as far as the quotation tells."""
        return not self.gaps

    @property
    def leaves_out(self) -> bool:
        """Whether the text has words where the quotation has a mark."""
        return any(_WORDS.search(gap.printed) for gap in self.gaps)

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
        for change in sorted(self.changes + self.gaps, key=lambda one: one.start):
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
    # Doubled brackets are marks of the desk's: beyond it nobody's words may pass for the archive's own.
    words = words.replace("[[", "[").replace("]]", "]")
    plain = _compared([words], ["", ""], text)
    if plain and plain.is_exact:
        return plain
    stretches, around = _parted_at_marks(words)
    other = _compared(stretches, around, text) if stretches and stretches != [words] else None
    found = [one for one in (plain, other) if one]
    return min(found, key=lambda one: len(one.changes)) if found else None


def _compared(stretches: list[str], around: list[str], text: Text) -> Compared | None:
    """Return the comparison of stretches that stand in this order, unless too little is the same."""
    words = " [[…]] ".join(stretches)
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
    return Compared(text, start, end, changes, tuple(_gaps(match.parts, around, text)), tuple(spellings), kept)


def _gaps(parts: Sequence[tuple[int, int]], around: list[str], text: Text) -> Iterator[Difference]:
    """Yield where words stand around the stretches: in the text between two of them, or in a mark of the quotation.

    That the archive left some out itself is no gap: nothing is held there.
    """
    edges = parts[0][0], *(edge for part in parts for edge in part), parts[-1][1]
    for (end, start), given in zip(zip(edges[::2], edges[1::2], strict=True), around, strict=True):
        held = text.words[end:start]
        if _WORDS.findall(given.casefold()) != _WORDS.findall(held.casefold()):
            yield Difference("words", given, held, end, start)


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


def _parted_at_marks(words: str) -> tuple[list[str], list[str]]:
    """Return the stretches between the marks, and the words in brackets before, between and behind them."""
    stretches: list[str] = []
    around = [""]
    for number, piece in enumerate(_MARK.split(words)):
        is_mark = number % 2 == 1
        if is_mark and _WORDS.search(piece):
            around[-1] = f"{around[-1]} {piece}".strip()
        elif not is_mark and letters(piece).folded:
            stretches.append(piece)
            around.append("")
    return stretches, around

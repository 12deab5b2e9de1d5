"""Whether some words stand in a text, and in what they differ there.

Words are compared by their letters alone. What else differs (quotation marks, dashes, spaces, letter case,
the form of an ellipsis) is told, but is typography; other words and other punctuation are differences.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from testimonies.quotation.differences import Run, runs
from testimonies.quotation.letters import QUOTES, Letters, joint, letters
from testimonies.texts import source_parts

# How many of the words (in letters) have to be there before we say "differs" and not "absent".
_ENOUGH = 0.6
_MOST_PLACES = 12
_MOST_DIFFERENCES = 200
# A word that stands more often than this in a text says too little about the place.
_COMMON = 40

TYPOGRAPHY = frozenset({"quotes", "dashes", "spaces", "ellipsis", "case", "ends"})

_ELLIPSIS = re.compile(r"\.(?:\s?\.){2,}")
_DASHES = re.compile("[\\-\u00ad\u2010-\u2015\u2212]\\s*")
_SPACES = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_KINDS = {
    "ellipsis": re.compile(rf"{_ELLIPSIS.pattern}|…"),
    "quotes": QUOTES,
    "dashes": _DASHES,
    "spaces": _SPACES,
}


@dataclass(frozen=True)
class Difference:
    """One difference: its kind, the words as given, the text in their place, and where that stands.

    `kind` is "words" or "punctuation", or one of TYPOGRAPHY: "ends" is punctuation before the first or after
    the last word.
    """

    kind: str
    given: str
    printed: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """Where words stand in a text.

    `state` is "found" (word for word, at most typography differs), "differs" or "absent". `start` and `end`
    count the text's characters; `differences` holds two hundred at most. `parts` says where each stretch of the words
    between our marks stands.
    """

    state: str
    start: int
    end: int
    differences: tuple[Difference, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()


def find(words: str, text: str) -> Match:
    """Look for words in a text, and say where they stand and in what they differ.

    The words may carry our marks: `[[…]]` stands for any words left out, other marks for nothing
    (`texts.source_parts`). The parts must stand in the text in the order given.
    """
    source = letters(text)
    parts = [part for part in (letters(part) for part, _omitted in source_parts(words)) if part.folded]
    if not parts:
        return Match("absent", 0, 0)
    places = _exact_places(parts, source) or _likely_places(parts, source)
    if places is None:
        return Match("absent", 0, 0)
    found = [d for part, place in zip(parts, places, strict=True) for d in _differences(part, source, *place)]
    state = "found" if all(difference.kind in TYPOGRAPHY for difference in found) else "differs"
    stretches = tuple((source.starts[first], source.ends[last - 1]) for first, last in places)
    return Match(state, stretches[0][0], stretches[-1][1], tuple(found[:_MOST_DIFFERENCES]), stretches)


Place = tuple[int, int]


def _exact_places(parts: list[Letters], source: Letters) -> list[Place] | None:
    """Return where the letters of all parts stand, in order and near each other, or None."""
    if len(parts) == 1:
        return _best_place(parts[0], source)
    ends, at = [], 0
    for part in parts:
        place = next(_places(part, source, at), None)
        if place is None:
            return None
        at = place[1]
        ends.append(place)
    # The first part may stand again nearer to the others: look back from the last one.
    for index in range(len(parts) - 2, -1, -1):
        ends[index] = _last_place(parts[index], source, ends[index][0], ends[index + 1][0]) or ends[index]
    return ends


def _last_place(part: Letters, source: Letters, start: int, end: int) -> Place | None:
    """Return the last place between two letters where the part's letters stand as whole words, or None."""
    while (at := source.folded.rfind(part.folded, start, end)) >= 0:
        end = at + len(part.folded)
        if source.begins_word(at) and source.begins_word(end):
            return at, end
        end -= 1
    return None


def _best_place(part: Letters, source: Letters) -> list[Place] | None:
    """Return the place where the part stands with the fewest differences, or None."""
    places = [place for _round, place in zip(range(_MOST_PLACES), _places(part, source, 0), strict=False)]
    weights = {place: _weight(_differences(part, source, *place)) for place in places}
    return [min(places, key=weights.__getitem__)] if places else None


def _weight(differences: Iterator[Difference]) -> tuple[int, int]:
    """Return how much differs: words and punctuation first, typography after."""
    kinds = Counter(difference.kind in TYPOGRAPHY for difference in differences)
    return kinds[False], kinds[True]


def _places(part: Letters, source: Letters, start: int) -> Iterator[Place]:
    """Yield the places from a letter on where the part's letters stand and begin and end whole words."""
    at = source.folded.find(part.folded, start)
    while at >= 0:
        end = at + len(part.folded)
        if source.begins_word(at) and source.begins_word(end):
            yield at, end
        at += 1
        while not source.begins_word(at):
            at += 1
        at = source.folded.find(part.folded, at)


def _differences(part: Letters, source: Letters, start: int, end: int) -> Iterator[Difference]:
    """Yield the differences between the words given and a stretch of the text."""
    if source.folded[start:end] == part.folded:
        yield from _typography(part, source, 0, len(part.folded), start)
    else:
        yield from _word_differences(part, source, start, end)
    yield from _edge(part.gap(0), source.gap(start), source.starts[start], head=True)
    yield from _edge(part.gap(len(part.starts)), source.gap(end), source.ends[end - 1], head=False)


def _typography(part: Letters, source: Letters, start: int, end: int, at: int) -> Iterator[Difference]:
    """Yield what differs where the letters from `start` to `end` are those of the text from `at` on."""
    shift = at - start
    bounds = [i for i in range(start + 1, end) if part.begins_word(i) or source.begins_word(i + shift)]
    for first, last in pairwise([start, *bounds, end]):
        given, printed = part.printed(first, last), source.printed(first + shift, last + shift)
        if unicodedata.normalize("NFC", given) != unicodedata.normalize("NFC", printed):
            yield Difference("case", given, printed, source.starts[first + shift], source.ends[last + shift - 1])
        if last < end:
            yield from _gap(part.gap(last), source.gap(last + shift), source.ends[last + shift - 1])


def _gap(given: str, printed: str, place: int) -> Iterator[Difference]:
    """Yield the differences between what stands between two words here and there."""
    if given == printed:
        return
    end = place + len(printed)
    if _hard(given) != _hard(printed):
        yield Difference("punctuation", given, printed, place, end)
    elif {joint(given), joint(printed)} == {"joined", "parted"}:
        yield Difference("words", given, printed, place, end)
    else:
        for kind, pattern in _KINDS.items():
            if pattern.findall(given) != pattern.findall(printed):
                yield Difference(kind, given, printed, place, end)


def _hard(gap: str) -> str:
    """Return the punctuation of a gap that is more than typography; every ellipsis in one form."""
    return _SPACES.sub("", _DASHES.sub("", QUOTES.sub("", _ELLIPSIS.sub("…", gap))))


def _edge(given: str, printed: str, place: int, *, head: bool) -> Iterator[Difference]:
    """Yield the punctuation given before the first or after the last word that the text has not."""
    ours, theirs = _hard(given), _hard(printed)
    if not (theirs.endswith(ours) if head else theirs.startswith(ours)):
        yield Difference("ends", given.strip(), printed.strip(), place, place)


def _word_differences(part: Letters, source: Letters, start: int, end: int) -> Iterator[Difference]:
    """Yield the words that differ, and the typography of those that do not."""
    ours, theirs = part.words(0, len(part.starts)), source.words(start, end)
    for is_same, i1, i2, j1, j2 in runs(ours.keys, theirs.keys):
        first, last, at, until = ours.bounds[i1], ours.bounds[i2], theirs.bounds[j1], theirs.bounds[j2]
        if is_same:
            yield from _typography(part, source, first, last, at)
            continue
        printed = source.printed(at, until)
        place = source.starts[at] if at < len(source.starts) else len(source.text)
        yield Difference("words", part.printed(first, last), printed, place, place + len(printed))


def _likely_places(parts: list[Letters], source: Letters) -> list[Place] | None:
    """Return where most of the words of the parts stand, or None where too few do."""
    places, at, kept = [], 0, 0
    for part in parts:
        place = next(_places(part, source, at), None) or _likely_place(part, source, at)
        if place is None:
            return None
        ours = part.words(0, len(part.starts)).keys
        kept += sum(_kept(ours, run) for run in runs(ours, source.words(*place).keys))
        at = place[1]
        places.append(place)
    return places if kept >= _ENOUGH * sum(len(part.folded) for part in parts) else None


def _kept(ours: list[str], run: Run) -> int:
    """Return how many letters of the words given a run keeps."""
    return sum(map(len, ours[run[1] : run[2]])) if run[0] else 0


def _likely_place(part: Letters, source: Letters, at: int) -> Place | None:
    """Return the stretch of the text, from a letter on, that shares most words with the part."""
    ours, theirs = part.words(0, len(part.starts)), source.words(at, len(source.starts))
    reach = max(4, len(ours.keys) // 8)
    first = _likeliest_shift(ours.keys, theirs.keys, reach)
    if first is None:
        return None
    start, end = max(0, first - reach), min(len(theirs.keys), first + len(ours.keys) + 2 * reach)
    same = [run for run in runs(ours.keys, theirs.keys[start:end]) if run[0]]
    if not same:
        return None
    # As many words before the first and after the last that is the same as the part has there.
    start, end = (
        max(0, start + same[0][3] - same[0][1]),
        min(len(theirs.keys), start + same[-1][4] + len(ours.keys) - same[-1][2]),
    )
    return theirs.bounds[start], theirs.bounds[end]


def _likeliest_shift(ours: list[str], theirs: list[str], reach: int) -> int | None:
    """Return by how many words the text has to be shifted, give or take `reach`, for most words to agree."""
    where: dict[str, list[int]] = {}
    for index, word in enumerate(theirs):
        where.setdefault(word, []).append(index)
    votes: Counter[int] = Counter()
    for index, word in enumerate(ours):
        places = where.get(word, [])
        if len(places) <= (_COMMON if len(ours) > _COMMON else 1_000):
            votes.update((place - index) // reach for place in places)
    if not votes:
        return None
    return max(votes, key=lambda shift: votes[shift] + votes.get(shift + 1, 0)) * reach

"""Word differences of two texts: what stayed, what went, what came."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# Words with their combining marks and inner apostrophes, runs of space, and every other character by itself.
_TOKENS = re.compile(r"\w[\w\u0300-\u036f]*(?:['’ʼ]\w[\w\u0300-\u036f]*)*|\s+|[^\w\s]", re.DOTALL)
# Up to this many pairs difflib compares each with each, which finds the most; beyond it looks for landmarks
# first.
_MOST_PAIRS = 40_000

Run = tuple[bool, int, int, int, int]


@dataclass(frozen=True)
class Span:
    """A run of text: `kind` is "same", "gone" (only in the first text) or "new" (only in the second)."""

    kind: str
    text: str


def compare(a: str, b: str) -> list[Span]:
    """Return the spans that lead from the first text to the second, word by word.

    "same" and "gone" joined give the first text exactly, "same" and "new" the second. Takes time in
    proportion to the length for texts that people write; at worst it calls more changed than need be.
    """
    old, new = _TOKENS.findall(a), _TOKENS.findall(b)
    spans: list[Span] = []
    for is_same, start, end, new_start, new_end in _without_islands(old, runs(old, new)):
        if is_same:
            spans.append(Span("same", "".join(old[start:end])))
            continue
        pair = Span("gone", "".join(old[start:end])), Span("new", "".join(new[new_start:new_end]))
        spans += [span for span in pair if span.text]
    return spans


def runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return how one sequence becomes another: (is it the same, start and end in old, start and end in new).

    The runs cover both sequences in order; same and different runs alternate.
    """
    return _merged(list(_pieces(old, new, 0, len(old), 0, len(new))))


def _pieces(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int, new_start: int, new_end: int
) -> Iterator[Run]:
    """Yield the runs between two pairs of places, some of them empty."""
    head = _common(old, new, start, new_start, min(end - start, new_end - new_start), 1)
    yield True, start, start + head, new_start, new_start + head
    start, new_start = start + head, new_start + head
    tail = _common(old, new, end - 1, new_end - 1, min(end - start, new_end - new_start), -1)
    end, new_end = end - tail, new_end - tail
    if (end - start) * (new_end - new_start) <= _MOST_PAIRS:
        yield from _by_difflib(old, new, start, end, new_start, new_end)
    else:
        yield from _by_landmarks(old, new, start, end, new_start, new_end)
    yield True, end, end + tail, new_end, new_end + tail


def _common(old: Sequence[Hashable], new: Sequence[Hashable], start: int, new_start: int, most: int, step: int) -> int:
    """Return how many tokens are the same from two places on, forwards or backwards."""
    count = 0
    while count < most and old[start + step * count] == new[new_start + step * count]:
        count += 1
    return count


def _by_difflib(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int, new_start: int, new_end: int
) -> Iterator[Run]:
    """Yield the runs of a short stretch, every token compared with every other."""
    matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", start + i1, start + i2, new_start + j1, new_start + j2


def _by_landmarks(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int, new_start: int, new_end: int
) -> Iterator[Run]:
    """Yield the runs of a long stretch, cut at tokens that stand once on either side ("patience diff").

    Without landmarks the whole stretch counts as changed: comparing each with each would take minutes.
    """
    landmarks = _rising(_landmarks(old, new, start, end, new_start, new_end))
    if not landmarks:
        yield False, start, end, new_start, new_end
        return
    for place, new_place in [*landmarks, (end, new_end)]:
        yield from _pieces(old, new, start, place, new_start, new_place)
        start, new_start = place, new_place


def _landmarks(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, end: int, new_start: int, new_end: int
) -> list[tuple[int, int]]:
    """Return the places of the tokens that stand exactly once in both stretches."""
    once, new_once = Counter(old[start:end]), Counter(new[new_start:new_end])
    places = {new[j]: j for j in range(new_start, new_end) if new_once[new[j]] == 1}
    return [(i, places[old[i]]) for i in range(start, end) if once[old[i]] == 1 and old[i] in places]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of pairs, given by their first place, whose second places rise as well."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_place, new_place) in enumerate(pairs):
        at = bisect_left(tails, new_place)
        tails[at : at + 1] = [new_place]
        last[at : at + 1] = [index]
        before.append(last[at - 1] if at else -1)
    chosen, index = [], last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _merged(pieces: list[Run]) -> list[Run]:
    """Return the runs without empty ones, neighbours of one kind made one."""
    full = [piece for piece in pieces if piece[1] < piece[2] or piece[3] < piece[4]]
    groups = ([*group] for _kind, group in groupby(full, key=lambda piece: piece[0]))
    return [(group[0][0], group[0][1], group[-1][2], group[0][3], group[-1][4]) for group in groups]


def _without_islands(old: Sequence[str], found: list[Run]) -> list[Run]:
    """Return the runs with those that are the same only in space, between two changes, counted as changed."""

    def is_island(at: int) -> bool:
        is_same, start, end, _new_start, _new_end = found[at]
        return is_same and 0 < at < len(found) - 1 and not "".join(old[start:end]).strip()

    return _merged([(run[0] and not is_island(at), *run[1:]) for at, run in enumerate(found)])

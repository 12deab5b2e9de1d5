"""Why a testimony was found: the passage that shows it best, and reasons where it is not plain to see.

explainer = Explainer(parse("Karaganda border"), names.current(), languages)
explainer.explain(edition.record, called=[("Maržan", ""), ("Маржан", "kk-Cyrl")])
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from . import reasons
from .marks import LETTERS, SPELLING, STEM, Excerpt, Leaf, Marker, Piece, excerpt
from .names import Names
from .parse import Field, Node, Not, Or, Query
from .reasons import PLAIN, Called, Reason, Record

__all__ = ["Excerpt", "Explainer", "Explanation", "Piece", "Reason"]

_WORTH: Final = {LETTERS: 4, SPELLING: 3, STEM: 2}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The passage that shows best what was found, by its identifier, and why it was found."""

    passage: str
    language: str
    excerpt: Excerpt
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage; `met` says for each leaf how it was met, and by which words."""

    identifier: str
    text: str
    ours: Sequence[Sequence[int]]
    language: str
    met: Mapping[int, tuple[int, str]]


class Explainer:
    """Explains the results of one query. `languages` are those that anything in the archive is written in."""

    def __init__(self, query: Query, names: Names, languages: Iterable[str] = ()) -> None:
        self._names = names
        self._leaves: list[Leaf] = []
        # The parts of the query; each is answered by any of its fields and, by their numbers, leaves.
        self._parts: list[list[Field | int]] = [[self._known(node) for node in _positive(one)] for one in query.nodes]
        self._part_of = {
            leaf: number for number, part in enumerate(self._parts) for leaf in part if isinstance(leaf, int)
        }
        self._marker = Marker(self._leaves, languages)

    def explain(self, record: Record, called: Called = ()) -> Explanation:
        """The passage and the reasons for a public record. `called` are the name and the name forms of its voice."""
        passages = [*self._passages(record)]
        best = max(passages, key=self._value)
        hits = self._marker.hits(best.text, best.language) if best.met else ()
        shown = excerpt(best.text, hits, best.ours)
        return Explanation(best.identifier, best.language, shown, self._reasons(record, passages, called))

    def _known(self, node: Field | Leaf) -> Field | int:
        if isinstance(node, Field):
            return node
        self._leaves.append(node)
        return len(self._leaves) - 1

    def _passages(self, record: Record) -> Iterator[_Passage]:
        """The quoted words, then their translations."""
        runs = [(record["language_printed"], one["passages"]) for one in record["segments"]]
        runs += [(one["language"], one["passages"]) for one in record["translations"]]
        for language, passages in runs:
            for one in passages:
                met = self._marker.glance(one["text"], language)
                yield _Passage(one["id"], one["text"], one["ours"], language, met)

    def _value(self, passage: _Passage) -> tuple[int, int]:
        """How well a passage shows what was looked for: how many parts of the query, and how well they are met."""
        best: dict[int, int] = {}
        for leaf, (tier, _words) in passage.met.items():
            part = self._part_of[leaf]
            best[part] = max(best.get(part, 0), _WORTH[tier])
        return len(best), sum(best.values())

    def _reasons(self, record: Record, passages: Sequence[_Passage], called: Called) -> tuple[Reason, ...]:
        """One reason for each part of the query that is not plainly there; the same one is given once."""
        met = _best(passages)
        given: dict[tuple[str, str], Reason] = {}
        for part in self._parts:
            found = [reason for one in part if (reason := self._reason(one, record, met, called))]
            if found and PLAIN not in found:
                reason = found[0]
                same = given.get((reason.kind, reason.said))
                typed = " ".join(dict.fromkeys(filter(None, (same.typed if same else "", reason.typed))))
                given[reason.kind, reason.said] = replace(reason, typed=typed)
        return tuple(given.values())

    def _reason(
        self, one: Field | int, record: Record, met: Mapping[int, tuple[int, str, str]], called: Called
    ) -> Reason | None:
        """Why one field or leaf is answered, or nothing where it is not."""
        if isinstance(one, Field):
            return reasons.of_field(one, record, called, self._names)
        node = self._leaves[one]
        if one not in met:
            return reasons.elsewhere(node, record, called, self._names)
        tier, words, language = met[one]
        return reasons.in_text(node, words, tier, language)


def _positive(node: Node) -> Iterator[Field | Leaf]:
    """What a node looks for, any of it; nothing of what it excludes."""
    if isinstance(node, Or):
        for one in node.nodes:
            yield from _positive(one)
    elif not isinstance(node, Not):
        yield node


def _best(passages: Iterable[_Passage]) -> dict[int, tuple[int, str, str]]:
    """How each leaf is met best: tier, words and their language."""
    best: dict[int, tuple[int, str, str]] = {}
    for passage in passages:
        for leaf, (tier, words) in passage.met.items():
            if leaf not in best or tier < best[leaf][0]:
                best[leaf] = tier, words, passage.language
    return best

"""What search has to find, worked out the slow way: every testimony is looked at for every question.

No index, no engine, no database: only the analyser, the folding and the rules of what matches what. A word matches by
any spelling of a word of the texts or names, by the stem of one of the texts, by the shape of one of the names, or by
naming a place, wave or tag; a phrase letter for letter; facets narrow one another, the choices within one widen it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from testimonies.analysis import analyse
from testimonies.folding import Keys, keys
from testimonies.search.parse import Field, Node, Not, Or, Phrase, Prefix, Word

from .documents import FACETS, Document, Form, Value, shapes

Chosen = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Answer:
    """What is found, and how many of it have each value of each facet."""

    identifiers: frozenset[str]
    counts: Mapping[str, Mapping[str, int]]


@dataclass
class Oracle:
    """Answers questions to some documents; `named` holds what each place, wave and tag is called."""

    documents: Sequence[Document]
    named: Mapping[tuple[str, str], Sequence[Form]]
    _words: dict[tuple[str, str], list[Keys]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for address, forms in self.named.items():
            for text, tag in forms:
                language = tag.partition("-")[0]
                self._words[address] += [keys(token.exact, language) for token in analyse(text, tag)]
        self.languages = sorted({language for one in self.documents for language in one.languages})

    def answer(self, nodes: Iterable[Node], chosen: Chosen) -> Answer:
        """Everything must match; a facet is counted among what all else finds."""
        found = self.matching(nodes)
        narrowed = [one for one in found if narrows(one, chosen)]
        counts = {}
        for facet in FACETS:
            others = {name: values for name, values in chosen.items() if name != facet}
            counted = [one for one in found if narrows(one, others)] if chosen.get(facet) else narrowed
            counts[facet] = dict(Counter(value for one in counted for value in one.facets[facet]))
        return Answer(frozenset(one.identifier for one in narrowed), counts)

    def matching(self, nodes: Iterable[Node]) -> list[Document]:
        """The documents that match every node."""
        found = list(self.documents)
        for node in nodes:
            matches = self.match(node)
            found = [one for one in found if matches(one)]
        return found

    def match(self, node: Node) -> Any:
        """The test of whether a document matches a node."""
        match node:
            case Word(text):
                return self.word(text)
            case Phrase(text):
                return phrase(text)
            case Prefix(text):
                return prefix(text)
            case Field():
                return self.field(node)
            case Not(inner):
                matches = self.match(inner)
                return lambda one: not matches(one)
            case Or(inner):
                tests = [self.match(one) for one in inner]
                return lambda one: any(matches(one) for matches in tests)
        raise TypeError(node)

    def word(self, text: str) -> Any:
        """By spelling, stem, shape, or as a name of a place, wave or tag."""
        wanted, shaped = keys(text), shapes(text)
        stems = {token.stem for language in self.languages for token in analyse(text, language)[:1]} - {""}
        addresses = self.addresses(text, ("place", "wave", "tag"))
        return lambda one: (
            not wanted.loose.isdisjoint(one.loose)
            or not stems.isdisjoint(one.stems)
            or not shaped.isdisjoint(one.shapes)
            or any(one.has(kind, [key]) for kind, key in addresses)
        )

    def field(self, node: Field) -> Any:
        """By the days of speaking, by whom or what the words name."""
        if node.day is not None:
            return days(node.name, node.day)
        tests = [self.named_so(node.name, word) for word in node.words]
        return lambda one: bool(tests) and all(matches(one) for matches in tests)

    def named_so(self, kind: str, word: str) -> Any:
        """By a name of one kind."""
        if kind in ("witness", "source"):
            wanted = keys(word).loose | shapes(word)
            return lambda one: not wanted.isdisjoint(one.called[kind])
        addresses = [key for _, key in self.addresses(word, (kind,))]
        return lambda one: one.has(kind, addresses)

    def addresses(self, word: str, kinds: Collection[str]) -> list[tuple[str, str]]:
        """The places, waves and tags with a name that has the word, in any spelling or shape."""
        wanted = keys(word)
        return [
            (kind, key)
            for (kind, key), words in self._words.items()
            if kind in kinds
            if any(not wanted.loose.isdisjoint(one.loose) or not wanted.shape.isdisjoint(one.shape) for one in words)
        ]


def phrase(text: str) -> Any:
    """Letter for letter, one after another, in one text or name."""
    tokens = analyse(text)
    wanted = [(token.position - tokens[0].position, token.exact) for token in tokens]

    def matches(one: Document) -> bool:
        if not wanted or not one.exact.issuperset(exact for _, exact in wanted):
            return False
        return any(stands_in(value) for value in one.values)

    def stands_in(value: Value) -> bool:
        held = {(token.position, token.exact) for token in value}
        starts = [position for position, exact in held if exact == wanted[0][1]]
        return any(all((start + place, exact) in held for place, exact in wanted) for start in starts)

    return matches


def prefix(text: str) -> Any:
    """By the beginning of a word, letter for letter or in any spelling."""
    wanted = keys(text)
    exact, loose = f"\n{wanted.exact}", [f"\n{key}" for key in wanted.loose]
    return lambda one: exact in one.lines[0] or any(start in one.lines[1] for start in loose)


def days(name: str, day: date) -> Any:
    """Spoken before a day for certain, or from a day on."""
    if name == "before":
        return lambda one: one.last_day is not None and one.last_day < day
    return lambda one: one.first_day is not None and one.first_day >= day


def narrows(one: Document, chosen: Chosen) -> bool:
    """Whether it has, of each facet in force, one of the values."""
    return all(one.has(name, values) for name, values in chosen.items() if values)

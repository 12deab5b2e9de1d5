"""What may have been meant where nothing was found, and what may be meant while somebody types: offered, never done."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from testimonies.analysis import analyse, other_layouts

from .names import KINDS, Named, Names
from .near import ByLength, near
from .parse import DAYS, Field, Node, Not, Or, Phrase, Prefix, Query, Word, readable, words_of

LONGEST_TYPED: Final = 100  # characters, while somebody types
MOST_SEARCHES: Final = 24  # for one set of offers
_MOST_UNKNOWN: Final = 6

Found = Callable[[str], bool]
Words = Callable[[], ByLength]
Leaf = Word | Phrase | Prefix | Field


@dataclass(frozen=True, slots=True)
class Offer:
    """A query that finds something. `kind` is "keyboard" for the same keys on another layout, else "spelling"."""

    text: str
    kind: str = "spelling"


def type_ahead(names: Names, text: str, limit: int = 8) -> list[Named]:
    """The voices, places, waves, tags and sources of which a name begins as typed, in any script."""
    return names.starting(readable(text)[:LONGEST_TYPED], KINDS, limit)


def offers(query: Query, names: Names, words: Words, found: Found, limit: int = 3) -> list[Offer]:
    """What may have been meant by a query that found nothing.

    `words` gives those of the index, if they are needed. `found` says whether a query finds
    something at this moment; what does not is never offered.
    """
    asked = _sparing(found)
    seen = {"", query.text.casefold(), str(query).casefold()}
    made: list[Offer] = []
    for offer in _candidates(query, names, words, asked):
        if len(made) < limit and offer.text.casefold() not in seen and asked(offer.text):
            made.append(offer)
        seen.add(offer.text.casefold())
    return made


def _sparing(found: Found) -> Found:
    """The same answers, each asked for once; after so many nothing is found any more."""
    answers: dict[str, bool] = {}

    def asked(text: str) -> bool:
        if text not in answers:
            answers[text] = len(answers) < MOST_SEARCHES and found(text)
        return answers[text]

    return asked


def _candidates(query: Query, names: Names, words: Words, found: Found) -> Iterator[Offer]:
    """What may have been meant, the likeliest first."""
    for text in (*_on_other_layouts(query.text), *_some_on_other_layouts(query, found)):
        yield Offer(text, "keyboard")
    yield from map(Offer, _parted_otherwise(query))
    if unknown := _unknown(query, found):
        held = words()
        alternatives = {leaf: _alternatives(leaf, names, held) for leaf in unknown}
        yield from map(Offer, _respelt(query, alternatives))


def _on_other_layouts(typed: str) -> list[str]:
    """What the same keys give, where that are other words."""
    words = [token.exact for token in analyse(typed)]
    return [text for text in other_layouts(typed) if [token.exact for token in analyse(text)] != words]


def _some_on_other_layouts(query: Query, found: Found) -> Iterator[str]:
    """The query with those of its words typed on another layout that find nothing as they are."""
    typed = query.text.split()
    if 1 < len(typed) <= _MOST_UNKNOWN:
        yield " ".join(one if found(one) else next(filter(found, _on_other_layouts(one)), one) for one in typed)


def _parted_otherwise(query: Query) -> Iterator[str]:
    """The query with two words written as one, or the parts of a hyphened word apart."""
    nodes = query.nodes
    for number, (one, after) in enumerate(pairwise(nodes)):
        if isinstance(one, Word) and isinstance(after, Word):
            yield str(Query((*nodes[:number], Word(one.text + after.text), *nodes[number + 2 :])))
    for number, one in enumerate(nodes):
        if isinstance(one, Word) and "-" in one.text:
            yield str(Query((*nodes[:number], Word(one.text.replace("-", " ")), *nodes[number + 1 :])))


def _unknown(query: Query, found: Found) -> list[Leaf]:
    """The parts that find nothing by themselves; a query of one part is known to find nothing."""
    leaves = [leaf for node in query.nodes for leaf in _leaves(node)]
    return [leaf for leaf in leaves[:_MOST_UNKNOWN] if len(leaves) == 1 or not found(str(leaf))]


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Or):
        for one in node.nodes:
            yield from _leaves(one)
    elif not isinstance(node, Not):
        yield node


def _alternatives(leaf: Leaf, names: Names, words: ByLength) -> list[Node]:
    """What may stand in the place of a part, the likeliest first."""
    if isinstance(leaf, Phrase):  # in any spelling, and in any order
        return [Word(" ".join(leaf.text[token.start : token.end] for token in words_of(leaf.text)))]
    if isinstance(leaf, Word | Prefix):
        return [Word(text) for text in near(leaf.text, names, KINDS, words)]
    if leaf.name in DAYS:
        return []
    nearest = (near(word, names, [leaf.name], {}, limit=1) or [word] for word in leaf.words)
    return [replace(leaf, words=tuple(one for (one,) in nearest))]


def _respelt(query: Query, alternatives: Mapping[Leaf, Sequence[Node]]) -> Iterator[str]:
    """The query with the nearest of all its unknown parts, then with others of each, then without the rest of them."""
    nearest: dict[Node, Node] = {leaf: others[0] for leaf, others in alternatives.items() if others}
    further = ({**nearest, leaf: other} for leaf, others in alternatives.items() for other in others[1:])
    for chosen in (nearest, *further):
        yield _written(query, chosen)
    yield _written(query, {**dict.fromkeys(alternatives), **nearest})


def _written(query: Query, chosen: Mapping[Node, Node | None]) -> str:
    """The query with other nodes in the place of some, or none."""
    return str(Query(tuple(node for one in query.nodes if (node := _replaced(one, chosen)))))


def _replaced(node: Node, chosen: Mapping[Node, Node | None]) -> Node | None:
    if not isinstance(node, Or):
        return chosen.get(node, node)
    nodes = tuple(one for each in node.nodes if (one := _replaced(each, chosen)))
    return Or(nodes) if nodes else None

"""A question as the engine takes it: its words, the facets in force, and what bounds every question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import tantivy

from testimonies.analysis import analyse
from testimonies.folding import keys

from .index import NAME_PARTS, SCHEMA, as_held, shapes
from .names import Named
from .parse import Field, Node, Not, Or, Phrase, Prefix, Word

Query = tantivy.Query
UNSIGNED: Final = tantivy.FieldType.Unsigned


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a query needs to know besides its words: the languages written in, and what a word names."""

    languages: Sequence[str]
    named: Any  # (word, kinds) → list[Named]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What besides words and facets an entry must be: published up to a number of the log, and none of some."""

    as_of: int | None = None
    without: Sequence[int] = ()


ALL: Final = Bounds()


def of_nodes(nodes: Iterable[Node], lookup: Lookup) -> tantivy.Query:
    """Everything must match; what only excludes is taken from all entries."""
    clauses = [(tantivy.Occur.Must, term("kind", "entry", weight=0))]
    for node in nodes:
        if isinstance(node, Not):
            clauses.append((tantivy.Occur.MustNot, of_node(node.node, lookup)))
        else:
            clauses.append((tantivy.Occur.Must, of_node(node, lookup)))
    return Query.boolean_query(clauses)


def of_node(node: Node, lookup: Lookup) -> tantivy.Query:
    """The engine's query for one part of a question."""
    match node:
        case Word():
            return of_word(node.text, lookup)
        case Phrase():
            return of_phrase(node.text)
        case Prefix():
            return of_prefix(node.text)
        case Field():
            return of_field(node, lookup)
        case Or():
            return any_of([of_nodes([one], lookup) for one in node.nodes])
        case Not():
            return of_nodes([node], lookup)
    raise TypeError(node)


def of_word(word: str, lookup: Lookup) -> tantivy.Query:
    """A word in any spelling: letter for letter ranks above folded, folded above stems, stems above shapes."""
    token = next(iter(analyse(word)), None)
    if token is None:
        return Query.empty_query()
    stems = {token.stem for language in ("", *lookup.languages) for token in analyse(word, language)[:1] if token.stem}
    return best_of(
        [
            term("exact", token.exact, weight=8),
            *(term("loose", key, weight=4) for key in sorted(token.loose)),
            *(term("stem", stem, weight=2) for stem in sorted(stems)),
            *(term("shape", shape, weight=1) for shape in shapes(token.exact).split()),
            *of_names(lookup.named(word, ("place", "wave", "tag"))),
        ]
    )


def of_names(named: Iterable[Named]) -> list[tantivy.Query]:
    """Entries that lie in a place, speak of a wave or bear a tag of that name."""
    return [Query.const_score_query(has(one.kind, one.key), 1.0) for one in named]


def of_phrase(text: str) -> tantivy.Query:
    """Exactly these words, one after another, in one run."""
    tokens = analyse(text)
    if not tokens:
        return Query.empty_query()
    start = tokens[0].position
    alone = {token.position: token for token in reversed(tokens)}
    if len(alone) == 1:
        return term("exact", tokens[0].exact, weight=8)
    words: list[str | tuple[int, str]] = [(position - start, token.exact) for position, token in sorted(alone.items())]
    return Query.boost_query(Query.phrase_query(SCHEMA, "exact", words), 8.0)


def of_prefix(text: str) -> tantivy.Query:
    """Words that begin so, letter for letter or folded."""
    found = keys(text)
    starts = [("exact", found.exact), *(("loose", key) for key in sorted(found.loose))]
    return any_of(
        [Query.fuzzy_term_query(SCHEMA, name, start, distance=0, prefix=True) for name, start in starts if start]
    )


def of_field(node: Field, lookup: Lookup) -> tantivy.Query:
    """A part of the question that is meant for one kind of thing."""
    if node.name in ("before", "after"):
        return of_day(node)
    found = []
    for word in node.words:
        if node.name in NAME_PARTS:
            found.append(any_of([term(f"named_{node.name}", one) for one in keys_of_name(word)]))
        else:
            found.append(any_of(of_names(lookup.named(word, (node.name,)))))
    return all_of(found)


def keys_of_name(word: str) -> list[str]:
    """The keys under which a word of a name is entered."""
    return sorted({key for token in analyse(word)[:1] for key in (*token.loose, *shapes(token.exact).split())})


def of_day(node: Field) -> tantivy.Query:
    """Spoken before a day, or from a day on, as far as that is known."""
    if node.day is None:
        return Query.empty_query()
    day = node.day.toordinal()
    if node.name == "before":
        return Query.range_query(SCHEMA, "spoken_until", UNSIGNED, 0, day, include_upper=False)
    return Query.range_query(SCHEMA, "spoken_from", UNSIGNED, day, None)


def of_bounds(bounds: Bounds) -> list[tantivy.Query]:
    """The bounds as queries."""
    queries = []
    if bounds.as_of is not None:
        queries.append(Query.range_query(SCHEMA, "since", UNSIGNED, 0, bounds.as_of))
    if bounds.without:
        without = Query.term_set_query(SCHEMA, "key", list(bounds.without))
        queries.append(Query.boolean_query([(tantivy.Occur.MustNot, without), (tantivy.Occur.Must, Query.all_query())]))
    return [Query.const_score_query(one, 0.0) for one in queries]


def chosen_query(chosen: Mapping[str, Sequence[str]], *, but: str = "") -> list[tantivy.Query]:
    """The facets in force: choices within one widen, facets narrow one another."""
    return [
        Query.const_score_query(has_any(name, values), 0.0) for name, values in chosen.items() if values and name != but
    ]


def alone(query: tantivy.Query, name: str, value: str, others: Iterable[str]) -> tantivy.Query:
    """Entries that have one value of a facet, and none of some others."""
    without = [(tantivy.Occur.MustNot, has(name, other)) for other in others if other != value]
    return Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, has(name, value)), *without])


def has(name: str, value: str) -> tantivy.Query:
    """Entries that have a value of a facet."""
    held = as_held(name, value)
    return Query.empty_query() if held is None else Query.term_query(SCHEMA, f"facet_{name}", held)


def has_any(name: str, values: Iterable[str]) -> tantivy.Query:
    """Entries that have one of some values of a facet: for a few, faster than the engine's own query of a set."""
    return any_of([has(name, value) for value in values])


def term(name: str, value: str, *, weight: float | None = None) -> tantivy.Query:
    """One term; `weight` 0 lets it filter without a say in the order."""
    query = Query.term_query(SCHEMA, name, value)
    if weight is None:
        return query
    return Query.boost_query(query, weight) if weight else Query.const_score_query(query, 0.0)


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """One of them, or nothing where there is none."""
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(tantivy.Occur.Should, one) for one in queries])


def best_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """One of them; the best decides the place in the order."""
    return Query.disjunction_max_query(queries, 0.1)


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """All of them, or nothing where there is none."""
    if not queries:
        return Query.empty_query()
    return Query.boolean_query([(tantivy.Occur.Must, one) for one in queries])

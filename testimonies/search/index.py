"""The only modules that know the engine (tantivy) are this one and `follow`: fields, documents, queries, counts."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import tantivy

from testimonies.analysis import Token, analyse
from testimonies.folding import keys

from .entries import Entry
from .names import Named
from .parse import Field, Node, Not, Or, Phrase, Prefix, Word

Query = tantivy.Query

RELATIONS: Final = ("described_as_from", "spoken_at", "speaks_of")
WEEKS: Final = ("week_printed", "week_spoken", "week_happened")
FACET_FIELDS: Final = (
    "place", *RELATIONS, "wave", "tag", "source", "witness", "language", "year", "printed", "check",
    *WEEKS,
)  # fmt: skip
# Facets that an entry may have no value of; it has "unknown" then.
MAY_LACK: Final = frozenset(("place", "wave", "tag", "source", "year", "printed", *WEEKS))
NAME_PARTS: Final = ("witness", "source")
# Words letter for letter: of the current edition, and those that only earlier ones hold.
WORDS: Final = ("exact", "former")
# Between two runs of words, so that no phrase reaches from one into the other.
GAP: Final = 100


def build_schema() -> tantivy.Schema:
    """The fields of an entry.

    `exact` and `loose` hold words and names together; `shape` holds the shapes of names, `named_…` what a name of one
    kind is found by. `former` holds the words of earlier editions, for quotations. `exact` and `former` have positions,
    for phrases.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("key", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("number", stored=True)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="position")
    for name in ("loose", "stem", "shape", *(f"named_{part}" for part in NAME_PARTS)):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACET_FIELDS:
        builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("written_in", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("newest", fast=True)
    builder.add_unsigned_field("told", fast=True)
    builder.add_unsigned_field("since", fast=True)
    for name in ("spoken_from", "spoken_until"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = build_schema()


def rules() -> str:
    """A digest of everything that decides what an entry holds: another digest, another index."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in (here.parent / "folding", here.parent / "analysis"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    for name in ("entries.py", "index.py"):
        digest.update((here / name).read_bytes())
    return digest.hexdigest()


RULES: Final = rules()


# Entries in the engine's form


def document(entry: Entry) -> tantivy.Document:
    """An entry as the engine takes it."""
    made = tantivy.Document()
    made.add_text("kind", "entry")
    made.add_unsigned("key", entry.key)
    names = {part: [token for run in entry.names[part] for token in run] for part in NAME_PARTS}
    words = [token for run in entry.texts for token in run]
    add_positions(made, "exact", [*entry.texts, *(run for part in NAME_PARTS for run in entry.names[part])])
    add_positions(made, "former", entry.former)
    # No key has a space in it: handed over together they cost the engine a fraction of what they cost one by one.
    made.add_text("loose", " ".join([loose(token.loose) for token in (*words, *chain.from_iterable(names.values()))]))
    made.add_text("stem", " ".join([token.stem for token in words if token.stem]))
    made.add_text("shape", " ".join([shapes(token.exact) for token in chain.from_iterable(names.values())]))
    for part, tokens in names.items():
        made.add_text(f"named_{part}", " ".join([f"{loose(one.loose)} {shapes(one.exact)}" for one in tokens]))
    for name in FACET_FIELDS:
        for value in entry.facets[name]:
            made.add_text(f"facet_{name}", value)
    for language in entry.languages:
        made.add_text("written_in", language)
    made.add_unsigned("newest", entry.newest)
    made.add_unsigned("told", entry.told)
    made.add_unsigned("since", entry.since)
    for name in ("spoken_from", "spoken_until"):
        if (day := getattr(entry, name)) is not None:
            made.add_unsigned(name, day)
    return made


def add_positions(made: tantivy.Document, name: str, runs: Iterable[Sequence[Token]]) -> None:
    """The words letter for letter, one run after another with a gap between them."""
    placed: list[tantivy.Token] = []
    start = 0
    for run in runs:
        placed += [tantivy.Token(token.exact, start + token.position, 0, 0) for token in run]
        start += (run[-1].position if run else 0) + GAP
    if placed:
        made.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", placed))


@lru_cache(maxsize=200_000)
def loose(keys_of_a_word: frozenset[str]) -> str:
    """The keys of a word with spaces between."""
    return " ".join(sorted(keys_of_a_word))


@lru_cache(maxsize=100_000)
def shapes(word: str) -> str:
    """The shapes of a name's word with spaces between, marked so that none can be taken for another key."""
    return " ".join(sorted(f"~{shape}" for shape in keys(word).shape))


# Questions in the engine's form


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine found: how many, the keys of the page asked for, and the counts of each facet's values.

    `next` is the place in the order behind which the next page begins; None in the order of relevance. `cut` names the
    facets that have more values than are counted.
    """

    total: int
    keys: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]
    next: int | None = None
    cut: frozenset[str] = frozenset()


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
    return [Query.const_score_query(term(f"facet_{one.kind}", one.key), 1.0) for one in named]


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


def chosen_query(chosen: Mapping[str, Sequence[str]], *, but: str = "") -> list[tantivy.Query]:
    """The facets in force: choices within one widen, facets narrow one another."""
    return [
        any_of([term(f"facet_{name}", value, weight=0) for value in values])
        for name, values in chosen.items()
        if values and name != but
    ]


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


# Quotations in the engine's form

# A quotation is looked for by so many runs of so many words, the rarest of them, and by so many single words.
RUNS: Final = 6
WORDS_OF_A_RUN: Final = 5
RARE_WORDS: Final = 12
# Of the single words, this part has to stand in what is found.
ENOUGH: Final = 0.5


def of_runs(searcher: tantivy.Searcher, text: str) -> tantivy.Query:
    """Any of some runs of words of a text, letter for letter, in whatever edition; most of them rank first."""
    whole = {token.position: token.exact for token in reversed(analyse(text))}
    placed = [(position, whole[position]) for position in sorted(whole)]
    starts = range(0, max(len(placed) - 1, 0), WORDS_OF_A_RUN)
    # The last run ends with the last word, so that each has its full length.
    runs = [placed[min(at, max(len(placed) - WORDS_OF_A_RUN, 0)) :][:WORDS_OF_A_RUN] for at in starts]
    runs.sort(key=lambda run: min(held_by(searcher, word) for _position, word in run))
    return any_of([of_run(name, run) for run in runs[:RUNS] for name in WORDS])


def of_run(name: str, run: Sequence[tuple[int, str]]) -> tantivy.Query:
    """Some words one after another, in one field."""
    start = run[0][0]
    if len(run) == 1:
        return term(name, run[0][1])
    words: list[str | tuple[int, str]] = [(position - start, word) for position, word in run]
    return Query.phrase_query(SCHEMA, name, words)


def of_rare_words(searcher: tantivy.Searcher, text: str) -> tantivy.Query:
    """Half of the rarest words of a text in any order and spelling, in whatever edition."""
    tokens = {token.exact: token for token in analyse(text)}
    rarest = sorted(tokens.values(), key=lambda token: held_by(searcher, token.exact))[:RARE_WORDS]
    words = [any_of([*(term(name, one.exact) for name in WORDS), *spelt_otherwise(one)]) for one in rarest]
    if not words:
        return Query.empty_query()
    enough = max(1, round(len(words) * ENOUGH))
    clauses = [(tantivy.Occur.Should, word) for word in words]
    return Query.boolean_query(clauses, minimum_number_should_match=enough)


def spelt_otherwise(token: Token) -> list[tantivy.Query]:
    """The same word in other scripts and romanisations."""
    return [term("loose", key) for key in sorted(token.loose)]


def held_by(searcher: tantivy.Searcher, word: str) -> int:
    """How many entries hold a word; one that none holds says nothing about where the others stand."""
    return sum(searcher.doc_freq(name, word) for name in WORDS) or searcher.num_docs


def best(searcher: tantivy.Searcher, query: tantivy.Query, bounds: Bounds, limit: int) -> list[int]:
    """The keys of the entries that match best."""
    found: Any = searcher.search(all_of([query, *of_bounds(bounds)]), limit=limit, count=False)
    addresses = [address for _score, address in found.hits]
    keys = searcher.fast_field_values("key", addresses) if addresses else []
    return [int(key) for key in keys if key is not None]


# Answers

UNSIGNED: Final = tantivy.FieldType.Unsigned
LAST_PLACE: Final = 2**64 - 1
ORDERS: Final = {"newest": tantivy.Order.Desc, "told": tantivy.Order.Asc}
# As many values of a facet are counted as anybody reads. Each part of the index names so many of its own.
MOST_VALUES: Final = 20
MOST_OF_A_PART: Final = 100
# More weeks than there were since the printing of newspapers began.
ALL_VALUES: Final = 30_000


def ask(
    searcher: tantivy.Searcher,
    nodes: Sequence[Node],
    chosen: Mapping[str, Sequence[str]],
    lookup: Lookup,
    *,
    sort: str,
    bounds: Bounds = ALL,
    after: int | None = None,
    offset: int = 0,
    limit: int = 20,
    facets: Sequence[str] = FACET_FIELDS,
) -> Found:
    """Matches, their number, the page asked for, and the counts of every facet over the whole match.

    A facet in force is counted without its own choice, so that its other values say what a click would give. `after`
    is a place in the order `sort` behind which the page begins (`Found.next` of the page before).
    """
    said = [of_nodes(nodes, lookup), *of_bounds(bounds)]
    narrowed = all_of([*said, *chosen_query(chosen)])
    page = of_page(searcher, narrowed, sort, after, offset, limit)
    whole: Any = page if after is None else searcher.search(narrowed, limit=1)  # its stub leaves the count out
    addresses = [address for _, address in page.hits][:limit]
    found = searcher.fast_field_values("key", addresses) if addresses else []
    open_ones = [name for name in facets if not chosen.get(name)]
    counted, cut = count(searcher, narrowed, open_ones)
    for name in facets:
        if name not in open_ones:
            others = all_of([*said, *chosen_query(chosen, but=name)])
            here, more = count(searcher, others, [name], sure=chosen[name])
            counted, cut = counted | here, cut | more
    return Found(
        total=whole.count or 0,
        keys=tuple(int(one) for one in found if one is not None),
        counts=counted,
        next=int(page.hits[-1][0]) if sort in ORDERS and addresses and len(addresses) == limit else None,
        cut=frozenset(cut),
    )


def of_bounds(bounds: Bounds) -> list[tantivy.Query]:
    """The bounds as queries."""
    queries = []
    if bounds.as_of is not None:
        queries.append(Query.range_query(SCHEMA, "since", UNSIGNED, 0, bounds.as_of))
    if bounds.without:
        without = Query.term_set_query(SCHEMA, "key", list(bounds.without))
        queries.append(Query.boolean_query([(tantivy.Occur.MustNot, without), (tantivy.Occur.Must, Query.all_query())]))
    return [Query.const_score_query(one, 0.0) for one in queries]


def of_page(
    searcher: tantivy.Searcher, query: tantivy.Query, sort: str, after: int | None, offset: int, limit: int
) -> Any:
    """One page in an order."""
    if sort not in ORDERS:
        return searcher.search(query, limit=max(1, limit), offset=offset)
    order = ORDERS[sort]
    if after is not None and order == tantivy.Order.Desc:
        query = all_of([query, Query.range_query(SCHEMA, sort, UNSIGNED, 0, after, include_upper=False)])
    elif after is not None:
        query = all_of([query, Query.range_query(SCHEMA, sort, UNSIGNED, after, LAST_PLACE, include_lower=False)])
    return searcher.search(query, limit=max(1, limit), offset=offset, order_by_field=sort, order=order)


def count(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str], sure: Sequence[str] = ()
) -> tuple[dict[str, dict[str, int]], set[str]]:
    """How many entries have each value, `sure` among them; and which facets have more values than these.

    Where a part of the index has kept values to itself, those that are shown are asked for again by name, so that each
    count is what a click finds.
    """
    if not names:
        return {}, set()
    sized = {"size": MOST_VALUES, "segment_size": MOST_OF_A_PART}
    buckets = searcher.aggregate(query, {name: {"terms": {"field": f"facet_{name}", **sized}} for name in names})
    counted = {name: {one["key"]: one["doc_count"] for one in buckets[name]["buckets"]} for name in names}
    cut = {name for name in names if buckets[name]["sum_other_doc_count"]}
    again = {}
    for name in cut:
        wanted = dict.fromkeys([*counted[name], *sure, *(["unknown"] if name in MAY_LACK else [])])
        if len(wanted) > len(counted[name]) or buckets[name]["doc_count_error_upper_bound"]:
            again[name] = [*wanted]
    return counted | count_of(searcher, query, again), cut


def count_of(
    searcher: tantivy.Searcher, query: tantivy.Query, values: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, int]]:
    """How many entries have each of these values of some facets."""
    wanted = {name: [*dict.fromkeys(held)] for name, held in values.items() if held}
    if not wanted:
        return {}
    terms = {name: {"field": f"facet_{name}", "size": len(held), "include": held} for name, held in wanted.items()}
    buckets = searcher.aggregate(query, {name: {"terms": one} for name, one in terms.items()})
    return {name: {one["key"]: one["doc_count"] for one in buckets[name]["buckets"]} for name in wanted}


def count_all(searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many entries have each value of facets that have few: all are counted."""
    terms = {"size": ALL_VALUES, "segment_size": ALL_VALUES}
    buckets = searcher.aggregate(query, {name: {"terms": {"field": f"facet_{name}", **terms}} for name in names})
    return {name: {one["key"]: one["doc_count"] for one in buckets[name]["buckets"]} for name in names}


def alone(query: tantivy.Query, name: str, value: str, others: Iterable[str]) -> tantivy.Query:
    """Entries that have one value of a facet, and none of some others."""
    without = [(tantivy.Occur.MustNot, term(f"facet_{name}", other)) for other in others if other != value]
    return Query.boolean_query(
        [(tantivy.Occur.Must, query), (tantivy.Occur.Must, term(f"facet_{name}", value)), *without]
    )


def words(searcher: tantivy.Searcher, start: str = "") -> Iterable[tuple[str, int]]:
    """The words of the index with the number of entries that hold them, the most frequent first."""
    return searcher.terms_with_prefix("exact", start)


def languages(searcher: tantivy.Searcher) -> list[str]:
    """The languages that anything is written in."""
    return sorted(found for found, _ in searcher.terms_with_prefix("written_in", ""))

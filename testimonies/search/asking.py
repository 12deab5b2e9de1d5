"""What the engine answers: the matches, a page of them in an order, and how many have each value of a facet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import tantivy

from .index import FACET_FIELDS, MAY_LACK, NUMBERED, SCHEMA, as_written
from .parse import Node
from .queries import ALL, UNSIGNED, Bounds, Lookup, Query, all_of, chosen_query, has_any, of_bounds, of_nodes

LAST_PLACE: Final = 2**64 - 1
ORDERS: Final = {"newest": tantivy.Order.Desc, "told": tantivy.Order.Asc}
# As many values of a facet are counted as anybody reads. Each part of the index names so many of its own.
MOST_VALUES: Final = 20
MOST_OF_A_PART: Final = 100
# More weeks than there were since the printing of newspapers began.
ALL_VALUES: Final = 30_000


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
        total=page.count or 0 if after is None else total(searcher, narrowed),
        keys=tuple(int(one) for one in found if one is not None),
        counts=counted,
        next=int(page.hits[-1][0]) if sort in ORDERS and addresses and len(addresses) == limit else None,
        cut=frozenset(cut),
    )


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
    sized = {"size": MOST_VALUES, "segment_size": MOST_OF_A_PART}
    buckets = aggregated(searcher, query, dict.fromkeys(names, sized))
    counted = {name: as_counts(name, buckets[name]) for name in names}
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
    """How many entries have each of these values of some facets.

    The engine picks words out of all that a facet has, for all facets at once; for numbers it is shown only the entries
    that have one of them.
    """
    wanted = {name: [*dict.fromkeys(held)] for name, held in values.items() if held}
    words = {name: {"size": len(held), "include": held} for name, held in wanted.items() if name not in NUMBERED}
    buckets = aggregated(searcher, query, words)
    for name in wanted.keys() - words.keys():
        narrowed = all_of([query, has_any(name, wanted[name])])
        buckets |= aggregated(searcher, narrowed, {name: {"size": len(wanted[name])}})
    return {name: as_counts(name, buckets[name]) for name in wanted}


def count_all(searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many entries have each value of facets that have few: all are counted."""
    every = {"size": ALL_VALUES, "segment_size": ALL_VALUES}
    buckets = aggregated(searcher, query, dict.fromkeys(names, every))
    return {name: as_counts(name, buckets[name]) for name in names}


def aggregated(
    searcher: tantivy.Searcher, query: tantivy.Query, asked: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """What the engine counts of some facets, of each as it is asked for."""
    terms = {name: {"terms": {"field": f"facet_{name}", **how}} for name, how in asked.items()}
    return dict(searcher.aggregate(query, terms)) if terms else {}


def as_counts(name: str, buckets: Mapping[str, Any]) -> dict[str, int]:
    """The values of a facet, as addresses have them, with how many entries have each."""
    return {as_written(name, one["key"]): one["doc_count"] for one in buckets["buckets"]}


def total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many entries match."""
    found: Any = searcher.search(query, limit=1)  # its stub leaves the count out
    return found.count or 0


def words(searcher: tantivy.Searcher, start: str = "") -> Iterable[tuple[str, int]]:
    """The words of the index with the number of entries that hold them, the most frequent first."""
    return searcher.terms_with_prefix("exact", start)


def languages(searcher: tantivy.Searcher) -> list[str]:
    """The languages that anything is written in."""
    return sorted(found for found, _ in searcher.terms_with_prefix("written_in", ""))

"""All that an index holds, so that two can be compared."""

from typing import Any

import tantivy

from testimonies.search.index import FACET_FIELDS, NUMBERED, SCHEMA
from testimonies.search.opened import Held

TERMS = (
    "exact", "loose", "stem", "shape", "named_witness", "named_source", "written_in",
    *(f"facet_{name}" for name in FACET_FIELDS if name not in NUMBERED),
)  # fmt: skip
NUMBERS = ("newest", "told", "spoken_from", "spoken_until", *sorted(f"facet_{name}" for name in NUMBERED))


def contents(held: Held) -> dict[str, Any]:
    """Everything in an index: the entries under each term of each field, their numbers, and where their words stand."""
    searcher = held.searcher

    def found(query: tantivy.Query) -> list[int]:
        hits = searcher.search(query, 1000).hits
        return sorted(searcher.fast_field_values("key", [address for _, address in hits])) if hits else []

    entries = tantivy.Query.term_query(SCHEMA, "kind", "entry")
    addresses = [address for _, address in searcher.search(entries, 1000).hits]
    keys = searcher.fast_field_values("key", addresses) if addresses else []
    held_terms = {
        (field, term): keys_of_term
        for field in TERMS
        for term, _ in searcher.terms_with_prefix(field, "")
        if (keys_of_term := found(tantivy.Query.term_query(SCHEMA, field, term)))
    }
    words = sorted(term for field, term in held_terms if field == "exact")[:25]
    return {
        "number": held.number,
        "terms": held_terms,
        "numbers": {
            name: sorted(zip(keys, searcher.fast_field_values(name, addresses) if addresses else (), strict=True))
            for name in NUMBERS
        },
        "positions": {
            (one, other): places
            for one in words
            for other in words
            if (places := found(tantivy.Query.phrase_query(SCHEMA, "exact", [one, other])))
        },
    }

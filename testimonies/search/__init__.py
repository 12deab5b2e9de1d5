"""From a question to results: words, facets, an order and a page of publications."""

from .entries import COARSE
from .facets import FACETS, UNKNOWN, Facet, Value
from .follow import IndexBeingMade, make_anew
from .index import WEEKS
from .query import Apart, Counts, Results, count_apart, count_by, count_of, search
from .question import DEEPEST, NEWEST, PER_PAGE, RELEVANCE, SORTS, TOLD, Question

__all__ = [
    "COARSE",
    "DEEPEST",
    "FACETS",
    "NEWEST",
    "PER_PAGE",
    "RELEVANCE",
    "SORTS",
    "TOLD",
    "UNKNOWN",
    "WEEKS",
    "Apart",
    "Counts",
    "Facet",
    "IndexBeingMade",
    "Question",
    "Results",
    "Value",
    "count_apart",
    "count_by",
    "count_of",
    "make_anew",
    "search",
]

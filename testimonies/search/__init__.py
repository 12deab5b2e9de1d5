"""From a question to results: words, facets, an order and a page of publications."""

from .facets import FACETS, UNKNOWN, Facet, Value
from .follow import IndexBeingMade, make_anew
from .query import Counts, Results, count_by, count_of, search
from .question import DEEPEST, NEWEST, PER_PAGE, RELEVANCE, SORTS, TOLD, Question

__all__ = [
    "DEEPEST",
    "FACETS",
    "NEWEST",
    "PER_PAGE",
    "RELEVANCE",
    "SORTS",
    "TOLD",
    "UNKNOWN",
    "Counts",
    "Facet",
    "IndexBeingMade",
    "Question",
    "Results",
    "Value",
    "count_by",
    "count_of",
    "make_anew",
    "search",
]

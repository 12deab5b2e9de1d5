"""From a question to results: words, facets, an order and a page of publications."""

from .facets import FACETS, UNKNOWN, Facet, Value
from .query import PER_PAGE, SORTS, Counts, Question, Results, count_by, search

__all__ = [
    "FACETS",
    "PER_PAGE",
    "SORTS",
    "UNKNOWN",
    "Counts",
    "Facet",
    "Question",
    "Results",
    "Value",
    "count_by",
    "search",
]

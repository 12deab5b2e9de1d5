"""Quotations: the words in which two texts differ, and whether some words stand in a text."""

from testimonies.quotation.differences import Span, compare
from testimonies.quotation.finding import Difference, Match, find

__all__ = ["Difference", "Match", "Span", "compare", "find"]

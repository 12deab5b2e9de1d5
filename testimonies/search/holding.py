"""Which publications may hold some quoted words, in whatever edition: a few candidates, to be compared word by word."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from testimonies.models.public import today

from . import follow, quotations
from .queries import Bounds
from .query import overdue

MOST = 12


def may_hold(words: str) -> Iterator[Sequence[int]]:
    """The keys of publications, the likeliest first, in two rounds: by runs of words as they are, then by rare words.

    The second round is asked only by who goes on: it costs more, and finds what was altered or is spelt otherwise.
    What is found is to be read among what is listed.
    """
    for query in (quotations.of_runs, quotations.of_rare_words):
        yield follow.answering(partial(candidates, query=query, words=words))


def candidates(held: follow.Held, query: Callable[..., Any], words: str) -> Sequence[int]:
    """The best of what a query finds in one state of the index."""
    bounds = Bounds(without=overdue(held.epoch, held.number, today()))
    return quotations.best(held.searcher, query(held.searcher, words), bounds, MOST)

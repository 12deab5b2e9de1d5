"""Addresses that are more than a name: whole ones for citations, and lists with their questions."""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote_plus

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from testimonies import tongues
from testimonies.search import Question

MARK: Final = "\0"  # stands for a value; in no address is there one


def whole(path: str) -> str:
    """The address with scheme and host, as it is cited; what was asked for may be an alias, or in some language."""
    return f"{settings.ARCHIVE['url']}{tongues.neutral(path)}"


def permalink(identifier: str) -> str:
    """The permalink of a testimony."""
    return whole(reverse("testimony", args=[identifier]))


def edition_permalink(identifier: str, number: int) -> str:
    """The permalink of an edition."""
    return whole(reverse("edition", args=[identifier, number]))


def testimonies(question: Question) -> str:
    """The path of the list of testimonies that answers a question."""
    return with_query(reverse("testimonies"), question.pairs())


def choosing(question: Question, facet: str) -> Callable[[str], str]:
    """The function from a value of a facet to the list with that chosen as well: a page has hundreds of these."""
    if question.chosen.get(facet):
        return lambda key: testimonies(question.choosing(facet, key))
    before, behind = testimonies(question.choosing(facet, MARK)).split(quote_plus(MARK))
    return lambda key: f"{before}{quote_plus(key)}{behind}"


def table(question: Question) -> str:
    """The path of the table of what a question finds."""
    return with_query(reverse("table"), question.on_page(1).pairs())


def data(question: Question) -> str:
    """The path of the data of a page of what a question finds."""
    return with_query(reverse("data"), question.pairs())


def feed(question: Question) -> str:
    """The path of the feed of what a question finds, which is always in the order of publication."""
    return with_query(reverse("feed"), question.narrowing())


def with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    """A path with a query, where there is any."""
    return f"{path}?{urlencode(pairs)}" if pairs else path

"""What the page of testimonies needs: cards, facets, chips, sorts and numbered pages; the view fills it.

The search room may not import this one: any objects with the same attributes do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from testimonies.reading.cards import Card


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: following `url` chooses it, or lets go of it where it is chosen."""

    label: str
    count: int
    url: str
    chosen: bool = False
    tag: str = ""  # language tag of the label where it is a name in a known language


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: `name` as in the address (`place`), `label` in words, values in the order to be shown.

    `values` holds those shown at once; `rest` those behind "more"; `is_cut` says that there are others still.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...] = ()
    is_cut: bool = False

    @property
    def is_in_use(self) -> bool:
        """Whether one of its values is chosen."""
        return any(value.chosen for value in (*self.values, *self.rest))


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force, "Place: Osh"; following `url` takes it away."""

    facet: str
    label: str
    url: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """One order in which the list may stand."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """The link to one numbered page; `number` None stands for the pages left out between two others."""

    number: int | None
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The numbered pages of a list; `previous` and `next` are empty at the ends."""

    links: tuple[PageLink, ...]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to the reader above the list: what was not understood, or why nothing was found.

    `links` are (text, address) pairs to try instead.
    """

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """The page of testimonies.

    `canonical` is the path and query of this very page, cleaned; `kept` are the (name, value) pairs that the search
    box sends along as hidden fields (facets and sort, never `page`); `first` and `last` count from 1, and are 0 where
    nobody counted so far. `citation` cites this very search; `formats` are (label, address) pairs of other forms of
    it, `feed` the address of its feed.
    """

    canonical: str
    query: str
    total: int
    cards: tuple[Card, ...]
    first: int = 0
    last: int = 0
    number: int = 1
    facets: tuple[Facet, ...] = ()
    chips: tuple[Chip, ...] = ()
    sorts: tuple[Sort, ...] = ()
    pages: Pages | None = None
    messages: tuple[Message, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    clear: str = ""
    citation: str = ""
    formats: tuple[tuple[str, str], ...] = ()
    feed: str = ""
    is_indexed: bool = field(default=True)


def page_numbers(current: int, last: int) -> list[int | None]:
    """Return the numbers to show: the ends and the neighbours of the current page, None where some are left out."""
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    numbers: list[int | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before == 2:
            numbers.append(number - 1)
        elif number - before > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def numbered_pages(current: int, last: int, address: Callable[[int], str]) -> Pages | None:
    """Return the page links of a list, or None where there is one page only."""
    if last <= 1:
        return None
    links = tuple(
        PageLink(number, address(number) if number else "", number == current) for number in page_numbers(current, last)
    )
    return Pages(
        links=links,
        previous=address(current - 1) if current > 1 else "",
        next=address(current + 1) if current < last else "",
    )

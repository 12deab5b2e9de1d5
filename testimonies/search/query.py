"""search(): the publications that answer a question, counted by every facet.

The engine is the database for now: a word is found where it occurs in the folded words of a publication.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from types import MappingProxyType
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from testimonies.folding import fold_text
from testimonies.models.public import Publication

from .facets import FACETS, UNKNOWN, Facet, Value

PER_PAGE = 20
NEWEST = "newest"

# What stands in the address → how the order is called, and how the queryset is told; the first is the usual one.
SORTS: Mapping[str, tuple[Any, str]] = MappingProxyType(
    {NEWEST: (_("newest first"), "newest_first"), "told": (_("as they were told"), "earliest_told_first")}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks for: words, chosen values by the name of their facet, an order and a page."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = NEWEST
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """The question as it stands in an address: always in the same order, nothing that goes without saying."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.name, key) for facet in FACETS for key in sorted(self.chosen.get(facet.name, ()))]
        pairs += [("sort", self.sort)] if self.sort != NEWEST else []
        return [*pairs, ("page", str(self.page))] if self.page > 1 else pairs

    def choosing(self, facet: str, key: str) -> "Question":
        """The same question with one value more, on its first page."""
        return self._with(facet, (*self.chosen.get(facet, ()), key))

    def letting_go(self, facet: str, key: str) -> "Question":
        """The same question without one value, on its first page."""
        return self._with(facet, tuple(one for one in self.chosen.get(facet, ()) if one != key))

    def without(self, part: str) -> "Question":
        """The same question without its words ("q") or without one facet, on its first page."""
        return replace(self, words="", page=1) if part == "q" else self._with(part, ())

    def on_page(self, number: int) -> "Question":
        """The same question, another page of its results."""
        return replace(self, page=number)

    def sorted_by(self, sort: str) -> "Question":
        """The same question in another order, on its first page."""
        return replace(self, sort=sort, page=1)

    def parts(self) -> Iterator[str]:
        """What narrows the question: "q" for its words, and the names of facets."""
        if self.words:
            yield "q"
        yield from (facet.name for facet in FACETS if self.chosen.get(facet.name))

    def _with(self, facet: str, keys: tuple[str, ...]) -> "Question":
        others = {name: held for name, held in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: keys} if keys else others, page=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of one facet; its own choice does not narrow them. `chosen` are those in force, `unheld` the keys
    among them that nothing listed has."""

    facet: Facet
    values: tuple[Value, ...]
    chosen: tuple[Value, ...]
    unheld: frozenset[str]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer. `keys` are the primary keys of the publications on the page, in order.

    Where nothing was found `emptied_by` names the parts of the question without any single one of which there would
    be something, with how much.
    """

    total: int
    keys: tuple[int, ...]
    facets: tuple[Counts, ...]
    emptied_by: tuple[tuple[str, int], ...] = ()

    @property
    def last_page(self) -> int:
        """The number of the last page; an empty list has one."""
        return max(1, -(-self.total // PER_PAGE))


def search(question: Question) -> Results:
    """Answer a question with 2 + len(FACETS) queries, and a few more where nothing is found."""
    found = matching(question)
    total = found.count()
    first = (question.page - 1) * PER_PAGE
    keys: tuple[int, ...] = ()
    if first < total:
        ordered = getattr(found, SORTS[question.sort][1])()
        keys = tuple(ordered.values_list("pk", flat=True)[first : first + PER_PAGE])
    facets = tuple(counts(facet, question) for facet in FACETS)
    return Results(total, keys, facets, () if total else tuple(emptied_by(question)))


def matching(question: Question) -> Any:
    """The listed publications that answer the question, in no order."""
    conditions = [facet.condition(keys) for facet in FACETS if (keys := question.chosen.get(facet.name))]
    return Publication.objects.listed().filter(reduce(Q.__and__, conditions, having_words(question.words))).order_by()


def having_words(words: str) -> Q:
    """Every word occurs; what holds no word that can be looked for is found nowhere."""
    folded = fold_text(words).split()
    if words and not folded:
        return Q(pk__in=())
    return reduce(Q.__and__, (Q(words__contains=word) for word in dict.fromkeys(folded)), Q())


def counts(facet: Facet, question: Question) -> Counts:
    """Count the values of a facet among what the rest of the question finds."""
    values = facet.counted(matching(question.without(facet.name)))
    keys = question.chosen.get(facet.name, ())
    held = {value.key: value for value in values}
    labels = facet.named(missing) if (missing := [key for key in keys if key not in held]) else {}
    chosen = tuple(held.get(key) or Value(key, labels.get(key, key)) for key in keys)
    return Counts(facet, tuple(values), chosen, frozenset(missing) - set(labels))


def count_by(name: str, publications: Any = None) -> list[Value]:
    """The values of one facet among some publications, or among all that are listed (one query)."""
    facet = next(facet for facet in FACETS if facet.name == name)
    found = Publication.objects.listed() if publications is None else publications
    return [value for value in facet.counted(found.order_by()) if value.key != UNKNOWN or not facet.unknown]


def emptied_by(question: Question) -> Iterable[tuple[str, int]]:
    """The parts of a question, each of which alone keeps it from finding anything."""
    parts = list(question.parts())
    if len(parts) > 1:
        yield from ((part, count) for part in parts if (count := matching(question.without(part)).count()))

"""What somebody asks for, and how it stands in an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from .facets import FACETS

PER_PAGE: Final = 20
# So deep pages go by their number; further on each page says where the next begins, which costs the same everywhere.
DEEPEST: Final = 10_000
NEWEST: Final = "newest"
RELEVANCE: Final = "relevance"
TOLD: Final = "told"

# What stands in the address → how the order is called.
SORTS: Mapping[str, Any] = MappingProxyType(
    {RELEVANCE: _("best match first"), NEWEST: _("newest first"), TOLD: _("as they were told")}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks for: words, chosen values by the name of their facet, an order and a page.

    `as_of` leaves out what was published after that number of the publication log. `after` is the place in an order
    behind which the page begins, instead of a page's number (`Results.next` of the page before).
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    as_of: int | None = None
    after: int | None = None

    @property
    def order(self) -> str:
        """The order asked for; otherwise the best match first where words are looked for, and the newest elsewhere."""
        return self.sort or (RELEVANCE if self.words else NEWEST)

    def pairs(self) -> list[tuple[str, str]]:
        """The question as it stands in an address: always in the same order, nothing that goes without saying."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(facet.name, key) for facet in FACETS for key in sorted(self.chosen.get(facet.name, ()))]
        pairs += [("as_of", str(self.as_of))] if self.as_of is not None else []
        pairs += [("sort", self.order)] if self.order != replace(self, sort="").order else []
        pairs += [("after", str(self.after))] if self.after is not None else []
        return [*pairs, ("page", str(self.page))] if self.page > 1 else pairs

    def narrowing(self) -> list[tuple[str, str]]:
        """What of the address narrows the question, without order and page."""
        return replace(self.on_page(1), sort="").pairs()

    def choosing(self, facet: str, key: str) -> "Question":
        """The same question with one value more, on its first page."""
        return self._with(facet, (*self.chosen.get(facet, ()), key))

    def letting_go(self, facet: str, key: str) -> "Question":
        """The same question without one value, on its first page."""
        return self._with(facet, tuple(one for one in self.chosen.get(facet, ()) if one != key))

    def without(self, part: str) -> "Question":
        """The same question without one of its `parts`, on its first page."""
        match part:
            case "q":
                return replace(self.on_page(1), words="")
            case "as_of":
                return replace(self.on_page(1), as_of=None)
        return self._with(part, ())

    def on_page(self, number: int) -> "Question":
        """The same question, another page of its results."""
        return replace(self, page=number, after=None)

    def behind(self, place: int | None) -> "Question":
        """The same question, the page that begins behind a place in its order."""
        return replace(self, page=1, after=place)

    def sorted_by(self, sort: str) -> "Question":
        """The same question in another order, on its first page."""
        usual = replace(self.on_page(1), sort="")
        return usual if usual.order == sort else replace(usual, sort=sort)

    def parts(self) -> Iterator[str]:
        """What narrows the question: "q" for its words, the names of facets, "as_of"."""
        if self.words:
            yield "q"
        yield from (facet.name for facet in FACETS if self.chosen.get(facet.name))
        if self.as_of is not None:
            yield "as_of"

    def _with(self, facet: str, keys: tuple[str, ...]) -> "Question":
        others = {name: held for name, held in self.chosen.items() if name != facet}
        return replace(self.on_page(1), chosen={**others, facet: keys} if keys else others)

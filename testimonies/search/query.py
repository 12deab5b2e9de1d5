"""search(): the publications that answer a question, counted by every facet.

The engine says what matches and how often each value occurs (`index`, kept up with the log by `follow`). It never
decides who may see what: values get their names, and publications are read, among what is listed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import get_language

from testimonies.models.public import Publication, today

from . import asking, follow, names, queries
from .explain import Explainer, Explanation
from .facets import FACETS, Facet, Remembered, Value
from .near import ByLength, by_length
from .parse import parse
from .question import DEEPEST, PER_PAGE, Question
from .suggest import Offer, offers

Explain = Callable[..., Explanation]
# By value of one facet: by name of others: by their values, how many.
Apart = Mapping[str, Mapping[str, Mapping[str, int]]]
EVERYTHING = Question()
NO_LOOKUP = queries.Lookup((), None)

# The last moment, and what was counted or read then.
_everything: Any = None
_words: Any = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The values of one facet; its own choice does not narrow them. `chosen` are those in force, `unheld` the keys
    among them that nothing listed has. `is_cut` says that there are more values, none of them more frequent."""

    facet: Facet
    values: tuple[Value, ...]
    chosen: tuple[Value, ...]
    unheld: frozenset[str]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to `question`, which is another than the one that was asked where `misread` is not empty.

    `keys` are the primary keys of the publications on the page, in order, to be read among what is listed; `number` is
    that of the log up to which they are counted. `explain` says why a public record was found; None where no words
    were looked for. Where nothing was found, `emptied_by` names the parts of the question without any single one of
    which there would be something, with how much, and `offers` are words that would find something.
    """

    question: Question
    total: int
    keys: tuple[int, ...]
    facets: tuple[Counts, ...]
    number: int
    next: int | None = None
    explain: Explain | None = None
    misread: str = ""
    emptied_by: tuple[tuple[str, int], ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def last_page(self) -> int:
        """The number of the last page that is reached by its number; an empty list has one."""
        return max(1, -(-min(self.total, DEEPEST) // PER_PAGE))


def search(question: Question, limit: int = PER_PAGE, *, counting: bool = True) -> Results:
    """Answer a question: one query for the log's number, and one for the names of the values of each facet that is
    counted.

    Where nothing was found, words that were typed on another layout of the keyboard are taken for what they would
    have been. Raises `follow.IndexBeingMade` where a large archive has no index yet.
    """
    return follow.answering(lambda held: Asking(held).answer(question, limit, counting=counting))


def count_by(*facets: str, question: Question = EVERYTHING) -> list[list[Value]]:
    """The most frequent values of facets among what a question finds, with how many testimonies have each."""
    asked = {facet.name: facet for facet in FACETS}
    return follow.answering(lambda held: [Asking(held).values(asked[name], question) for name in facets])


def count_of(name: str, keys: Sequence[str], question: Question = EVERYTHING) -> Mapping[str, int]:
    """How many of the testimonies that a question finds have each of these values of a facet; none where it lacks."""
    return follow.answering(lambda held: Asking(held).count(name, question, keys))


def count_apart(names: Sequence[str], by: str, keys: Sequence[str], question: Question = EVERYTHING) -> Apart:
    """How often each value of some facets of few values occurs in what a question finds, told apart by another facet.

    Under each of the `keys` of the facet `by` are counted the testimonies that have it alone of these, under "" all.
    """
    return follow.answering(lambda held: Asking(held).apart(names, by, keys, question))


class Asking:
    """Questions to one state of the index."""

    def __init__(self, held: follow.Held) -> None:
        self._held = held
        # The index follows the log, not the calendar: what fell due since the last sweep is still in it.
        self._overdue = overdue(held.epoch, held.number, today())

    def answer(self, question: Question, limit: int, *, counting: bool) -> Results:
        """The answer to a question, or to what the same keys give on another keyboard."""
        found = self.found(question, limit, counting=counting)
        if found.total or not question.words:
            return self.results(question, found)
        offered = self.offers(question)
        if offered and offered[0].kind == "keyboard":
            meant = replace(question, words=offered[0].text)
            return replace(self.results(meant, self.found(meant, limit, counting=counting)), misread=question.words)
        return replace(self.results(question, found), offers=tuple(offer.text for offer in offered))

    def found(self, question: Question, limit: int = PER_PAGE, *, counting: bool = True) -> asking.Found:
        """Ask the engine for one page; words that are none are found nowhere."""
        query, facets = parse(question.words), counted_facets(question) if counting else []
        if question.words and not query.nodes:
            return asking.Found(0, (), {name: {} for name in facets})
        # What nothing narrows is counted once at each state of the log: counting a whole large archive takes long.
        is_whole = counting and not any(question.parts())
        found = asking.ask(
            self._held.searcher,
            query.nodes,
            question.chosen,
            self._lookup,
            sort=question.order,
            bounds=self._bounds(question),
            after=question.after,
            offset=(question.page - 1) * PER_PAGE,
            limit=limit,
            facets=[] if is_whole else facets,
        )
        if not is_whole:
            return found
        counted, cut = everything(self._held, self._overdue)
        return replace(found, counts=counted, cut=cut)

    def results(self, question: Question, found: asking.Found) -> Results:
        """What the engine found, with the names of what it counted; nothing that is not listed."""
        query = parse(question.words)
        labels = remembered(self._held.epoch, self._held.number, today(), get_language())
        return Results(
            question=question,
            total=found.total,
            keys=found.keys,
            facets=tuple(
                counts(facet, question, found.counts[facet.name], labels, is_cut=facet.name in found.cut)
                for facet in FACETS
                if facet.name in found.counts
            ),
            number=self._held.number,
            next=found.next,
            explain=Explainer(query, self._names, self._held.languages).explain if query.nodes else None,
            emptied_by=() if found.total else tuple(self.emptied_by(question)),
        )

    def total(self, question: Question) -> int:
        """How much a question finds."""
        return self.found(question, 0, counting=False).total

    def count(self, name: str, question: Question, keys: Sequence[str] | None = None) -> Mapping[str, int]:
        """How much of what a question finds has each of these values of a facet, or each that there is."""
        query = parse(question.words)
        asked = [queries.of_nodes(query.nodes, self._lookup), *queries.of_bounds(self._bounds(question))]
        narrowed = queries.all_of([*asked, *queries.chosen_query(question.chosen)])
        if keys is None:
            return asking.count(self._held.searcher, narrowed, [name])[0][name]
        return asking.count_of(self._held.searcher, narrowed, {name: keys}).get(name, {})

    def apart(self, names: Sequence[str], by: str, keys: Sequence[str], question: Question) -> Apart:
        """How often each value of some facets occurs, told apart by another."""
        query = parse(question.words)
        asked = [queries.of_nodes(query.nodes, self._lookup), *queries.of_bounds(self._bounds(question))]
        narrowed = queries.all_of([*asked, *queries.chosen_query(question.chosen)])
        searcher = self._held.searcher
        each = {key: asking.count_all(searcher, queries.alone(narrowed, by, key, keys), names) for key in keys}
        return {"": asking.count_all(searcher, narrowed, names), **each}

    def values(self, facet: Facet, question: Question) -> list[Value]:
        """The most frequent values of a facet among what a question finds."""
        counted = self.count(facet.name, question)
        labels = facet.labels([*counted])
        return facet.in_order(Value(key, label, counted[key]) for key, label in labels.items())

    def emptied_by(self, question: Question) -> Iterable[tuple[str, int]]:
        """The parts of a question, each of which alone keeps it from finding anything."""
        parts = list(question.parts())
        if len(parts) > 1:
            yield from ((part, total) for part in parts if (total := self.total(question.without(part))))

    def offers(self, question: Question) -> list[Offer]:
        """What may have been meant by words that find nothing; the facets stay in force."""

        def finds(text: str) -> bool:
            return bool(self.total(replace(question.on_page(1), words=text)))

        return offers(parse(question.words), self._names, lambda: words_held_by(self._held), finds)

    @cached_property
    def _names(self) -> names.Names:
        return names.current()

    @property
    def _lookup(self) -> queries.Lookup:
        return queries.Lookup(self._held.languages, lambda word, kinds: self._names.matching(word, kinds))

    def _bounds(self, question: Question) -> queries.Bounds:
        return queries.Bounds(as_of=question.as_of, without=self._overdue)


def everything(held: follow.Held, overdue: tuple[int, ...]) -> tuple[Mapping[str, Mapping[str, int]], frozenset[str]]:
    """The counts of all facets over everything, and which of them have more values."""
    global _everything
    moment, known = (held.folder, held.number, overdue), _everything
    if known is None or known[0] != moment:
        query = queries.all_of([queries.of_nodes([], NO_LOOKUP), *queries.of_bounds(queries.Bounds(without=overdue))])
        counted, cut = asking.count(held.searcher, query, counted_facets(EVERYTHING))
        known = _everything = (moment, (counted, frozenset(cut)))
    return known[1]


def words_held_by(held: follow.Held) -> ByLength:
    """The words of the index by their lengths, kept until there are others: a large archive has many."""
    global _words
    moment, known = (held.folder, held.number, held.holds_erased), _words
    if known is None or known[0] != moment:
        known = _words = (moment, by_length(held.words()))
    return known[1]


@lru_cache(maxsize=1)
def overdue(epoch: str, number: int, day: date) -> tuple[int, ...]:
    """The keys of what fell due by a day, at one state of the publication log."""
    return tuple(Publication.objects.overdue().values_list("pk", flat=True))


@lru_cache(maxsize=8)
def remembered(epoch: str, number: int, day: date, language: str) -> Remembered:
    """Where labels of facets are kept as long as they hold: at one state of the log, on one day, in one language."""
    return {}


def counted_facets(question: Question) -> list[str]:
    """The facets that are counted for a question: those that are offered, and those in force."""
    return [facet.name for facet in FACETS if facet.offered or question.chosen.get(facet.name)]


def counts(
    facet: Facet, question: Question, counted: Mapping[str, int], remembered: Remembered, *, is_cut: bool
) -> Counts:
    """The values of a facet with what a click on each would find; its own choice does not narrow them."""
    keys = question.chosen.get(facet.name, ())
    labels = facet.named([*counted, *(key for key in keys if key not in counted)], remembered)
    values = facet.in_order(Value(key, label, counted[key]) for key, label in labels.items() if counted.get(key))
    held = {value.key: value for value in values}
    chosen = tuple(held.get(key) or Value(key, labels.get(key, key)) for key in keys)
    return Counts(facet, tuple(values), chosen, frozenset(key for key in keys if key not in labels), is_cut)

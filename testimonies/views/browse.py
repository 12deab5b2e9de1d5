"""The list of testimonies: searched, narrowed by facets, ordered, in pages."""

from collections.abc import Iterable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from testimonies.forms import QuestionForm
from testimonies.reading import results as reading
from testimonies.reading.cards import cards_of
from testimonies.search import FACETS, PER_PAGE, SORTS, Counts, Question, Results, Value, search
from testimonies.views import addresses, answer
from testimonies.views.errors import NotHere

# Values of a facet that are seen at once, and how many more behind "more": the rest is found by way of the lists.
AT_ONCE = 8
AT_MOST = 60


@answer.read_only
def testimonies(request: HttpRequest) -> HttpResponse:
    """Browse and search, one page."""
    form = QuestionForm(request.GET)
    question = form.question
    if question is None:
        raise no_such_page(reverse("testimonies"))
    results = search(question)
    if question.page > results.last_page:
        raise no_such_page(addresses.testimonies(question.on_page(1)))
    return answer.page("testimonies.html", results_page(question, results, form.notes))


def no_such_page(first: str) -> NotHere:
    """The list has fewer pages; the way to its first."""
    return NotHere(((_("The first page of this list"), first),))


def results_page(question: Question, results: Results, notes: Iterable[str]) -> reading.ResultsPage:
    """What the template shows of results."""
    first = (question.page - 1) * PER_PAGE + 1 if results.keys else 0
    return reading.ResultsPage(
        canonical=addresses.testimonies(question),
        query=question.words,
        total=results.total,
        cards=cards_of(results.keys),
        first=first,
        last=first + len(results.keys) - 1 if results.keys else 0,
        number=question.page,
        facets=tuple(shown for counts in results.facets if (shown := facet(counts, question)).values),
        chips=tuple(chip for counts in results.facets for chip in chips(counts, question)),
        sorts=tuple(sort(name, question) for name in SORTS),
        pages=reading.numbered_pages(
            question.page, results.last_page, lambda number: addresses.testimonies(question.on_page(number))
        ),
        messages=(*(reading.Message(note) for note in notes), *nothing_found(question, results)),
        kept=tuple(pair for pair in question.pairs() if pair[0] not in ("q", "page")),
        clear=reverse("testimonies") if list(question.parts()) else "",
        is_indexed=not list(question.parts()),
    )


def facet(counts: Counts, question: Question) -> reading.Facet:
    """One facet: the chosen values first, so that they are never out of sight."""
    shown = partial(facet_value, counts=counts, question=question)
    keys = {value.key for value in counts.chosen}
    others = [shown(value) for value in counts.values if value.key not in keys]
    at_once = max(AT_ONCE - len(keys), 1)
    # A single value behind "more" would cost a click and save nothing.
    if len(others) <= at_once + 1:
        at_once = len(others)
    return reading.Facet(
        name=counts.facet.name,
        label=str(counts.facet.label),
        values=(*map(shown, counts.chosen), *others[:at_once]),
        rest=tuple(others[at_once:AT_MOST]),
    )


def facet_value(value: Value, counts: Counts, question: Question) -> reading.FacetValue:
    """One value, with the address that chooses it or lets go of it."""
    name, chosen = counts.facet.name, value.key in question.chosen.get(counts.facet.name, ())
    asked = question.letting_go(name, value.key) if chosen else question.choosing(name, value.key)
    return reading.FacetValue(str(value.label), value.count, addresses.testimonies(asked), chosen)


def chips(counts: Counts, question: Question) -> Iterable[reading.Chip]:
    """The choices of a facet that are in force."""
    for value in counts.chosen:
        url = addresses.testimonies(question.letting_go(counts.facet.name, value.key))
        yield reading.Chip(str(counts.facet.label), str(value.label), url)


def sort(name: str, question: Question) -> reading.Sort:
    """One order in which the list may stand."""
    url = addresses.testimonies(question.sorted_by(name))
    return reading.Sort(str(SORTS[name][0]), url, name == question.sort)


def nothing_found(question: Question, results: Results) -> Iterable[reading.Message]:
    """Why there is nothing: values that nothing has, and the parts of the question that empty it."""
    for counts in results.facets:
        for value in counts.chosen:
            if not value.count and (value.key in counts.unheld or list(question.parts()) == [counts.facet.name]):
                told = {"facet": counts.facet.label, "value": value.label}
                yield reading.Message(_("Nothing is held under %(facet)s “%(value)s”.") % told)
    if not results.total:
        yield from emptied(question, results)


def emptied(question: Question, results: Results) -> Iterable[reading.Message]:
    """The parts of the question that leave nothing."""
    parts = list(question.parts())
    if parts == ["q"]:
        yield reading.Message(
            _("There is no testimony in which all of “%(words)s” occurs.") % {"words": question.words}
        )
    if len(parts) < 2:
        return
    links = tuple(without(part, count, question) for part, count in results.emptied_by)
    if links:
        yield reading.Message(_("Nothing matches all of these together. You may leave one out:"), links)
    else:
        yield reading.Message(_("Nothing matches these together, nor when any one of them is left out."))


def without(part: str, count: int, question: Question) -> tuple[str, str]:
    """The link that leaves one part of the question out."""
    label = next((facet.label for facet in FACETS if facet.name == part), _("the words"))
    told = {"part": label, "count": count}
    return _("without %(part)s (%(count)s)") % told, addresses.testimonies(question.without(part))

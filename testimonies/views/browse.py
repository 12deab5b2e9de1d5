"""The list of testimonies: searched, narrowed by facets, ordered, in pages."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from testimonies.forms import QuestionForm
from testimonies.reading import results as reading
from testimonies.reading.cards import cards_of
from testimonies.reading.remembered import date_words
from testimonies.search import (
    DEEPEST,
    FACETS,
    NEWEST,
    PER_PAGE,
    RELEVANCE,
    SORTS,
    Counts,
    Question,
    Results,
    Value,
    search,
)
from testimonies.views import addresses, answer
from testimonies.views.errors import NotHere
from testimonies.views.pointing import way_to

# Values of a facet that are seen at once, and how many more behind "more": the rest is found by way of the lists.
AT_ONCE = 8
AT_MOST = 24


@answer.read_only
def testimonies(request: HttpRequest) -> HttpResponse:
    """Browse and search, one page; who types a citation is led to what it points at."""
    form = QuestionForm(request.GET)
    question = question_of(form)
    if way := way_to(question.words):
        return redirect(way)
    results = search(question)
    if results.question.page > results.last_page:
        raise no_such_page(addresses.testimonies(results.question.on_page(1)))
    return answer.page("testimonies.html", results_page(results, form.notes))


def question_of(form: QuestionForm) -> Question:
    """The question of a form; raises NotHere where it asks for a page that cannot be."""
    if form.question is None:
        raise no_such_page(reverse("testimonies"))
    return form.question


def no_such_page(first: str) -> NotHere:
    """The list has fewer pages; the way to its first."""
    return NotHere(((_("The first page of this list"), first),))


def results_page(results: Results, notes: Iterable[str]) -> reading.ResultsPage:
    """What the template shows of results."""
    question = results.question
    first = (question.page - 1) * PER_PAGE + 1 if results.keys and question.after is None else 0
    return reading.ResultsPage(
        canonical=addresses.testimonies(question),
        query=question.words,
        total=results.total,
        cards=cards_of(results.keys, results.explain),
        first=first,
        last=first + len(results.keys) - 1 if first else 0,
        number=question.page,
        facets=tuple(shown for counts in results.facets if (shown := facet(counts, question)).values),
        chips=(*(chip for counts in results.facets for chip in chips(counts, question)), *as_of(question)),
        sorts=tuple(sort(name, question) for name in SORTS if question.words or name != RELEVANCE),
        pages=pages(results),
        messages=(*(reading.Message(note) for note in notes), *messages(results)),
        kept=tuple(pair for pair in question.pairs() if pair[0] not in ("q", "page", "after")),
        clear=reverse("testimonies") if list(question.parts()) else "",
        citation=citation(results),
        formats=(
            (_("table (CSV)"), addresses.table(question)),
            (_("data (JSON)"), addresses.data(question.on_page(1))),
        ),
        feed=addresses.feed(question),
        is_indexed=not list(question.parts()),
    )


def pages(results: Results) -> reading.Pages | None:
    """The links to other pages: by their numbers so far as these go, then each to the next."""
    question = results.question
    onward = ""
    if results.next is not None and results.total > DEEPEST and question.page == results.last_page:
        onward = addresses.testimonies(question.behind(results.next))
    if question.after is not None:
        first = reading.PageLink(1, addresses.testimonies(question.on_page(1)))
        return reading.Pages(
            (first,), next=addresses.testimonies(question.behind(results.next)) if results.next else ""
        )
    numbered = reading.numbered_pages(
        question.page, results.last_page, lambda number: addresses.testimonies(question.on_page(number))
    )
    return replace(numbered, next=onward) if numbered and onward else numbered


def facet(counts: Counts, question: Question) -> reading.Facet:
    """One facet: the chosen values first, so that they are never out of sight."""
    name = counts.facet.name
    shown = partial(facet_value, name=name, question=question, choosing=addresses.choosing(question, name))
    keys = {value.key for value in counts.chosen}
    others = [shown(value) for value in counts.values if value.key not in keys]
    at_once = max(AT_ONCE - len(keys), 1)
    # A single value behind "more" would cost a click and save nothing.
    if len(others) <= at_once + 1:
        at_once = len(others)
    return reading.Facet(
        name=name,
        label=str(counts.facet.label),
        values=(*map(shown, counts.chosen), *others[:at_once]),
        rest=tuple(others[at_once:AT_MOST]),
        is_cut=counts.is_cut or len(others) > AT_MOST,
    )


def facet_value(value: Value, name: str, question: Question, choosing: Callable[[str], str]) -> reading.FacetValue:
    """One value, with the address that chooses it or lets go of it."""
    if value.key in question.chosen.get(name, ()):
        letting_go = addresses.testimonies(question.letting_go(name, value.key))
        return reading.FacetValue(str(value.label), value.count, letting_go, chosen=True, tag=tag_of(value))
    return reading.FacetValue(str(value.label), value.count, choosing(value.key), tag=tag_of(value))


def tag_of(value: Value) -> str:
    """The language of a label: that in which editors write, or that of the page, which goes without saying."""
    return settings.LANGUAGE_CODE if value.is_entered else ""


def chips(counts: Counts, question: Question) -> Iterable[reading.Chip]:
    """The choices of a facet that are in force."""
    for value in counts.chosen:
        url = addresses.testimonies(question.letting_go(counts.facet.name, value.key))
        yield reading.Chip(str(counts.facet.label), str(value.label), url, tag_of(value))


def as_of(question: Question) -> Iterable[reading.Chip]:
    """The number of the publication log up to which is looked, where one is in force."""
    if question.as_of is not None:
        label = _("number %(number)s of the publication log") % {"number": question.as_of}
        yield reading.Chip(_("As of"), label, addresses.testimonies(question.without("as_of")))


def sort(name: str, question: Question) -> reading.Sort:
    """One order in which the list may stand."""
    url = addresses.testimonies(question.sorted_by(name))
    return reading.Sort(str(SORTS[name]), url, name == question.order)


def citation(results: Results) -> str:
    """How this search is cited: as of the number of the log up to which it was counted."""
    question = results.question.on_page(1)
    number = results.number if question.as_of is None else question.as_of
    labels = [f"{counts.facet.label}: {value.label}" for counts in results.facets for value in counts.chosen]
    asked = [f"“{question.words}”"] if question.words else []
    told = {
        "archive": settings.ARCHIVE["name"],
        "asked": "; ".join([*asked, *labels]) or _("all testimonies"),
        "number": number,
        "day": date_words(timezone.now().date().isoformat()),
        "address": addresses.whole(addresses.testimonies(replace(question, as_of=number))),
    }
    words = ngettext(
        "%(archive)s, search for %(asked)s: %(count)s testimony as of number %(number)s of its publication log. "
        "%(address)s (%(day)s).",
        "%(archive)s, search for %(asked)s: %(count)s testimonies as of number %(number)s of its publication log. "
        "%(address)s (%(day)s).",
        results.total,
    )
    return words % {**told, "count": results.total}


def messages(results: Results) -> Iterable[reading.Message]:
    """What has to be said about results: how they were understood, why there are none, where they end."""
    question = results.question
    if results.misread:
        told = {"typed": results.misread, "meant": question.words}
        yield reading.Message(
            _("Nothing has “%(typed)s”. The same keys give “%(meant)s” on another keyboard: this is shown.") % told
        )
    yield from nothing_found(question, results)
    if results.offers:
        links = tuple(
            (text, addresses.testimonies(replace(question.on_page(1), words=text))) for text in results.offers
        )
        yield reading.Message(_("Did you mean"), links)
    if results.total > DEEPEST and question.order == RELEVANCE and question.page == results.last_page:
        onward = ((_("go on in the order of publication"), addresses.testimonies(question.sorted_by(NEWEST))),)
        yield reading.Message(_("The best %(count)s end here:") % {"count": DEEPEST}, onward)


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
    labels = {"q": _("the words"), "as_of": _("the number of the log"), **{facet.name: facet.label for facet in FACETS}}
    told = {"part": labels[part], "count": count}
    return _("without %(part)s (%(count)s)") % told, addresses.testimonies(question.without(part))

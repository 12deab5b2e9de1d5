"""Testimonies, their editions and passages; what is gone says so in the words of its tombstone."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from testimonies import identifiers, problems
from testimonies.dataset import records
from testimonies.forms import QuestionForm
from testimonies.models.public import Edition, Identifier, Passage, Publication
from testimonies.reading.absence import tombstone
from testimonies.reading.pieces import day
from testimonies.search import Counts, Question, Results, search

from .door import Instead, NotHere, data

AT_MOST = 100  # values of a facet


def found(request: HttpRequest) -> HttpResponse:
    """One page of what a question finds, asked in the same words as on the page of testimonies.

    Words that are not understood are left out, and `notes` says so. Follow `next` until it is null: in the order of
    publication and in that of telling it leads to the end, and no testimony comes twice or is missed because others
    are published meanwhile. In the order of the best match pages are numbered, as far as ten thousand testimonies.
    """
    form = QuestionForm(request.GET)
    asked = form.question
    if asked is None:
        raise NotHere
    is_first = asked.page == 1 and asked.after is None
    results = search(asked, counting=is_first)
    question = results.question
    if question.page > results.last_page:
        raise NotHere
    return data(
        {
            "query": in_words(question),
            "notes": form.notes,
            "log": results.number,
            "total": results.total,
            "next": next_page(results),
            "page": f"{records.address('testimonies')}{query(question)}",
            "facets": {counts.facet.name: values(counts) for counts in results.facets},
            "testimonies": records.testimonies(results.keys),
        }
    )


def in_words(question: Question) -> dict[str, list[str]]:
    """The question as it was understood, each word of the address with all its values."""
    understood: dict[str, list[str]] = {}
    for name, value in question.pairs():
        understood.setdefault(name, []).append(value)
    return understood


def next_page(results: Results) -> str | None:
    """The whole address of the next page: behind the last testimony of this one, wherever the order has such places."""
    question = results.question
    if results.next is not None:
        question = question.behind(results.next)
    elif question.after is None and question.page < results.last_page:
        question = question.on_page(question.page + 1)
    else:
        return None
    return f"{records.address('api_testimonies')}{query(question)}"


def query(question: Question) -> str:
    """The query of an address, where there is any."""
    pairs = question.pairs()
    return f"?{urlencode(pairs)}" if pairs else ""


def values(counts: Counts) -> list[dict[str, Any]]:
    """The values of a facet with what choosing each would find."""
    return [{"key": one.key, "label": str(one.label), "count": one.count} for one in counts.values[:AT_MOST]]


def testimony(request: HttpRequest, identifier: str) -> HttpResponse:
    """A testimony with its current edition."""
    publication = listed(identifier)
    described = records.testimonies([publication.pk])
    if not described:  # it fell due, or was withdrawn, between two queries
        raise NotHere
    return data(described[0])


def editions(request: HttpRequest, identifier: str) -> HttpResponse:
    """All editions of a testimony; one whose words were taken out says when."""
    publication = listed(identifier)
    held = list(publication.editions.defer("record").order_by("number"))
    return data(
        {
            **records.named(identifier),
            "current": next(one.number for one in held if one.pk == publication.current_edition_id),
            "editions": [records.edition(identifier, one) for one in held],
        }
    )


def edition(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """One edition: the same words for ever, or that and when they were taken out."""
    one = readable(identifier, number)
    return data({**records.named(identifier), "edition": records.edition(identifier, one), "record": one.record})


def passages(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """The passages of one edition, in their order."""
    one = readable(identifier, number)
    shown = records.passages(identifier, number, one.record or {})
    return data({**records.named(identifier), "edition": number, "passages": shown})


def passage(request: HttpRequest, identifier: str, passage: str) -> HttpResponse:
    """One passage: in the current edition if it stands there, otherwise in the last that has it."""
    publication = listed(identifier)
    number = passage[1:]
    if not (passage.startswith("p") and number.isascii() and number.isdigit() and len(number) <= 6):
        raise NotHere
    rows = Passage.objects.filter(edition__publication=publication, number=int(number)).select_related("edition")
    standing = list(rows.order_by("edition__number"))
    if not standing:
        raise NotHere
    last = next((one for one in standing if one.edition_id == publication.current_edition_id), standing[-1])
    translates = f"p{last.translates}" if last.translates else None
    permalink = records.address("edition", identifier, last.edition.number)
    shown = {
        "id": last.identifier,
        "permalink": f"{permalink}#{last.identifier}",
        "text": last.text,
        "language": last.language,
        "translates": translates,
    }
    return data(
        {
            **records.named(identifier),
            "editions": [one.edition.number for one in standing],
            "is_current": last.edition_id == publication.current_edition_id,
            "passage": shown,
        }
    )


# What stands at the address of a testimony


def listed(identifier: str) -> Publication:
    """The publication, if the public may read it now (one query); otherwise raises what takes its place."""
    publication = find(identifier)
    if not publication.is_listed:
        raise Instead(instead_of(publication))
    return publication


def readable(identifier: str, number: int) -> Edition:
    """An edition of a testimony that the public may read (two queries); otherwise raises what takes its place."""
    publication = find(identifier)
    if publication.is_withdrawn or publication.state == Publication.State.MERGED:
        raise Instead(instead_of(publication))
    one = publication.editions.filter(number=number).first()
    if one is None:
        raise NotHere
    if one.emptied_at:
        raise Instead(words_taken_out(identifier, one))
    if not publication.is_listed:
        raise Instead(instead_of(publication))
    return one


def find(identifier: str) -> Publication:
    """The publication in whatever state; raises NotHere, with what may have been meant by a mistyped identifier."""
    if not identifiers.is_wellformed(identifier):
        plain = identifiers.normalise(identifier)
        meant = [plain] if identifiers.is_wellformed(plain) else identifiers.candidates(identifier)
        rows = Publication.objects.listed().filter(identifier__in=meant).order_by("identifier") if meant else ()
        raise NotHere(*(records.address("api_testimony", one.identifier) for one in rows))
    publication = Publication.objects.filter(identifier=identifier).first()
    if publication is None:
        raise NotHere
    return publication


def instead_of(publication: Publication) -> HttpResponse:
    """What is told of a testimony whose words are not public."""
    identifier = publication.identifier
    if publication.state == Publication.State.MERGED:
        return elsewhere(Identifier.objects.find(Identifier.Kind.TESTIMONY, identifier))
    if publication.is_withdrawn and publication.withdrawn_at:
        stone = tombstone(identifier, publication.withdrawn_at, publication.withdrawal_reason)
        return problems.problem(
            HTTPStatus.GONE,
            kind=problems.WITHDRAWN,
            title=_("This testimony was withdrawn"),
            detail=_("It was withdrawn on %(date)s.") % {"date": stone.on.words},
            identifier=identifier,
            withdrawn=stone.on.iso,
            reason=stone.reason,
        )
    return problems.problem(
        HTTPStatus.NOT_FOUND,
        kind=problems.UNDER_REVIEW,
        title=_("This testimony is under review"),
        detail=_("Its words are not shown for now. The address stays, and citations of it stay good."),
        identifier=identifier,
    )


def words_taken_out(identifier: str, one: Edition) -> HttpResponse:
    """What is told of an edition that was emptied: when, not what."""
    on = day(one.emptied_at or one.published_at)
    return problems.problem(
        HTTPStatus.GONE,
        kind=problems.EMPTIED,
        title=_("The words of this edition are not held any more"),
        detail=_("They were taken out on %(date)s.") % {"date": on.words},
        identifier=identifier,
        edition=one.number,
        emptied=on.iso,
    )


def elsewhere(entry: Identifier | None) -> HttpResponse:
    """The way to the record with which one was merged; raises NotHere where it was with none."""
    if entry is None or entry.redirects_to is None:
        raise NotHere
    return HttpResponsePermanentRedirect(reverse(f"api_{entry.redirects_to.kind}", args=[entry.redirects_to.value]))

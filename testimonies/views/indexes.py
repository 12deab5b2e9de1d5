"""The lists of witnesses, sources and tags, with the number of testimonies of each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Case, Count, When
from django.http import HttpRequest, HttpResponse

from testimonies.forms import PageForm
from testimonies.models.public import Publication, Source, Tag, Witness
from testimonies.reading import lists as reading
from testimonies.reading.results import Pages, numbered_pages
from testimonies.search import count_of
from testimonies.views import addresses, answer
from testimonies.views.browse import no_such_page

PER_PAGE = 50


@answer.read_only
def witnesses(request: HttpRequest) -> HttpResponse:
    """All voices by name."""
    records = Witness.objects.listed().only("identifier", "name", "described_as")
    return paged(request, "witnesses.html", records, reading.witnesses)


@answer.read_only
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, the latest first; those that are only cited, for a date or an event, behind the others."""
    fields = ("identifier", "title", "language", "kind", "publisher", "date")
    quoted = Case(When(Source.is_quoted_from(), then=1), default=0)
    records = Source.objects.listed().order_by(quoted.desc(), "-date", "title").only(*fields)
    of_testimonies = Publication.objects.listed().aggregate(count=Count("source", distinct=True))["count"]
    return paged(request, "sources.html", records, partial(reading.sources, of_testimonies=of_testimonies))


@answer.read_only
def tags(request: HttpRequest) -> HttpResponse:
    """All tags by name."""
    return whole("tags.html", Tag.objects.listed().only("slug", "name", "definition"), reading.tags)


def whole(template: str, records: Any, shown: Callable[..., reading.ListPage]) -> HttpResponse:
    """A list on one page."""
    counted = with_counts(records)
    return answer.page(template, shown(counted, len(counted)))


def paged(request: HttpRequest, template: str, records: Any, shown: Callable[..., reading.ListPage]) -> HttpResponse:
    """One page of a long list; raises NotHere where there is no such page."""
    total = records.count()
    last = max(1, -(-total // PER_PAGE))
    number = PageForm(request.GET).number
    if number is None or number > last:
        raise no_such_page(request.path)
    counted = with_counts(records[(number - 1) * PER_PAGE : number * PER_PAGE])
    return answer.page(template, shown(counted, total, pages_of(request.path, number, last), number))


def with_counts(records: Any) -> list[Any]:
    """The records, each with the number of its testimonies as `held`; the facet of that name counts them."""
    found = {getattr(record, record.address_field): record for record in records}
    counts = count_of(records.model._meta.model_name, [*found])
    for address, record in found.items():
        record.held = counts.get(address, 0)
    return [*found.values()]


def pages_of(path: str, number: int, last: int) -> Pages | None:
    """The links to the other pages."""
    return numbered_pages(
        number, last, lambda page: addresses.with_query(path, [("page", str(page))] if page > 1 else [])
    )

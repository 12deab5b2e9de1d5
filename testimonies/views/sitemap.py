"""The sitemap (sitemaps.org, protocol 0.9): every address that search engines may list, in parts.

A part holds the testimonies of a range of primary keys, so that it stays the same part however many there are and
whatever was withdrawn; it is sent as it is read.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from testimonies.models.public import AddressedVocabulary, Place, Publication, Source, Tag, Wave
from testimonies.views import addresses, answer
from testimonies.views.errors import NotHere

XML: Final = "application/xml; charset=utf-8"
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
KEYS_IN_A_PART = 25_000  # half of what the protocol allows
PAGES = ("home", "testimonies", "places", "waves", "sources", "tags", "about", "cite")
# Pages of witnesses are kept out of search engines, so they are named in no sitemap.
VOCABULARIES: tuple[type[AddressedVocabulary], ...] = (Place, Wave, Source, Tag)


class Entry(NamedTuple):
    """A path, and when what stands there was last changed, where that is known."""

    path: str
    changed: datetime | None = None


@answer.read_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all parts."""
    last = Publication.objects.aggregate(last=Max("pk"))["last"] or 0
    count = -(-last // KEYS_IN_A_PART)
    paths = [reverse("sitemap_pages"), *(reverse("sitemap_part", args=[number]) for number in range(1, count + 1))]
    return HttpResponse(document("sitemapindex", "sitemap", map(Entry, paths)), content_type=XML)


@answer.read_only
def pages(request: HttpRequest) -> HttpResponseBase:
    """Lists, and the pages of what testimonies share."""
    return streamed(everything_shared)


@answer.read_only
def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """The listed testimonies of a range of keys."""
    first = (number - 1) * KEYS_IN_A_PART
    if not Publication.objects.filter(pk__gt=first).exists():
        raise NotHere
    return streamed(lambda: testimonies(first))


def everything_shared() -> Iterator[Entry]:
    """The pages that stand still, then the vocabularies."""
    yield from (Entry(reverse(name)) for name in PAGES)
    for model in VOCABULARIES:
        listed = model.objects.listed().order_by("pk").values_list(model.address_field, flat=True)
        yield from (Entry(reverse(model.identifier_kind, args=[address])) for address in listed.iterator())


def testimonies(first: int) -> Iterator[Entry]:
    """The permalinks of the listed publications whose keys come after `first`."""
    held = Publication.objects.listed().filter(pk__gt=first, pk__lte=first + KEYS_IN_A_PART).order_by("pk")
    for identifier, changed in held.values_list("identifier", "changed_at").iterator():
        yield Entry(reverse("testimony", args=[identifier]), changed)


def streamed(entries: Callable[[], Iterable[Entry]]) -> StreamingHttpResponse:
    """A part, sent as it is read."""
    return StreamingHttpResponse(document("urlset", "url", entries()), content_type=XML)


def document(root: str, name: str, entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a sitemap or of an index of sitemaps."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    for path, changed in entries:
        when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
        yield f"<{name}><loc>{escape(addresses.whole(path))}</loc>{when}</{name}>\n"
    yield f"</{root}>\n"

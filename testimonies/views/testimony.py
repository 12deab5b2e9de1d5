"""The permalink of a testimony, of its editions, and its history."""

from django.http import HttpRequest, HttpResponse

from testimonies.citation import signposting
from testimonies.citation.formats import FORMATS
from testimonies.citation.item import Item
from testimonies.citation.negotiation import negotiated
from testimonies.forms import CiteForm
from testimonies.lettering.placard import Placard
from testimonies.models.public import Edition, Publication
from testimonies.reading import history
from testimonies.reading.cited import CitedIn, cited_in
from testimonies.reading.history import EditionEntry
from testimonies.reading.testimony import TestimonyPage, show_testimony
from testimonies.views import answer, citing, links, memento, standing


@answer.read_only
def testimony(request: HttpRequest, identifier: str) -> HttpResponse:
    """The current edition."""
    publication = standing.find(identifier)
    if instead := unreadable(request, publication):
        return instead
    response = shown(request, publication, *standing.edition_of(publication))
    memento.say_original(response, identifier)
    return response


@answer.read_only
def edition(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """One edition: the same words for ever, or that and when they were taken out."""
    publication = standing.find(identifier)
    if left := standing.in_memory_of(publication):
        return left
    held, current = standing.edition_of(publication, number)
    if instead := standing.emptied(publication, held, current) or unreadable(request, publication):
        return instead
    response = shown(request, publication, held, current, is_edition=True)
    memento.say_memento(response, publication, number)
    return response


@answer.read_only
def editions(request: HttpRequest, identifier: str) -> HttpResponse:
    """All editions, with what changed."""
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication):
        return instead
    held = list(publication.editions.all())
    current = next(edition.number for edition in held if edition.pk == publication.current_edition_id)
    return answer.page("editions.html", history.history_page(held, identifier=identifier, current_number=current))


def unreadable(request: HttpRequest, publication: Publication) -> HttpResponse | None:
    """What takes the place of the words, for people or for a program that asks for a file; None where they are."""
    instead = standing.instead_of(publication, of_file=bool(negotiated(request.headers.get("Accept", ""))))
    if instead and not standing.in_memory_of(publication):
        instead["Vary"] = "Accept"
    return instead


def shown(
    request: HttpRequest, publication: Publication, edition: Edition, current: int, *, is_edition: bool = False
) -> HttpResponse:
    """The page of an edition, or what the Accept header asks for instead of a page."""
    item = citing.item_in(publication, edition, is_edition=is_edition)
    if wanted := negotiated(request.headers.get("Accept", "")):
        response = citing.written(item, FORMATS[wanted])
        response["Content-Location"] = item.file(wanted)
    else:
        asked = CiteForm(request.GET)
        page = page_of(
            item,
            edition,
            current,
            path=request.path,
            asked=asked,
            cited_in=works_of(publication),
            placard=links.placard_of(publication, item, current),
        )
        response = answer.with_links(answer.page("testimony.html", page), signposting.links(item))
    response["Vary"] = "Accept"
    return response


def since(edition: Edition, current: int) -> tuple[EditionEntry, ...]:
    """What changed after an edition that is not the current one (one query)."""
    if edition.number == current:
        return ()
    editions = Edition.objects.filter(publication=edition.publication_id)
    return history.since(editions.filter(number__gte=edition.number, number__lte=current), current_number=current)


def works_of(publication: Publication) -> tuple[CitedIn, ...]:
    """The publications that cite the testimony (one query where there are any)."""
    return cited_in(publication.citing_works.all()) if publication.times_cited else ()


def page_of(
    item: Item,
    edition: Edition,
    current: int,
    *,
    path: str,
    asked: CiteForm,
    cited_in: tuple[CitedIn, ...] = (),
    placard: Placard | None = None,
) -> TestimonyPage:
    """What the template shows of an edition; `current` is the number of the current one."""
    return show_testimony(
        edition.record or {},
        identifier=item.identifier,
        edition_number=edition.number,
        published_at=edition.published_at,
        current_number=current,
        permalink=item.permalink,
        edition_permalink=item.edition_permalink,
        cite=citing.box_of(item, path, asked),
        head=citing.head_of(item, placard),
        change_note=edition.change_note,
        since=since(edition, current),
        cited_in=cited_in,
    )

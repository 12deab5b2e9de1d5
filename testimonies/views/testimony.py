"""The permalink of a testimony, of its editions, and its history."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from testimonies.citation.sentence import sentence
from testimonies.models.public import Edition, Publication
from testimonies.reading.history import history_page
from testimonies.reading.testimony import TestimonyPage, show_testimony
from testimonies.views import addresses, answer, memento, standing


@answer.read_only
def testimony(request: HttpRequest, identifier: str) -> HttpResponse:
    """The current edition."""
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication):
        return instead
    response = shown(publication, *standing.edition_of(publication))
    memento.say_original(response, identifier)
    return response


@answer.read_only
def edition(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """One edition: the same words for ever, or that and when they were taken out."""
    publication = standing.find(identifier)
    if left := standing.in_memory_of(publication):
        return left
    held, current = standing.edition_of(publication, number)
    if instead := standing.emptied(publication, held, current) or standing.instead_of(publication):
        return instead
    response = shown(publication, held, current)
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
    return answer.page("editions.html", history_page(held, identifier=identifier, current_number=current))


def shown(publication: Publication, edition: Edition, current: int) -> HttpResponse:
    """The page of an edition."""
    return answer.page("testimony.html", page_of(publication.identifier, edition, current))


def page_of(identifier: str, edition: Edition, current: int) -> TestimonyPage:
    """What the template shows of an edition; `current` is the number of the current one."""
    permalink = addresses.edition_permalink(identifier, edition.number)
    return show_testimony(
        edition.record or {},
        identifier=identifier,
        edition_number=edition.number,
        published_at=edition.published_at,
        current_number=current,
        permalink=addresses.permalink(identifier),
        edition_permalink=permalink,
        citation=sentence(
            edition.record or {},
            archive=settings.ARCHIVE["name"],
            edition=edition.number,
            published_at=edition.published_at,
            permalink=permalink,
        ),
        change_note=edition.change_note,
    )

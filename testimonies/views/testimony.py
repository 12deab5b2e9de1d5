"""The permalink of a testimony, of its editions, and its history."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from testimonies.citation.sentence import sentence
from testimonies.models.public import Edition, Publication
from testimonies.reading.absence import emptied
from testimonies.reading.history import history_page
from testimonies.reading.testimony import TestimonyPage, show_testimony
from testimonies.views import addresses, answer, standing
from testimonies.views.errors import NotHere


@answer.read_only
def testimony(request: HttpRequest, identifier: str) -> HttpResponse:
    """The current edition."""
    publication = standing.find(identifier)
    return standing.instead_of(publication) or shown(publication, current_edition(publication))


@answer.read_only
def edition(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """One edition: the same words for ever, or that and when they were taken out."""
    publication = standing.find(identifier)
    if left := standing.in_memory_of(publication):
        return left
    held = edition_of(publication, number)
    if held.emptied_at:
        current = current_edition(publication).number if publication.is_listed else None
        page = emptied(publication.identifier, held.number, held.emptied_at, current)
        return answer.page("emptied.html", page, status=HTTPStatus.GONE, indexed=False)
    return standing.instead_of(publication) or shown(publication, held)


@answer.read_only
def editions(request: HttpRequest, identifier: str) -> HttpResponse:
    """All editions, with what changed."""
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication):
        return instead
    current = current_edition(publication).number
    held = publication.editions.all()
    return answer.page("editions.html", history_page(held, identifier=identifier, current_number=current))


def current_edition(publication: Publication) -> Edition:
    """The current edition, which every listed publication has."""
    if publication.current_edition is None:
        raise NotHere
    return publication.current_edition


def edition_of(publication: Publication, number: int) -> Edition:
    """One of the editions; raises NotHere where there never was one of the number."""
    current = current_edition(publication)
    held = current if number == current.number else publication.editions.filter(number=number).first()
    if held is None:
        raise NotHere
    return held


def shown(publication: Publication, edition: Edition) -> HttpResponse:
    """The page of an edition."""
    return answer.page("testimony.html", page_of(publication, edition))


def page_of(publication: Publication, edition: Edition) -> TestimonyPage:
    """What the template shows of an edition."""
    identifier = publication.identifier
    permalink = addresses.edition_permalink(identifier, edition.number)
    return show_testimony(
        edition.record or {},
        identifier=identifier,
        edition_number=edition.number,
        published_at=edition.published_at,
        current_number=current_edition(publication).number,
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

"""How a link to a testimony is shown elsewhere: as a picture of its words, where they may stand alone."""

from django.http import HttpRequest, HttpResponse

from testimonies.citation.item import Item
from testimonies.citation.placard import placard as placard_in
from testimonies.lettering.placard import Placard, draw
from testimonies.models.public import Publication
from testimonies.views import answer, citing, standing
from testimonies.views.errors import NotHere


@answer.read_only
def placard(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """The picture of the current edition; nothing is kept of it but by caches, which ask again after a minute."""
    found = standing.edition_at(identifier, number)
    if isinstance(found, HttpResponse):
        return found
    publication, edition, current = found
    shown = placard_of(publication, citing.item_in(publication, edition), current)
    if shown is None:
        raise NotHere
    response = HttpResponse(draw(shown), content_type="image/png")
    response["X-Robots-Tag"] = "noindex"
    return response


def placard_of(publication: Publication, item: Item, current: int) -> Placard | None:
    """What the picture says; None where there is none: of words that may not stand alone, and of earlier editions."""
    return placard_in(item) if publication.may_stand_alone and item.edition == current else None

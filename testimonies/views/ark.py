"""The ARK of a testimony (Archival Resource Key, draft-kunze-ark): the same testimony by a name of its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from testimonies import identifiers
from testimonies.models.public import Publication
from testimonies.reading.ark import ark_info
from testimonies.views import addresses, answer, standing
from testimonies.views.errors import NotHere


@answer.read_only
def ark(request: HttpRequest, naan: str, identifier: str) -> HttpResponseBase:
    """Lead to the permalink, or describe the testimony where the address ends in `?info`.

    Hyphens and the case of letters mean nothing in an ARK.
    """
    if identifiers.normalise(naan) != settings.ARCHIVE["naan"]:
        raise NotHere
    plain = identifiers.normalise(identifier)
    publication = standing.find(plain if identifiers.is_wellformed(plain) else identifier)
    if left := standing.in_memory_of(publication):
        return left
    if "info" in request.GET:
        return standing.instead_of(publication) or description(publication)
    return redirect("testimony", publication.identifier)


def description(publication: Publication) -> HttpResponse:
    """Who, what, when, where, and what is promised."""
    edition, _current = standing.edition_of(publication)
    page = ark_info(
        edition.record or {},
        naan=settings.ARCHIVE["naan"],
        identifier=publication.identifier,
        edition_number=edition.number,
        published_at=edition.published_at,
        permalink=addresses.permalink(publication.identifier),
    )
    return answer.page("ark_info.html", page, indexed=False)

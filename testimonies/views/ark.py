"""The ARK of a testimony (Archival Resource Key, draft-kunze-ark): the same testimony by a name of its own."""

import re
from collections.abc import Iterator
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from testimonies import identifiers
from testimonies.models.public import Publication
from testimonies.reading.ark import ark_info
from testimonies.views import addresses, answer, standing
from testimonies.views.errors import NotHere

# What may stand behind the question mark to be told about the testimony instead of being led to it: `?info`, and the
# older `??`. A question mark alone reaches no server.
INFLECTIONS = ("info", "?")
PASSAGE = re.compile("p[1-9][0-9]*")


@answer.read_only
def ark(request: HttpRequest, naan: str, identifier: str, suffix: str = "") -> HttpResponseBase:
    """Lead to the permalink, or describe the testimony where the address ends in `?info`.

    Hyphens and the case of letters mean nothing in an ARK. What stands behind the identifier is handed on: an
    edition (`/editions/2`), a passage (`/p3`), or any other address below the permalink.
    """
    if identifiers.normalise(naan) != settings.ARCHIVE["naan"]:
        raise NotHere
    plain = identifiers.normalise(identifier)
    publication = standing.find(plain if identifiers.is_wellformed(plain) else identifier)
    if left := standing.in_memory_of(publication):
        return left
    if any(word in request.GET for word in INFLECTIONS):
        return standing.instead_of(publication, of_file=True) or description(publication)
    path, hash_mark, passage = target(publication.identifier, suffix).partition("#")
    query = request.META.get("QUERY_STRING", "")
    return SeeOther(f"{path}{'?' if query else ''}{query}{hash_mark}{passage}")


class SeeOther(HttpResponseRedirect):
    """What is named is the testimony; what is led to is a page about it."""

    status_code = HTTPStatus.SEE_OTHER


def target(identifier: str, suffix: str) -> str:
    """The path to which a suffix leads; raises NotHere where it leads nowhere."""
    *parts, last = suffix.strip("/").lower().split("/")
    passage = last.replace("-", "")
    if not PASSAGE.fullmatch(passage):
        parts, passage = [*parts, last], ""
    permalink = reverse("testimony", args=[identifier])
    for below in spellings("/".join(parts)):
        path = f"{permalink}{below}/" if below else permalink
        if leads_somewhere(path):
            return f"{path}#{passage}" if passage else path
    raise NotHere(standing.meant_by(identifier))


def spellings(suffix: str) -> Iterator[str]:
    """A suffix as it stands, and without the hyphens, which mean nothing in an ARK but may stand in our addresses."""
    yield suffix
    yield suffix.replace("-", "")


def leads_somewhere(path: str) -> bool:
    """Whether some page answers the path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


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

"""Editions by date (Memento, RFC 7089): which words stood at a permalink on a day.

The permalink names its TimeGate and its TimeMap; the TimeGate leads to the edition of a date; every edition says when
it was published and what stands before and behind it. An edition whose words were taken out keeps its place.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import http_date

from testimonies.models.public import Publication
from testimonies.views import addresses, answer, standing

LINK_FORMAT = "application/link-format"


class Memento(NamedTuple):
    """An edition as the protocol sees it."""

    number: int
    at: datetime

    @property
    def date(self) -> str:
        """When it was published, as HTTP writes dates."""
        return http_date(self.at.timestamp())


@answer.read_only
def timegate(request: HttpRequest, identifier: str) -> HttpResponse:
    """Lead to the edition that was current at the date of `Accept-Datetime`, or is now (RFC 7089, section 2.1)."""
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication, of_file=True):
        return instead
    wanted = request.headers.get("Accept-Datetime")
    at = date_of(wanted) if wanted else None
    if wanted and at is None:
        return answer.error(HTTPStatus.BAD_REQUEST)
    mementos = mementos_of(publication)
    earlier = [one for one in mementos if at is None or one.at.replace(microsecond=0) <= at]
    chosen = earlier[-1] if earlier else mementos[0]
    response = HttpResponseRedirect(addresses.edition_permalink(identifier, chosen.number))
    response["Vary"] = "accept-datetime"
    answer.with_links(response, [original(identifier), timemap_of(identifier), *around(identifier, mementos, chosen)])
    return response


@answer.read_only
def timemap(request: HttpRequest, identifier: str) -> HttpResponse:
    """All editions with their dates, in the format of links (RFC 6690), also those whose words were taken out."""
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication, of_file=True):
        return instead
    mementos = mementos_of(publication)
    here = link(reverse("timemap", args=[identifier]), "self", type=LINK_FORMAT)
    links = [original(identifier), here, timegate_of(identifier), *every(identifier, mementos)]
    return HttpResponse(",\n".join(links) + "\n", content_type=LINK_FORMAT)


def say_original(response: HttpResponse, identifier: str) -> None:
    """Name TimeGate and TimeMap on the permalink (RFC 7089, section 2.2.1)."""
    answer.with_links(response, [original(identifier), timegate_of(identifier), timemap_of(identifier)])


def say_memento(response: HttpResponse, publication: Publication, number: int) -> None:
    """Say of an edition's page when it was published, and what stands around it (RFC 7089, section 2.2.2)."""
    mementos = mementos_of(publication)
    here = next(one for one in mementos if one.number == number)
    response["Memento-Datetime"] = here.date
    say_original(response, publication.identifier)
    answer.with_links(response, around(publication.identifier, mementos, here))


def mementos_of(publication: Publication) -> list[Memento]:
    """The editions in order (one query)."""
    rows = publication.editions.order_by("number").values_list("number", "published_at")
    return [Memento(number, at) for number, at in rows]


def around(identifier: str, mementos: Sequence[Memento], here: Memento) -> Iterable[str]:
    """Links to the first edition, to the neighbours of one, and to the last."""
    place = mementos.index(here)
    named = {"first": 0, "prev": place - 1, "next": place + 1, "last": len(mementos) - 1}
    for name, where in named.items():
        if 0 <= where < len(mementos):
            yield memento(identifier, mementos[where], f"{name} memento")


def every(identifier: str, mementos: Sequence[Memento]) -> Iterable[str]:
    """Links to all editions."""
    for place, one in enumerate(mementos, start=1):
        words = ["first"] * (place == 1) + ["last"] * (place == len(mementos)) + ["memento"]
        yield memento(identifier, one, " ".join(words))


def memento(identifier: str, one: Memento, relation: str) -> str:
    """A link to an edition."""
    return link(reverse("edition", args=[identifier, one.number]), relation, datetime=one.date)


def original(identifier: str) -> str:
    """A link to the permalink."""
    return link(reverse("testimony", args=[identifier]), "original")


def timegate_of(identifier: str) -> str:
    """A link to the TimeGate."""
    return link(reverse("timegate", args=[identifier]), "timegate")


def timemap_of(identifier: str) -> str:
    """A link to the TimeMap."""
    return link(reverse("timemap", args=[identifier]), "timemap", type=LINK_FORMAT)


def link(path: str, relation: str, **attributes: str) -> str:
    """A web link (RFC 8288) to a path of this site."""
    said = {"rel": relation, **attributes}
    return "; ".join([f"<{addresses.whole(path)}>", *(f'{name}="{value}"' for name, value in said.items())])


def date_of(text: str) -> datetime | None:
    """A date as HTTP writes it, in UTC to the second; None where it is none."""
    try:
        at = parsedate_to_datetime(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None

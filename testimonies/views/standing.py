"""What stands at the address of a testimony: its words, or what took their place."""

from http import HTTPStatus

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from testimonies import identifiers
from testimonies.models.public import Edition, Identifier, Publication
from testimonies.reading import absence
from testimonies.views import answer
from testimonies.views.errors import NotHere, Suggestions

# The page that is read most asks for two rows by their keys; writing the SQL anew each time would take Django
# ten times as long as the database takes to answer it.
PUBLICATION = """
    SELECT id, identifier, state, review_on, withdrawn_at, withdrawal_reason, current_edition_id, first_published_at,
        times_cited, featured
    FROM testimonies_publication WHERE identifier = %s
"""
EDITION = """
    SELECT held.id, held.publication_id, held.number, held.published_at, held.change_note, held.record,
        held.emptied_at, current.number AS current_number
    FROM testimonies_edition AS current JOIN testimonies_edition AS held USING (publication_id)
    WHERE current.id = %s AND held.number = COALESCE(%s, current.number)
"""


def find(identifier: str) -> Publication:
    """The publication, as far as its standing goes (one query); raises NotHere with what may have been meant."""
    if not identifiers.is_wellformed(identifier):
        raise NotHere(meant_by(identifier))
    for publication in Publication.objects.raw(PUBLICATION, [identifier]):
        return publication
    raise NotHere


def edition_of(publication: Publication, number: int | None = None) -> tuple[Edition, int]:
    """One of the editions, or the current one, and the number of the current one (one query).

    Raises NotHere where there never was one of the number.
    """
    for edition in Edition.objects.raw(EDITION, [publication.current_edition_id, number]):
        return edition, vars(edition)["current_number"]
    raise NotHere


def edition_at(identifier: str, number: int) -> tuple[Publication, Edition, int] | HttpResponse:
    """What a file of an edition is written from: the publication, the edition, the number of the current one.

    Or what is answered instead. Raises NotHere where there never was an edition of the number.
    """
    publication = find(identifier)
    if left := in_memory_of(publication):
        return left
    held, current = edition_of(publication, number)
    instead = emptied(publication, held, current) or instead_of(publication, of_file=True)
    return instead or (publication, held, current)


def emptied(publication: Publication, edition: Edition, current: int) -> HttpResponse | None:
    """The answer of an edition whose words were taken out; None where it is whole."""
    if not edition.emptied_at:
        return None
    number = current if publication.is_listed else None
    page = absence.emptied(publication.identifier, edition.number, edition.emptied_at, number)
    return answer.page("emptied.html", page, status=HTTPStatus.GONE, indexed=False)


def meant_by(typed: str) -> Suggestions:
    """The listed testimonies whose identifier is a slip away from what was typed."""
    plain = identifiers.normalise(typed)
    meant = [plain] if identifiers.is_wellformed(plain) else identifiers.candidates(typed)
    if not meant:
        return ()
    rows = Publication.objects.listed().filter(identifier__in=meant).order_by("identifier")
    return tuple((title, reverse("testimony", args=[key])) for key, title in rows.values_list("identifier", "title"))


def instead_of(publication: Publication, *, of_file: bool = False) -> HttpResponse | None:
    """The answer that every address of the testimony gives where its words are not public; None where they are.

    Under review the pages that people are led to answer 200, so that citations of them stay good. A program that asks
    for a record or a file (`of_file`) is told the same with 404: what it would keep is no record.
    """
    if left := in_memory_of(publication):
        return left
    if not publication.is_listed:
        shown = absence.Unlisted(identifier=publication.identifier)
        status = HTTPStatus.NOT_FOUND if of_file else HTTPStatus.OK
        return answer.page("unlisted.html", shown, status=status, indexed=False)
    return None


def in_memory_of(publication: Publication) -> HttpResponse | None:
    """The answer of what is gone for good, all editions with it; None of what may be read, now or later."""
    if publication.is_withdrawn:
        return gravestone(publication)
    if publication.state == Publication.State.MERGED:
        return elsewhere(Identifier.Kind.TESTIMONY, publication.identifier)
    return None


def gravestone(publication: Publication) -> HttpResponse:
    """The tombstone: bare, and the same at every address of the testimony."""
    if publication.withdrawn_at is None:  # the database refuses it; a page must not depend on that
        raise NotHere
    shown = absence.tombstone(publication.identifier, publication.withdrawn_at, publication.withdrawal_reason)
    return answer.page("tombstone.html", shown, status=HTTPStatus.GONE, indexed=False)


def elsewhere(kind: str, value: str) -> HttpResponsePermanentRedirect:
    """Lead to the record with which this one was merged; raises NotHere where it was with none."""
    entry = Identifier.objects.find(kind, value)
    if entry is None or entry.redirects_to is None:
        raise NotHere
    return led_to(entry.redirects_to)


def led_to(entry: Identifier) -> HttpResponsePermanentRedirect:
    """The way to a record of any kind; addresses are named by the kinds."""
    return HttpResponsePermanentRedirect(reverse(entry.kind, args=[entry.value]))

"""From a citation that somebody typed to the address of what it points at."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from testimonies import pointers
from testimonies.models.public import Identifier, Publication
from testimonies.pointers import Pointer


def way_to(typed: str) -> str:
    """The path to what a citation points at; empty where it is none, or nothing of the archive's.

    Whatever stands there answers for itself, a tombstone too. An edition or a passage that never was is left out.
    """
    pointer = pointers.read(typed, naan=settings.ARCHIVE["naan"])
    if pointer is None:
        return ""
    entry = Identifier.objects.select_related("redirects_to").filter(**named_by(pointer)).first()
    if entry is None:
        return ""
    entry = entry.redirects_to or entry
    if entry.kind != Identifier.Kind.TESTIMONY:
        return reverse(entry.kind, args=[entry.value])
    return within(entry.value, pointer)


def own_hosts() -> tuple[str, ...]:
    """The names under which the archive is read; that it may answer to any in trying it out names none."""
    own = urlsplit(settings.ARCHIVE["url"]).hostname or ""
    return own, *(host for host in settings.ALLOWED_HOSTS if host != "*")


def named_by(pointer: Pointer) -> dict[str, str]:
    """The entry of the ledger that is meant: identifiers are told apart whatever they are of, slugs are not."""
    is_slug = pointer.kind in (Identifier.Kind.WAVE, Identifier.Kind.TAG)
    return {"value": pointer.name, **({"kind": pointer.kind} if is_slug else {})}


def within(identifier: str, pointer: Pointer) -> str:
    """The path to the edition and the passage of a testimony; a passage of former editions is where it stood last."""
    permalink = reverse("testimony", args=[identifier])
    publication = Publication.objects.listed().filter(identifier=identifier).first()
    if publication is None or not (pointer.edition or pointer.passage):
        return permalink
    editions = publication.editions.order_by("-number")
    if pointer.edition:
        editions = editions.filter(number=pointer.edition)
    holding = editions.filter(passages__number=pointer.passage).first() if pointer.passage else None
    edition = holding or (editions.first() if pointer.edition else None)
    if edition is None:
        return permalink
    is_current = not pointer.edition and edition.pk == publication.current_edition_id
    path = permalink if is_current else reverse("edition", args=[identifier, edition.number])
    return f"{path}#p{pointer.passage}" if holding else path

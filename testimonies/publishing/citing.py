"""Publications that cite a testimony: shown to readers once an editor has accepted them, by the log like all else."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from testimonies.encryption import DecryptionError
from testimonies.models.editorial import cited_as
from testimonies.models.public import CitingLetter, CitingWork, Publication, PublicationEvent

from .publish import WrongState
from .telling import tell


@transaction.atomic
def accept_citing(letter: CitingLetter, *, edition: int, passage: int | None, **said: Any) -> CitingWork:
    """Show it on the testimony; the letter is not kept. Raises WrongState where readers cannot read the testimony."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=letter.publication_id)
    if not publication.is_listed:
        raise WrongState(_("Readers do not see this testimony, so nothing can be shown on it."))
    work = CitingWork.objects.create(publication=publication, edition=edition, passage=passage, **said)
    letter.delete()
    count_again(publication)
    tell(PublicationEvent.Kind.CITED, publication=publication)
    return work


@transaction.atomic
def take_off_citing(work: CitingWork) -> Publication:
    """Show it no more."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=work.publication_id)
    work.delete()
    count_again(publication)
    tell(PublicationEvent.Kind.CITED, publication=publication)
    return publication


def forget_citing(publications: Iterable[Publication], *, naming: re.Pattern[str] | None = None) -> None:
    """Delete who cites these testimonies, or only what carries one of the names; the caller tells the log."""
    for publication in publications:
        for work in CitingWork.objects.filter(publication=publication):
            if naming is None or naming.search(f"{work.reference} {work.address}"):
                work.delete()
        for letter in CitingLetter.objects.filter(publication=publication):
            if naming is None or may_carry(letter, naming):
                letter.delete()
        count_again(publication)


def may_carry(letter: CitingLetter, naming: re.Pattern[str]) -> bool:
    """Whether a letter carries one of the names, or cannot be opened any more, so that nobody can tell."""
    try:
        return bool(naming.search(" ".join(map(str, vars(cited_as(letter)).values()))))
    except DecryptionError:
        return True


def count_again(publication: Publication) -> None:
    """Let the page of the testimony know whether there is anything to show."""
    publication.times_cited = CitingWork.objects.filter(publication=publication).count()
    publication.save(update_fields=["times_cited"])

"""Withdrawal, the emptying of editions, and the further hiding of a name."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from testimonies.models.editorial import Testimony
from testimonies.models.public import Edition, Publication, PublicationEvent, Witness, append_event

from .publish import NotPublishable, publish
from .review import held, unlist


@transaction.atomic
def withdraw(testimony: Testimony, *, reason: str) -> Publication:
    """Withdraw for good: the permalink answers 410 with the identifier, the day and the neutral `reason`.

    `reason` is one of Publication.WithdrawalReason; why in truth belongs into the history. The editions are kept
    closed. Raises WrongState where there is nothing public to withdraw.
    """
    testimony, publication = held(testimony, Publication.State.LISTED, Publication.State.UNLISTED)
    publication.forget_listing()
    publication.state = Publication.State.WITHDRAWN
    publication.withdrawn_at = publication.changed_at = timezone.now()
    publication.withdrawal_reason = Publication.WithdrawalReason(reason)
    publication.save()
    testimony.status = Testimony.Status.WITHDRAWN
    testimony.save(update_fields=["status"])
    append_event(PublicationEvent.Kind.WITHDRAWN, publication=publication)
    return publication


@transaction.atomic
def empty_edition(edition: Edition) -> Edition:
    """Take the words out of an edition that endangers somebody, its digest and note too.

    Where it is the current one the testimony is unlisted with it, until another edition is published. An edition
    that was emptied already stays as it is.
    """
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=edition.publication_id)
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if edition.is_emptied:
        return edition
    edition.empty()
    if publication.current_edition_id == edition.pk and publication.state == Publication.State.LISTED:
        unlist(Testimony.objects.get(publication=publication))
    append_event(PublicationEvent.Kind.ERASED, publication=publication, edition=edition)
    return edition


@transaction.atomic
def hide_name(witness: Witness, *, name: str, naming: str, by: Any) -> list[Testimony]:
    """Give a witness another name and take the old one out of everything that carries it.

    Every edition with words of the witness is emptied first, then each testimony that was listed is published anew
    under the new name. The testimonies that the gate now refuses stay hidden, and are returned for an editor to mend.
    """
    witness = Witness.objects.select_for_update(of=("self",)).get(pk=witness.pk)
    testimonies = list(Testimony.objects.filter(witness=witness, publication__isnull=False))
    shown = [one for one in testimonies if one.publication and one.publication.state == Publication.State.LISTED]
    for edition in Edition.objects.filter(publication__in=[one.publication for one in testimonies], emptied_at=None):
        empty_edition(edition)
    for form in witness.forms.all():
        form.delete()
    witness.name, witness.naming, witness.described_as, witness.note = name, naming, "", ""
    witness.portrait = None
    witness.save()
    forget_former_names(witness)
    return [testimony for testimony in shown if not publish_anew(testimony, by=by)]


def forget_former_names(witness: Witness) -> None:
    """Take the old name out of the history, which editors read."""
    witness.history.all().update(name=witness.name, naming=witness.naming, described_as="", note="", portrait=None)


def publish_anew(testimony: Testimony, *, by: Any) -> bool:
    """Publish the next edition if the gate allows it."""
    testimony.refresh_from_db()
    try:
        publish(testimony, by=by, protects=True)
    except NotPublishable:
        return False
    return True

"""Withdrawal, and the emptying of editions."""

from django.db import transaction
from django.utils import timezone

from testimonies.models.editorial import Review, Testimony
from testimonies.models.public import Edition, Publication, PublicationEvent

from .review import held, unlist
from .telling import tell


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
    Review.objects.settle(testimony, Review.State.CLOSED, by=None)
    testimony.status = Testimony.Status.WITHDRAWN
    testimony.save(update_fields=["status"])
    tell(PublicationEvent.Kind.WITHDRAWN, publication=publication)
    return publication


@transaction.atomic
def empty_edition(edition: Edition) -> Edition:
    """Take the words out of an edition that endangers somebody, its digest and note too.

    Where it is the current one the testimony is unlisted with it, and lists and search let go of it, until another
    edition is published. An edition that was emptied already stays as it is.
    """
    states = Publication.State
    testimony = Testimony.objects.get(publication=edition.publication_id)
    testimony, publication = held(testimony, states.LISTED, states.UNLISTED, states.WITHDRAWN, states.MERGED)
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if edition.is_emptied:
        return edition
    edition.empty()
    if publication.current_edition_id == edition.pk:
        if publication.state == states.LISTED:
            publication = unlist(testimony)
        publication.forget_listing()
        publication.save()
    tell(PublicationEvent.Kind.ERASED, publication=publication, edition=edition)
    return edition

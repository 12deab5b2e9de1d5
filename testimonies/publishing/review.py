"""Reviews: a testimony is hidden when its review falls due, and shown again when somebody renews it."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies.models.editorial import Testimony
from testimonies.models.public import Publication, PublicationEvent, today

from .gate import reasons_against
from .publish import NotPublishable, WrongState
from .telling import tell, tell_of_all

# What can be shown again, or longer.
RENEWABLE = (Publication.State.LISTED, Publication.State.UNLISTED)


def held(testimony: Testimony, *states: str) -> tuple[Testimony, Publication]:
    """The testimony and its publication, locked; raises WrongState where the publication is in none of `states`."""
    testimony = Testimony.objects.select_for_update(of=("self",)).get(pk=testimony.pk)
    if testimony.publication_id is None:
        raise WrongState(_("It was never published."))
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=testimony.publication_id)
    refuse_unless(publication, *states)
    return testimony, publication


def refuse_unless(publication: Publication, *states: str) -> None:
    """Raise WrongState where the publication is in none of the states."""
    if publication.state not in states:
        raise WrongState(_("This cannot be done now: it is %(state)s.") % {"state": publication.get_state_display()})


@transaction.atomic
def unlist(testimony: Testimony) -> Publication:
    """Hide a published testimony until it is renewed: the permalink answers without the words."""
    testimony, publication = held(testimony, Publication.State.LISTED)
    publication.state = Publication.State.UNLISTED
    publication.changed_at = timezone.now()
    publication.save(update_fields=["state", "changed_at"])
    # One whose next edition is in review stays there.
    if testimony.status == Testimony.Status.PUBLISHED:
        testimony.status = Testimony.Status.UNLISTED
        testimony.save(update_fields=["status"])
    tell(PublicationEvent.Kind.UNLISTED, publication=publication)
    return publication


@transaction.atomic
def renew(testimony: Testimony, *, by: Any, review_on: date | None) -> Publication:
    """Show the current edition (again), until `review_on`.

    What editors have written since is not published by this. Raises NotPublishable with the gate's reasons, and
    WrongState where it is neither listed nor unlisted or its current edition was emptied.
    """
    testimony, publication = held(testimony, *RENEWABLE)
    if publication.current_edition is None or publication.current_edition.is_emptied:
        raise WrongState(_("The words of its current edition were taken out: publish another edition."))
    testimony.review_on = review_on
    if refusals := reasons_against(testimony, by=None):
        raise NotPublishable(refusals)
    publication.state = Publication.State.LISTED
    publication.review_on = review_on
    publication.changed_at = timezone.now()
    publication.save(update_fields=["state", "review_on", "changed_at"])
    if testimony.status == Testimony.Status.UNLISTED:
        testimony.status = Testimony.Status.PUBLISHED
    testimony.save(update_fields=["status", "review_on"])
    tell(PublicationEvent.Kind.RENEWED, publication=publication)
    return publication


@transaction.atomic
def renew_many(testimonies: list[Testimony], *, by: Any, review_on: date | None, reason: str) -> None:
    """Renew testimonies that the caller holds and of each of which it has asked the gate since.

    As `renew` does for one: each is its next version, with a line of its history and an event of its own in the log.
    Raises WrongState.
    """
    keys = [one.publication_id for one in testimonies]
    rows = Publication.objects.filter(pk__in=keys)
    publications = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for publication in publications:
        if publication.state not in RENEWABLE:
            raise WrongState(
                _("This cannot be done now: it is %(state)s.") % {"state": publication.get_state_display()}
            )
    rows.update(state=Publication.State.LISTED, review_on=review_on, changed_at=timezone.now())
    unlisted = [one for one in testimonies if one.status == Testimony.Status.UNLISTED]
    others = [one for one in testimonies if one.status != Testimony.Status.UNLISTED]
    said = {"by": by, "reason": reason, "review_on": review_on}
    Testimony.objects.change_many(unlisted, status=Testimony.Status.PUBLISHED, **said)
    Testimony.objects.change_many(others, **said)
    tell_of_all(PublicationEvent.Kind.RENEWED, publications=publications)


def unlist_overdue() -> int:
    """Unlist what is past its review date, or whose basis has ended; the number of publications that were.

    The clock only ever hides.
    """
    return sum(unlist_one_overdue(key) for key in list(due().values_list("pk", flat=True)))


def due() -> models.QuerySet[Testimony]:
    """Listed testimonies that should not be listed any more."""
    return Testimony.objects.filter(
        models.Q(publication__review_on__lt=today()) | models.Q(basis__ended_on__lte=today()),
        publication__state=Publication.State.LISTED,
    )


@transaction.atomic
def unlist_one_overdue(key: int) -> bool:
    """Unlist one testimony, unless another process was faster or somebody has renewed it meanwhile."""
    testimony = Testimony.objects.select_for_update(of=("self",)).get(pk=key)
    if not due().filter(pk=key).exists():
        return False
    unlist(testimony)
    return True

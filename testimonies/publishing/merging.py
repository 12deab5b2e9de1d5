"""Merging: two records that are one become one, and the address that is given up leads to the other."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from testimonies.models.editorial import Testimony
from testimonies.models.public import (
    AddressedVocabulary,
    Identifier,
    Publication,
    PublicationEvent,
    append_event,
)

from .review import held


@transaction.atomic
def merge_testimonies(given_up: Testimony, *, into: Testimony) -> Publication:
    """Let the permalink of a testimony that was entered twice lead to the other for ever.

    Raises WrongState where one of them is not public, and ValueError where both are the same.
    """
    if given_up.pk == into.pk:
        raise ValueError("A testimony is not merged with itself.")
    states = (Publication.State.LISTED, Publication.State.UNLISTED)
    _, kept = held(into, *states)
    given_up, publication = held(given_up, *states)
    publication.forget_listing()
    publication.state = Publication.State.MERGED
    publication.changed_at = timezone.now()
    publication.save()
    given_up.status = Testimony.Status.WITHDRAWN
    given_up.save(update_fields=["status"])
    redirect(Identifier.Kind.TESTIMONY, publication.identifier, kept.identifier)
    append_event(PublicationEvent.Kind.MERGED, publication=publication)
    return kept


@transaction.atomic
def merge(given_up: AddressedVocabulary, *, into: AddressedVocabulary) -> None:
    """Let everything that points at one vocabulary record point at another of its kind, and its address lead there.

    Frozen editions keep the old address, which redirects. Raises ValueError where the records cannot be one.
    """
    if type(given_up) is not type(into) or given_up.pk == into.pk:
        raise ValueError("Only two records of one kind can be merged.")
    if given_up.address and not into.address:
        into.enter_in_ledger()
    for relation in given_up._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not is_history(relation):
            repoint(relation, given_up, into)
    old_address = given_up.address
    given_up.delete()
    if old_address and into.address:
        redirect(given_up.identifier_kind, old_address, into.address)
        append_event(PublicationEvent.Kind.MERGED, subject=into.subject)


def is_history(relation: models.ManyToOneRel) -> bool:
    """Whether the relation comes from a history table, which keeps what was."""
    return hasattr(relation.related_model, "history_date")


def repoint(relation: models.ManyToOneRel, given_up: models.Model, into: models.Model) -> None:
    """Let the rows of one relation point at `into`; a row that says what another says already goes."""
    model: Any = relation.related_model
    rows = model._base_manager.filter(**{relation.field.name: given_up})
    for row in rows:
        try:
            with transaction.atomic():
                rows.filter(pk=row.pk).update(**{relation.field.name: into})
        except IntegrityError:
            rows.filter(pk=row.pk).delete()


def redirect(kind: str, given_up: str, kept: str) -> None:
    """Enter the redirect in the ledger."""
    ledger = Identifier.objects
    ledger.get(kind=kind, value=given_up).redirect_to(ledger.get(kind=kind, value=kept))

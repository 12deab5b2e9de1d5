"""Erasure: a withdrawal after which the words are nowhere, neither in what readers met nor in what editors hold."""

from itertools import chain
from typing import Any

from django.db import models, transaction

from testimonies.models.editorial import QuoteSegment, Request, Review, SourceSnapshot, Testimony, Translation
from testimonies.models.public import Publication

from .hiding import GONE, forget_in_admin_log
from .review import held
from .withdrawal import empty_edition, withdraw


@transaction.atomic
def erase(testimony: Testimony, *, reason: str) -> Publication:
    """Withdraw for good, empty every edition, and take the words out of what editors hold and out of its history.

    The tombstone stays, and who did what when. The snapshots of the source go too, for they hold the words: other
    quotations from it cannot be compared any more until somebody takes another one. Raises WrongState where it was
    never published.
    """
    testimony, publication = held(testimony, *Publication.State)
    if publication.state in (Publication.State.LISTED, Publication.State.UNLISTED):
        withdraw(testimony, reason=reason)
    for edition in publication.editions.order_by("pk"):
        empty_edition(edition)
    for part in (QuoteSegment, Translation):
        part.objects.filter(testimony=testimony).delete()
        part.history.filter(testimony_id=testimony.pk).delete()
    SourceSnapshot.objects.filter(source=testimony.source_id).delete()
    testimony.refresh_from_db()
    strike_out(testimony)
    for row in chain(
        testimony.placements.all(),
        testimony.wave_mentions.all(),
        Review.objects.filter(testimony=testimony),
        Request.objects.filter(testimony=testimony),
        Testimony.history.filter(id=testimony.pk),
    ):
        strike_out(row)
    forget_in_admin_log(Testimony, {testimony.pk}, str(testimony))
    return publication


def strike_out(row: Any) -> None:
    """Put a mark in the place of everything that an editor wrote in words of their own."""
    for field in row._meta.concrete_fields:
        is_note = isinstance(field, models.TextField) or field.name.endswith(("_reason", "locator"))
        if is_note and getattr(row, field.attname):
            setattr(row, field.attname, GONE)
    row.save()

"""Erasure: a withdrawal after which the words are nowhere, neither in what readers met nor in what editors hold."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Cast

from testimonies import texts
from testimonies.encryption import DecryptionError
from testimonies.models.editorial import (
    Draft,
    Merge,
    QuoteSegment,
    Request,
    Review,
    SourceSnapshot,
    Testimony,
    Translation,
)
from testimonies.models.public import Publication

from .citing import forget_citing
from .hiding import GONE, forget_in_admin_log
from .review import held
from .withdrawal import empty_edition, withdraw


@transaction.atomic
def erase(testimony: Testimony, *, reason: str) -> Publication:
    """Withdraw for good, empty every edition, and take the words out of what editors hold and out of its history.

    What editors have typed and not saved is dropped where it belongs to the testimony or holds a passage of it. The
    tombstone stays, and who did what when. The snapshots of the source go too, for they hold the words: other
    quotations from it cannot be compared any more until somebody takes another one. Who cites it is forgotten. Raises
    WrongState where it was never published.
    """
    testimony, publication = held(testimony, *Publication.State)
    if publication.state in (Publication.State.LISTED, Publication.State.UNLISTED):
        withdraw(testimony, reason=reason)
    for edition in publication.editions.order_by("pk"):
        empty_edition(edition)
    Merge.objects.all().delete()  # undoing one would bring words back
    drop_unsaved(testimony)
    forget_citing([publication])
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
        Testimony.history.filter(id=testimony.pk),
    ):
        strike_out(row)
    strike_out_requests(testimony)
    forget_in_admin_log(Testimony, {testimony.pk}, str(testimony))
    return publication


def strike_out_requests(testimony: Testimony) -> None:
    """The same for its requests, also where no key opens them; whoever asked is still to be answered."""
    requests = Request.objects.filter(testimony=testimony)
    requests.update(ground=GONE)
    # Whether there is one is seen without opening it: what is empty is not encrypted.
    requests.annotate(sealed=Cast("decision", models.TextField())).exclude(sealed="").update(decision=GONE)


def drop_unsaved(testimony: Testimony) -> None:
    """Delete the drafts of the testimony, those with words of it in them, and those that no key opens."""
    passages = set(passages_ever(testimony))
    for key, of in Draft.objects.order_by("pk").values_list("pk", "testimony"):
        if of == testimony.pk or holds(key, passages):
            Draft.objects.filter(pk=key).delete()


def passages_ever(testimony: Testimony) -> Iterator[str]:
    """Every passage of its words and translations, also as they were before."""
    for part in (QuoteSegment, Translation):
        for text in part.history.filter(testimony_id=testimony.pk).values_list("text", flat=True):
            yield from texts.paragraphs(texts.clean(text))


def holds(key: int, passages: set[str]) -> bool:
    """Whether a draft holds one of the passages, or cannot be opened any more, so that nobody can tell."""
    try:
        typed = Draft.objects.get(pk=key).typed
    except DecryptionError:
        return True
    held = [texts.clean(value) for _name, values in typed.lists() for value in values]
    return any(passage in value for passage in passages for value in held)


def strike_out(row: Any) -> None:
    """Put a mark in the place of everything that an editor wrote in words of their own."""
    for field in row._meta.concrete_fields:
        is_note = isinstance(field, models.TextField) or field.name.endswith(("_reason", "locator"))
        if is_note and getattr(row, field.attname):
            setattr(row, field.attname, GONE)
    row.save()

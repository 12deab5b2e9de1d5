"""Merging: two records that are one become one, and the address that is given up leads to the other."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies.models.editorial import Review, Testimony
from testimonies.models.public import (
    AddressedVocabulary,
    Identifier,
    Place,
    Publication,
    PublicationEvent,
    append_events,
)

from .review import held
from .telling import tell
from .unmerging import DERIVED, Before, name_of, serialized


@transaction.atomic
def merge_testimonies(given_up: Testimony, *, into: Testimony) -> Publication:
    """Let the permalink of a testimony that was entered twice lead to the other for ever.

    Raises WrongState where one of them is not public, and ValueError where both are the same.
    """
    if given_up.pk == into.pk:
        raise ValueError(_("A testimony is not merged with itself."))
    states = (Publication.State.LISTED, Publication.State.UNLISTED)
    # In one order whoever merges what, so that two merges never wait for each other.
    both = {one.pk: held(one, *states) for one in sorted((given_up, into), key=lambda one: one.pk)}
    (given_up, publication), (_into, kept) = both[given_up.pk], both[into.pk]
    publication.forget_listing()
    publication.state = Publication.State.MERGED
    publication.changed_at = timezone.now()
    publication.save()
    Review.objects.settle(given_up, Review.State.CLOSED, by=None)
    given_up.status = Testimony.Status.WITHDRAWN
    given_up.save(update_fields=["status"])
    redirect(Identifier.Kind.TESTIMONY, publication.identifier, kept.identifier)
    tell(PublicationEvent.Kind.MERGED, publication=publication)
    return kept


@transaction.atomic
def merge(given_up: AddressedVocabulary, *, into: AddressedVocabulary, by: Any = None) -> None:
    """Let everything that points at one vocabulary record point at another of its kind, and its address lead there.

    Frozen editions keep the old address, which redirects. For a day `unmerge` undoes it. Raises ValueError with a
    sentence where the records cannot be one.
    """
    if type(given_up) is not type(into) or given_up.pk == into.pk:
        raise ValueError(_("Only two records of one kind can be merged."))
    both = type(into).objects.select_for_update(of=("self",)).in_bulk(sorted((given_up.pk, into.pk)))
    given_up, into = both[given_up.pk], both[into.pk]
    refuse_circle(given_up, into)
    bound = bound_to(given_up)
    before = Before.of(given_up, into, bound)
    if given_up.address and not into.address:
        into.enter_in_ledger()
    for relation in given_up._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not is_history(relation):
            repoint(relation, given_up, into, before)
    into.refresh_from_db()
    if isinstance(into, Place):
        into.move_publications()
    else:
        append_events(PublicationEvent.Kind.VOCABULARY, publications=bound, subject=into.subject)
    old_address = given_up.address
    before.keep(given_up, into, by)
    given_up.delete()
    if old_address and into.address:
        redirect(given_up.identifier_kind, old_address, into.address)
        tell(PublicationEvent.Kind.MERGED, subject=into.subject)


def bound_to(record: Any) -> list[Publication]:
    """The publications that are found under a vocabulary record."""
    return list(record.publications.distinct())


def refuse_circle(given_up: AddressedVocabulary, into: AddressedVocabulary) -> None:
    """A place that took over what it lies in would lie in itself."""
    if isinstance(into, Place) and given_up in into.ancestors():
        raise ValueError(_("A place cannot take the place of one that it lies in."))


def is_history(relation: models.ManyToOneRel) -> bool:
    """Whether the relation comes from a history table, which keeps what was."""
    return hasattr(relation.related_model, "history_date")


def repoint(relation: models.ManyToOneRel, given_up: models.Model, into: models.Model, before: Before) -> None:
    """Let the rows of one relation point at `into`; a row that says what another says already goes.

    What was before is written down, but of rows that are made from others.

    Raises ValueError where both records have what only one can have, such as an identity.
    """
    model: Any = relation.related_model
    name, called = relation.field.name, name_of(relation)
    is_derived = issubclass(model, DERIVED)
    for row in model._base_manager.filter(**{name: given_up}):
        twin = twin_of(row, name, into)
        if twin is None:
            if not is_derived:
                before.moved.append((called, row.pk))
            setattr(row, name, into)
            row.save(update_fields=[name])
        elif relation.one_to_one:
            raise ValueError(
                _("Both have one of these: %(kind)s. Decide first which one stays.")
                % {"kind": model._meta.verbose_name}
            )
        else:
            if not is_derived:
                before.dropped.append((called, twin.pk, serialized(row)))
                before.given.append((called, twin.pk, more_than(row, twin)))
            give_what_is_more(row, twin)
            row.delete()


def twin_of(row: models.Model, name: str, into: models.Model) -> models.Model | None:
    """The row that would be the same as this one if it pointed at `into`."""
    model = type(row)
    unique = [constraint.fields for constraint in model._meta.total_unique_constraints]
    unique += model._meta.unique_together
    unique += [[name]] if model._meta.get_field(name).one_to_one else []
    for fields in unique:
        if name in fields:
            same = {field: getattr(row, field) for field in fields} | {name: into}
            if twin := model._base_manager.filter(**same).first():
                return twin
    return None


def more_than(row: models.Model, twin: models.Model) -> list[str]:
    """The yes-or-no fields in which a row says yes and its twin no."""
    return [
        field.attname
        for field in row._meta.concrete_fields
        if isinstance(field, models.BooleanField) and getattr(row, field.attname) and not getattr(twin, field.attname)
    ]


def give_what_is_more(row: models.Model, twin: models.Model) -> None:
    """Let the row that stays say what the one that goes said in its yes-or-no fields."""
    more = more_than(row, twin)
    for name in more:
        setattr(twin, name, True)
    if more:
        twin.save(update_fields=more)


def redirect(kind: str, given_up: str, kept: str) -> None:
    """Enter the redirect in the ledger."""
    ledger = Identifier.objects
    ledger.get(kind=kind, value=given_up).redirect_to(ledger.get(kind=kind, value=kept))

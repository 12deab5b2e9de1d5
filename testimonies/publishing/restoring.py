"""Bringing back a former state: as what editors hold now, for readers only once it is published."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from testimonies.models.editorial import QuoteSegment, Testimony, Translation
from testimonies.models.public import Tag

from .publish import WrongState

# Where it stands is no part of a state that comes back.
_KEPT = frozenset({"id", "status", "publication", "version", "author", "folded"})
_MAY = (Testimony.Status.DRAFT, Testimony.Status.PUBLISHED, Testimony.Status.UNLISTED)


@transaction.atomic
def restore(testimony: Testimony, line: Any) -> Testimony:
    """Write what a line of the testimony's history says, with the words, translations and tags of that time.

    Places, waves and contributions have no history and stay as they are. What the state referred to and is not held
    any more stays as it is too. Raises WrongState where it is in review or withdrawn.
    """
    if testimony.status not in _MAY:
        raise WrongState(_("This cannot be done now: it is %(state)s.") % {"state": testimony.get_status_display()})
    for field in Testimony._meta.concrete_fields:
        if field.name not in _KEPT and is_held(field, value := getattr(line, field.attname)):
            setattr(testimony, field.attname, value)
    later = testimony.history.filter(history_id__gt=line.history_id).order_by("history_date", "history_id").first()
    testimony.save()
    testimony.tags.set(Tag.objects.filter(name__in=line.tags_then.split(", ")))
    for part in (QuoteSegment, Translation):
        restore_part(part, testimony, later.history_date if later else None)
    return testimony


def is_held(field: Any, value: Any) -> bool:
    """Whether what a foreign key referred to is still there; any other value is."""
    return not field.is_relation or value is None or field.related_model.objects.filter(pk=value).exists()


def restore_part(part: Any, testimony: Testimony, until: datetime | None) -> None:
    """The words or translations as they stood before the next saving: later ones go, lost ones come back."""
    lines = part.history.filter(testimony_id=testimony.pk).order_by("history_date", "history_id")
    then = {line.id: line for line in (lines.filter(history_date__lt=until) if until else lines)}
    standing = {key: line for key, line in then.items() if line.history_type != "-"}
    for row in part.objects.filter(testimony=testimony).exclude(pk__in=standing):
        row.delete()
    for key, line in standing.items():
        row = part.objects.filter(pk=key).first() or part(pk=key, testimony=testimony)
        changed = False
        for field in part._meta.concrete_fields:
            value = getattr(line, field.attname)
            if getattr(row, field.attname) != value and is_held(field, value):
                setattr(row, field.attname, value)
                changed = True
        if changed or row._state.adding:
            row.save()

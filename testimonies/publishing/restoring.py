"""Bringing back a former state: as what editors hold now, for readers only once it is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from testimonies.models.editorial import QuoteSegment, Testimony, Translation
from testimonies.models.public import Tag

from .publish import WrongState, refuse_lacking

# Where it stands is no part of a state that comes back.
_KEPT = frozenset({"id", "status", "publication", "version", "author", "folded"})
_MAY = (Testimony.Status.DRAFT, Testimony.Status.PUBLISHED, Testimony.Status.UNLISTED)
PARTS: tuple[Any, ...] = (QuoteSegment, Translation)


@dataclass(frozen=True)
class Coming:
    """What would come back: a field of the testimony or of a part; `part` is None for the testimony itself.

    `now` and `then` are values as the database holds them; None where the part does not stand.
    """

    field: Any
    part: Any
    now: Any
    then: Any


@transaction.atomic
def restore(testimony: Testimony, line: Any) -> Testimony:
    """Write what a line of the testimony's history says, with the words, translations and tags of that time.

    Places, waves and contributions have no history and stay as they are. What the state referred to and is not held
    any more stays as it is too. Raises WrongState where it is in review or withdrawn, NotPublishable where readers see
    it and the state lacks what every published testimony has, and ValidationError where it could not be kept otherwise.
    """
    if testimony.status not in _MAY:
        raise WrongState(_("This cannot be done now: it is %(state)s.") % {"state": testimony.get_status_display()})
    parts = [(part, parts_then(part, testimony, line)) for part in PARTS]
    for one in coming_of(testimony, line):
        setattr(testimony, one.field.attname, one.then)
    testimony.take_language()
    refuse_lacking(testimony)
    testimony.validate_constraints()
    testimony.save()
    testimony.tags.set(tags_then(line))
    for part, then in parts:
        restore_part(part, testimony, then)
    return testimony


def coming_back(testimony: Testimony, line: Any) -> Iterator[Coming]:
    """What `restore` would change, field by field, but for the tags."""
    yield from coming_of(testimony, line)
    for part in PARTS:
        then = parts_then(part, testimony, line)
        now = {row.pk: row for row in part.objects.filter(testimony=testimony)}
        for key in [*now, *(key for key in then if key not in now)]:
            if key not in now or key not in then:
                yield Coming(part._meta.get_field("text"), part, text_of(now.get(key)), text_of(then.get(key)))
            else:
                yield from coming_of(now[key], then[key], part)


def coming_of(row: Any, line: Any, part: Any = None) -> Iterator[Coming]:
    """The fields of a row that a line of its history has otherwise, as far as what they refer to is held."""
    for field in type(row)._meta.concrete_fields:
        if field.name not in _KEPT:
            now, then = getattr(row, field.attname), getattr(line, field.attname)
            if now != then and is_held(field, then):
                yield Coming(field, part, now, then)


def text_of(row: Any) -> Any:
    """The words of a part, if it stands."""
    return row.text if row is not None else None


def tags_then(line: Any) -> Any:
    """The tags of that time that are still held."""
    return Tag.objects.filter(name__in=line.tags_then.split(", "))


def is_held(field: Any, value: Any) -> bool:
    """Whether what a foreign key referred to is still there; any other value is."""
    return not field.is_relation or value is None or field.related_model.objects.filter(pk=value).exists()


def parts_then(part: Any, testimony: Testimony, line: Any) -> dict[int, Any]:
    """The lines of the history that say how the words or translations stood before the next saving, by key."""
    later = testimony.history.filter(history_id__gt=line.history_id).order_by("history_date", "history_id").first()
    lines = part.history.filter(testimony_id=testimony.pk).order_by("history_date", "history_id")
    then = {one.id: one for one in (lines.filter(history_date__lt=later.history_date) if later else lines)}
    return {key: one for key, one in then.items() if one.history_type != "-"}


def restore_part(part: Any, testimony: Testimony, then: dict[int, Any]) -> None:
    """The words or translations as they stood then: later ones go, lost ones come back."""
    for row in part.objects.filter(testimony=testimony).exclude(pk__in=then):
        row.delete()
    for key, line in then.items():
        row = part.objects.filter(pk=key).first() or part(pk=key, testimony=testimony)
        coming = list(coming_of(row, line))
        for one in coming:
            setattr(row, one.field.attname, one.then)
        if coming or row._state.adding:
            row.validate_constraints()
            row.save()

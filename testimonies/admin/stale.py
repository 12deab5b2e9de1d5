"""Two editors never overwrite each other unseen: the second saving is refused, and told whose was the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from testimonies.models.editorial import StaleTestimony, Testimony


def hold(record: Any, version: int | None) -> Any:
    """The record as it stands now, locked until the transaction ends.

    Raises StaleTestimony where a testimony was saved since `version` was read.
    """
    held = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if isinstance(held, Testimony) and version is not None and held.version != version:
        raise StaleTestimony(held)
    return held


def who_saved(testimony: Testimony, reader: Any) -> str:
    """Who saved a testimony last, and when, in a sentence."""
    row = testimony.history.first()
    if row is None:
        return _("It was saved since this page was opened.")
    at = date_format(timezone.localtime(row.history_date), "j F Y, H:i:s")
    if row.history_user == reader:
        return _(
            "You saved this testimony yourself on %(at)s, after this page was opened: perhaps the form was sent twice."
        ) % {"at": at}
    by = row.history_user.get_full_name() or row.history_user.get_username() if row.history_user else _("The archive")
    return _("%(by)s saved this testimony on %(at)s, after you had opened it.") % {"by": by, "at": at}


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed differs from what is saved by now."""

    label: str
    saved: str
    typed: str


def differences(shown: list[forms.BaseForm]) -> Iterator[Difference]:
    """Where bound forms differ from what is saved; their initial values are those of the database."""
    for form in shown:
        for name in form.changed_data:
            field = form[name]
            if not field.is_hidden and name != forms.formsets.DELETION_FIELD_NAME:
                yield Difference(
                    capfirst(str(field.label)), in_words(field, field.initial), in_words(field, field.data)
                )


def in_words(field: forms.BoundField, value: Any) -> str:
    """A value as an editor reads it."""
    choices = getattr(field.field, "queryset", None)
    if choices is not None:
        keys = [str(getattr(one, "pk", one)) for one in (value if isinstance(value, list) else [value]) if one]
        return ", ".join(str(one) for one in choices.filter(pk__in=[key for key in keys if key.isdigit()]))
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if value else _("no")
    listed = dict(getattr(field.field, "choices", ()))
    return str(listed.get(value, field.field.prepare_value(value) if value else ""))

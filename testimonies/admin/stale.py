"""Two editors never overwrite each other unseen: the second saving is refused, and told whose was the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from testimonies import quotation
from testimonies.dates import second
from testimonies.models.editorial import StaleTestimony, Testimony

# Beyond so many savings since a page was opened, nobody looks for what stood there.
MOST = 500


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
    at = second(row.history_date)
    if row.history_user == reader:
        return _(
            "You saved this testimony yourself on %(at)s, after this page was opened: perhaps the form was sent twice."
        ) % {"at": at}
    by = row.history_user.get_full_name() or row.history_user.get_username() if row.history_user else _("The archive")
    return _("%(by)s saved this testimony on %(at)s, after you had opened it.") % {"by": by, "at": at}


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed differs from what is saved by now.

    `base` is what stood there when the page was opened; None where no history tells.
    """

    label: str
    base: str | None
    saved: str
    typed: str

    @property
    def theirs(self) -> list[quotation.Span]:
        """From what stood there to what is saved, word by word."""
        return spans(self.base, self.saved)

    @property
    def yours(self) -> list[quotation.Span]:
        """From what stood there to what was typed, word by word."""
        return spans(self.base, self.typed)

    @property
    def whose(self) -> str:
        """Who changed it."""
        if self.base is None:
            return ""
        if self.base == self.typed:
            return _("changed by them only")
        return _("changed by you only") if self.base == self.saved else _("changed by both")


def spans(base: str | None, text: str) -> list[quotation.Span]:
    """The words of a text, told apart from those of the base where it is known."""
    return [quotation.Span("same", text)] if base is None else quotation.compare(base, text)


class Opened:
    """A testimony as it stood when its page was opened, found in the history: every saving is a version and a line."""

    def __init__(self, testimony: Testimony, read_version: int) -> None:
        version = Testimony.objects.values_list("version", flat=True).get(pk=testimony.pk)
        overtaken_by = version - read_version
        lines = list(testimony.history.order_by("-history_date", "-history_id")[: max(0, min(overtaken_by, MOST)) + 1])
        self.is_known = 0 < overtaken_by < len(lines)
        if self.is_known:
            self.line = lines[overtaken_by]
            # Parts are saved after the testimony: those of the base were there before the first saving since.
            self.until = lines[overtaken_by - 1].history_date

    def value(self, form: Any, name: str) -> tuple[bool, Any]:
        """Whether it is known what stood in a field, and what it was."""
        record = getattr(form, "instance", None)
        if not self.is_known or record is None:
            return False, None
        if isinstance(record, Testimony):
            return True, self.line.tags_then if name == "tags" else then(self.line, name)
        if record.pk is None:
            return True, ""
        if not hasattr(type(record), "history"):
            return False, None
        lines = type(record).history.filter(id=record.pk, history_date__lt=self.until)
        line = lines.order_by("-history_date", "-history_id").first()
        return True, then(line, name) if line else ""


def then(line: Any, name: str) -> Any:
    """The value of a field in a line of the history."""
    return getattr(line, line._meta.get_field(name).attname, "")


def differences(shown: list[Any], opened: Opened | None = None) -> Iterator[Difference]:
    """Where bound forms differ from what is saved, and from what was `opened` where that is known.

    Their initial values are those of the database.
    """
    for form in shown:
        for name in form.changed_data:
            field = form[name]
            if not field.is_hidden and name != forms.formsets.DELETION_FIELD_NAME:
                is_known, base = opened.value(form, name) if opened else (False, None)
                yield Difference(
                    capfirst(str(field.label)),
                    (base if name == "tags" else in_words(field, base)) if is_known else None,
                    in_words(field, field.initial),
                    in_words(field, field.data),
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

"""A former state of a testimony, brought back from its history after what it would change was shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import dates, publishing, quotation
from testimonies.models.editorial import Testimony
from testimonies.models.public import EDTFField
from testimonies.publishing.restoring import coming_back, tags_then

from .acts import Act, ActForm, Done
from .history import BROUGHT_BACK, in_readers_language, write_reason

SHOWN = 100


class RestoreForm(ActForm):
    """Which state."""

    line: Any = forms.ModelChoiceField(None, label=gettext_lazy("as it was saved"), widget=forms.HiddenInput)

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        newest = record.history.values_list("history_id", flat=True)[: SHOWN + 1]
        chosen: Any = self.fields["line"]
        chosen.queryset = record.history.filter(history_id__in=list(newest)[1:]).select_related("history_user")
        chosen.label_from_instance = in_words


def in_words(line: Any) -> str:
    """When, who, why."""
    at = dates.second(line.history_date)
    why = Truncator(in_readers_language(line.history_change_reason or "")).chars(160)
    return " · ".join(str(one) for one in (at, line.history_user, why) if one)


@dataclass(frozen=True)
class Change:
    """One thing that would change: words with their differences marked."""

    label: str
    spans: list[Any]


def what_changes(testimony: Testimony, form: ActForm) -> dict[str, Any]:
    """The states to choose from, the chosen one (the newest where none is), and what it would change."""
    lines = list(cast(Any, form.fields["line"]).queryset)
    asked = str(form.data.get("line") or form.initial.get("line") or "")
    line = next((one for one in lines if str(one.pk) == asked), lines[0] if lines else None)
    changes = list(changes_to(testimony, line)) if line else []
    return {"lines": [(one.pk, in_words(one)) for one in lines], "chosen": line, "changes": changes}


def changes_to(testimony: Testimony, line: Any) -> Iterator[Change]:
    """What a former state would change, field by field."""
    for one in coming_back(testimony, line):
        label = str(one.field.verbose_name)
        if one.part is not None and str(one.part._meta.verbose_name) != label:
            label = f"{one.part._meta.verbose_name}: {label}"
        yield Change(capfirst(label), list(quotation.compare(shown(one.field, one.now), shown(one.field, one.then))))
    now, then = names_of(testimony.tags.all()), names_of(tags_then(line))
    if now != then:
        yield Change(capfirst(_("tags")), list(quotation.compare(now, then)))


def names_of(tags: Any) -> str:
    """Tags as they are told."""
    return ", ".join(sorted(tag.name for tag in tags))


def shown(field: Any, value: Any) -> str:
    """A value as an editor reads it."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(field.related_model.objects.get(pk=value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return dates.day(value)
    listed = dict(field.flatchoices)
    return str(listed.get(value) or (dates.words(value) if isinstance(field, EDTFField) else value))


def restore(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Bring it back."""
    restored = publishing.restore(testimony, said["line"])
    write_reason(restored, BROUGHT_BACK % {"line": in_words(said["line"])})
    return Done(_("It stands here as it was saved then. Readers see it once it is published."), restored)


RESTORE = Act(
    name="restore",
    label=gettext_lazy("Bring back a former state"),
    button=gettext_lazy("Bring it back"),
    warning=gettext_lazy(
        "What stands here now is replaced by what was saved then, and stays in the history. Words, translations, tags "
        "and notes come back; places and waves stay as they are. What readers see does not change."
    ),
    permission="change_testimony",
    form=RestoreForm,
    template="admin/testimonies/testimony/restore.html",
    context=what_changes,
    do=restore,
    offered=lambda testimony: testimony.history.count() > 1 and testimony.status not in ("in_review", "withdrawn"),
)

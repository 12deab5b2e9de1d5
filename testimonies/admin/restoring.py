"""A former state of a testimony, brought back from its history."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.models.editorial import Testimony

from .acts import Act, ActForm, Done
from .history import write_reason

SHOWN = 100


class RestoreForm(ActForm):
    """Which state."""

    line: Any = forms.ModelChoiceField(None, label=gettext_lazy("as it was saved"), empty_label=None)

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        newest = record.history.values_list("history_id", flat=True)[: SHOWN + 1]
        chosen: Any = self.fields["line"]
        chosen.queryset = record.history.filter(history_id__in=list(newest)[1:]).select_related("history_user")
        chosen.label_from_instance = in_words


def in_words(line: Any) -> str:
    """When, who, why."""
    at = date_format(timezone.localtime(line.history_date), "j F Y, H:i:s")
    return " · ".join(
        str(one) for one in (at, line.history_user, Truncator(line.history_change_reason or "").chars(160)) if one
    )


def restore(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Bring it back."""
    restored = publishing.restore(testimony, said["line"])
    write_reason(restored, _("Brought back: %(line)s") % {"line": in_words(said["line"])})
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
    do=restore,
    offered=lambda testimony: testimony.history.count() > 1 and testimony.status not in ("in_review", "withdrawn"),
)

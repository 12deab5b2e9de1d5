"""The history of records as the desk shows it: who changed what, when and why, down to the words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject, ModelChange
from simple_history.template_utils import HistoricalRecordContextHelper

from testimonies import quotation
from testimonies.models.editorial import QuoteSegment, Testimony, Translation

from .base import RecordAdmin

# What was saved together is written down within so short a time.
TOGETHER = timedelta(seconds=10)


NOTHING = "–"


class Changed(HistoricalRecordContextHelper):
    """What a line of the history changed, in words: nothing where a field was empty."""

    def prepare_delta_change_value(self, change: ModelChange, value: Any) -> Any:
        """A value as an editor reads it."""
        if isinstance(value, DeletedObject):
            if value.pk is None:
                return NOTHING
            kind = value.model._meta.verbose_name
            return _("%(kind)s no. %(number)s, deleted since") % {"kind": kind, "number": value.pk}
        return NOTHING if value in (None, "") else super().prepare_delta_change_value(change, value)


class HistoryAdmin(SimpleHistoryAdmin, RecordAdmin):
    """A record whose every version is kept, and can be read but not brought back past the checks of its form."""

    def get_urls(self) -> list[URLPattern]:
        """Without the page that would bring an old version back."""
        kept: list[URLPattern] = [
            one for one in super().get_urls() if not str(getattr(one, "name", "")).endswith("_simple_history")
        ]
        return kept

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Always: see above."""
        return True

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history of a record."""
        if not is_key(object_id):
            raise Http404
        answer: HttpResponse = super().history_view(request, object_id, extra_context)
        return answer

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        """Whose history it is."""
        return _("History: %(record)s") % {"record": obj}

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> Changed:
        """What tells the changes of one line."""
        return Changed(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, lines: Any, foreign_keys_are_objs: bool = True) -> None:
        """What each line changed: fields, tags and parts; of the oldest line of a page too."""
        shown = list(lines)
        before = shown[-1].prev_record if shown else None
        for line in shown:
            line.told, line.history_delta_changes = [], []
            line.why = in_readers_language(line.history_change_reason or "")
        super().set_history_delta_changes(request, [*shown, before] if before else shown, foreign_keys_are_objs)
        for line, older in zip(shown, [*shown[1:], before], strict=True):
            tags, tags_before = getattr(line, "tags_then", ""), getattr(older, "tags_then", "")
            if tags != tags_before:
                label = _("Tags")
                line.told.append(f"{label}: {tags_before or NOTHING} → {tags or NOTHING}")
        parts, acts = self.told_by_log(shown)
        for at, told in [*self.told_of_parts(shown), *parts]:
            line = nearest(shown, at)
            if line and told not in line.told:
                line.told.append(told)
        for at, done in acts:
            line = nearest(shown, at)
            if line and not line.history_change_reason and not line.told and not line.history_delta_changes:
                line.told.append(done)

    def told_of_parts(self, lines: list[Any]) -> Iterator[tuple[datetime, str]]:
        """When which fields of the parts were changed that have a history of their own."""
        parts = [inline.model for inline in self.inlines if hasattr(inline.model, "history")]
        for model in parts if lines else ():
            before: dict[int, Any] = {}
            name = capfirst(str(model._meta.verbose_name))
            for row in model.history.filter(testimony_id=lines[0].id).order_by("history_date", "history_id"):
                if told := change_of_part(row, before.get(row.id)):
                    yield row.history_date, f"{name}: {told}"
                before[row.id] = row

    def told_by_log(self, lines: list[Any]) -> tuple[list[tuple[datetime, str]], list[tuple[datetime, str]]]:
        """When other parts were changed, and which acts were done, as the desk wrote it down with each form."""
        parts: list[tuple[datetime, str]] = []
        acts: list[tuple[datetime, str]] = []
        if not lines:
            return parts, acts
        entries = LogEntry.objects.filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
            object_id=str(lines[0].id),
            action_time__gte=lines[-1].history_date - TOGETHER,
        )
        others = [inline.model._meta for inline in self.inlines if not hasattr(inline.model, "history")]
        with override(None):
            names = {str(one.verbose_name_plural): one for one in others}
        for entry in entries.order_by("action_time"):
            message = entry.change_message
            for plain, meta in names.items():
                if f'"{plain}"' in message:
                    parts.append((entry.action_time, capfirst(str(meta.verbose_name_plural))))
            if message and not message.startswith("["):
                acts.append((entry.action_time, _(message)))
        return parts, acts


def change_of_part(row: Any, before: Any) -> str:
    """What one line of a part's history changed, by the names of its fields."""
    if row.history_type == "-":
        return _("deleted")
    if before is None:
        return _("entered")
    fields = [type(row)._meta.get_field(name) for name in row.diff_against(before).changed_fields]
    return ", ".join(str(field.verbose_name) for field in fields)


def nearest(lines: list[Any], at: datetime) -> Any:
    """The line that was written together with something else, or None."""
    line = min(lines, key=lambda one: abs(one.history_date - at), default=None)
    return line if line and abs(line.history_date - at) <= TOGETHER else None


def is_key(typed: str) -> bool:
    """Whether it can be the number of a record: databases count no further than eighteen digits and a half."""
    return typed.isdigit() and len(typed) <= 18


@dataclass(frozen=True)
class Rewording:
    """One version of a testimony's words, with what it changed."""

    row: Any
    spans: list[Any]


def rewordings(key: str) -> list[Rewording]:
    """Every version of the words and translations of a testimony, the newest first."""
    found = [one for model in (QuoteSegment, Translation) for one in versions(model, key)]
    return sorted(found, key=lambda one: one.row.history_date, reverse=True)


def versions(model: Any, key: str) -> Iterator[Rewording]:
    """The versions of one kind of part; a deleted one has lost all its words."""
    said: dict[int, str] = {}
    rows = model.history.filter(testimony_id=key).select_related("history_user").order_by("history_date", "history_id")
    for row in rows:
        now = "" if row.history_type == "-" else row.text
        spans = list(quotation.compare(said.get(row.id, ""), now))
        said[row.id] = now
        if any(span.kind != "same" for span in spans):
            yield Rewording(row, spans)


LONGEST_WHY = 1000


# What the archive itself writes onto a line of the history: in English, and told in the language of whoever reads it.
PUBLISHED = gettext_noop("Edition %(number)d is published.")
EMPTIED = gettext_noop("Edition %(number)d is empty: its words are gone.")
BROUGHT_BACK = gettext_noop("Brought back: %(line)s")
RESTRICTED_BY = gettext_noop("Restricted: request %(receipt)s.")
RESTRICTED = gettext_noop("Restricted on request.")


def in_readers_language(note: str) -> str:
    """A note of the history, translated where it is a sentence of the archive's own."""
    for sentence in (PUBLISHED, EMPTIED, BROUGHT_BACK, RESTRICTED_BY, RESTRICTED):
        pattern = sentence.replace("%(number)d", r"(?P<number>\d+)")
        pattern = re.sub(r"%\((\w+)\)s", r"(?P<\1>.+)", pattern)
        if found := re.fullmatch(pattern, note, re.DOTALL):
            said = {name: int(one) if name == "number" else one for name, one in found.groupdict().items()}
            return _(sentence) % said
    return note


def write_reason(testimony: Testimony, reason: str) -> None:
    """Write onto the newest line of the history why it came to be."""
    row = testimony.history.first()
    if row and reason:
        row.history_change_reason = reason[:LONGEST_WHY]
        row.save(update_fields=["history_change_reason"])

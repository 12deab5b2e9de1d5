"""The history of records as the desk shows it: who changed what, when and why, down to the words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from testimonies import quotation
from testimonies.models.editorial import QuoteSegment, Testimony, Translation

from .base import RecordAdmin


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


def write_reason(testimony: Testimony, reason: str) -> None:
    """Write onto the newest line of the history why it came to be."""
    row = testimony.history.first()
    if row and reason:
        row.history_change_reason = reason[:LONGEST_WHY]
        row.save(update_fields=["history_change_reason"])

"""Waves of migration that testimonies speak of, and the events that mark them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Event, Wave

from .acts import ActsAdmin
from .base import RecordAdmin
from .forms_of_names import WaveNames
from .history import HistoryAdmin
from .merging import MERGE, UNMERGE
from .site import site


class PermanentSlug(RecordAdmin):
    """A record whose address is made from its name, until it is published and can never change."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A published address is for ever."""
        return ("slug",) if obj and obj.first_published_at else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """From the name, while it may change."""
        return {} if obj and obj.first_published_at else {"slug": ("name",)}


@admin.register(Wave, site=site)
class WaveAdmin(HistoryAdmin, PermanentSlug, ActsAdmin):
    """A wave, its dates each with its source."""

    acts = (MERGE, UNMERGE)
    inlines = (WaveNames,)
    autocomplete_fields = ("begins_source", "ends_source", "attested_source")
    fieldsets = (
        (None, {"fields": ("name", "slug", "order", "scope_note")}),
        (
            _("When, and who says so"),
            {
                "fields": (
                    ("begins", "begins_source"),
                    ("ends", "ends_source"),
                    ("attested", "attested_source"),
                )
            },
        ),
    )
    list_display = ("name", "order", "begins", "ends", "attested")


@admin.register(Event, site=site)
class EventAdmin(HistoryAdmin):
    """A mark on the timeline."""

    autocomplete_fields = ("place", "source", "wave")
    fields = ("name", "date", "place", "source", "wave")
    list_display = ("name", "date", "place", "wave")
    list_select_related = ("place", "wave")

    def tell_apart(self, record: Event) -> str:
        """The date."""
        return record.date

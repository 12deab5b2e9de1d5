"""Sources: where words were published or recorded, who made them, and what they derive from."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Contribution, Derivation, Source

from .acts import ActsAdmin
from .history import HistoryAdmin
from .lacking import LacksSnapshot
from .merging import MERGE, UNMERGE
from .site import site


class Contributions(admin.StackedInline):
    """Who made the source."""

    model = Contribution
    extra = 0
    autocomplete_fields = ("agent",)
    fields = (("agent", "role"), ("as_printed", "order"))


class Derivations(admin.StackedInline):
    """What the source says it derives from."""

    model = Derivation
    extra = 0
    autocomplete_fields = ("agent",)
    fields = (("relation", "agent"), "item", ("identified", "consulted"), "wording", "note")


@admin.register(Source, site=site)
class SourceAdmin(HistoryAdmin, ActsAdmin):
    """An article, a broadcast, a book, a letter, a recording."""

    acts = (MERGE, UNMERGE)
    inlines = (Contributions, Derivations)
    identifier_field = "identifier"
    autocomplete_fields = ("scan",)
    fieldsets = (
        (None, {"fields": ("kind", "title", "publisher", "date", "language", "url")}),
        (
            _("As printed, and where it is kept"),
            {
                "fields": ("date_as_printed", "dateline", "archived_url", "accessed_on", "address_note"),
                "classes": ("collapse",),
            },
        ),
        (
            _("Rights, selection, scan"),
            {
                "fields": ("rights_uri", "rights_holder", "rights_note", "selection_note", "scan"),
                "classes": ("collapse",),
            },
        ),
    )
    list_display = ("title", "publisher", "date", "kind", "language")
    list_filter = ("kind", LacksSnapshot)

    def acts_for(self, request: HttpRequest, record: Any) -> list[dict[str, Any]]:
        """With a way to paste what it said when it was read."""
        acts = super().acts_for(request, record)
        if request.user.has_perm("testimonies.add_sourcesnapshot"):
            add = f"{reverse('admin:testimonies_sourcesnapshot_add')}?source={record.pk}"
            acts.append({"label": _("Paste a snapshot"), "href": add, "is_final": False})
        return acts

    def tell_apart(self, record: Source) -> str:
        """The day."""
        return record.date_as_printed or record.date

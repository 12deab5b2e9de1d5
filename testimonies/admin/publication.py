"""What readers have: publications with their editions, the log, the ledger. To be read; all else goes by acts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import being_decided
from testimonies.models.public import Edition, Identifier, Publication, PublicationEvent

from .base import ReadOnlyAdmin
from .site import site


class Editions(admin.TabularInline):
    """The editions, without their words."""

    model = Edition
    template = "admin/testimonies/publication/_editions.html"
    fields = ("number", "published_at", "change_note", "protects", "emptied_at")
    ordering = ("-number",)
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """What is long is not needed here."""
        return super().get_queryset(request).defer("record")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Publication, site=site)
class PublicationAdmin(ReadOnlyAdmin):
    """What stands at a permalink."""

    search_fields = ("words",)
    identifier_field = "identifier"
    inlines = (Editions,)
    list_display = ("identifier", "state", "title", "first_published_at", "changed_at")
    list_filter = ("state",)
    fields = (
        "page",
        "state",
        "title",
        "first_published_at",
        "changed_at",
        "review_on",
        "withdrawn_at",
        "withdrawal_reason",
    )
    readonly_fields = ("page",)

    @admin.display(description=_("address"))
    def page(self, publication: Publication) -> str:
        """The permalink."""
        address = reverse("testimony", args=(publication.identifier,))
        return format_html('<a href="{}">{}</a>', address, address)


@admin.register(PublicationEvent, site=site)
class PublicationEventAdmin(ReadOnlyAdmin):
    """The log of all that happened to what readers have."""

    search_fields = ()
    list_display = ("number", "at", "kind", "publication", "edition", "subject")
    list_filter = ("kind",)
    list_select_related = ("publication",)
    fields = ("number", "at", "kind", "publication", "edition", "subject")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without telling how often a testimony is cited of which safety is being decided."""
        told = PublicationEvent.Kind.CITED
        return super().get_queryset(request).exclude(kind=told, publication__in=being_decided())


@admin.register(Identifier, site=site)
class IdentifierAdmin(ReadOnlyAdmin):
    """Every address that was ever given, and where it leads."""

    search_fields = ("value",)
    identifier_field = "value"
    list_display = ("value", "kind", "minted_at", "redirects_to")
    list_filter = ("kind",)
    list_select_related = ("redirects_to",)
    fields = ("value", "kind", "minted_at", "redirects_to")

"""Bases for publication, with their encrypted documents, and the requests of witnesses."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import models, transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from testimonies.encryption import DecryptionError
from testimonies.models.editorial import EncryptedTextField, PublicationBasis, Request
from testimonies.models.editorial.consent import RequestQuerySet

from .acts import ActsAdmin
from .base import RecordAdmin, SearchByName
from .fields import PrivateFileInput
from .history import HistoryAdmin
from .identity import QUIET
from .letters import RESTRICT
from .site import site

PRIVATE = (_("Private"), {"fields": ("assessment", "document")})


@admin.register(PublicationBasis, site=site)
class PublicationBasisAdmin(SearchByName, HistoryAdmin):
    """Why words may be published."""

    formfield_overrides = {**RecordAdmin.formfield_overrides, models.FileField: {"widget": PrivateFileInput}}
    list_display = ("label", "kind", "asked", "date", "ended_on")
    list_filter = ("kind",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is private is shown to those only who may write it."""
        own = (None, {"fields": ("label", "kind", "asked", "date", "ended_on", "scope", "statement")})
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return (own, PRIVATE) if may_write else (own,)

    def get_urls(self) -> list[URLPattern]:
        """With the document, which has no other address."""
        view = self.admin_site.admin_view(self.document_view)
        page = path("<int:key>/document/", view, name="testimonies_publicationbasis_document")
        return [page, *super().get_urls()]

    def document_view(self, request: HttpRequest, key: int) -> FileResponse:
        """The document, decrypted, as a download whose name says nothing."""
        basis = get_object_or_404(PublicationBasis, pk=key)
        if not self.has_change_permission(request, basis):
            raise PermissionDenied
        if not basis.document or not basis.document.storage.exists(basis.document.name):
            raise Http404
        name = f"document-{basis.pk}"
        return FileResponse(
            basis.document.open(), as_attachment=True, filename=name, content_type="application/octet-stream"
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and delete a document that was replaced or cleared."""
        old: File | None = form.initial.get("document") if "document" in form.changed_data else None
        super().save_model(request, obj, form, change)
        if change and old and old.name:
            transaction.on_commit(partial(obj.document.storage.delete, old.name))


@admin.register(Request, site=site)
class RequestAdmin(ActsAdmin):
    """What somebody asks of the archive."""

    acts = (RESTRICT,)
    formfield_overrides = {EncryptedTextField: {"widget": forms.Textarea(QUIET)}}
    autocomplete_fields = ("testimony",)
    fieldsets = (
        (None, {"fields": ("testimony", "asks", "who", "reply", "ground", ("received_on", "due_on"))}),
        (_("Decision"), {"fields": ("decision", "decided_on")}),
    )
    list_display = ("__str__", "testimony", "due_on", "decided_on")
    list_filter = ("asks",)
    list_select_related = ("testimony__witness", "testimony__source")
    search_fields = ("testimony__folded",)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page of a request, or where no key opens it, that and the way back to the others."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DecryptionError:
            messages.error(
                request,
                _("This request was sealed with a key that the archive does not hold any more. Ask the operator."),
            )
            return HttpResponseRedirect(reverse("admin:requests"))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Opened on its page only: a list needs nothing of what is encrypted."""
        return cast(RequestQuerySet, super().get_queryset(request)).unopened()

"""Identities: opened with a permission of their own and a reason, and never without a trace."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import EncryptedTextField, Identity, IdentityAccess

from .base import ReadOnlyAdmin, RecordAdmin
from .history import is_key
from .site import site

# For how many seconds one reason opens one identity, in one session.
OPEN_FOR = 15 * 60
QUIET = {"autocomplete": "off", "spellcheck": "false", "rows": 3, "cols": 60}


class ReasonForm(forms.Form):
    """Why an identity is opened."""

    reason = forms.CharField(
        label=_("Why do you open it?"),
        max_length=300,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
        help_text=_("Kept with your name and the time. Such as “She asks for her words back; to call her”."),
    )


@admin.register(Identity, site=site)
class IdentityAdmin(RecordAdmin):
    """Who a witness is. Not searched, not offered as a choice, not filtered, not deleted."""

    search_fields = ()
    list_display = ("witness",)
    list_select_related = ("witness",)
    autocomplete_fields = ("witness",)
    fields = ("witness", "true_name", "harmless", "contact", "reason")
    formfield_overrides = {EncryptedTextField: {"widget": forms.Textarea(QUIET)}}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For those who may open one."""
        opener = request.user.has_perm("testimonies.open_identity")
        return opener and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For those who may open one."""
        opener = request.user.has_perm("testimonies.open_identity")
        return opener and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the openings are kept with it. What must go is cleared in the form."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is does not change."""
        return ("witness",) if obj else ()

    def get_urls(self) -> list[URLPattern]:
        """With the page that asks for a reason."""
        page = path("<int:key>/open/", self.admin_site.admin_view(self.open_view), name="testimonies_identity_open")
        return [page, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The identity, to whoever has just given a reason; to others the page that asks for one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if is_key(object_id) and not is_open(request, int(object_id)):
            return HttpResponseRedirect(reverse("admin:testimonies_identity_open", args=(object_id,)))
        return super().change_view(request, object_id, form_url, extra_context)

    def open_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask for a reason and write it down, then open."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        identity = get_object_or_404(Identity.objects.defer("true_name", "contact", "reason", "harmless"), pk=key)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            IdentityAccess.objects.create(
                identity=identity, by=cast(User, request.user), reason=form.cleaned_data["reason"]
            )
            request.session[session_key(key)] = timezone.now().timestamp()
            return HttpResponseRedirect(reverse("admin:testimonies_identity_change", args=(key,)))
        context = {
            **self.admin_site.each_context(request),
            "title": str(identity),
            "form": form,
            "opts": self.opts,
            "original": identity,
        }
        return TemplateResponse(request, "admin/testimonies/identity/open.html", context)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Close it again."""
        request.session.pop(session_key(obj.pk), None)
        super().response_change(request, obj)
        return HttpResponseRedirect(reverse("admin:testimonies_identity_changelist"))


def session_key(key: int) -> str:
    """Where a session remembers since when the identity is open."""
    return f"identity-{key}-open-since"


def is_open(request: HttpRequest, key: int) -> bool:
    """Whether a reason was given a short while ago."""
    since = request.session.get(session_key(key), 0)
    return bool(timezone.now().timestamp() - since < OPEN_FOR)


@admin.register(IdentityAccess, site=site)
class IdentityAccessAdmin(ReadOnlyAdmin):
    """Who opened which identity, when and why."""

    search_fields = ()
    list_display = ("at", "by", "identity", "reason")
    list_select_related = ("by", "identity")
    fields = ("at", "by", "identity", "reason")

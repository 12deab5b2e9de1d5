"""Testimonies to a file: all of them from a page of its own, some of them from the list."""

from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies.exchange import exporting
from testimonies.models.editorial import Testimony

PERMISSION = "testimonies.export_testimonies"


class ExportingAdmin(admin.ModelAdmin):
    """Gives the list of testimonies one action for each format, and a page for all of them."""

    change_list_template = "admin/testimonies/testimony/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """With the page."""
        page = path("export/", self.admin_site.admin_view(self.export_view), name="testimonies_testimony_export")
        return [page, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """With the exports, for those who may."""
        actions: dict[str, Any] = super().get_actions(request)
        if request.user.has_perm(PERMISSION):
            for name, form in exporting.FORMATS.items():
                label = _("Export as %(format)s") % {"format": form.label}
                actions[f"export_{name}"] = (partial(_export_chosen, form=name), f"export_{name}", label)
        return actions

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """What an export holds, and a button for each format."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if request.method == "POST" and request.POST.get("format") in exporting.FORMATS:
            return answer(request, Testimony.objects.all(), request.POST["format"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export testimonies"),
            "opts": self.opts,
            "formats": exporting.FORMATS,
            "count": Testimony.objects.count(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/testimonies/testimony/export.html", context)


def _export_chosen(_admin: Any, request: HttpRequest, chosen: Any, form: str) -> HttpResponse:
    return answer(request, Testimony.objects.filter(pk__in=chosen.values("pk")), form)


def answer(request: HttpRequest, testimonies: Any, form: str) -> HttpResponse:
    """The file, with a line in the log of the desk; or the list again, and why there is none."""
    try:
        data = exporting.export(testimonies, form)
    except exporting.NotInWorkbooks as reason:
        messages.error(request, str(reason))
        return HttpResponseRedirect(reverse("admin:testimonies_testimony_changelist"))
    LogEntry.objects.create(
        user=cast(User, request.user),
        action_flag=CHANGE,
        object_repr=_("testimonies"),
        change_message=_("Exported %(count)d as %(format)s.") % {"count": testimonies.count(), "format": form},
    )
    response = HttpResponse(data, content_type=exporting.FORMATS[form].content_type)
    name = f"testimonies-{timezone.now():%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

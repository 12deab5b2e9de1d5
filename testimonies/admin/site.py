"""The desk: Django's admin on a site of its own, its records in the order in which editors meet them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from testimonies import languages
from testimonies.models.editorial import Testimony

from . import work

# (title, the records below it); what stands in none is put last.
SHELVES = (
    (_("Testimonies"), ("Testimony", "Letter", "Request", "ImportBatch", "CitingLetter", "CitingWork")),
    (_("What they speak of"), ("Witness", "Place", "Wave", "Event", "Tag", "Collection")),
    (_("Where they come from"), ("Source", "SourceSnapshot", "Agent", "Picture")),
    (_("Kept closed"), ("PublicationBasis", "Identity", "IdentityAccess")),
    (_("What readers have"), ("Publication", "PublicationEvent", "Identifier")),
    (_("Accounts"), ("User", "Group", "AccountEvent", "LogEntry")),
)


# Fields on the page of a testimony in which a record is made from the name that was typed (see entering.py).
MADE_FROM_A_NAME = ("testimony.witness", "testimonyplace.place", "testimonytag.tag")


@dataclass(frozen=True)
class New:
    """The choice to make a record of a name that was typed."""

    name: str


class Choices(AutocompleteJsonView):
    """The choices of a field: two records of one name are told apart, and in some fields a new one can be made."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the choice to make a new one, last of all."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        field, name = self.source_field, self.term.strip()  # type: ignore[attr-defined]  # Django's own
        offered = f"{field.model._meta.model_name}.{field.name}" in MADE_FROM_A_NAME
        if (
            offered
            and name
            and not context["page_obj"].has_next()
            and self.model_admin.has_add_permission(self.request)
        ):
            context["object_list"] = [*context["object_list"], New(name)]
        return context

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """The record's name, and what tells it from others."""
        if isinstance(obj, New):
            return {"id": f"new:{obj.name}", "text": str(_("New: %(name)s") % {"name": obj.name})}
        tell_apart = getattr(self.model_admin, "tell_apart", None)
        detail = tell_apart(obj) if tell_apart else ""
        return {"id": str(getattr(obj, to_field_name)), "text": f"{obj} · {detail}" if detail else str(obj)}


class Desk(admin.AdminSite):
    """Where editors work."""

    site_header = settings.ARCHIVE["name"]
    site_title = settings.ARCHIVE["name"]
    index_title = _("Desk")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the languages that forms offer."""
        return {**super().each_context(request), "languages": languages.NAMES.items()}

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """The choices of a field, as JSON."""
        return Choices.as_view(admin_site=self)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Passwords are changed where guesses are counted."""
        return redirect("account_change_password")

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page has it all."""
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """All records that the reader of the page may see, shelf by shelf."""
        apps: list[Any] = super().get_app_list(request, app_label)
        if app_label or not apps:
            return apps
        left = {model["object_name"]: model for app in apps for model in app["models"]}
        shelves = [
            {**apps[0], "name": title, "models": [left.pop(name) for name in names if name in left]}
            for title, names in SHELVES
        ]
        rest = {**apps[0], "name": _("Other"), "models": list(left.values())}
        return [shelf for shelf in [*shelves, rest] if shelf["models"]]

    def get_urls(self) -> list[Any]:
        """With the queues of reviews and of requests."""
        queues = [
            path("review/", self.admin_view(self.review_view), name="review"),
            path("requests/", self.admin_view(self.requests_view), name="requests"),
        ]
        return [*queues, *super().get_urls()]

    def requests_view(self, request: HttpRequest) -> TemplateResponse:
        """What witnesses ask for, and until when they are to be answered."""
        if not request.user.has_perm("testimonies.view_request"):
            raise PermissionDenied
        context = {
            **self.each_context(request),
            "title": _("Requests"),
            "asked": work.requests(),
            "may_restrict": request.user.has_perm("testimonies.publish_testimony"),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/requests.html", context)

    def review_view(self, request: HttpRequest) -> TemplateResponse:
        """What waits for a reviewer: since when, and who asks."""
        if not request.user.has_perm("testimonies.view_testimony"):
            raise PermissionDenied
        context = {**self.each_context(request), "title": _("In review"), "queue": work.queue(request.user)}
        context["own_work"] = settings.EDITORS_MAY_PUBLISH_OWN_WORK
        request.current_app = self.name
        return TemplateResponse(request, "admin/review.html", context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page: what waits for its reader, then all that there is."""
        may_see = request.user.has_perm("testimonies.view_testimony")
        context = {
            "work": work.work(request.user) if may_see else None,
            "unlisted": Testimony.objects.filter(status=Testimony.Status.UNLISTED).count() if may_see else 0,
            "own_work": settings.EDITORS_MAY_PUBLISH_OWN_WORK,
        }
        return super().index(request, {**(extra_context or {}), **context})


site = Desk(name="admin")
# Records go one by one, each with a look at what refers to it.
site.disable_action("delete_selected")

"""Two editors at one testimony: each sees that the other is there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from testimonies.models.editorial import Presence, Testimony

from .acts import ActsAdmin
from .notices import called


class PresenceAdmin(ActsAdmin):
    """Gives the page of a testimony the address that its script tells every half minute."""

    class Media:
        js = ("js/presence.js",)

    def get_urls(self) -> list[URLPattern]:
        """With that address."""
        view = self.admin_site.admin_view(self.presence_view)
        return [path("<int:key>/presence/", view, name="testimonies_testimony_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, key: int) -> JsonResponse:
        """Who else has the page open; with POST, that its reader still has it open too."""
        testimony = get_object_or_404(Testimony, pk=key)
        if not self.has_view_permission(request, testimony):
            raise PermissionDenied
        if request.method == "POST":
            Presence.objects.note(testimony, request.user)
        return JsonResponse({"others": others(testimony, request.user)})


def others(testimony: Testimony, reader: Any) -> str:
    """Who else is there, in a sentence; nothing where nobody is."""
    names = [called(one.user) for one in Presence.objects.others(testimony, reader)]
    if not names:
        return ""
    return _("%(who)s has this page open too. Who saves second is shown the differences.") % {"who": ", ".join(names)}

"""While a testimony is entered: sources that are held already, and records made from a name that was typed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from testimonies import webaddresses
from testimonies.folding import fold_text
from testimonies.models.public import Place, Source, Tag, Witness

from .base import RecordAdmin
from .site import site

# What a name is enough for. All else has a page of its own, which the "+" beside the field opens.
KINDS: dict[str, Any] = {"witness": Witness, "place": Place, "tag": Tag}
MOST = 5


class Entering(RecordAdmin):
    """Answers the script of the page on which testimonies are entered."""

    def get_urls(self) -> list[URLPattern]:
        """With its addresses."""
        view = self.admin_site.admin_view
        pages = [
            path("held/", view(self.held_view), name="testimonies_testimony_held"),
            path("name/", view(require_POST(self.name_view)), name="testimonies_testimony_name"),
        ]
        return [*pages, *super().get_urls()]

    def held_view(self, request: HttpRequest) -> JsonResponse:
        """The sources whose address leads to the same page."""
        if not site.get_model_admin(Source).has_view_permission(request):
            return JsonResponse({"sources": []}, status=403)
        found = [*held_at(request.GET.get("address", ""))]
        return JsonResponse({"sources": [{"id": one.pk, "text": str(one)} for one in found]})

    def name_view(self, request: HttpRequest) -> JsonResponse:
        """Make a record from a name alone; a sentence where that cannot be."""
        kind, name = request.POST.get("kind", ""), request.POST.get("name", "").strip()
        if kind not in KINDS:
            return JsonResponse({"fault": _("That cannot be made from a name.")}, status=400)
        admin: Any = site.get_model_admin(KINDS[kind])
        if not admin.has_add_permission(request):
            return JsonResponse({"fault": _("You may not add this.")}, status=403)
        typed = {"name": name, "slug": slugify(fold_text(name))} | {
            field.name: field.get_default() for field in KINDS[kind]._meta.fields if field.choices
        }
        form = admin.get_form(request)(typed)
        if not form.is_valid():
            said = " ".join(sentence for errors in form.errors.values() for sentence in errors)
            return JsonResponse({"fault": said}, status=400)
        record = form.save()
        admin.log_addition(request, record, [{"added": {}}])
        return JsonResponse({"id": record.pk, "text": str(record)})


def held_at(address: str) -> Iterator[Source]:
    """The sources that are held of a page."""
    if key := webaddresses.key(address):
        yield from Source.objects.filter(address_key=key).order_by("pk")[:MOST]

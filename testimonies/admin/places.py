"""Places: towns, regions and countries."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Place

from .acts import ActsAdmin
from .forms_of_names import PlaceNames
from .history import HistoryAdmin
from .merging import MERGE, UNMERGE
from .site import site


@admin.register(Place, site=site)
class PlaceAdmin(HistoryAdmin, ActsAdmin):
    """A place with its names."""

    acts = (MERGE, UNMERGE)
    inlines = (PlaceNames,)
    identifier_field = "identifier"
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "parent")}),
        (
            _("On the map"),
            {"fields": (("latitude", "longitude"), "coordinates_source"), "classes": ("wide",)},
        ),
        (_("In other catalogues"), {"fields": ("wikidata", "geonames"), "classes": ("collapse",)}),
    )
    list_display = ("name", "kind", "parent", "latitude", "longitude")
    list_filter = ("kind",)
    list_select_related = ("parent",)

    def tell_apart(self, record: Place) -> str:
        """What kind of place, and in what it lies."""
        return ", ".join(str(one) for one in (record.get_kind_display(), record.parent) if one)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what each place lies in."""
        return super().get_queryset(request).select_related("parent")

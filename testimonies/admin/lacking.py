"""Lists narrowed to what lacks something: the gaps that the first page counts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import Testimony

from .work import without_snapshot


class Lacks(admin.SimpleListFilter):
    """Testimonies without a place, or without a translation."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What can be asked for."""
        return [("place", _("a place")), ("translation", _("a translation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the list that lack it."""
        lacking = {
            "place": Testimony.objects.without_place,
            "translation": Testimony.objects.without_translation,
        }.get(self.value() or "")
        return queryset.filter(pk__in=lacking().order_by().values("pk")) if lacking else queryset


class LacksSnapshot(admin.SimpleListFilter):
    """Sources of which no text is held."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What can be asked for."""
        return [("snapshot", _("the text of the source"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the list that lack it."""
        return queryset.filter(without_snapshot()) if self.value() == "snapshot" else queryset

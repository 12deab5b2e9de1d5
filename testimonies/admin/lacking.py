"""Lists narrowed to what lacks something, the gaps that the first page counts; or to what uses a record."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import PublicationBasis, Testimony
from testimonies.models.public import Agent, Collection, Event, Place, Source, Tag, Wave, Witness

from .history import is_key
from .in_use import USES, token, using
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


USED: dict[str, Any] = {
    str(model._meta.model_name): model
    for model in (Agent, Collection, Event, Place, PublicationBasis, Source, Tag, Wave, Witness)
}


class Uses(admin.SimpleListFilter):
    """Testimonies that use one record; offered to those only who come with its address."""

    title = _("what is used")
    parameter_name = USES

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The record that was asked for."""
        record = self.record()
        return [(token(record), record)] if record else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the list that use it."""
        record = self.record()
        return queryset.filter(pk__in=using(record).order_by().values("pk")) if record else queryset

    def record(self) -> Any:
        """The record that the address names; None where it names none."""
        kind, _dash, key = (self.value() or "").partition("-")
        model = USED.get(kind)
        return model.objects.filter(pk=int(key)).first() if model and is_key(key) else None

"""Witnesses: voices as readers may know them."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from testimonies.folding import name_keys
from testimonies.models.editorial import Identity
from testimonies.models.public import Witness, WitnessNameKey

from .acts import ActsAdmin
from .forms_of_names import WitnessNames
from .hiding import HIDE_NAME
from .history import HistoryAdmin
from .merging import MERGE, UNMERGE
from .site import site


@admin.register(Witness, site=site)
class WitnessAdmin(HistoryAdmin, ActsAdmin):
    """A voice."""

    acts = (HIDE_NAME, MERGE, UNMERGE)
    inlines = (WitnessNames,)
    identifier_field = "identifier"
    autocomplete_fields = ("portrait",)
    fields = ("name", "described_as", "naming", "kind", "note", "portrait")
    list_display = ("name", "described_as", "naming", "kind")
    list_filter = ("naming", "kind")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Also the voices whose names are another spelling of what was typed, or sound alike."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not (keys := name_keys(search_term)):
            return found, may_repeat
        alike = WitnessNameKey.objects.filter(key__in=keys).values("witness")
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=alike)), False

    def tell_apart(self, record: Witness) -> str:
        """The source's words for the voice."""
        return record.described_as

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Whether somebody's identity is held is told only to those who may see it."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        if not request.user.has_perm("testimonies.view_identity"):
            kind = str(Identity._meta.verbose_name)
            missing = set(missing) - {kind}
            told = [one for one in protected if not str(one).startswith(f"{capfirst(kind)}: ")]
            protected = told or ([_("Other records refer to it.")] if protected else [])
        return deleted, counts, missing, protected

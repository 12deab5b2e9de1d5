"""What stands inside a testimony's form: segments, places, waves, contributions, translations."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import (
    QuoteSegment,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)

from .fields import FOR_MODEL_FIELDS
from .testimony_form import BasisForm, PartForms, SegmentForm

# One choice for each value; the page shows the field that belongs to it.
HOW_IT_IS_KNOWN = {"basis": admin.HORIZONTAL}


class Part(admin.StackedInline):
    """A part of a testimony; an empty one stands ready where there is none yet."""

    formset = PartForms
    formfield_overrides = FOR_MODEL_FIELDS
    extra = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One empty form for what every testimony has."""
        ready: int = self.extra
        return ready if obj is None or not self.model._default_manager.filter(testimony=obj).exists() else 0


class Segments(Part):
    """The words."""

    model = QuoteSegment
    form = SegmentForm
    verbose_name_plural = _("the words")
    extra = 1
    fieldsets = (
        (None, {"fields": ("text", "without_unseen", ("introduction", "joined_by"))}),
        (
            _("Attribution, order, place in the snapshot"),
            {"fields": ("attribution", "attribution_note", "order", "start", "end"), "classes": ("collapse",)},
        ),
    )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """The words are read as they are printed, not in the letters of a form."""
        if db_field.name == "text":
            kwargs["widget"] = forms.Textarea(attrs={"class": "quoted", "rows": 7, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Places(Part):
    """Where the voice is from, where it spoke, what it speaks of."""

    model = TestimonyPlace
    verbose_name = _("place")
    verbose_name_plural = _("places")
    form = BasisForm
    extra = 1
    radio_fields = HOW_IT_IS_KNOWN
    autocomplete_fields = ("place", "public_place", "basis_source")
    fieldsets = (
        (None, {"fields": (("relation", "place"), ("basis", "basis_reason", "basis_source"))}),
        (_("Something coarser for readers"), {"fields": (("disclosure", "public_place"),), "classes": ("collapse",)}),
    )


class Waves(Part):
    """The waves of migration that the words speak of."""

    model = TestimonyWave
    verbose_name = _("wave")
    verbose_name_plural = _("waves that the words speak of")
    form = BasisForm
    extra = 1
    radio_fields = HOW_IT_IS_KNOWN
    autocomplete_fields = ("wave", "basis_source")
    fieldsets = ((None, {"fields": ("wave", ("basis", "basis_reason", "basis_source"))}),)


class Translations(Part):
    """The words in another language."""

    model = Translation
    autocomplete_fields = ("translator",)
    fields = (("language", "translated_from"), "text", ("translator", "by_machine"), "note")
    classes = ("collapse",)


class Contributions(Part):
    """Who did what for this testimony."""

    model = TestimonyContribution
    fields = (("agent", "role"),)
    autocomplete_fields = ("agent",)
    classes = ("collapse",)


PARTS = (Segments, Places, Waves, Contributions, Translations)

"""Testimonies: entering one, in the order in which an editor meets its parts."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from testimonies import texts
from testimonies.models.editorial import QuoteSegment, Testimony

from .batches import BatchAdmin
from .exporting import ExportingAdmin
from .fields import TagsField
from .lacking import Lacks, Uses
from .site import site
from .testimony_acts import TESTIMONY_ACTS
from .testimony_form import TestimonyForm
from .testimony_page import TestimonyPage
from .testimony_parts import PARTS


def dated(kind: str) -> tuple[Any, ...]:
    """A date, how it is known, and what readers see of it."""
    known = tuple(f"{kind}_{one}" for one in ("basis", "basis_reason", "basis_source"))
    return (kind, known, (f"{kind}_disclosure", f"{kind}_public"))


FOLDED_AWAY = (
    (
        _("Language and manner"),
        ("language_spoken", "mode", "wording", "original_words_held"),
    ),
    (_("When it was spoken"), dated("spoken")),
    (_("When it happened"), (*dated("happened"), "happened_event")),
    (_("Notes for readers"), ("context_note", "content_note", "lineage", "peculiarities")),
    (_("Rights"), ("rights_uri", "rights_holder", "rights_note")),
    (
        _("Showing it"),
        ("collection", "read_whole", "may_be_featured", "source_withheld", "embargo_until", "review_on"),
    ),
    (_("Editors' note"), ("editors_note",)),
)


@admin.register(Testimony, site=site)
class TestimonyAdmin(BatchAdmin, ExportingAdmin, TestimonyPage):
    """The words of one voice from one source."""

    form = TestimonyForm
    acts = TESTIMONY_ACTS
    inlines = PARTS
    # How the page goes: sections of its own by their titles, parts by their names; the rest follows.
    order = (_("Source"), "segments", _("Voice"), "placements", "wave_mentions", _("Tags and basis"), "translations")
    fieldsets: ClassVar[Any] = (
        (
            _("Source"),
            {"fields": ("address", "source", ("locator", "language_printed"), "source_text", "selection_note")},
        ),
        (_("Voice"), {"fields": ("witness",)}),
        (_("Tags and basis"), {"fields": ("tags", "basis")}),
        *((title, {"fields": fields, "classes": ("collapse",)}) for title, fields in FOLDED_AWAY),
    )
    radio_fields: ClassVar[Any] = {"spoken_basis": admin.HORIZONTAL, "happened_basis": admin.HORIZONTAL}
    autocomplete_fields = (
        "source",
        "witness",
        "basis",
        "collection",
        "spoken_basis_source",
        "happened_basis_source",
        "happened_event",
    )
    list_display = ("__str__", "words", "status", "publication")
    list_filter = ("status", Lacks, "collection", Uses)
    list_select_related = ("witness", "source", "publication")
    search_fields = ("folded", "witness__folded", "source__folded")
    identifier_field = "publication__identifier"

    @admin.display(description=_("words"))
    def words(self, testimony: Any) -> str:
        """How the words begin."""
        return Truncator(texts.public_text(testimony.first_words or "")[0]).chars(90)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the first words."""
        first = QuoteSegment.objects.filter(testimony=OuterRef("pk")).values("text")[:1]
        return super().get_queryset(request).annotate(first_words=Subquery(first))

    def tell_apart(self, record: Testimony) -> str:
        """How the words begin."""
        return self.words(record)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Tags come from the vocabulary."""
        if db_field.name == "tags":
            return TagsField(self.admin_site, request)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only: what readers have met is withdrawn, and leaves a tombstone."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

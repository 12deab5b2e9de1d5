"""Tags: what testimonies are about."""

from django.contrib import admin

from testimonies.models.public import Tag

from .acts import ActsAdmin
from .forms_of_names import TagNames
from .history import HistoryAdmin
from .merging import MERGE, UNMERGE
from .site import site
from .waves import PermanentSlug


@admin.register(Tag, site=site)
class TagAdmin(HistoryAdmin, PermanentSlug, ActsAdmin):
    """A tag, its definition, and the synonyms that lead to it."""

    acts = (MERGE, UNMERGE)
    inlines = (TagNames,)
    fields = ("name", "slug", "definition")
    list_display = ("name", "definition")

"""Agents and collections: who made what, and the projects that testimonies belong to."""

from django.contrib import admin

from testimonies.models.public import Agent, Collection

from .base import RecordAdmin
from .site import site


@admin.register(Agent, site=site)
class AgentAdmin(RecordAdmin):
    """A person or an organisation."""

    fields = ("name", "kind")
    list_display = ("name", "kind")
    list_filter = ("kind",)


@admin.register(Collection, site=site)
class CollectionAdmin(RecordAdmin):
    """A project."""

    fields = ("name", "description")
    list_display = ("name",)

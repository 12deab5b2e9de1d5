"""The editors' door: Django's admin on a site of our own. Each module registers the records of its concern."""

from . import (
    agents,
    citing,
    consent,
    door,
    identity,
    importing,
    letters,
    people,
    pictures,
    places,
    publication,
    sources,
    tags,
    testimony,
    waves,
    witness,
)

__all__ = [
    "agents",
    "citing",
    "consent",
    "door",
    "identity",
    "importing",
    "letters",
    "people",
    "pictures",
    "places",
    "publication",
    "sources",
    "tags",
    "testimony",
    "waves",
    "witness",
]

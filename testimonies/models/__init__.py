"""Every model of the app, for Django's registry: import from `.public` or `.editorial`, never from here."""

from . import editorial, public

__all__ = ["editorial", "public"]

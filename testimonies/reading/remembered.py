"""Sentences of the archive and dates in words, each looked up once in a language.

Django asks the catalogue of every app in turn for each message, and a page has about a hundred, mostly the same:
without this, half of the time of a page would go there. Messages are marked for extraction where they stand, by
`_` being this `gettext` or Django's `gettext_noop`.
"""

from functools import lru_cache

from django.conf import settings
from django.utils import translation

from testimonies import dates


def gettext(message: str) -> str:
    """Return the message in the active language."""
    return _message(current_language(), message)


def date_words(edtf: str) -> str:
    """Return a partial date in words in the active language; empty for no date. Raises ValueError as `dates` does."""
    return _date(current_language(), edtf) if edtf else ""


def current_language() -> str:
    """Return the tag of the language in which the archive speaks now."""
    return translation.get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=4096)
def _message(language: str, message: str) -> str:
    """Return the message; the language, which is the active one, is there to be remembered with it."""
    return translation.gettext(message)


@lru_cache(maxsize=4096)
def _date(language: str, edtf: str) -> str:
    """Return the date; the language as above."""
    return dates.words(edtf)

"""The environment of the public templates: Jinja2, where an undefined name is an error and everything is escaped."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_urlconf, reverse
from django.utils.translation import ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from testimonies import languages, tongues
from testimonies.reading.remembered import current_language, gettext

OPTIONS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}


def environment(**options: Any) -> Environment:
    """Return the environment for Django's Jinja2 backend (`TEMPLATES["OPTIONS"]["environment"]`)."""
    made = Environment(autoescape=True, **OPTIONS, **{name: options[name] for name in ("loader", "auto_reload")})
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=url,
        static=static,
        archive=_Archive(),
        tagline=tagline,
        lang=lang,
        direction=languages.direction,
        language_name=languages.name,
        current_language=current_language,
        written_in=settings.LANGUAGE_CODE,
        tongues=tongues.tongues,
        neutral=tongues.neutral,
        no_tongue=tongues.NONE_NAMED,
    )
    return made


class _Archive:
    """The archive's own name, contact and addresses, read from the settings at each use."""

    def __getitem__(self, name: str) -> str:
        held: Mapping[str, str] = settings.ARCHIVE
        return held[name]


def tagline() -> str:
    """Return what the archive says of itself in a line."""
    return settings.ARCHIVE["tagline"] or gettext("What people said, in their words, and where it is from")


def url(name: str, *arguments: object) -> str:
    """Return the path of a named address, that of a page in the language that is spoken."""
    return _reversed(name, arguments, get_urlconf(), current_language())


# Addresses never change while the server runs, and a list page has hundreds of links.
@lru_cache(maxsize=8192)
def _reversed(name: str, arguments: tuple[object, ...], urlconf: str | None, language: str) -> str:
    """Return the path, remembered; the language, which is the active one, is there to be remembered with it."""
    return reverse(name, urlconf=urlconf, args=arguments)


def lang(tag: str) -> str:
    """Return a language tag as HTML should carry it.

    `und-Latn` says only that the letters are Latin: browsers gain nothing from the script, and some take the unknown
    language with a script for one whose letter forms they know; so plain `und` stands for all of them. A script that
    the registry says goes without saying is left out: Kazakh in Cyrillic is plain `kk` (RFC 5646, section 4.1).
    """
    return "und" if tag.split("-")[0] == "und" else languages.without_usual_script(tag)

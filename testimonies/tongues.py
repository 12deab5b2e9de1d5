"""The languages in which the archive itself speaks, and how an address says which of them is meant.

A page has one address without a language, which is cited, and one more for each other language, which begins with
its tag: /about/ and /ru/about/. Django's `i18n_patterns` resolve and make them; whatever is no page (files, feeds,
what programs ask for) has the one address only.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from django.conf import settings

NONE_NAMED: Final = "x-default"  # in `hreflang`: for readers of whatever other language

_END = re.compile(r"[/?#]")
_asked_for: ContextVar[str] = ContextVar("asked_for", default="")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that the page at hand may be read in: its tag, its name in itself, the page's address in it."""

    tag: str
    name: str
    address: str
    is_spoken: bool


def of(path: str) -> str:
    """Return the tag of the language that a path names; that of the archive where it names none."""
    first = _END.split(path.removeprefix("/"), maxsplit=1)[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def neutral(path: str) -> str:
    """Return the path, with its query, without a language: the one that is cited."""
    tag = of(path)
    if tag == settings.LANGUAGE_CODE:
        return path
    rest = path[len(tag) + 1 :]
    return rest if rest.startswith("/") else f"/{rest}"


def told_in(path: str, tag: str) -> str:
    """Return the path of the same page in another language."""
    rest = neutral(path)
    return rest if tag == settings.LANGUAGE_CODE else f"/{tag}{rest}"


def tongues(path: str = "") -> list[Tongue]:
    """Return every language with the address of a page in it: of the one asked for, where no path is given.

    None where no reader asks for a page: on the desk, which goes by what an editor's browser prefers.
    """
    path = path or _asked_for.get()
    spoken = of(path)
    return [Tongue(tag, name, told_in(path, tag), tag == spoken) for tag, name in settings.LANGUAGES if path]


@contextmanager
def asked_for(path: str) -> Iterator[None]:
    """Remember, while a page is made, at which address a reader asked for it."""
    before = _asked_for.set(path)
    try:
        yield
    finally:
        _asked_for.reset(before)

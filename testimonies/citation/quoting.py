"""Titles in quotation marks: marks inside them turned into the other kind, punctuation where the style has it."""

import re

from django.utils.translation import gettext as _

_OPENING = re.compile(r"(^|[\s(\[—–\-“‘])[\"']")
_PAIR_OF_SINGLE = re.compile(r"(?<!\w)‘([^‘’]*)’(?!\w)")
_PAIR_OF_DOUBLE = re.compile(r"“([^“”]*)”")
_ENDS_ITSELF = re.compile(r"[.?!…][’”]*$")
_CLOSING = re.compile(r"[’”]+$")


def curled(text: str) -> str:
    """The text with typographic quotation marks for straight ones."""
    opened = _OPENING.sub(lambda match: match[1] + ("“" if match[0][-1] == '"' else "‘"), text)
    return opened.replace('"', "”").replace("'", "’")


def in_double(title: str, then: str = "") -> str:
    """“A title”, as American styles have it: marks inside are single, and what follows stands inside.

    Only these marks take in what follows: languages with others have it behind them.
    """
    inner = _PAIR_OF_DOUBLE.sub(r"‘\1’", curled(title))
    marked = _("“%(title)s”")
    if not marked.endswith("”"):
        return marked % {"title": inner} + then
    if then and not (then == "." and _ENDS_ITSELF.search(inner)):
        inner = _CLOSING.sub(lambda marks: then + marks[0], inner) if _CLOSING.search(inner) else inner + then
    return marked % {"title": inner}


def in_single(title: str) -> str:
    """‘A title’, as British styles have it: marks inside are double."""
    return _("‘%(title)s’") % {"title": unmarked(title)}


def unmarked(title: str) -> str:
    """A title without marks of its own: those inside are double."""
    return _PAIR_OF_SINGLE.sub(r"“\1”", curled(title))

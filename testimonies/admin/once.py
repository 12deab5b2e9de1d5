"""Forms that were sent twice: what was asked for is done once, and the second answer says so."""

import re
import secrets
from typing import Any

from django.core.cache import cache

FIELD = "once"
DAY = 24 * 60 * 60
_TOKEN = re.compile(r"[0-9a-f]{32}")


class SentTwice(Exception):
    """Raised when a form was sent before; the transaction that it is raised in has to be given up."""


def token() -> str:
    """A new token, to be put into one form."""
    return secrets.token_hex(16)


def claim(user: Any, sent: str, made: Any) -> None:
    """Note, in the transaction that does it, that this form was done and what it made; raises SentTwice."""
    if _TOKEN.fullmatch(sent) and not cache.add(_key(user, sent), made, DAY):
        raise SentTwice


def note(user: Any, sent: str, made: Any) -> None:
    """Note that this form was done, also where doing it twice does no harm."""
    cache.set(_key(user, sent), made, DAY)


def made_by(user: Any, sent: str) -> Any:
    """What this form made when it was sent before; None where it was not."""
    return cache.get(_key(user, sent)) if _TOKEN.fullmatch(sent) else None


def _key(user: Any, sent: str) -> str:
    return f"once:{user.pk}:{sent}"

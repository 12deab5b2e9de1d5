"""Secrets at rest: text and files encrypted with keys of which the first encrypts.

Fernet (AES-128-CBC with HMAC-SHA-256) through MultiFernet of the cryptography library. To rotate, put a new
key in front of settings.FIELD_ENCRYPTION_KEYS, run the command `rotate_keys`, then drop the old key.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class DecryptionError(ValueError):
    """What was stored is damaged, or was encrypted with a key that the settings no longer hold."""


def encrypt(text: str) -> str:
    """Return the text as a token of ASCII letters, different each time."""
    return encrypt_bytes(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token. Raises DecryptionError."""
    return decrypt_bytes(token.encode()).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """Return a file's content as a token, about a third longer; the whole is held in memory."""
    return _keys().encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    """Return the content of a token. Raises DecryptionError."""
    try:
        return _keys().decrypt(token)
    except InvalidToken as error:
        # Neither the token nor its cause belongs into a log.
        raise DecryptionError("This cannot be decrypted with the keys in the settings.") from error


def rotate(token: str) -> str:
    """Return the same text encrypted with the first key, keeping the time it was first encrypted."""
    try:
        return _keys().rotate(token.encode()).decode()
    except InvalidToken as error:
        raise DecryptionError("This cannot be decrypted with the keys in the settings.") from error


def is_fresh(token: str) -> bool:
    """Whether the first key opens a token, so that the others are not needed for it."""
    try:
        _ready((settings.FIELD_ENCRYPTION_KEYS[0],)).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    """Return the keys of the settings, made ready."""
    return _ready(tuple(settings.FIELD_ENCRYPTION_KEYS))


@lru_cache(maxsize=8)
def _ready(keys: tuple[str, ...]) -> MultiFernet:
    """Return the keys made ready, or raise ImproperlyConfigured without quoting one."""
    if not keys:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty.")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS holds something that is no Fernet key.") from None

"""Encryption: what goes in comes out, wrong keys and damaged tokens are told, keys can be changed."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from testimonies.encryption import DecryptionError, decrypt, decrypt_bytes, encrypt, encrypt_bytes, rotate

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text(st.characters(codec="utf-8")))
def test_text_comes_back(text):
    token = encrypt(text)
    assert decrypt(token) == text
    assert token.isascii()


@given(st.binary())
def test_content_comes_back(content):
    assert decrypt_bytes(encrypt_bytes(content)) == content


def test_same_text_never_gives_the_same_token():
    assert encrypt("Aigerim") != encrypt("Aigerim")


@pytest.mark.parametrize(
    "damage", [lambda token: token[:-3] + "AA=", lambda token: token[:0], lambda token: "A" + token]
)
def test_damaged_tokens_are_told_without_their_content(damage):
    with pytest.raises(DecryptionError) as refusal:
        decrypt(damage(encrypt("Aigerim")))
    assert "Aigerim" not in str(refusal.value)


def test_keys_can_be_rotated():
    with override_settings(FIELD_ENCRYPTION_KEYS=[OLD]):
        token = encrypt("Aigerim")
    with override_settings(FIELD_ENCRYPTION_KEYS=[NEW, OLD]):
        assert decrypt(token) == "Aigerim"
        rotated = rotate(token)
    with override_settings(FIELD_ENCRYPTION_KEYS=[NEW]):
        assert decrypt(rotated) == "Aigerim"
        with pytest.raises(DecryptionError):
            decrypt(token)
        with pytest.raises(DecryptionError):
            rotate(token)


@pytest.mark.parametrize("keys", [[], ["no key at all"], ["short="]])
def test_wrong_settings_are_told_without_the_key(keys):
    with (
        override_settings(FIELD_ENCRYPTION_KEYS=keys),
        pytest.raises(ImproperlyConfigured, match=r"^FIELD_ENCRYPTION_KEYS") as refusal,
    ):
        encrypt("Aigerim")
    assert "no key at all" not in str(refusal.value)

"""Accounts of editors: made by an archivist only; the secrets of second factors are stored encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from testimonies import encryption


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made in the admin."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the keys of authenticator apps and recovery codes unreadable to whoever reads the database."""

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page: the declaration of an XML file has no place there."""
        svg: str = super().build_totp_svg(url)
        return svg.partition("?>")[2]

    def encrypt(self, text: str) -> str:
        """With the keys of settings.FIELD_ENCRYPTION_KEYS, apart from SECRET_KEY."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`; keys that were rotated out of first place still open."""
        return encryption.decrypt(encrypted_text)

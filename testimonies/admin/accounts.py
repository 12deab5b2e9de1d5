"""Accounts of editors: made by an archivist only; the secrets of second factors are stored encrypted."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from testimonies import encryption
from testimonies.models.editorial import AccountEvent


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made in the admin."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Weigh no more passwords than the limits allow, and write down that one was not weighed."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            AccountEvent.note(AccountEvent.What.REFUSED, account_named(credentials))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that a password was wrong."""
        AccountEvent.note(AccountEvent.What.FAILED, account_named(credentials))


def account_named(credentials: dict[str, Any]) -> User | None:
    """The account that somebody tried. A name that is none is not kept: people type passwords in its place."""
    return User.objects.filter(username=credentials.get("username")).first()


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password. allauth would lead an account without one to a page that this archive does not have."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        messages.warning(request, _("This account has no password. An archivist can set one."))
        return redirect("mfa_index")
    answer: HttpResponse = views.password_change(request)
    return answer


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

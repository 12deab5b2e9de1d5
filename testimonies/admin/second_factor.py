"""The second factor: who must have one meets nothing else of the desk before it is set up and was shown."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from testimonies.middleware import Next, on_desk

EVERYBODY = "everybody"
# Recovery codes come with these, and are no factor of their own.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# The pages on which a factor is set up and shown, by name; every other page of the desk stays shut.
OPEN = frozenset(
    (
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    )
)


def is_demanded(user: Any) -> bool:
    """Whether the account must have a second factor, by settings.SECOND_FACTOR_GROUPS."""
    groups = settings.SECOND_FACTOR_GROUPS
    if not groups or not user.is_authenticated:
        return False
    return EVERYBODY in groups or user.is_superuser or user.groups.filter(name__in=groups).exists()


def was_shown(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with a second factor or a passkey."""
    # Without the account allauth answers with nothing at all.
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactor:
    """Leads to the page that sets a factor up, or asks for it, from every other address of the desk."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: what matters is which view would answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view answer, or lead away from it. The address is looked at by its name, however it was spelt."""
        if not on_desk(request) or not is_demanded(request.user):
            return None
        held = set(Authenticator.objects.filter(user=request.user, type__in=FACTORS).values_list("type", flat=True))
        request.second_factor_is_missing = not held  # type: ignore[attr-defined]  # said on the pages that stay open
        if (held and was_shown(request)) or (request.resolver_match and request.resolver_match.view_name in OPEN):
            return None
        if not held:
            return HttpResponseRedirect(reverse("mfa_index"))
        page = "mfa_reauthenticate" if Authenticator.Type.TOTP in held else "mfa_reauthenticate_webauthn"
        back = {"next": request.get_full_path()} if request.method == "GET" else {}
        return HttpResponseRedirect(f"{reverse(page)}?{urlencode(back)}")


@receiver(authenticator_added)
def count_as_shown(request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever sets a factor up has shown that they hold it: its code or its signature was checked."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)

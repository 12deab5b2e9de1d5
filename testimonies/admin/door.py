"""The book at the door: every signing in, every refusal, and every opening of an identity, on one page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BigIntegerField, F, QuerySet, Value
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from testimonies.models.editorial import AccountEvent, IdentityAccess

from .base import ReadOnlyAdmin
from .site import site

What = AccountEvent.What
OPENED = "opened_identity"
LINES_ON_A_PAGE = 100


# What is written down


@receiver(user_logged_in)
def note_signing_in(sender: Any, user: User, **kwargs: Any) -> None:
    """Somebody is in, whichever way."""
    AccountEvent.note(What.SIGNED_IN, user)


@receiver(password_changed)
def note_password(sender: Any, user: User, **kwargs: Any) -> None:
    """Somebody changed their password."""
    AccountEvent.note(What.PASSWORD_CHANGED, user)


@receiver(authenticator_added)
@receiver(authenticator_removed)
def note_factor(signal: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Somebody set a second factor up, or gave one up; recovery codes come and go with it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        AccountEvent.note(What.FACTOR_ADDED if signal is authenticator_added else What.FACTOR_REMOVED, user)


class Noted(forms.Form):
    """A form of allauth's that asks for a second factor; allauth itself tells of some refusals only."""

    user: User | None

    def add_error(self, field: str | None, error: Any) -> None:
        """Write down what is refused, but for a field that was left empty."""
        super().add_error(field, error)
        if getattr(error, "code", "") != "required":
            refused = getattr(error, "code", "") == "too_many_login_attempts"
            AccountEvent.note(What.REFUSED if refused else What.FAILED, self.user)


class CodeForm(Noted, AuthenticateForm):
    """A code, after the password."""


class CodeAgainForm(Noted, ReauthenticateForm):
    """A code, asked for again."""


@contextmanager
def broken_is_incorrect() -> Iterator[None]:
    """Refuse what no browser sends: at a signature of which a part is missing allauth would fail."""
    try:
        yield
    except forms.ValidationError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class NotedKey(Noted):
    """A form that takes what a passkey signed."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if the signature is whole and its own."""
        with broken_is_incorrect():
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        return authenticator


class KeyForm(NotedKey, AuthenticateWebAuthnForm):
    """A passkey, after the password."""


class KeyAgainForm(NotedKey, ReauthenticateWebAuthnForm):
    """A passkey, asked for again."""


class KeyAloneForm(NotedKey, LoginWebAuthnForm):
    """A passkey instead of a password."""


class NewKeyForm(AddWebAuthnForm):
    """A passkey that is set up; the same holds of it."""

    def clean(self) -> dict[str, Any]:
        """What is typed, if the passkey is whole."""
        with broken_is_incorrect():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


# The page


class NarrowForm(forms.Form):
    """Whose lines, of which day."""

    person = forms.ModelChoiceField(
        User.objects.order_by("username"), label=_("person"), required=False, empty_label=_("everybody")
    )
    day = forms.DateField(label=_("day"), required=False, widget=forms.DateInput({"type": "date"}))


def lines(person: User | None, day: date | None, *, with_openings: bool) -> QuerySet[Any, dict[str, Any]]:
    """The lines as dictionaries, the newest first. Of an identity they hold whose it is by number, and the reason."""
    events = AccountEvent.objects.annotate(
        who=F("account__username"), reason=Value(""), witness=Value(None, output_field=BigIntegerField())
    )
    openings = IdentityAccess.objects.annotate(
        who=F("by__username"), what=Value(OPENED), times=Value(1), witness=F("identity__witness_id")
    )
    if person:
        events, openings = events.filter(account=person), openings.filter(by=person)
    if day:
        events, openings = events.filter(at__date=day), openings.filter(at__date=day)
    columns = ("at", "who", "what", "times", "reason", "witness")
    written = events.order_by().values(*columns)
    if with_openings:
        written = written.union(openings.order_by().values(*columns), all=True)
    return written.order_by("-at")


@admin.register(AccountEvent, site=site)
class AccountEventAdmin(ReadOnlyAdmin):
    """The list is a page of its own, in which openings of identities stand among the rest."""

    search_fields = ()
    fields = ("at", "account", "what", "times")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Who came in, who was refused, who opened which identity and why."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = NarrowForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        openings = site.get_model_admin(IdentityAccess).has_view_permission(request)
        found = lines(asked.get("person"), asked.get("day"), with_openings=openings)
        page = Paginator(found, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
        said = {**dict(What.choices), OPENED: _("opened an identity")}
        for line in page.object_list:
            line["said"] = said[line["what"]]
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "opts": self.opts,
            "form": form,
            "page": page,
        }
        return TemplateResponse(request, "admin/testimonies/accountevent/book.html", context)

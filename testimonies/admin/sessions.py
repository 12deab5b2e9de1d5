"""Ending the sessions of one account, and giving back an account whose second factor was lost."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from testimonies.models.editorial import AccountEvent

from .acts import Act, ActForm, Done


def end_sessions_of(account: User) -> int:
    """End every session of an account and return how many there were.

    Each session that is kept is looked into, whichever way it was opened; there are as many as editors.
    """
    going_on = Session.objects.filter(expire_date__gt=timezone.now())
    keys = [one.session_key for one in going_on if one.get_decoded().get(SESSION_KEY) == str(account.pk)]
    going_on.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=account).delete()
    return len(keys)


def end_sessions(account: User, said: dict[str, Any], by: User) -> Done:
    """End them all, also those of whoever asks."""
    number = end_sessions_of(account)
    AccountEvent.note(AccountEvent.What.SESSIONS_ENDED, account)
    sentence = ngettext("%(number)s session was ended.", "%(number)s sessions were ended.", number)
    return Done(sentence % {"number": number}, account)


def take_factors(account: User, said: dict[str, Any], by: User) -> Done:
    """Take authenticator app, passkeys and recovery codes away, and end the sessions that they opened."""
    Authenticator.objects.filter(user=account).delete()
    end_sessions_of(account)
    AccountEvent.note(AccountEvent.What.FACTORS_TAKEN, account)
    return Done(str(_("The second factors are taken away, and the sessions ended.")), account)


def has_factors(account: User) -> bool:
    """Whether there is anything to take away."""
    return Authenticator.objects.filter(user=account).exists()


END_SESSIONS = Act(
    name="end_sessions",
    label=_("End the sessions"),
    button=_("End the sessions"),
    warning=_("Whoever is signed in with this account has to sign in again. What they have not saved is lost to them."),
    permission="change_user",
    form=ActForm,
    do=end_sessions,
)

TAKE_FACTORS = Act(
    name="take_factors",
    label=_("Take the second factors away"),
    button=_("Take them away"),
    warning=_(
        "For somebody who lost telephone and recovery codes. Be sure that it is they who ask: until they set up "
        "another one, their password alone opens the account."
    ),
    permission="change_user",
    form=ActForm,
    do=take_factors,
    offered=has_factors,
    is_final=True,
)

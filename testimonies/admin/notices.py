"""Notices by mail: that something waits on the desk, and who asks. Never a word of a testimony, nor a name in it."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

log = logging.getLogger("archive.notices")


def review_is_asked_for(by: Any) -> None:
    """Tell everybody else who may publish."""
    reviewers = may("publish_testimony").exclude(pk=by.pk)
    notify(reviewers, _("A review is asked for"), _("%(who)s asks for a review."), by, "admin:review")


def review_is_returned(to: Any, by: Any) -> None:
    """Tell who had asked for the review."""
    sentence = _("%(who)s returned what you sent to review, with a remark.")
    notify(others(to, by), _("Returned with a remark"), sentence, by, "admin:index")


def review_is_approved(to: Any, by: Any) -> None:
    """Tell who had asked for the review."""
    sentence = _("%(who)s published what you sent to review.")
    notify(others(to, by), _("Approved and published"), sentence, by, "admin:index")


def may(permission: str) -> Any:
    """The accounts that may do something on the desk."""
    allowed: Any = User.objects
    return allowed.with_perm(f"testimonies.{permission}", backend=settings.AUTHENTICATION_BACKENDS[0]).filter(
        is_active=True, is_staff=True
    )


def others(to: Any, by: Any) -> list[Any]:
    """Nobody is told what they did themselves."""
    return [to] if to and to.is_active and to.pk != by.pk else []


def called(editor: Any) -> str:
    """How an editor is called on the desk."""
    return str(editor.get_full_name() or editor.get_username())


def notify(people: Iterable[Any], subject: Any, sentence: Any, by: Any, page: str) -> None:
    """Send each a message of their own once the transaction holds.

    In the language of the archive's mails: what the browser of whoever caused it prefers says nothing of the reader.
    """
    address = f"{settings.ARCHIVE['url']}{reverse(page)}"
    recipients = [one.email for one in people if one.email]
    with override(settings.MAIL_LANGUAGE):
        headed = f"{settings.ARCHIVE['name']}: {subject}"
        body = f"{sentence % {'who': called(by)}}\n{address}\n"
    transaction.on_commit(partial(send, recipients, headed, body))


def send(recipients: list[str], subject: str, body: str) -> None:
    """Send; what was done on the desk holds also where the mail server does not answer."""
    try:
        get_connection().send_messages([EmailMessage(subject, body, to=[one]) for one in recipients])
    except OSError:
        log.error("a notice could not be sent: the mail server did not take it")

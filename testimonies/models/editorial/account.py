"""What happened to the accounts of the desk: who came in, who was refused."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountEvent(models.Model):
    """One line of the book at the door. It holds no address and nothing that was typed: it may have been a password."""

    class What(models.TextChoices):
        """What is written down."""

        SIGNED_IN = "signed_in", _("signed in")
        FAILED = "failed", _("wrong password or code")
        REFUSED = "refused", _("refused after too many attempts")
        FACTOR_ADDED = "factor_added", _("second factor set up")
        FACTOR_REMOVED = "factor_removed", _("second factor given up")
        FACTORS_TAKEN = "factors_taken", _("second factors taken away by an archivist")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        SESSIONS_ENDED = "sessions_ended", _("sessions ended by an archivist")

    # Attempts of a few minutes are one line with a number, so that nobody fills the book by guessing.
    COUNTED: Final = (What.FAILED, What.REFUSED)
    TOGETHER: Final = timedelta(minutes=10)

    what = models.CharField(_("what"), max_length=20, choices=What)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("account"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("None where the name was that of no account."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("event at the door")
        verbose_name_plural = _("who came in")

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def note(cls, what: str, account: Any) -> None:
        """Write a line, or count one more attempt on the line of the last few minutes."""
        if what in cls.COUNTED:
            lately = cls.objects.filter(what=what, account=account, at__gte=timezone.now() - cls.TOGETHER)
            line = lately.values("pk").first()
            if line and cls.objects.filter(**line).update(times=models.F("times") + 1):
                return
        cls.objects.create(what=what, account=account)

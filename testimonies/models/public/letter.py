"""The letterbox: what anybody may drop in, and nobody on this side of the wall can open."""

import json
from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from testimonies import encryption, identifiers

from .fields import SealedTextField

ANSWERED_WITHIN = timedelta(days=30)


class LetterManager(models.Manager["Letter"]):
    """Takes letters in."""

    def drop(self, *, asks: str, **said: str) -> "Letter":
        """Seal what was said and keep it; the receipt is all that the sender gets."""
        sealed = encryption.encrypt(json.dumps(said))
        return self.create(asks=asks, receipt=identifiers.mint(), sealed=sealed)


class Letter(models.Model):
    """What somebody asks through the public form, sealed until an editor opens it (`models/editorial/letters.py`)."""

    class Asks(models.TextChoices):
        """What may be asked."""

        CORRECTION = "correction", _("correction")
        RESTRICTION = "restriction", _("restriction")
        WITHDRAWAL = "withdrawal", _("withdrawal")

    asks = models.CharField(_("asks for"), max_length=12, choices=Asks)
    receipt = models.CharField(_("receipt"), max_length=12, unique=True)
    dropped_at = models.DateTimeField(_("received"), default=timezone.now)
    sealed = SealedTextField()

    objects = LetterManager()

    class Meta:
        ordering = ["dropped_at", "id"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return f"{self.get_asks_display()} {self.receipt}"

    @property
    def due_on(self) -> date:
        """The day by which whoever wrote it is to be answered."""
        return (self.dropped_at + ANSWERED_WITHIN).date()

"""Translations of the quoted words, by whom and from what."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from testimonies.models.public import Agent, CleanTextField, LanguageTagField
from testimonies.models.public.recorded import RecordedManager

from .testimony import Testimony


class Translation(models.Model):
    """The quoted words in another language; never mixed into a check of the quotation."""

    testimony = models.ForeignKey(Testimony, models.CASCADE, related_name="translations")
    language = LanguageTagField(_("language"))
    text = CleanTextField(
        _("text"), help_text=_("Passage by passage, with an empty line between, as in the quoted words.")
    )
    translator = models.ForeignKey(
        Agent, models.PROTECT, verbose_name=_("translator"), null=True, blank=True, related_name="+"
    )
    by_machine = models.BooleanField(_("by a machine"), default=False)
    translated_from = LanguageTagField(_("translated from"), default="en")
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = RecordedManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["testimony", "language"], name="translation_once_in_a_language")]

    def __str__(self) -> str:
        return f"{self.testimony} ({self.language})"

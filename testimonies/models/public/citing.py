"""Publications of others that cite a testimony: what researchers say of theirs, and what an editor has accepted."""

import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from testimonies import encryption, identifiers

from .fields import SealedTextField
from .publication import Publication


class CitingKind(models.TextChoices):
    """What kind of publication cites."""

    ARTICLE = "article", _("article in a journal")
    BOOK = "book", _("book")
    CHAPTER = "chapter", _("chapter of a book")
    THESIS = "thesis", _("thesis")
    REPORT = "report", _("report")
    PRESS = "press", _("newspaper or magazine")
    FILM = "film", _("film, broadcast or exhibition")
    WEB = "web", _("web page")
    OTHER = "other", _("something else")


class CitingLetterManager(models.Manager["CitingLetter"]):
    """Takes letters in."""

    def drop(self, publication: Publication, *, edition: int, passage: int | None, **said: Any) -> "CitingLetter":
        """Seal what was said and keep it; the receipt is all that the sender gets."""
        return self.create(
            publication=publication,
            edition=edition,
            passage=passage,
            receipt=identifiers.mint(),
            sealed=encryption.encrypt(json.dumps(said)),
        )


class CitingLetter(models.Model):
    """What somebody says of a publication that cites a testimony, sealed until an editor opens it.

    What is cited stands open, so that a letter can wait unseen while it is decided whether a testimony is safe.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name=_("testimony"), related_name="+")
    edition = models.PositiveIntegerField(_("edition"))
    passage = models.PositiveIntegerField(_("passage"), null=True, blank=True)
    receipt = models.CharField(_("receipt"), max_length=12, unique=True)
    dropped_at = models.DateTimeField(_("received"), default=timezone.now)
    sealed = SealedTextField()

    objects = CitingLetterManager()

    class Meta:
        ordering = ["dropped_at", "id"]
        verbose_name = _("registered citation")
        verbose_name_plural = _("registered citations")

    def __str__(self) -> str:
        # Without what it cites: the desk's list of recent actions quotes it, and goes on doing so.
        return self.receipt


class CitingWork(models.Model):
    """A publication of others that cites a testimony, as readers see it once an editor has accepted it."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, verbose_name=_("testimony"), related_name="citing_works"
    )
    edition = models.PositiveIntegerField(_("edition"))
    passage = models.PositiveIntegerField(_("passage"), null=True, blank=True, help_text=_("3 is p3."))
    kind = models.CharField(_("kind"), max_length=10, choices=CitingKind)
    reference = models.CharField(_("reference"), max_length=500)
    year = models.PositiveSmallIntegerField(_("year"))
    address = models.URLField(_("address"), max_length=500, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("citing publication")
        verbose_name_plural = _("citing publications")

    def __str__(self) -> str:
        # As above.
        return f"{self._meta.verbose_name} {self.pk}"

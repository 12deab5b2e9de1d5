"""Snapshots: the text of a source on the day it was consulted, private, to check quotations against."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import EDTFField, Source


class SourceSnapshot(models.Model):
    """What a source said when it was consulted. Never published: the source's own prose is not ours to copy."""

    source = models.ForeignKey(Source, models.CASCADE, verbose_name=_("source"), related_name="+")
    text = models.TextField(_("text"))
    taken = EDTFField(_("taken"), help_text=_("When the source was consulted."))
    taken_basis = models.CharField(_("how that is known"), max_length=300, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("snapshot of a source")
        verbose_name_plural = _("snapshots of sources")

    def __str__(self) -> str:
        return f"{self.source} ({self.taken or self.sha256[:8]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the digest of the text as it is kept (UTF-8)."""
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)

"""Unsaved work: what an editor has typed into the form of a testimony and not saved yet."""

from django.conf import settings
from django.db import models
from django.http import QueryDict

from .fields import EncryptedTextField
from .testimony import Testimony


class Draft(models.Model):
    """What stands in one open form of one editor, kept by itself until it is saved or discarded.

    Encrypted at rest: it holds words that nobody has decided yet to keep.
    """

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # None for a testimony that is not entered yet.
    testimony = models.ForeignKey(Testimony, models.CASCADE, null=True, blank=True, related_name="+")
    # A token of the form: two that are open at once never overwrite one another.
    form = models.CharField(max_length=32)
    data = EncryptedTextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["editor", "form"], name="draft_once_for_a_form")]

    def __str__(self) -> str:
        return f"{self.editor} {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def typed(self) -> QueryDict:
        """The form's data as a browser sends it; raises `encryption` errors where no key fits."""
        return QueryDict(self.data)

"""Merges that can still be undone: what was where before two vocabulary records became one."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from testimonies.models.public import Identifier

from .fields import EncryptedTextField

UNDOABLE_FOR = timedelta(days=1)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges of a day; what is older is forgotten."""

    def undoable(self) -> "MergeQuerySet":
        """Those of the last day, the newest first."""
        return self.filter(at__gt=timezone.now() - UNDOABLE_FOR).order_by("-pk")

    def into(self, record: Any) -> "MergeQuerySet":
        """Those in which a record took another one in."""
        return self.filter(kind=record.identifier_kind, kept=record.pk)

    def forget_past(self) -> None:
        """Forget those that cannot be undone any more."""
        self.filter(at__lte=timezone.now() - UNDOABLE_FOR).delete()


class Merge(models.Model):
    """One merge of the last day. Encrypted at rest: it holds what the record said that was given up."""

    kind = models.CharField(max_length=12, choices=Identifier.Kind)
    kept = models.PositiveBigIntegerField()  # the key of the record that stays
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # How it was before, as JSON; see publishing/unmerging.py.
    before = EncryptedTextField()
    # What the record was called that was given up.
    called = EncryptedTextField()

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "kept"], name="merge_by_record")]

    def __str__(self) -> str:
        at = date_format(timezone.localtime(self.at), "j F Y, H:i:s")
        return _("“%(called)s”, merged by %(by)s on %(at)s") % {
            "called": self.called,
            "by": self.by or _("the archive"),
            "at": at,
        }

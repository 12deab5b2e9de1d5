"""Imports: files that were handed in, what became of their rows, and the keys under which files know records."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from testimonies.models.public import Place, Source, Witness

from .consent import PublicationBasis, document_name
from .fields import EncryptedStorage
from .testimony import Testimony


class ExchangeKey(models.Model):
    """A key under which files know a record. It stays when the record is renamed, and leads to it after a merge."""

    # Two records of one kind never share a key; one record may be known by several.
    KINDS = {"testimony": Testimony, "source": Source, "witness": Witness, "place": Place, "basis": PublicationBasis}
    LONGEST = 100

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    key = models.CharField(max_length=LONGEST)
    testimony = models.ForeignKey(Testimony, models.CASCADE, null=True, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
    witness = models.ForeignKey(Witness, models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    basis = models.ForeignKey(PublicationBasis, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="exchange_key_once"),
            models.CheckConstraint(
                condition=models.Q(kind="testimony", testimony__isnull=False)
                | models.Q(kind="source", source__isnull=False)
                | models.Q(kind="witness", witness__isnull=False)
                | models.Q(kind="place", place__isnull=False)
                | models.Q(kind="basis", basis__isnull=False),
                name="exchange_key_leads_to_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ImportBatch(models.Model):
    """One file that was handed in: looked through first, then imported whole or not at all."""

    class State(models.TextChoices):
        """How far it is."""

        HANDED_IN = "handed_in", _("being looked through")
        REFUSED = "refused", _("refused: nothing was imported")
        READY = "ready", _("looked through, waiting for your yes")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded: nothing was imported")

    class Format(models.TextChoices):
        """What the file is, by the end of its name."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        JSON = "json", "JSON"

    class Encoding(models.TextChoices):
        """How its letters are written; guessing would spoil words unseen."""

        UNICODE = "", _("Unicode (UTF-8 or UTF-16), as most programs write it")
        WINDOWS_1251 = "windows-1251", _("Windows-1251, an older Cyrillic encoding")

    # Emptied as soon as it is not needed any more: what is in it stands in the testimonies then.
    file = models.FileField(_("file"), storage=EncryptedStorage(), upload_to=document_name, blank=True)
    called = models.CharField(_("called"), max_length=200)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    encoding = models.CharField(
        pgettext_lazy("how a file is encoded", "letters"),
        max_length=12,
        choices=Encoding,
        blank=True,
        default=Encoding.UNICODE,
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HANDED_IN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    # What is wrong with the file as a whole, in sentences.
    faults = models.JSONField(default=list, blank=True)
    # A digest of what the editor was shown: what is imported is that, or nothing.
    shown = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        permissions = [("export_testimonies", _("Can export testimonies"))]

    def __str__(self) -> str:
        return self.called

    @property
    def is_under_way(self) -> bool:
        """Whether something is being done with it, or was when it was cut off."""
        return self.state in (self.State.HANDED_IN, self.State.IMPORTING)


class ImportRow(models.Model):
    """One row of a file: what it would do or did, and what is to be said about it."""

    class Outcome(models.TextChoices):
        """What the row does."""

        CREATES = "creates", _("new")
        CHANGES = "changes", _("changed")
        SAME = "same", _("unchanged")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    key = models.CharField(_("key"), max_length=ExchangeKey.LONGEST, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    # [column, sentence] each: what keeps the row from being imported, and what the editor should know.
    faults = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    testimony = models.ForeignKey(Testimony, models.SET_NULL, null=True, blank=True, related_name="+")
    # The version of the testimony that the import left: a later one was edited since.
    version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


class ImportedRecord(models.Model):
    """A record that an import made beside its testimonies: a source, a voice, a place, a tag."""

    KINDS = ("agent", "collection", "place", "source", "wave", "event", "tag", "basis", "witness")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="made")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    record = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"

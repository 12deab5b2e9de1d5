"""The publication log: append-only, gap-free, numbered in the order of commits; all else is derived from it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from testimonies import loghead

if TYPE_CHECKING:
    from .publication import Edition, Publication


class LogHead(models.Model):
    """The one row that holds the log's last number; updating it puts writers in a line until they commit."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
    # Tells one life of the database from another: a restored archive gets a new one, so that numbers which
    # go back never bring an old page to life in a cache.
    epoch = models.CharField(max_length=16)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_has_one_head")]

    def __str__(self) -> str:
        return f"log at {self.number}"


class PublicationEventQuerySet(models.QuerySet["PublicationEvent"]):
    """The log may be read from a number on; it can be neither changed nor shortened."""

    def after(self, number: int) -> "PublicationEventQuerySet":
        """Events later than `number`, in order."""
        return self.filter(number__gt=number).order_by("number")

    def last_of_each(self, head: int) -> "PublicationEventQuerySet":
        """The last event of each publication as of the number `head`, in order.

        What the log is as of a number never changes, so a list that is read in parts stays the list that it was.
        """
        later = PublicationEvent.objects.filter(
            publication=models.OuterRef("publication"), number__gt=models.OuterRef("number"), number__lte=head
        )
        found = self.filter(~models.Exists(later), publication__isnull=False, number__lte=head)
        return found.order_by("number")

    def erasing(self) -> "PublicationEventQuerySet":
        """Events after which words must not be found anywhere any more."""
        return self.filter(kind=PublicationEvent.Kind.ERASED)

    def update(self, **kwargs: Any) -> int:
        """Refuse: the log is append-only."""
        raise TypeError("The publication log is append-only.")

    def delete(self) -> Any:
        """Refuse: the log is append-only."""
        raise TypeError("The publication log is append-only.")


class PublicationEvent(models.Model):
    """One thing that happened to what the public reads."""

    class Kind(models.TextChoices):
        """What may happen to a publication or to a listed vocabulary record."""

        PUBLISHED = "published", _("published")
        UNLISTED = "unlisted", _("unlisted")
        RENEWED = "renewed", _("renewed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ERASED = "erased", _("erased")
        MERGED = "merged", _("merged")
        PARTED = "parted", _("merge undone")
        VOCABULARY = "vocabulary", _("vocabulary changed")
        CITED = "cited", _("citing publications changed")

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    publication = models.ForeignKey(
        "testimonies.Publication", models.PROTECT, null=True, blank=True, related_name="events", db_index=False
    )
    edition = models.PositiveIntegerField(null=True, blank=True, help_text=_("The number of the edition."))
    subject = models.CharField(max_length=120, blank=True, help_text=_("The vocabulary record, as kind:identifier."))

    objects = PublicationEventQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("event of the log")
        verbose_name_plural = _("publication log")
        indexes = [
            # The last event of each publication: harvesting.
            models.Index(fields=["publication", "number"], name="event_of_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event once; refuse to change one, also by writing another under its number."""
        if not self._state.adding:
            raise TypeError("The publication log is append-only.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: the log is append-only."""
        raise TypeError("The publication log is append-only.")


def append_event(
    kind: str,
    *,
    publication: "Publication | None" = None,
    edition: "Edition | None" = None,
    subject: str = "",
) -> PublicationEvent:
    """Append one event, as the last act of the transaction that it reports.

    Nothing slow may follow, see `advance`. Raises TransactionManagementError outside of a transaction.
    """
    head = advance(1)
    return PublicationEvent.objects.create(
        number=head.number,
        at=head.at,
        kind=kind,
        publication=publication,
        edition=edition.number if edition else None,
        subject=subject,
    )


def append_events(kind: str, *, publications: Sequence["Publication"], subject: str = "") -> None:
    """Append an event for each of many publications that one act concerns, as `append_event` does."""
    if not publications:
        return
    head = advance(len(publications))
    first = head.number - len(publications) + 1
    PublicationEvent.objects.bulk_create(
        PublicationEvent(number=number, at=head.at, kind=kind, publication=publication, subject=subject)
        for number, publication in enumerate(publications, start=first)
    )


def advance(count: int) -> LogHead:
    """The head of the log, so many numbers on, which are the transaction's own.

    The head row stays locked until the commit (PostgreSQL) or the whole database is (SQLite), which is what
    makes commit order number order. Raises TransactionManagementError outside of a transaction.
    """
    connection = transaction.get_connection()
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is appended inside the transaction it reports.")
    heads = LogHead.objects.filter(pk=1)
    heads.update(number=models.F("number") + count, at=Greatest("at", models.Value(timezone.now())))
    head = heads.get()
    # Robust: what is committed stays committed; a number that could not be told is found by the poll.
    transaction.on_commit(lambda: loghead.write(head.number, bytes.fromhex(head.epoch)), robust=True)
    return head

"""Testimonies as editors hold them: one voice's words from one source, and all that is known about them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from testimonies.folding import fold_text
from testimonies.models.public import (
    CleanTextField,
    Collection,
    EDTFField,
    Event,
    LanguageTagField,
    Place,
    Publication,
    Source,
    Tag,
    Wave,
    WebAddressField,
    Witness,
)
from testimonies.models.public.recorded import RecordedQuerySet

from .consent import PublicationBasis
from .parts import TestimonyPlace, TestimonyWave
from .values import BASIS_UNSAID, PUBLIC_VALUE_UNSAID, Disclosure, ValueBasis, basis_is_said


class StaleTestimony(Exception):
    """Raised when somebody else saved the testimony since it was opened."""


class ForbiddenMove(Exception):
    """Raised when a testimony is saved in a state that cannot follow the one that it had."""


ONCE_PUBLIC = _("Words that were published are withdrawn, not deleted: their address is kept for ever.")


class TestimonyTag(ItemBase):
    """A tag of a testimony; hidden from the tag's side, so that no public query can reach testimonies by it."""

    content_object: "models.ForeignKey[Testimony, Testimony]" = models.ForeignKey(
        "testimonies.Testimony", models.CASCADE, related_name="+"
    )
    tag: "models.ForeignKey[Tag, Tag]" = models.ForeignKey(Tag, models.PROTECT, related_name="testimony_tags+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="testimony_tag_once")]


class HistoryWithTags(models.Model):
    """What simple-history leaves out: the tags that the testimony had."""

    tags_then = models.TextField(_("tags"), blank=True, editable=False)

    class Meta:
        abstract = True


class TestimonyQuerySet(RecordedQuerySet):
    """Testimonies as editors list them."""

    def in_work(self) -> "TestimonyQuerySet":
        """Those of which something can still be published."""
        # Named one by one, so that the index by status serves.
        return self.filter(status__in=[one for one in Testimony.Status if one != Testimony.Status.WITHDRAWN])

    def without_place(self) -> "TestimonyQuerySet":
        """Those in work that name no place."""
        return self.in_work().filter(placements=None)

    def without_translation(self) -> "TestimonyQuerySet":
        """Those in work of which there is no translation."""
        return self.in_work().filter(translations=None)

    def change_many(self, testimonies: "list[Testimony]", *, by: Any, reason: str, **values: Any) -> None:
        """Save one change of many that the caller has locked: each is its next version, with a line of its history.

        `values` are the same for all, and `save` is passed by. The lines take the tags that stand now.
        """
        keys = [one.pk for one in testimonies]
        models.QuerySet.update(self.filter(pk__in=keys), version=models.F("version") + 1, **values)
        for one in testimonies:
            one.version += 1
            for name, value in values.items():
                setattr(one, name, value)
        lines = Testimony.history.bulk_history_create(
            testimonies, batch_size=500, update=True, default_user=by, default_change_reason=reason
        )
        tags: dict[int, list[str]] = {}
        for key, name in TestimonyTag.objects.filter(content_object__in=keys).values_list(
            "content_object", "tag__name"
        ):
            tags.setdefault(key, []).append(name)
        for line in lines:
            line.tags_then = ", ".join(sorted(tags.get(line.id, [])))
        Testimony.history.model.objects.bulk_update([one for one in lines if one.tags_then], ["tags_then"], 100)

    def delete(self) -> Any:
        """Delete drafts; raises ProtectedError where something was published."""
        if published := set(self.filter(publication__isnull=False)):
            raise ProtectedError(str(ONCE_PUBLIC), published)
        return super().delete()


class Testimony(models.Model):
    """One voice's words from one source."""

    class Status(models.TextChoices):
        """Where a testimony stands between the desk and the public."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        UNLISTED = "unlisted", _("unlisted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # What may follow what. A withdrawal is final; what was published is never a draft again.
    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.DRAFT: (Status.IN_REVIEW, Status.PUBLISHED),
        Status.IN_REVIEW: (Status.DRAFT, Status.PUBLISHED, Status.UNLISTED, Status.WITHDRAWN),
        Status.PUBLISHED: (Status.IN_REVIEW, Status.UNLISTED, Status.WITHDRAWN),
        Status.UNLISTED: (Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN),
        Status.WITHDRAWN: (),
    }

    class Mode(models.TextChoices):
        """Whether the words were spoken or written."""

        NOT_SAID = "not_said", _("not said")
        SPOKEN = "spoken", _("spoken")
        WRITTEN = "written", _("written")

    class Wording(models.TextChoices):
        """Whether readers get the words themselves."""

        VERBATIM = "verbatim", _("word for word")
        PARAPHRASE = "paraphrase", _("paraphrased by the archive, and said to be so")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    publication = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # Grows with every save: whoever saves says which one was read, so that nobody overwrites unseen.
    version = models.PositiveIntegerField(default=0, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    folded = models.TextField(blank=True, editable=False)

    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("source"), null=True, blank=True, related_name="+"
    )
    locator = models.CharField(
        _("where in the source"), max_length=100, blank=True, help_text=_("Page, minute or paragraph.")
    )
    witness = models.ForeignKey(
        Witness, models.PROTECT, verbose_name=_("witness"), null=True, blank=True, related_name="+"
    )
    collection = models.ForeignKey(
        Collection, models.PROTECT, verbose_name=_("collection"), null=True, blank=True, related_name="+"
    )
    basis = models.ForeignKey(
        PublicationBasis,
        models.PROTECT,
        verbose_name=_("basis for publication"),
        null=True,
        blank=True,
        related_name="testimonies",
    )
    places: "models.ManyToManyField[Place, TestimonyPlace]" = models.ManyToManyField(
        Place, through="TestimonyPlace", through_fields=("testimony", "place"), related_name="+"
    )
    waves: "models.ManyToManyField[Wave, TestimonyWave]" = models.ManyToManyField(
        Wave, through="TestimonyWave", related_name="+"
    )
    tags = TaggableManager(verbose_name=_("tags"), through=TestimonyTag, blank=True, related_name="+")

    language_printed = LanguageTagField(
        _("language as printed"), blank=True, help_text=_("Leave empty where it is the language of the source.")
    )
    language_spoken = LanguageTagField(
        _("language as spoken"), blank=True, help_text=_("Leave empty where the source does not say.")
    )
    mode = models.CharField(_("spoken or written"), max_length=10, choices=Mode, default=Mode.NOT_SAID)
    wording = models.CharField(_("wording"), max_length=10, choices=Wording, default=Wording.VERBATIM)
    original_words_held = models.BooleanField(
        _("the words as first spoken are held"),
        default=False,
        help_text=_("Not so for a translation without its original."),
    )

    spoken = EDTFField(_("spoken"), help_text=_("“29 September 2022”, “autumn 2022”, “before 29 September 2022”."))
    spoken_basis = models.CharField(_("basis"), max_length=10, choices=ValueBasis, default=ValueBasis.STATED)
    spoken_basis_reason = models.CharField(_("reason"), max_length=500, blank=True)
    spoken_basis_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("other source"), null=True, blank=True, related_name="+"
    )
    spoken_disclosure = models.CharField(_("readers see"), max_length=10, choices=Disclosure, default=Disclosure.EXACT)
    spoken_public = EDTFField(_("what readers see instead"))

    happened = EDTFField(_("happened"), help_text=_("When that of which the words tell took place."))
    happened_basis = models.CharField(_("basis"), max_length=10, choices=ValueBasis, default=ValueBasis.STATED)
    happened_basis_reason = models.CharField(_("reason"), max_length=500, blank=True)
    happened_basis_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("other source"), null=True, blank=True, related_name="+"
    )
    happened_disclosure = models.CharField(
        _("readers see"), max_length=10, choices=Disclosure, default=Disclosure.EXACT
    )
    happened_public = EDTFField(_("what readers see instead"))
    happened_event = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("event"), null=True, blank=True, related_name="+"
    )

    context_note = CleanTextField(_("context note"), blank=True, help_text=_("Public. What stands around the words."))
    content_note = CleanTextField(_("content note"), blank=True, help_text=_("Public. A warning to readers."))
    lineage = CleanTextField(_("path of the words"), blank=True, help_text=_("Public. How they came to the source."))
    peculiarities = CleanTextField(
        _("printed peculiarities"), blank=True, help_text=_("Public. Marks of the source's own.")
    )
    rights_uri = WebAddressField(_("rights statement"), max_length=300, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    rights_note = CleanTextField(_("note on rights"), blank=True)
    editors_note = CleanTextField(_("editors' note"), blank=True, help_text=_("Private."))

    read_whole = models.BooleanField(
        _("read whole"), default=False, help_text=_("Somebody read the whole source, not only the quotation.")
    )
    may_be_featured = models.BooleanField(
        _("may be featured"),
        default=False,
        help_text=_("A second editor finds it fit to stand alone: on the home page, and where a link to it is shown."),
    )
    source_withheld = models.BooleanField(
        _("withhold the source"),
        default=False,
        help_text=_("Readers see neither title nor address of the source."),
    )
    embargo_until = models.DateField(_("not before"), null=True, blank=True)
    review_on = models.DateField(
        _("review on"),
        null=True,
        blank=True,
        help_text=_("After this day it is hidden until somebody renews it."),
    )

    objects = TestimonyQuerySet.as_manager()
    history = HistoricalRecords(bases=[HistoryWithTags], excluded_fields=["folded", "version"])

    class Meta:
        ordering = ["-id"]
        verbose_name = _("testimony")
        verbose_name_plural = _("testimonies")
        permissions = [
            ("publish_testimony", _("Can publish, unlist and renew testimonies")),
            ("withdraw_testimony", _("Can withdraw testimonies")),
            ("empty_edition", _("Can empty an edition that endangers somebody")),
            ("merge_records", _("Can merge records")),
            ("erase_testimony", _("Can erase the words of a testimony for good")),
        ]
        # For the first page of the desk: what is mine, what waits, what falls due.
        indexes = [
            models.Index(fields=["status", "author", "-id"], name="testimony_by_status"),
            models.Index(fields=["review_on"], name="testimony_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="published")
                | models.Q(
                    source__isnull=False,
                    basis__isnull=False,
                    witness__isnull=False,
                    publication__isnull=False,
                ),
                name="testimony_published_has_source_and_basis",
                violation_error_message=_("A published testimony has a source, a witness and a basis."),
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{kind: ""}) | basis_is_said(f"{kind}_"),
                    name=f"testimony_{kind}_says_its_basis",
                    violation_error_message=BASIS_UNSAID,
                )
                for kind in ("spoken", "happened")
            ),
            *(
                models.CheckConstraint(
                    condition=~models.Q(**{f"{kind}_disclosure": "coarser"}) | ~models.Q(**{f"{kind}_public": ""}),
                    name=f"testimony_{kind}_says_its_public_value",
                    violation_error_message=PUBLIC_VALUE_UNSAID,
                )
                for kind in ("spoken", "happened")
            ),
        ]

    def __str__(self) -> str:
        return str(
            _("Words of %(witness)s (%(publisher)s)")
            % {
                "witness": self.witness or _("somebody not entered yet"),
                "publisher": (self.source and (self.source.publisher or self.source.title)) or _("no source yet"),
            }
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save as the next version, with the folded words that the admin searches.

        Raises StaleTestimony where somebody else saved it since this copy was read, and ForbiddenMove.
        """
        with transaction.atomic():
            if not self._state.adding:
                self.refuse_if_stale()
            if kwargs.get("update_fields") is None:
                self.take_language()
            self.version += 1
            self.folded = fold_text(" ".join(self.words_to_find()))
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "version", "folded"}
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete a draft; raises ProtectedError where it was published."""
        if self.publication_id is not None:
            raise ProtectedError(str(ONCE_PUBLIC), {self})
        return super().delete(*args, **kwargs)

    def refuse_if_stale(self) -> None:
        """Hold the row until the transaction ends, compare versions, and look whether its state may follow."""
        rows = Testimony.objects.select_for_update(of=("self",)).filter(pk=self.pk)
        held = rows.values_list("version", "status").first()
        if held is None or held[0] != self.version:
            raise StaleTestimony(self)
        if self.status not in (held[1], *self.MOVES[held[1]]):
            raise ForbiddenMove(f"{held[1]} → {self.status}")

    def take_language(self) -> None:
        """Words are printed in the language of their source, where nobody says otherwise."""
        if not self.language_printed and self.source:
            self.language_printed = self.source.language

    def may_become(self, status: str) -> bool:
        """Whether a state may follow the one that it is in."""
        return status in self.MOVES[self.status]

    def words_to_find(self) -> list[str]:
        """What an editor may look for."""
        words = [str(self), str(self.publication or "")]
        return [*words, *(segment.text for segment in self.segments.all())] if self.pk else words

    @property
    def is_public(self) -> bool:
        """Whether readers meet it at a permalink, with or without its words."""
        return self.publication_id is not None


def names_of_tags(testimony: Testimony) -> str:
    """The tags of a testimony as its history keeps them."""
    return ", ".join(sorted(testimony.tags.names()))


@receiver(pre_create_historical_record, sender=Testimony.history.model)
def take_tags_into_history(instance: Testimony, history_instance: Any, **kwargs: Any) -> None:
    """Write the tags onto every new history row: simple-history does not follow taggit."""
    history_instance.tags_then = names_of_tags(instance)


@receiver(m2m_changed, sender=TestimonyTag)
def keep_tags_in_history(instance: Testimony, action: str, **kwargs: Any) -> None:
    """Write tags that changed without a save onto the newest history row."""
    if action.startswith("post_") and (row := instance.history.first()):
        row.tags_then = names_of_tags(instance)
        row.save(update_fields=["tags_then"])

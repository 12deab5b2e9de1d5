"""Publications, their frozen editions and the passages in them: all that the public reads of testimonies."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .agent import Collection
from .place import Place, PlaceRelation
from .source import Source
from .tag import Tag
from .wave import Event, Wave
from .witness import Witness


def today() -> date:
    """The date by which reviews fall due (UTC)."""
    return timezone.now().date()


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications in words that read as English; everything public begins with `.listed()`."""

    def listed(self) -> "PublicationQuerySet":
        """What the public may read: listed, and not past its review date, whatever the clock's sweep has done."""
        return self.filter(
            models.Q(review_on__isnull=True) | models.Q(review_on__gte=today()),
            state=Publication.State.LISTED,
        )

    def fit_to_stand_alone(self) -> "PublicationQuerySet":
        """Listed, and marked by a second editor as fit to be shown by itself; a collective voice never is."""
        return self.listed().filter(featured=True).exclude(witness__kind=Witness.Kind.REPORTED_COLLECTIVE)

    def gone_since(self, moment: datetime) -> "PublicationQuerySet":
        """What readers could see once and was taken from their sight since a moment."""
        return self.filter(changed_at__gte=moment).exclude(state=Publication.State.LISTED)

    def overdue(self) -> "PublicationQuerySet":
        """Listed, but past the review date."""
        return self.filter(state=Publication.State.LISTED, review_on__lt=today())

    def newest_first(self) -> "PublicationQuerySet":
        """In the order of first publication, the newest first; the key makes the order whole."""
        return self.order_by("-first_published_at", "-id")

    def earliest_told_first(self) -> "PublicationQuerySet":
        """In the order in which the words were spoken; where that is not known, at the end by date of printing."""
        return self.order_by(
            models.F("spoken_earliest").asc(nulls_last=True),
            models.F("printed_earliest").asc(nulls_last=True),
            "id",
        )


class Publication(models.Model):
    """The public face of one testimony: its permanent identifier, its state, and what lists and facets need.

    What lists need is taken from the current edition's record, so that lists need not read records; a publication
    that was withdrawn or merged holds nothing of it.
    """

    class State(models.TextChoices):
        """What readers meet at the permalink."""

        LISTED = "listed", _("listed")
        UNLISTED = "unlisted", _("under review")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MERGED = "merged", _("merged")

    class WithdrawalReason(models.TextChoices):
        """The neutral reasons that a tombstone may give."""

        ON_REQUEST = "on_request", _("on request")
        BY_THE_ARCHIVE = "by_the_archive", _("by decision of the archive")

    identifier = models.CharField(max_length=12, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.LISTED)
    current_edition = models.OneToOneField(
        "testimonies.Edition", models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_published_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=16, choices=WithdrawalReason, blank=True)
    # How many passage identifiers were given so far; it outlives emptied editions, so that none is given twice.
    passages_numbered = models.PositiveIntegerField(default=0)
    # How many publications of others are shown as citing it, so that a page of which there is none need not ask.
    times_cited = models.PositiveIntegerField(default=0, editable=False)

    title = models.CharField(max_length=600, blank=True)
    excerpt = models.TextField(blank=True)
    words = models.TextField(blank=True, help_text="All public words of the current edition, folded, for search.")
    language = models.CharField(max_length=35, blank=True)
    witness = models.ForeignKey(Witness, models.PROTECT, null=True, related_name="publications")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="publications")
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, related_name="publications")
    happened_event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="publications")
    featured = models.BooleanField(default=False)
    # Years and bounds are null where they are not known; an open interval never lends a bound.
    year_spoken = models.IntegerField(null=True)
    year_printed = models.IntegerField(null=True)
    spoken_earliest = models.DateField(null=True)
    printed_earliest = models.DateField(null=True)

    places: "models.ManyToManyField[Place, PublicationPlace]" = models.ManyToManyField(
        Place, through="PublicationPlace", related_name="publications"
    )
    waves = models.ManyToManyField(Wave, related_name="publications")
    tags = models.ManyToManyField(Tag, related_name="publications")
    cited_sources = models.ManyToManyField(Source, related_name="citing_publications")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-first_published_at", "-id"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [
            # The newest listed publications: home page, lists, feeds.
            models.Index(fields=["state", "-first_published_at", "-id"], name="publication_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="listed") | models.Q(current_edition__isnull=False, witness__isnull=False),
                name="publication_listed_has_edition_and_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_at__isnull=True)),
                name="publication_withdrawn_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["withdrawn", "merged"])
                | models.Q(
                    title="",
                    excerpt="",
                    words="",
                    language="",
                    witness__isnull=True,
                    source__isnull=True,
                    collection__isnull=True,
                    happened_event__isnull=True,
                    featured=False,
                    year_spoken__isnull=True,
                    year_printed__isnull=True,
                    spoken_earliest__isnull=True,
                    printed_earliest__isnull=True,
                ),
                name="publication_gone_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    @property
    def is_listed(self) -> bool:
        """Whether the public may read it now; the clock only ever hides."""
        return self.state == self.State.LISTED and (self.review_on is None or self.review_on >= today())

    @property
    def may_stand_alone(self) -> bool:
        """Whether a link to it may be shown as a picture of its words."""
        return self.is_listed and self.featured

    @property
    def is_withdrawn(self) -> bool:
        """Whether the permalink answers with a tombstone."""
        return self.state == self.State.WITHDRAWN

    def enter_places(self, direct: Iterable[tuple[Place, str]]) -> None:
        """Let lists find it under these places in their relations, and under what they lie in."""
        entered = set(direct)
        wider = {(one, relation) for place, relation in entered for one in place.ancestors()} - entered
        self.placements.all().delete()
        PublicationPlace.objects.bulk_create(
            PublicationPlace(publication=self, place=place, relation=relation, is_direct=(place, relation) in entered)
            for place, relation in sorted(entered | wider, key=lambda one: (one[0].pk, one[1]))
        )

    def forget_listing(self) -> None:
        """Let go of everything that lists, facets and search were given (without saving)."""
        self.title = self.excerpt = self.words = self.language = ""
        self.witness = self.source = self.collection = self.happened_event = None
        self.featured = False
        self.year_spoken = self.year_printed = None
        self.spoken_earliest = self.printed_earliest = None
        self.waves.clear()
        self.tags.clear()
        self.cited_sources.clear()
        self.placements.all().delete()


class PublicationPlaceQuerySet(models.QuerySet["PublicationPlace"]):
    """Places of publications."""

    def direct(self) -> "PublicationPlaceQuerySet":
        """Those that the testimony itself is bound to, not what they lie in."""
        return self.filter(is_direct=True).select_related("place")


class PublicationPlace(models.Model):
    """A place of a publication in one relation; the places that it lies in are entered too, as not direct."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="placements")
    place = models.ForeignKey(Place, models.PROTECT, related_name="placements")
    relation = models.CharField(max_length=20, choices=PlaceRelation)
    is_direct = models.BooleanField(default=True)

    objects = PublicationPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "place", "relation"], name="publication_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.relation} {self.place_id}"


class FrozenEdition(TypeError):
    """Raised when something tries to change or delete an edition."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions are written once."""

    def update(self, **kwargs: Any) -> int:
        """Refuse: an edition is never changed."""
        raise FrozenEdition("An edition is never changed.")

    def delete(self) -> Any:
        """Refuse: an edition is never deleted."""
        raise FrozenEdition("An edition is never deleted.")


class Edition(models.Model):
    """One published state of a testimony, frozen; only emptying may touch it."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    change_note = models.CharField(max_length=500, blank=True, help_text="Public: what changed and why.")
    protects = models.BooleanField(default=False, help_text="The change protected somebody: say only that, and when.")
    record = models.JSONField(null=True)
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the record's canonical JSON (RFC 8785), in hexadecimal digits."
    )
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["publication", "number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_numbers_begin_at_one"),
            models.CheckConstraint(
                condition=models.Q(emptied_at__isnull=True, record__isnull=False) & ~models.Q(digest="")
                | models.Q(emptied_at__isnull=False, record__isnull=True, digest="", change_note=""),
                name="edition_is_whole_or_emptied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} edition {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new edition once; refuse to change one, under whatever key."""
        if not self._state.adding:
            raise FrozenEdition("An edition is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: an edition is never deleted."""
        raise FrozenEdition("An edition is never deleted.")

    @property
    def is_emptied(self) -> bool:
        """Whether its words were taken out."""
        return self.emptied_at is not None

    def empty(self) -> None:
        """Take out record, digest, note and passages for ever; only that it was, and when it was emptied, remains."""
        with transaction.atomic():
            self.record = None
            self.digest = self.change_note = ""
            self.emptied_at = timezone.now()
            super().save(update_fields=["record", "digest", "change_note", "emptied_at"])
            self.passages.all().delete()


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages are as frozen as their editions."""

    def update(self, **kwargs: Any) -> int:
        """Refuse: a passage is never changed."""
        raise FrozenEdition("A passage is never changed.")

    def delete(self) -> Any:
        """Delete what is left of emptied editions; refuse to take a passage out of another."""
        if self.filter(edition__emptied_at=None).exists():
            raise FrozenEdition("A passage is never deleted, but with all words of its edition.")
        return super().delete()


class Passage(models.Model):
    """A paragraph of the quoted words, or of a translation, in one edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(help_text="3 is p3: given once per publication, never again.")
    order = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=35)
    translates = models.PositiveIntegerField(null=True, help_text="The number of the passage that it translates.")

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "order"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="passage_number_once_in_an_edition"),
            models.UniqueConstraint(fields=["edition", "order"], name="passage_order_once_in_an_edition"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new passage once; refuse to change one."""
        if not self._state.adding:
            raise FrozenEdition("A passage is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: passages go with all words of their edition."""
        raise FrozenEdition("A passage is never deleted, but with all words of its edition.")

    @property
    def identifier(self) -> str:
        """As it stands in addresses: p1, p2 …"""
        return f"p{self.number}"

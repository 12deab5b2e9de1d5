"""What belongs to a testimony besides itself: its runs of words, its places and waves, and who did what for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from testimonies import texts
from testimonies.models.public import Agent, CleanTextField, Contribution, Place, PlaceRelation, Source, Wave
from testimonies.models.public.recorded import RecordedManager

from .values import BASIS_UNSAID, PUBLIC_VALUE_UNSAID, Disclosure, ValueBasis, basis_is_said


class QuoteSegment(models.Model):
    """One run of quoted words, with the reporter's phrase that introduces it and what joins it to the one before."""

    class Attribution(models.TextChoices):
        """How the source ties the words to the voice."""

        EXPLICIT = "explicit", _("explicit")
        IMPLICIT = "implicit", _("implicit")
        COLLECTIVE = "collective", _("collective")

    class Join(models.TextChoices):
        """What stands between this segment and the one before."""

        NOTHING = "", _("nothing: it is the first")
        REPORTER = "reporter", _("the reporter's words")
        OMISSION = "omission", _("an omission of ours […]")

    testimony = models.ForeignKey("testimonies.Testimony", models.CASCADE, related_name="segments")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    joined_by = models.CharField(
        _("what stands before it"), max_length=10, choices=Join, blank=True, default=Join.NOTHING
    )
    introduction = models.CharField(
        _("the reporter's phrase"),
        max_length=500,
        blank=True,
        help_text=_("Such as “According to Aibek from Osh”."),
    )
    text = CleanTextField(
        _("quoted words"),
        help_text=_(
            "Exactly as printed, without the outer quotation marks. An empty line begins a new passage. "
            "What the archive inserts is marked [[thus]], what it leaves out [[…]]."
        ),
    )
    attribution = models.CharField(_("attribution"), max_length=12, choices=Attribution, default=Attribution.EXPLICIT)
    attribution_note = models.CharField(_("note on the attribution"), max_length=300, blank=True)
    start = models.PositiveIntegerField(
        _("begins at"),
        null=True,
        blank=True,
        help_text=_("Offset in the source's snapshot, in Unicode characters."),
    )
    end = models.PositiveIntegerField(_("ends at"), null=True, blank=True)

    objects = RecordedManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("run of words")
        verbose_name_plural = _("runs of words")

    def __str__(self) -> str:
        return texts.public_text(self.text)[0][:80]


class TestimonyPlace(models.Model):
    """A place of a testimony, in one relation, with its basis and what readers see of it."""

    testimony = models.ForeignKey("testimonies.Testimony", models.CASCADE, related_name="placements")
    relation = models.CharField(
        _("relation"), max_length=20, choices=PlaceRelation, default=PlaceRelation.DESCRIBED_AS_FROM
    )
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("place"), related_name="+")
    basis = models.CharField(_("basis"), max_length=10, choices=ValueBasis, default=ValueBasis.STATED)
    basis_reason = models.CharField(_("reason"), max_length=500, blank=True)
    basis_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("other source"), null=True, blank=True, related_name="+"
    )
    disclosure = models.CharField(_("readers see"), max_length=10, choices=Disclosure, default=Disclosure.EXACT)
    public_place = models.ForeignKey(
        Place,
        models.PROTECT,
        verbose_name=_("what readers see instead"),
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("place of a testimony")
        verbose_name_plural = _("places of a testimony")
        constraints = [
            models.UniqueConstraint(fields=["testimony", "place", "relation"], name="testimony_place_once"),
            models.CheckConstraint(
                condition=basis_is_said(),
                name="testimony_place_says_its_basis",
                violation_error_message=BASIS_UNSAID,
            ),
            models.CheckConstraint(
                condition=~models.Q(disclosure="coarser") | models.Q(public_place__isnull=False),
                name="testimony_place_says_its_public_value",
                violation_error_message=PUBLIC_VALUE_UNSAID,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.place}"

    @property
    def shown(self) -> Place | None:
        """The place that readers see, or None."""
        shown = {Disclosure.EXACT: self.place, Disclosure.COARSER: self.public_place}
        return shown.get(Disclosure(self.disclosure))


class TestimonyWave(models.Model):
    """A wave that a testimony speaks of, with its basis."""

    testimony = models.ForeignKey("testimonies.Testimony", models.CASCADE, related_name="wave_mentions")
    wave = models.ForeignKey(Wave, models.PROTECT, verbose_name=_("wave"), related_name="+")
    basis = models.CharField(_("basis"), max_length=10, choices=ValueBasis, default=ValueBasis.STATED)
    basis_reason = models.CharField(_("reason"), max_length=500, blank=True)
    basis_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("other source"), null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["wave__order", "id"]
        verbose_name = _("wave that a testimony speaks of")
        verbose_name_plural = _("waves that a testimony speaks of")
        constraints = [
            models.UniqueConstraint(fields=["testimony", "wave"], name="testimony_wave_once"),
            models.CheckConstraint(
                condition=basis_is_said(),
                name="testimony_wave_says_its_basis",
                violation_error_message=BASIS_UNSAID,
            ),
        ]

    def __str__(self) -> str:
        return str(self.wave)


class TestimonyContribution(models.Model):
    """What an agent did for this testimony, apart from the source."""

    testimony = models.ForeignKey("testimonies.Testimony", models.CASCADE, related_name="contributions")
    agent = models.ForeignKey(Agent, models.PROTECT, verbose_name=_("agent"), related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Contribution.Role, default=Contribution.Role.INTERVIEWER)

    class Meta:
        ordering = ["id"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return f"{self.agent} ({self.get_role_display()})"

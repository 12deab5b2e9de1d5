"""Waves of migration that testimonies speak of, and the events that mark them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import EDTFField
from .ledger import Identifier
from .place import Place
from .source import Source
from .vocabulary import NameForm, SluggedVocabulary, Vocabulary


class Wave(SluggedVocabulary):
    """A wave of migration that testimonies speak of; the voices themselves are not said to belong to it."""

    identifier_kind = Identifier.Kind.WAVE

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("A neutral name; what people call it goes below."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    begins = EDTFField(_("begins"))
    begins_source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source of the beginning"),
        null=True,
        blank=True,
        related_name="+",
    )
    ends = EDTFField(_("ends"), help_text=_("Leave empty where no source gives an end."))
    ends_source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("source of the end"), null=True, blank=True, related_name="+"
    )
    attested = EDTFField(_("attested"), help_text=_("The time for which a source attests it, for example a week."))
    attested_source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source that attests it"),
        null=True,
        blank=True,
        related_name="+",
    )
    scope_note = models.TextField(_("scope note"), blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins="") | models.Q(begins_source__isnull=False),
                name="wave_beginning_has_a_source",
                violation_error_message=_("Say which source gives the beginning of the wave."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends="") | models.Q(ends_source__isnull=False),
                name="wave_end_has_a_source",
                violation_error_message=_("Say which source gives the end of the wave."),
            ),
            models.CheckConstraint(
                condition=models.Q(attested="") | models.Q(attested_source__isnull=False),
                name="wave_attestation_has_a_source",
                violation_error_message=_("Say which source attests the wave."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """Some listed publication speaks of the wave."""
        from .publication import Publication  # points here

        return models.Q(
            pk__in=Publication.waves.through.objects.filter(publication__in=Publication.objects.listed()).values("wave")
        )

    @property
    def sources(self) -> list[Source]:
        """The sources of the wave's dates, each once."""
        cited = [self.begins_source, self.ends_source, self.attested_source]
        return list(dict.fromkeys(source for source in cited if source))

    def leads_to(self) -> list[Any]:
        """The sources of its dates."""
        return [*self.sources]


class WaveNameForm(NameForm):
    """What a wave, or the people in it, are called, and by whom."""

    record = models.ForeignKey(Wave, models.CASCADE, related_name="forms")


class Event(Vocabulary):
    """Something that happened: a mark on the timeline, and what a testimony's *happened* date may refer to."""

    name = models.CharField(_("name"), max_length=200)
    date = EDTFField(_("date"), blank=False)
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("place"), null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="+")
    wave = models.ForeignKey(
        Wave, models.SET_NULL, verbose_name=_("marks the wave"), null=True, blank=True, related_name="events"
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        ordering = ["date", "name"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """A listed wave is marked by it, or a listed publication tells of it."""
        from .publication import Publication  # points here

        return models.Q(wave__in=Wave.objects.listed()) | models.Q(
            pk__in=Publication.objects.listed().exclude(happened_event=None).values("happened_event")
        )

    def is_held(self) -> bool:
        """Whether a publication, or the wave that it marks, may be listed again."""
        return super().is_held() or (self.wave is not None and self.wave.is_held())

    def leads_to(self) -> list[Any]:
        """Its source, and where it happened."""
        return [self.source, *([self.place, *self.place.ancestors()] if self.place else [])]

"""Places: towns, regions and countries, with every name they have or had."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .ledger import Identifier
from .log import PublicationEvent, append_events
from .vocabulary import IdentifiedVocabulary, NameForm


class PlaceRelation(models.TextChoices):
    """How a place belongs to a testimony; one never stands for another."""

    DESCRIBED_AS_FROM = "described_as_from", _("described as from")
    SPOKEN_AT = "spoken_at", _("spoken at")
    SPEAKS_OF = "speaks_of", _("speaks of")


class Place(IdentifiedVocabulary):
    """A city, a region or a country."""

    class Kind(models.TextChoices):
        """From the smallest to the largest."""

        CITY = "city", _("city")
        REGION = "region", _("region")
        COUNTRY = "country", _("country")

    identifier_kind = Identifier.Kind.PLACE

    name = models.CharField(_("name"), max_length=200, help_text=_("As this archive writes it in English."))
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, blank=True, default="", help_text=_("Empty: nothing is said of it.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("lies in"),
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("The region or country that it lies in."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, WGS 84."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, WGS 84."),
    )
    coordinates_source = models.CharField(_("source of the coordinates"), max_length=200, blank=True)
    wikidata = models.CharField(_("Wikidata"), max_length=20, blank=True, validators=[RegexValidator(r"^Q[1-9]\d*$")])
    geonames = models.PositiveIntegerField(_("GeoNames"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        ordering = ["name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                # Told about null in full: a comparison with null is neither true nor false, and passes.
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_has_both_coordinates_or_none",
                violation_error_message=_("Give both coordinates or none."),
            ),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="place_does_not_lie_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """Some listed publication is bound to the place or to one that lies in it, or a listed event happened there."""
        from .publication import Publication, PublicationPlace  # both point here
        from .wave import Event  # points here

        listed = PublicationPlace.objects.filter(publication__in=Publication.objects.listed())
        events = Event.objects.listed().exclude(place=None)
        return models.Q(pk__in=listed.values("place")) | models.Q(pk__in=events.values("place"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; where the place was moved into another one, its publications are found there too."""
        with transaction.atomic():
            moved = type(self).objects.filter(pk=self.pk).exclude(parent=self.parent_id).exists()
            super().save(*args, **kwargs)
            if moved:
                self.move_publications()

    def move_publications(self) -> None:
        """Enter the publications bound to the place, or to one that lies in it, in what they lie in now."""
        publications = list(self.publications.distinct())
        if publications:
            for wider in self.ancestors():
                wider.enter_in_ledger()
        for publication in publications:
            publication.enter_places([(one.place, one.relation) for one in publication.placements.direct()])
        append_events(PublicationEvent.Kind.VOCABULARY, publications=publications, subject=self.subject)

    def leads_to(self) -> list[Any]:
        """What it lies in."""
        return [*self.ancestors()]

    def clean(self) -> None:
        """Refuse a circle of places that lie in one another."""
        super().clean()
        if self.pk and self.parent and self in [self.parent, *self.parent.ancestors()]:
            raise ValidationError({"parent": _("A place cannot lie in itself.")})

    def ancestors(self) -> list["Place"]:
        """What the place lies in, from the nearest to the widest."""
        found: list[Place] = []
        place = self.parent
        while place and place not in found:
            found.append(place)
            place = place.parent
        return found


class PlaceNameForm(NameForm):
    """One form of a place's name."""

    record = models.ForeignKey(Place, models.CASCADE, related_name="forms")

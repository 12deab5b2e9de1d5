"""Witnesses: voices as the public may know them, and no more than the source says."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from testimonies.folding import name_keys

from .ledger import Identifier
from .picture import Picture
from .vocabulary import IdentifiedVocabulary, NameForm

if TYPE_CHECKING:
    from .publication import Edition


LONGEST_KEY = 100


class Witness(IdentifiedVocabulary):
    """A voice: one display name, never first and last; what only a few may know is kept elsewhere."""

    class Naming(models.TextChoices):
        """Whose name it is that readers see."""

        NAMED_IN_SOURCE = "named_in_source", _("named by the source")
        NOT_NAMED_IN_SOURCE = "not_named_in_source", _("not named by the source")
        ANONYMOUS_BY_REQUEST = "anonymous_by_request", _("anonymous by request")
        PSEUDONYM = "pseudonym", _("pseudonym")

    class Kind(models.TextChoices):
        """One person, or words that a source attributes to several at once."""

        INDIVIDUAL = "individual", _("individual")
        REPORTED_COLLECTIVE = "reported_collective", _("reported collective")

    identifier_kind = Identifier.Kind.WITNESS
    HIDDEN_NAMINGS = (Naming.ANONYMOUS_BY_REQUEST, Naming.PSEUDONYM)

    name = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("As printed. For an unnamed voice a label that tells it from others: “Unnamed voice (a driver)”."),
    )
    naming = models.CharField(_("naming"), max_length=24, choices=Naming, default=Naming.NAMED_IN_SOURCE)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.INDIVIDUAL)
    described_as = models.CharField(
        _("described as"),
        max_length=300,
        blank=True,
        help_text=_("The source's words for the voice: “Aibek from Osh”."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Public. What the source says of the voice, and no more.")
    )
    portrait = models.ForeignKey(
        Picture,
        models.SET_NULL,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Never on the basis of a press quotation alone."),
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("witness")
        verbose_name_plural = _("witnesses")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """Some listed publication holds words of the witness."""
        from .publication import Publication  # points here

        return models.Q(pk__in=Publication.objects.listed().values("witness"))

    def clean(self) -> None:
        """Refuse to hide a name that published editions carry: they are emptied first."""
        super().clean()
        if self.name_stands_elsewhere():
            raise ValidationError(
                {"name": _("Published editions carry another name. Use “Hide the name”, which empties them first.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; raises ValidationError as `clean` does."""
        with transaction.atomic():
            self.keep_address()
            Witness.clean(self)
            super().save(*args, **kwargs)
            self.keep_name_keys()

    def keep_name_keys(self) -> None:
        """Let the voice be found by its names in any script; a label for somebody unnamed is no name."""
        unnamed = self.naming == self.Naming.NOT_NAMED_IN_SOURCE
        names = [] if unnamed else [(self.name, ""), *self.forms.values_list("text", "tag")]
        wanted = {key[:LONGEST_KEY] for name, tag in names for key in name_keys(name, tag)}
        held = WitnessNameKey.objects.filter(witness=self)
        known = set(held.values_list("key", flat=True))
        if gone := known - wanted:
            held.filter(key__in=gone).delete()
        WitnessNameKey.objects.bulk_create(WitnessNameKey(witness=self, key=key) for key in sorted(wanted - known))

    def addresses(self) -> list[str]:
        """The identifier of the voice, and those of the voices that were merged into it."""
        merged = Identifier.objects.filter(
            kind=self.identifier_kind, redirects_to__kind=self.identifier_kind, redirects_to__value=self.identifier
        )
        return [*([self.identifier] if self.identifier else []), *merged.values_list("value", flat=True)]

    def editions(self) -> "models.QuerySet[Edition]":
        """Every edition that gives words to this voice, also under an address that was merged into its own."""
        from .publication import Edition  # its publication points here

        return Edition.objects.filter(record__witness__identifier__in=self.addresses())

    def name_stands_elsewhere(self) -> bool:
        """Whether the name is hidden, but editions carry another one."""
        return (
            self.name_is_hidden
            and self.first_published_at is not None
            and self.editions().exclude(record__witness__name=self.name).exists()
        )

    @property
    def name_is_hidden(self) -> bool:
        """Whether the name that readers see stands for another that they must not learn."""
        return self.naming in self.HIDDEN_NAMINGS


class WitnessNameForm(NameForm):
    """One form of a witness's name."""

    record = models.ForeignKey(Witness, models.CASCADE, related_name="forms")


class WitnessNameKey(models.Model):
    """A key that spellings of one name share: voices who may be the same are looked up by it, not searched for."""

    witness = models.ForeignKey(Witness, models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["witness", "key"], name="witness_name_key_once")]

    def __str__(self) -> str:
        return self.key

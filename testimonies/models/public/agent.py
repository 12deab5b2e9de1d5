"""Who collected, wrote, translated or published words, and the collections that testimonies belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .vocabulary import Vocabulary


class Agent(Vocabulary):
    """A person or an organisation that interviewed, collected, wrote, translated or published."""

    class Kind(models.TextChoices):
        """People and bodies are written differently in citations."""

        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    name = models.CharField(_("name"), max_length=200, help_text=_("As printed; for a person in the printed order."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)

    class Meta:
        ordering = ["name"]
        verbose_name = _("agent")
        verbose_name_plural = _("agents")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """A listed source names the agent."""
        from .source import Contribution, Derivation, Source  # point here

        listed = Source.objects.listed()
        derivations = Derivation.objects.filter(source__in=listed).exclude(agent=None)
        return models.Q(pk__in=Contribution.objects.filter(source__in=listed).values("agent")) | models.Q(
            pk__in=derivations.values("agent")
        )


class Collection(Vocabulary):
    """The project that testimonies belong to."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True)
    # Set by `make_sample_archive` alone: what belongs to it was invented, and every page says so.
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """A listed publication belongs to it."""
        from .publication import Publication  # points here

        return models.Q(pk__in=Publication.objects.listed().values("collection"))

"""Tags: what testimonies are about, each with a definition that says where it ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from taggit.models import TagBase

from .ledger import Identifier
from .vocabulary import NameForm, SluggedVocabulary


class Tag(SluggedVocabulary, TagBase):
    """A subject with a permanent address; its name forms include the synonyms that lead here."""

    identifier_kind = Identifier.Kind.TAG

    definition = models.TextField(
        _("definition"),
        blank=True,
        help_text=_("What the tag means and where it ends, in a sentence or two."),
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """Some listed publication bears the tag."""
        from .publication import Publication  # points here

        return models.Q(
            pk__in=Publication.tags.through.objects.filter(publication__in=Publication.objects.listed()).values("tag")
        )


class TagNameForm(NameForm):
    """One form of a tag's name, or a synonym that leads to it."""

    record = models.ForeignKey(Tag, models.CASCADE, related_name="forms")

"""Sources: where the words were published or recorded, who made them, and what they derive from."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from testimonies import webaddresses

from .agent import Agent
from .fields import EDTFField, LanguageTagField, WebAddressField
from .ledger import Identifier
from .picture import Picture
from .vocabulary import IdentifiedVocabulary, Part


class Source(IdentifiedVocabulary):
    """One article, broadcast, book, letter or recording."""

    class Kind(models.TextChoices):
        """What the words come from; published kinds can be looked up by anybody."""

        PRESS_ARTICLE = "press_article", _("press article")
        BROADCAST = "broadcast", _("broadcast")
        WEB_PAGE = "web_page", _("web page")
        BOOK = "book", _("book")
        DOCUMENT = "document", _("official document")
        INTERVIEW = "interview", _("recorded interview")
        LETTER = "letter", _("letter")

    PUBLISHED_KINDS = (Kind.PRESS_ARTICLE, Kind.BROADCAST, Kind.WEB_PAGE, Kind.BOOK, Kind.DOCUMENT)
    identifier_kind = Identifier.Kind.SOURCE

    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.PRESS_ARTICLE)
    title = models.CharField(_("title"), max_length=500, help_text=_("The headline or title as printed."))
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("The newspaper, broadcaster, publisher or archive."),
    )
    dateline = models.CharField(_("dateline"), max_length=200, blank=True)
    date = EDTFField(_("date"), help_text=_("When it was published or recorded: “29 September 2022”, “autumn 2022”."))
    date_as_printed = models.CharField(_("date as printed"), max_length=100, blank=True)
    language = LanguageTagField(_("language"), default="en")
    url = WebAddressField(_("address"), max_length=2000, blank=True)
    archived_url = WebAddressField(_("archived copy"), max_length=2000, blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    address_note = models.CharField(
        _("note on the address"),
        max_length=300,
        blank=True,
        help_text=_("Why there is none, where there is none."),
    )
    rights_uri = WebAddressField(_("rights statement"), max_length=300, blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    rights_note = models.TextField(_("note on rights"), blank=True)
    selection_note = models.TextField(
        _("selection note"), blank=True, help_text=_("Public. What was not taken from this source, and why.")
    )
    scan = models.ForeignKey(
        Picture,
        models.SET_NULL,
        verbose_name=_("scan"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown to readers: only where the rights allow it."),
    )

    # What the addresses of one page have in common, so that a source which is held already is found.
    address_key = models.CharField(max_length=32, blank=True, editable=False, db_index=True)

    history = HistoricalRecords(excluded_fields=["folded", "address_key"])

    class Meta:
        ordering = ["-date", "title"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.publisher else self.title

    @classmethod
    def is_quoted_from(cls) -> models.Q:
        """A listed publication comes from it."""
        from .publication import Publication  # points here

        return models.Q(pk__in=Publication.objects.listed().values("source"))

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """A listed publication comes from it or cites it, or a listed wave or event does."""
        from .publication import Publication  # points here
        from .wave import Event, Wave  # point here

        listed = Publication.objects.listed()
        waves = Wave.objects.listed()
        return (
            cls.is_quoted_from()
            | models.Q(pk__in=Publication.cited_sources.through.objects.filter(publication__in=listed).values("source"))
            | models.Q(pk__in=waves.exclude(begins_source=None).values("begins_source"))
            | models.Q(pk__in=waves.exclude(ends_source=None).values("ends_source"))
            | models.Q(pk__in=waves.exclude(attested_source=None).values("attested_source"))
            | models.Q(pk__in=Event.objects.listed().values("source"))
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the key of its address."""
        self.address_key = webaddresses.key(self.url or self.archived_url)
        super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        """Whether anybody can look the source up, so that words of it lead back to it."""
        return self.kind in self.PUBLISHED_KINDS or bool(self.url or self.archived_url)


class Contribution(Part):
    """What an agent did for a source."""

    whole = "source"

    class Role(models.TextChoices):
        """Roles of the field; `author` is the byline."""

        AUTHOR = "author", _("author")
        INTERVIEWER = "interviewer", _("interviewer")
        COLLECTOR = "collector", _("collector")
        TRANSLATOR = "translator", _("translator")
        EDITOR = "editor", _("editor")

    source = models.ForeignKey(Source, models.CASCADE, related_name="contributions")
    agent = models.ForeignKey(Agent, models.PROTECT, verbose_name=_("agent"), related_name="contributions")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)
    as_printed = models.CharField(_("as printed"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return f"{self.agent} ({self.get_role_display()})"


class Derivation(Part):
    """What a source derives from, as far as it says so, and whether that was identified and consulted."""

    whole = "source"

    class Relation(models.TextChoices):
        """How the words came to the source."""

        COLLECTED_BY = "collected_by", _("testimonies collected by")
        TRANSLATED_FROM = "translated_from", _("translated from")
        QUOTES = "quotes", _("quotes")

    source = models.ForeignKey(Source, models.CASCADE, related_name="derivations")
    relation = models.CharField(_("relation"), max_length=16, choices=Relation)
    agent = models.ForeignKey(
        Agent, models.PROTECT, verbose_name=_("agent"), null=True, blank=True, related_name="derivations"
    )
    item = models.CharField(
        _("item"), max_length=500, blank=True, help_text=_("The very item, where the source names it.")
    )
    identified = models.BooleanField(_("the item was identified"), default=False)
    consulted = models.BooleanField(_("the item was consulted"), default=False)
    wording = models.CharField(_("the source's wording"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(identified=True) | models.Q(consulted=False),
                name="derivation_consulted_only_if_identified",
                violation_error_message=_("An item that was not identified cannot have been consulted."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.agent or self.item}"

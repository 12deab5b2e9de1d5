"""What every open vocabulary shares: an address for ever, name forms, and a word to the log on every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from testimonies.folding import fold_text

from .fields import LanguageTagField
from .ledger import Identifier
from .log import PublicationEvent, append_event
from .recorded import RecordedQuerySet

STILL_READ = _("“%(record)s” is part of what has been published: merge it with another record instead.")


class VocabularyQuerySet(RecordedQuerySet):
    """Vocabulary records, of which the public reads only those that a listed publication refers to."""

    def listed(self) -> "VocabularyQuerySet":
        """Only what a listed publication refers to."""
        return self.filter(self.model.is_referred_to())

    def delete(self) -> Any:
        """Delete one by one, so that each can refuse."""
        with transaction.atomic():
            return sum(record.delete()[0] for record in self), {}


class Vocabulary(models.Model):
    """A record that many testimonies share and that the public reads as it stands, once it is listed."""

    # The words of the record's names as the admin's search folds them: `icontains` on SQLite is blind to
    # letter case outside ASCII.
    folded = models.TextField(blank=True, editable=False)

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell the log in the same transaction when readers will see the change."""
        with transaction.atomic():
            was_listed = self.is_listed()
            self.folded = fold_text(" ".join(self.names()))
            super().save(*args, **kwargs)
            self.tell_log(was_listed=was_listed)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete what no publication refers to; raises ProtectedError for the rest."""
        with transaction.atomic():
            if reason := self.why_kept():
                raise ProtectedError(reason, {self})
            return super().delete(*args, **kwargs)

    @classmethod
    def is_referred_to(cls) -> models.Q:
        """The condition of `.listed()`; every vocabulary says its own."""
        raise NotImplementedError(cls)

    @property
    def subject(self) -> str:
        """How the log names the record."""
        return f"{self._meta.model_name}:{self.pk}"

    def is_listed(self) -> bool:
        """Whether the public reads this record now."""
        return self.pk is not None and type(self).objects.filter(pk=self.pk).listed().exists()

    def is_held(self) -> bool:
        """Whether a publication refers to it that may be listed again."""
        publications = getattr(self, "publications", None) if self.pk else None
        return publications is not None and publications.exists()

    def why_kept(self) -> str:
        """Why it cannot be deleted, in a sentence; nothing where it can."""
        return str(STILL_READ % {"record": self}) if self.is_listed() or self.is_held() else ""

    def leads_to(self) -> list[Any]:
        """The addressed records that readers of this one are led to."""
        return []

    def names(self) -> list[str]:
        """The names under which an editor may look for the record."""
        forms = getattr(self, "forms", None) if self.pk else None
        return [str(self), *(form.text for form in forms.all())] if forms else [str(self)]

    def tell_log(self, *, was_listed: bool = False) -> None:
        """Append a vocabulary event if readers see the record, or saw it until now.

        What the record leads to is listed with it, and has to have its address by then.
        """
        listed = self.is_listed()
        if listed or self.is_held():
            for record in self.leads_to():
                record.enter_in_ledger()
        if listed or was_listed:
            append_event(PublicationEvent.Kind.VOCABULARY, subject=self.subject)


class AddressedVocabulary(Vocabulary):
    """A vocabulary record with a page of its own, whose address is entered in the ledger when it is first published."""

    identifier_kind: ClassVar[str]
    address_field: ClassVar[str]

    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save under the address that the record was given, whenever this copy of it was read.

        Raises ValidationError where another address was put in its place.
        """
        with transaction.atomic():
            self.keep_address()
            super().save(*args, **kwargs)

    @property
    def address(self) -> str | None:
        """The identifier or slug under which readers find the record; None before its first publication."""
        return getattr(self, self.address_field) if self.first_published_at else None

    @property
    def subject(self) -> str:
        """How the log names the record."""
        return f"{self._meta.model_name}:{self.address or self.pk}"

    @transaction.atomic
    def enter_in_ledger(self) -> None:
        """Give the record its address for ever, at its first publication.

        The row is held meanwhile: of two testimonies published at once, the second finds the address that the
        first one gave. Raises ValidationError where a slug belonged to another record once.
        """
        if self.first_published_at:
            return
        held = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not held.first_published_at:
            held.claim_address()
            held.first_published_at = timezone.now()
            # Past the log: readers see the record by what is published next, and that tells it.
            models.Model.save(held, update_fields=[self.address_field, "first_published_at"])
        setattr(self, self.address_field, held.address)
        self.first_published_at = held.first_published_at

    def keep_address(self) -> None:
        """Take over the address that the record was published under, or refuse."""
        published = type(self).objects.filter(pk=self.pk, first_published_at__isnull=False)
        given = published.values_list(self.address_field, "first_published_at").first()
        if given is None:
            return
        if getattr(self, self.address_field) not in (None, given[0]):
            raise ValidationError({self.address_field: self.address_is_kept()})
        setattr(self, self.address_field, given[0])
        self.first_published_at = given[1]

    @staticmethod
    def address_is_kept() -> str:
        """The sentence an editor reads on changing a published address."""
        return str(_("This address was published and cannot be changed any more."))

    def claim_address(self) -> None:
        """Mint or enter the address; every kind of address says how."""
        raise NotImplementedError(type(self))


class IdentifiedVocabulary(AddressedVocabulary):
    """A vocabulary record with an opaque identifier, so that a new name breaks no link."""

    address_field = "identifier"

    identifier = models.CharField(_("identifier"), max_length=12, unique=True, null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def claim_address(self) -> None:
        """Mint an identifier."""
        self.identifier = Identifier.objects.mint(self.identifier_kind)


# What the facets call having no value: an address ?wave=unknown can mean only one thing.
RESERVED_SLUGS = frozenset({"unknown"})


class SluggedVocabulary(AddressedVocabulary):
    """A vocabulary record with a readable slug, which cannot change once it was published."""

    address_field = "slug"

    class Meta:
        abstract = True

    def address_is_free(self) -> bool:
        """Whether the slug is the record's own already, or was never anybody's."""
        ledger = Identifier.objects
        return bool(self.first_published_at) or ledger.find(self.identifier_kind, self.slug_in_use) is None

    def claim_address(self) -> None:
        """Enter the slug."""
        self.refuse_reserved_slug()
        if not Identifier.objects.enter(self.identifier_kind, self.slug_in_use):
            raise ValidationError({"slug": self.slug_is_taken()})

    def refuse_reserved_slug(self) -> None:
        """Raise ValidationError where the slug would mean something else in a search."""
        if self.slug_in_use in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address has a meaning of its own in searches. Choose another.")})

    @property
    def slug_in_use(self) -> str:
        """The slug, wherever the concrete model declares it."""
        return str(getattr(self, "slug", ""))

    @staticmethod
    def slug_is_taken() -> str:
        """The sentence an editor reads when a slug was published before."""
        return str(_("This address belonged to another record once and is never given again. Choose another."))

    def clean(self) -> None:
        """Refuse to change a published slug, and to take one that was published before or has another meaning."""
        super().clean()
        self.refuse_reserved_slug()
        if not self.first_published_at:
            if not self.address_is_free():
                raise ValidationError({"slug": self.slug_is_taken()})
        elif self.slug_in_use not in type(self).objects.filter(pk=self.pk).values_list(self.address_field, flat=True):
            raise ValidationError({"slug": self.address_is_kept()})


_parts_alone: ContextVar[bool] = ContextVar("parts_alone", default=False)


@contextmanager
def parts_alone() -> Iterator[None]:
    """Let parts be saved and deleted without their record: whoever saves many saves it once, after them."""
    token = _parts_alone.set(True)
    try:
        yield
    finally:
        _parts_alone.reset(token)


class Part(models.Model):
    """A row that belongs to a vocabulary record, and whose change is a change of that record."""

    whole: ClassVar[str] = "record"

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the record fold its names and tell the log."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.save_whole()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, and let the record fold its names and tell the log."""
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self.save_whole()
            return deleted

    def save_whole(self) -> None:
        """Save the record, unless somebody does that after all its parts."""
        if not _parts_alone.get():
            getattr(self, self.whole).save()


class NameForm(Part):
    """One way in which a name is written: in which language and script, by whom, attested where.

    Concrete forms point at their record by a foreign key `record` with the reverse name `forms`.
    """

    class Status(models.TextChoices):
        """What a form is to its record today."""

        CURRENT = "current", _("in use")
        FORMER = "former", _("former name")
        VARIANT = "variant", _("variant spelling")
        SYNONYM = "synonym", _("synonym")

    text = models.CharField(_("form"), max_length=200)
    tag = LanguageTagField(
        _("language and script"),
        help_text=_("A BCP 47 tag, such as “kk-Cyrl”; “und-Latn” where it is not known."),
    )
    system = models.CharField(
        _("system"),
        max_length=60,
        blank=True,
        help_text=_("The romanisation, such as “ISO 9” or “BGN/PCGN”."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CURRENT)
    attested_in = models.CharField(
        _("attested where"),
        max_length=200,
        help_text=_("Such as “the source, as printed” or “general knowledge”."),
    )
    used_by = models.CharField(
        _("used by whom"),
        max_length=200,
        blank=True,
        help_text=_("Such as “the people themselves, according to …”."),
    )

    class Meta:
        abstract = True
        ordering = ["id"]
        verbose_name = _("name form")
        verbose_name_plural = _("name forms")

    def __str__(self) -> str:
        return f"{self.text} ({self.tag})"

"""The identifier ledger: every identifier ever minted, outliving the records that carried it."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from testimonies import identifiers


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """What the ledger can be asked."""

    def find(self, kind: str, value: str) -> "Identifier | None":
        """The entry of this identifier, or None where none was ever minted."""
        return self.select_related("redirects_to").filter(kind=kind, value=value).first()

    def mint(self, kind: str) -> str:
        """Mint a new identifier that no record of any kind has ever had, and enter it."""
        while True:
            value = identifiers.mint()
            if not self.filter(value=value).exists() and self.enter(kind, value):
                return value

    def enter(self, kind: str, value: str) -> bool:
        """Enter a value; False where it is taken (a savepoint keeps the transaction usable)."""
        try:
            with transaction.atomic():
                self.create(kind=kind, value=value)
        except IntegrityError:
            return False
        return True

    def update(self, **kwargs: Any) -> int:
        """Change where entries lead to, and nothing else."""
        if set(kwargs) != {"redirects_to"}:
            raise TypeError("An entry of the identifier ledger is never changed.")
        return super().update(**kwargs)

    def delete(self) -> Any:
        """Refuse: the ledger only grows."""
        raise TypeError("The identifier ledger only grows: nothing in it is ever deleted.")


class Identifier(models.Model):
    """One identifier (or permanent slug) that was published once and is never given to anything else."""

    class Kind(models.TextChoices):
        """The kinds of record that have a permanent address."""

        TESTIMONY = "testimony", _("testimony")
        WITNESS = "witness", _("witness")
        PLACE = "place", _("place")
        SOURCE = "source", _("source")
        WAVE = "wave", _("wave")
        TAG = "tag", _("tag")

    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=100)
    minted_at = models.DateTimeField(auto_now_add=True)
    redirects_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identifier_unique_for_ever"),
            models.CheckConstraint(
                condition=~models.Q(redirects_to=models.F("id")), name="identifier_not_redirected_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Enter a new identifier once; refuse to change one."""
        if not self._state.adding:
            raise TypeError("An entry of the identifier ledger is never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: an identifier outlives its record."""
        raise TypeError("The identifier ledger only grows: nothing in it is ever deleted.")

    def redirect_to(self, other: "Identifier") -> None:
        """Lead readers of this identifier, and of all that led here, to `other` in one step."""
        target = other.redirects_to or other
        Identifier.objects.filter(models.Q(redirects_to=self) | models.Q(pk=self.pk)).update(redirects_to=target)
        self.redirects_to = target

"""How a single value of a testimony is known, and how much of it readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

BASIS_UNSAID = _("Say why it is inferred, or name the other source.")
PUBLIC_VALUE_UNSAID = _("Say what readers see instead, or show the value as it is.")


class ValueBasis(models.TextChoices):
    """How a place, a wave or a date is known."""

    STATED = "stated", _("stated in the source")
    INFERRED = "inferred", _("inferred")
    ELSEWHERE = "elsewhere", _("from elsewhere")


class Disclosure(models.TextChoices):
    """How much of a true value readers see."""

    EXACT = "exact", _("as it is")
    COARSER = "coarser", _("coarser")
    WITHHELD = "withheld", _("nothing")


def basis_is_said(prefix: str = "") -> models.Q:
    """An inference has its reason, and a value from elsewhere has its source."""
    basis = f"{prefix}basis"
    return (
        models.Q(**{basis: ValueBasis.STATED})
        | (models.Q(**{basis: ValueBasis.INFERRED}) & ~models.Q(**{f"{basis}_reason": ""}))
        | models.Q(**{basis: ValueBasis.ELSEWHERE, f"{basis}_source__isnull": False})
    )

"""Identities: the true names and contacts of witnesses, which only a few may know."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Witness

from .fields import EncryptedTextField


class Identity(models.Model):
    """Who a witness is. Encrypted at rest, with a permission of its own; every opening is recorded with a reason."""

    witness = models.OneToOneField(Witness, models.PROTECT, verbose_name=_("witness"), related_name="+")
    true_name = EncryptedTextField(
        _("true name"),
        blank=True,
        help_text=_(
            "Nothing but the name; further spellings and former names on lines of their own. It is looked for, "
            "in any script, in all that is to be published."
        ),
    )
    contact = EncryptedTextField(_("contact"), blank=True)
    reason = EncryptedTextField(_("why it is hidden"), blank=True)
    harmless = EncryptedTextField(
        _("words that only look like the name"),
        blank=True,
        help_text=_("Where the name check takes another word for the name: that word. It is not looked at any more."),
    )

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        # `view` is not enough: this one is given to archivists only, and asked for a reason each time.
        permissions = [("open_identity", _("Can open an identity, with a reason"))]

    def __str__(self) -> str:
        return str(_("Identity of witness %(number)s") % {"number": self.witness_id})


class IdentityAccess(models.Model):
    """One opening of an identity: who, when, why."""

    identity = models.ForeignKey(Identity, models.CASCADE, verbose_name=_("identity"), related_name="accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("opening of an identity")
        verbose_name_plural = _("openings of identities")

    def __str__(self) -> str:
        return f"{self.identity} {self.at:%Y-%m-%d %H:%M}"

"""On what basis words are published, and what witnesses ask for."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from testimonies import dates
from testimonies.models.public import Letter, today
from testimonies.models.public.recorded import RecordedManager

from .fields import EncryptedStorage, EncryptedTextField


def document_name(basis: models.Model, filename: str) -> str:
    """A random name: the one of the upload may name somebody."""
    return uuid4().hex


class PublicationBasis(models.Model):
    """Why these words may be published; one basis may serve all testimonies from one source."""

    class Kind(models.TextChoices):
        """Publication by the press is no consent, and is not called so."""

        ALREADY_PUBLISHED = "already_published", _("already published by the press")
        WRITTEN_CONSENT = "written_consent", _("written consent")
        SPOKEN_CONSENT = "spoken_consent", _("spoken consent")
        PUBLIC_STATEMENT = "public_statement", _("public statement")

    CONSENTS = (Kind.WRITTEN_CONSENT, Kind.SPOKEN_CONSENT)

    label = models.CharField(_("label"), max_length=200, help_text=_("For editors, so that they find it again."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    asked = models.BooleanField(_("the witness was asked"), default=False)
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("Of the consent, or of the publication."))
    ended_on = models.DateField(
        _("ended on"), null=True, blank=True, help_text=_("When consent was taken back or ran out.")
    )
    scope = models.TextField(_("scope"), blank=True, help_text=_("Public. What the basis covers."))
    statement = models.TextField(_("statement"), help_text=_("Public. What readers are told about it."))
    assessment = models.TextField(_("assessment"), blank=True, help_text=_("Private. Risks and how they were weighed."))
    document = models.FileField(
        _("document"),
        storage=EncryptedStorage(),
        upload_to=document_name,
        blank=True,
        help_text=_("Private. A signed form, for example; kept encrypted."),
    )

    objects = RecordedManager()
    history = HistoricalRecords(excluded_fields=["assessment", "document"])

    class Meta:
        ordering = ["label"]
        verbose_name = _("basis for publication")
        verbose_name_plural = _("bases for publication")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["written_consent", "spoken_consent"]) | models.Q(asked=True),
                name="basis_consent_means_asked",
                violation_error_message=_("Consent means that the witness was asked."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests by what became of them."""

    def undecided(self) -> "RequestQuerySet":
        """Those without an answer."""
        return self.filter(decided_on=None)

    def unopened(self) -> "RequestQuerySet":
        """Without what is encrypted, so that a list is shown also where no key opens one of them."""
        return self.defer("who", "reply", "ground", "decision")


class Request(models.Model):
    """What a witness, a relative or a lawyer asks for. Private; what they wrote and what we decided is encrypted."""

    Asks = Letter.Asks

    testimony = models.ForeignKey(
        "testimonies.Testimony", models.PROTECT, verbose_name=_("testimony"), related_name="requests"
    )
    asks = models.CharField(_("asks for"), max_length=12, choices=Asks)
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("to be answered by"))
    who = EncryptedTextField(_("who asks"), max_length=300, help_text=_("In what relation to the witness."))
    reply = EncryptedTextField(
        _("how to answer"), max_length=300, blank=True, help_text=_("A mail address or a telephone number.")
    )
    ground = EncryptedTextField(_("on what ground"), blank=True)
    decision = EncryptedTextField(_("decision"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "due_on"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")

    def __str__(self) -> str:
        return f"{self.get_asks_display()} {self.received_on}"

    def clean(self) -> None:
        """Refuse half an answer: it is closed by what was decided and by the day of that, which can have come."""
        super().clean()
        if wrong := dict(self.wrong_with_answer()):
            raise ValidationError(wrong)

    def wrong_with_answer(self) -> Iterator[tuple[str, Any]]:
        """What is wrong with the decision and its day, by field."""
        if self.decided_on and not self.decision:
            yield "decision", _("Say what was decided: a day alone would close the request without an answer.")
        if self.decision and not self.decided_on:
            yield "decided_on", _("Say on which day: until then the request stays open.")
        if self.decided_on and self.decided_on > today():
            yield "decided_on", _("This day has not come yet.")
        elif self.decided_on and self.received_on and self.decided_on < self.received_on:
            sentence = _("This is before the day on which it was received (%(day)s).")
            yield "decided_on", sentence % {"day": dates.day(self.received_on)}

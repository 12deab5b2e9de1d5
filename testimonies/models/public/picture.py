"""Pictures (portraits and scans) as readers get them: written anew, with nothing of the camera in them."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, StepValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from testimonies import pictures

from .log import PublicationEvent, append_event

FOCUS_STEP = 5
IN_STEPS = (MaxValueValidator(100), StepValueValidator(FOCUS_STEP))


class PictureQuerySet(models.QuerySet["Picture"]):
    """Which pictures may be shown."""

    def listed(self) -> "PictureQuerySet":
        """Portraits of listed witnesses and scans of listed sources."""
        # Imported here because both point at pictures.
        from .source import Source
        from .witness import Witness

        return self.filter(
            models.Q(pk__in=Witness.objects.listed().values("portrait"))
            | models.Q(pk__in=Source.objects.listed().values("scan"))
        )

    def delete(self) -> Any:
        """Delete one by one, each with its files."""
        with transaction.atomic():
            return sum(picture.delete()[0] for picture in self), {}


class Picture(models.Model):
    """One picture in several sizes; the file that was uploaded is not kept."""

    name = models.CharField(max_length=40, unique=True, editable=False)
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=300,
        help_text=_("What a reader who cannot see the picture is told, for example: “A page of a letter in Kazakh.”"),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    # The point that stays in sight where a portrait is cut square: per cent in steps for which there are rules in
    # static/css/focus.css, since no page carries styles of its own.
    focus_x = models.PositiveSmallIntegerField(_("from the left, in per cent"), default=50, validators=IN_STEPS)
    focus_y = models.PositiveSmallIntegerField(_("from the top, in per cent"), default=50, validators=IN_STEPS)
    # [{"name": …, "media_type": "image/avif", "width": 640, "height": 480}], as `pictures.ingest` orders them
    renditions = models.JSONField(default=list, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focus_x__lte=100, focus_y__lte=100), name="picture_has_its_focus_in_it"
            )
        ]

    def __str__(self) -> str:
        return self.alternative_text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell the log where readers see the picture: its alternative text may be another."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.is_listed():
                self.tell_log()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the row, then the files: should the transaction fail, a page lacks them, but none is left behind."""
        with transaction.atomic():
            was_listed = self.is_listed()
            deleted = super().delete(*args, **kwargs)
            if was_listed:
                self.tell_log()
            for rendition in self.renditions:
                default_storage.delete(rendition["name"])
            return deleted

    def file_names(self) -> list[str]:
        """What its files are called."""
        return [self.name, *(rendition["name"] for rendition in self.renditions)]

    def inscriptions(self) -> Iterator[str]:
        """What stands in its files beside the pixels; nothing in those that were written here."""
        for rendition in self.renditions:
            if default_storage.exists(rendition["name"]):
                with default_storage.open(rendition["name"]) as file:
                    yield from pictures.inscriptions(cast(BinaryIO, file))

    @classmethod
    def from_upload(cls, upload: BinaryIO | bytes, *, alternative_text: str, credit: str = "") -> "Picture":
        """Store a picture written anew from what was uploaded; raises `pictures.PictureRefused`.

        The names of its files are the random name of the picture and their width: they say nothing.
        """
        name = secrets.token_hex(12)
        renditions = []
        for made in pictures.ingest(upload):
            stored = default_storage.save(f"{name}-{made.width}{Path(made.name).suffix}", ContentFile(made.content))
            renditions.append(
                {"name": stored, "media_type": made.media_type, "width": made.width, "height": made.height}
            )
        return cls.objects.create(name=name, alternative_text=alternative_text, credit=credit, renditions=renditions)

    @property
    def focus(self) -> str:
        """The classes that keep the chosen point in sight where the picture is cut."""
        return f"fx-{self.focus_x} fy-{self.focus_y}"

    def is_listed(self) -> bool:
        """Whether readers see the picture now."""
        return self.pk is not None and Picture.objects.filter(pk=self.pk).listed().exists()

    def tell_log(self) -> None:
        """Append a vocabulary event."""
        append_event(PublicationEvent.Kind.VOCABULARY, subject=f"picture:{self.name}")

"""Pictures: uploaded, written anew without anything of the camera, chosen as portraits and scans."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Picture
from testimonies.models.public.picture import FOCUS_STEP
from testimonies.pictures import MOST_BYTES, PictureRefused

from .base import RecordAdmin, SearchByName
from .fields import UploadInput
from .site import site

# Arrow keys move the point by a step.
IN_STEPS = {"widget": AdminIntegerFieldWidget({"min": 0, "max": 100, "step": FOCUS_STEP})}


class UploadForm(forms.ModelForm):
    """A file that becomes a picture; the file itself is not kept."""

    file = forms.FileField(
        label=_("file"),
        help_text=_(
            "JPEG, PNG, WebP or AVIF, up to 20 MB and 50 million pixels. It is written anew: where and when it was "
            "taken is taken out, and the file's name is not kept."
        ),
        widget=UploadInput(accept=(".jpg", ".jpeg", ".png", ".webp", ".avif"), most_bytes=MOST_BYTES),
    )

    class Meta:
        model = Picture
        fields = ("alternative_text", "credit")

    def clean(self) -> dict[str, Any] | None:
        """Make the picture; what is none is refused with a sentence."""
        cleaned = super().clean()
        if not self.errors:
            said = self.cleaned_data
            try:
                made = Picture.from_upload(
                    said["file"], alternative_text=said["alternative_text"], credit=said["credit"]
                )
                self.instance = made
            except PictureRefused as refused:
                self.add_error("file", str(refused))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the instance alone: it is made and saved."""


@admin.register(Picture, site=site)
class PictureAdmin(SearchByName, RecordAdmin):
    """A portrait or a scan."""

    class Media:
        css: ClassVar[Any] = {"all": ("css/focus.css",)}
        js = ("js/focus.js",)

    formfield_overrides: ClassVar[Any] = {**RecordAdmin.formfield_overrides, models.PositiveSmallIntegerField: IN_STEPS}
    ordering = ("-pk",)
    list_display = ("alternative_text", "credit", "preview")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Another form for a new one: a picture is never exchanged for another under its name."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": UploadForm}), **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the file first."""
        told = ("alternative_text", "credit")
        return ("preview", *told, ("focus_x", "focus_y"), "cut") if obj else ("file", *told)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The picture itself is seen only."""
        return ("preview", "cut") if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new one was saved when it was made."""
        if change:
            super().save_model(request, obj, form, change)

    @admin.display(description=_("picture"))
    def preview(self, picture: Picture) -> str:
        """The picture, small, with the point that stays in sight; a click on it moves the point."""
        return format_html(
            '<span class="aim {}"><img class="preview" src="{}" alt=""></span>',
            picture.focus,
            reverse("admin:testimonies_picture_file", args=(picture.pk,)),
        )

    @admin.display(description=_("as a portrait"))
    def cut(self, picture: Picture) -> str:
        """The picture cut square about the point, in two sizes, as readers see portraits."""
        return render_to_string("admin/testimonies/picture/_cut.html", {"picture": picture})

    def get_urls(self) -> list[URLPattern]:
        """With the file for editors: readers get files of listed records only."""
        page = path("<int:key>/file/", self.admin_site.admin_view(self.file_view), name="testimonies_picture_file")
        return [page, *super().get_urls()]

    def file_view(self, request: HttpRequest, key: int) -> FileResponse:
        """The smallest rendition that every browser reads."""
        picture = get_object_or_404(Picture, pk=key)
        if not self.has_view_permission(request, picture):
            raise Http404
        one = next((one for one in picture.renditions if one["media_type"] == "image/jpeg"), None)
        if one is None or not default_storage.exists(one["name"]):
            raise Http404
        return FileResponse(default_storage.open(one["name"]), content_type="image/jpeg")

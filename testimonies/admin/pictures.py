"""Pictures: uploaded, written anew without anything of the camera, chosen as portraits and scans."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from testimonies.models.public import Picture
from testimonies.pictures import MOST_BYTES, PictureRefused

from .base import RecordAdmin, SearchByName
from .fields import UploadInput
from .site import site


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

    ordering = ("-pk",)
    list_display = ("alternative_text", "credit", "preview")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Another form for a new one: a picture is never exchanged for another under its name."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": UploadForm}), **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the file first."""
        return ("preview", "alternative_text", "credit") if obj else ("file", "alternative_text", "credit")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The picture itself is seen only."""
        return ("preview",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new one was saved when it was made."""
        if change:
            super().save_model(request, obj, form, change)

    @admin.display(description=_("picture"))
    def preview(self, picture: Picture) -> str:
        """The picture, small."""
        return format_html(
            '<img class="preview" src="{}" alt="">', reverse("admin:testimonies_picture_file", args=(picture.pk,))
        )

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

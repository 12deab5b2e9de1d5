"""The files of pictures, each only as long as a listed record shows it."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest

from testimonies.models.public import Picture
from testimonies.views import answer
from testimonies.views.errors import NotHere


@answer.read_only
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One file; raises NotHere where it belongs to no listed record, or is missing on the disk."""
    media_type = media_type_of(name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise NotHere from error
    return FileResponse(file, content_type=media_type)


def media_type_of(name: str) -> str:
    """The media type of a listed picture's file; the file's name begins with the picture's."""
    found = Picture.objects.listed().filter(name=name.split("-")[0]).values_list("renditions", flat=True).first()
    for rendition in found or ():
        if rendition["name"] == name:
            return str(rendition["media_type"])
    raise NotHere

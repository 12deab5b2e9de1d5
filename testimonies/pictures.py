"""Pictures as they come in, written anew: pixels only, in a few sizes, under names that say nothing.

What a camera or an editor's program put beside the pixels (EXIF and its thumbnail, GPS, XMP, IPTC, comments,
text chunks, colour profiles, further frames) is left behind, because nothing but the pixels is copied.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError, features

WIDTHS = (320, 640, 1280)
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_000

_READ = ("JPEG", "PNG", "WEBP", "AVIF")
_MODERN = "AVIF" if features.check("avif") else "WEBP"
_WRITTEN: dict[str, tuple[str, dict[str, int | bool | str]]] = {
    "AVIF": ("avif", {"quality": 60, "speed": 8}),
    "WEBP": ("webp", {"quality": 78, "method": 4}),
    "JPEG": ("jpg", {"quality": 80, "optimize": True, "progressive": True}),
}
# What Pillow's readers raise on damaged files, besides OSError for truncated ones.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)


class PictureRefused(ValueError):
    """A file that is not taken as a picture; the message is a sentence for the editor."""


@dataclass(frozen=True)
class Rendition:
    """One written form of a picture: size in pixels, media type, random file name, the bytes to store."""

    width: int
    height: int
    media_type: str
    name: str
    content: bytes


def ingest(file: BinaryIO | bytes) -> list[Rendition]:
    """Return a picture written anew: at each width an AVIF (WebP where Pillow has no AVIF) and then a JPEG.

    Takes JPEG, PNG, WebP and AVIF up to 20 MB and 50 megapixels; of several frames the first. Widths are 320,
    640 and 1280 pixels, none larger than the source, which takes the place of the next larger. Transparency
    becomes white. Raises PictureRefused.
    """
    pixels = _pixels(_opened(_content(file)))
    return [_rendition(size, form) for size in _sizes(pixels) for form in (_MODERN, "JPEG")]


def inscriptions(file: BinaryIO) -> Iterator[str]:
    """Yield what a picture says beside its pixels: comments, text chunks, EXIF, XMP, as far as it is text."""
    try:
        with Image.open(file, formats=_READ) as picture:
            values = [*picture.info.values(), *picture.getexif().values()]
    except (UnidentifiedImageError, *_DAMAGED):
        return
    for value in values:
        if isinstance(value, bytes):
            # Comments and titles that Windows wrote into EXIF are UTF-16.
            yield from (value.decode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le"))
        elif isinstance(value, str):
            yield value


def _content(file: BinaryIO | bytes) -> bytes:
    """Return the bytes of a file, having read no more of them than are allowed."""
    content = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    if not content:
        raise PictureRefused(_("This file is empty."))
    if len(content) > MOST_BYTES:
        raise PictureRefused(_("This picture is larger than 20 MB. Save it smaller and try again."))
    return content


def _opened(content: bytes) -> Image.Image:
    """Return the picture opened but not yet decoded, its size within the limits."""
    try:
        picture = Image.open(BytesIO(content), formats=_READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, *_DAMAGED) as error:
        raise PictureRefused(_("This is no picture that can be read. JPEG, PNG, WebP and AVIF are.")) from error
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_many_pixels()
    return picture


def _too_many_pixels() -> PictureRefused:
    """Return the refusal of what would fill the memory."""
    return PictureRefused(
        _("This picture has too many pixels: 50 million, and 16,000 on the longer side, is the limit.")
    )


def _pixels(picture: Image.Image) -> Image.Image:
    """Return the first frame upright, in sRGB, as an image that carries nothing else."""
    try:
        # JPEG decodes at a fraction of its size when asked, which saves memory.
        picture.draft(picture.mode, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        picture.load()
    except (*_DAMAGED, MemoryError) as error:
        raise PictureRefused(_("This picture is damaged or not complete.")) from error
    bare = Image.new("RGB", picture.size, "white")
    coloured = _in_srgb(picture)
    bare.paste(coloured.convert("RGB"), mask=coloured.getchannel("A") if "A" in coloured.getbands() else None)
    return ImageOps.exif_transpose(_turned_like(bare, picture))


def _turned_like(bare: Image.Image, picture: Image.Image) -> Image.Image:
    """Return the bare image, with the orientation of the picture's EXIF (tag 0x0112) as its only EXIF."""
    try:
        orientation = picture.getexif().get(0x0112)
    except _DAMAGED:
        return bare
    if orientation in range(2, 9):
        bare.getexif()[0x0112] = orientation
    return bare


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB by its colour profile, with its transparency, if it has either."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, *_DAMAGED):
            return picture
        return converted or picture
    return picture


def _sizes(pixels: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture in the widths that readers are sent."""
    largest = min(pixels.width, WIDTHS[-1])
    for width in [*(width for width in WIDTHS if width < largest), largest]:
        height = max(1, round(pixels.height * width / pixels.width))
        yield pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _rendition(pixels: Image.Image, form: str) -> Rendition:
    """Return the picture written in one format."""
    extension, options = _WRITTEN[form]
    written = BytesIO()
    pixels.save(written, form, **options)
    name = f"{secrets.token_hex(16)}.{extension}"
    return Rendition(pixels.width, pixels.height, f"image/{form.lower()}", name, written.getvalue())

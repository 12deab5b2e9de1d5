"""Pictures: nothing but pixels comes through, and what is no harmless picture is refused in a sentence."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from testimonies import pictures
from testimonies.pictures import PictureRefused, ingest

CANARY = b"kanarek-7391"


def _picture(width=900, height=600, mode="RGB", colour="firebrick"):
    return Image.new(mode, (width, height), colour)


def _saved(picture, form, **options):
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def _exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CANARY.decode()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 15.0, 0.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = CANARY
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = CANARY
    return exif


def _profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + CANARY


def _laden(form):
    """Return a picture in this format that says the canary's word everywhere the format can."""
    options = {"exif": _exif(), "icc_profile": _profile(), "xmp": b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"}
    if form == "JPEG":
        options["comment"] = CANARY
    if form == "PNG":
        del options["xmp"]
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Comment", CANARY.decode())
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", CANARY.decode())
        options["pnginfo"].add_text("Author", CANARY.decode(), zip=True)
    content = _saved(_picture(), form, **options)
    if form == "JPEG":  # IPTC lives in an APP13 segment, which Pillow does not write
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x78\0\x0c" + CANARY
        content = content[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + content[2:]
    return content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_beside_the_pixels_comes_through(form):
    content = _laden(form)
    assert CANARY in content
    renditions = ingest(content)
    assert {rendition.media_type for rendition in renditions} == {"image/avif", "image/jpeg"}
    for rendition in renditions:
        assert CANARY not in rendition.content
        assert b"Exif" not in rendition.content
        assert b"ICC_PROFILE" not in rendition.content
        read = Image.open(BytesIO(rendition.content))
        assert not set(read.info) - {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert not read.getexif()
        assert read.size == (rendition.width, rendition.height)


def test_picture_is_turned_upright():
    # Orientation 6: the camera was turned, the picture is 600 wide and 900 high.
    assert [(r.width, r.height) for r in ingest(_laden("JPEG"))][-1] == (600, 900)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(2000, [320, 640, 1280]), (1280, [320, 640, 1280]), (900, [320, 640, 900]), (320, [320]), (1, [1])],
)
def test_widths_are_not_larger_than_the_source(width, widths):
    renditions = ingest(_saved(_picture(width, 10), "PNG"))
    assert [rendition.width for rendition in renditions[::2]] == widths
    assert [rendition.width for rendition in renditions[1::2]] == widths
    assert all(rendition.height >= 1 for rendition in renditions)


def test_names_are_random_and_say_only_the_format():
    names = {rendition.name for _round in range(2) for rendition in ingest(_saved(_picture(), "PNG"))}
    assert len(names) == 12
    assert {name.rpartition(".")[2] for name in names} == {"avif", "jpg"}
    assert all(len(name.partition(".")[0]) == 32 for name in names)


@pytest.mark.parametrize(
    ("mode", "colour"),
    [("1", 1), ("L", 255), ("LA", (0, 0)), ("P", 0), ("RGBA", (9, 9, 9, 0)), ("I;16", 65535)],
)
def test_every_kind_of_pixels_is_read_and_transparency_becomes_white(mode, colour):
    picture = _picture(40, 30, mode, colour)
    if mode == "P":
        picture.putpalette([9, 9, 9])
        content = _saved(picture, "PNG", transparency=0)
    else:
        content = _saved(picture, "PNG")
    (_avif, jpeg) = ingest(content)
    assert min(Image.open(BytesIO(jpeg.content)).getpixel((5, 5))) >= 250


def test_colours_of_print_are_turned_into_those_of_screens():
    (_avif, jpeg) = ingest(_saved(_picture(40, 30, "CMYK", (0, 255, 255, 0)), "JPEG"))
    red, green, blue = Image.open(BytesIO(jpeg.content)).getpixel((5, 5))
    assert red > 200
    assert max(green, blue) < 60


def test_colour_profiles_are_applied():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for profile in (lab, b"no profile", _profile()):
        assert ingest(_saved(_picture(40, 30), "PNG", icc_profile=profile))


@pytest.mark.parametrize("form", ["WEBP", "PNG", "AVIF"])
def test_of_several_frames_the_first_is_taken(form):
    others = [_picture(40, 30, colour="navy"), _picture(40, 30, colour="gold")]
    content = _saved(_picture(40, 30), form, save_all=True, append_images=others)
    (avif, jpeg) = ingest(content)
    assert getattr(Image.open(BytesIO(avif.content)), "n_frames", 1) == 1
    assert Image.open(BytesIO(jpeg.content)).getpixel((5, 5))[0] > 150


def _png_header(width, height):
    header = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (chunk, data, b"IEND")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(100_000, 100_000), (10_000, 9_000), (8_000, 6_300), (16_001, 1), (1, 40_000)]
)
def test_bombs_are_refused_before_they_are_decoded(width, height, monkeypatch):
    monkeypatch.setattr(pictures, "_pixels", pytest.fail)
    with pytest.raises(PictureRefused, match="too many pixels"):
        ingest(_png_header(width, height))


def test_text_chunks_that_grow_are_refused():
    chunk = b"zTXtComment\0\0" + zlib.compress(b"a" * 200_000_000)
    bomb = _png_header(10, 10)
    packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    with pytest.raises(PictureRefused):
        ingest(bomb[:33] + packed + bomb[33:])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"%PDF-1.4",
        b"GIF89a" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\0\0\0\0WEBP",
        _saved(_picture(10, 10), "GIF"),
        _saved(_picture(10, 10), "TIFF"),
        _saved(_picture(10, 10), "BMP"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused(content):
    with pytest.raises(PictureRefused, match=r"[.]$"):
        ingest(content)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_picture_is_refused(form):
    content = _saved(Image.effect_noise((400, 300), 80), form)
    with pytest.raises(PictureRefused):
        ingest(content[: len(content) // 2])


def test_a_large_file_is_refused_without_being_read_to_its_end():
    class Endless:
        asked = 0

        def read(self, size):
            self.asked += size
            return b"\xff" * size

    file = Endless()
    with pytest.raises(PictureRefused, match="20 MB"):
        ingest(file)
    assert file.asked == pictures.MOST_BYTES + 1


def test_a_file_object_is_read():
    assert len(ingest(BytesIO(_saved(_picture(), "JPEG")))) == 6


DAMAGED = {form: _laden(form) for form in ("JPEG", "PNG", "WEBP")}


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow on damaged EXIF
@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(DAMAGED)), st.integers(0, 3_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_but_never_an_error(form, place, junk):
    content = DAMAGED[form][:place] + junk + DAMAGED[form][place + len(junk) :]
    try:
        renditions = ingest(content)
    except PictureRefused:
        return
    assert all(CANARY not in rendition.content for rendition in renditions)

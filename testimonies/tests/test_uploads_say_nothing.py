"""A picture with a place and a name in it: neither is in any file or answer that the site produces."""

import logging
from datetime import date
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from archive.logs import JsonLines
from testimonies import pictures
from testimonies.models.editorial import PublicationBasis
from testimonies.models.public import Picture, Source
from testimonies.tests import making
from testimonies.tests.admin.addresses import every_address
from testimonies.tests.canary.crawl import crawl

pytestmark = pytest.mark.django_db

FORMS = ["JPEG", "PNG", "WEBP", "AVIF"]
NAME = "Zhanyl-Qwertova"
# Degrees of a place, as EXIF holds them: 51, 43 and 17.77 seconds.
DEGREES = (51.0, 43.0, 17.77)
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{NAME}</dc:creator></x:xmpmeta>'.encode()
# The name as text and as Windows writes it, and the seconds as EXIF counts them: 1777 hundredths, in either order.
TRACES = (
    NAME.encode(),
    NAME.encode("utf-16-le"),
    b"Exif\0\0",
    b"GPSLatitude",
    b"xmpmeta",
    b"\x00\x00\x06\xf1\x00\x00\x00\x64",
    b"\xf1\x06\x00\x00\x64\x00\x00\x00",
)


def telling(form: str) -> bytes:
    """A picture that says where it was taken and whom it shows, wherever its format can say it."""
    picture, file = Image.new("RGB", (400, 300), "green"), BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = NAME, NAME, NAME  # description, artist, copyright
    exif[0x9C9D] = NAME.encode("utf-16-le")  # what Windows calls the author
    exif.get_ifd(0x8825).update({1: "N", 2: DEGREES, 3: "E", 4: DEGREES})
    options: dict = {"exif": exif}
    if form == "PNG":
        options["pnginfo"] = PngInfo()
        options["pnginfo"].add_text("Author", NAME)
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())
    else:
        options["xmp"] = XMP
    if form == "JPEG":
        options["comment"] = NAME.encode()
    picture.save(file, form, **options)
    return file.getvalue()


def traces_in(content: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in content]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_planted_can_be_found(form):
    content = telling(form)
    assert NAME.encode() in content
    assert set(traces_in(content)) & {TRACES[-1], TRACES[-2]}
    assert NAME in list(pictures.inscriptions(BytesIO(content))) or form != "JPEG"


@pytest.fixture
def archivist(settings, tmp_path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    user = User.objects.create_user("gulnara", password=None, is_staff=True)
    user.groups.add(Group.objects.get(name="Archivist"))
    client = Client()
    client.force_login(user)
    return client


def published_with(shown: list[Picture]) -> None:
    """Testimonies of interviews, with each picture as portrait and as scan."""
    for number, picture in enumerate(shown):
        source = making.a_source(f"Recording {number}", kind=Source.Kind.INTERVIEW, publisher="", scan=picture)
        consent = {"kind": PublicationBasis.Kind.WRITTEN_CONSENT, "asked": True, "date": date(2021, 5, 4)}
        witness = making.a_witness(f"Voice {number}", portrait=picture)
        making.published(f"We shared bread {number}.", witness=witness, source=source, basis=making.a_basis(**consent))


def test_place_and_name_are_in_no_file_and_no_answer(archivist, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    for form in FORMS:
        upload = SimpleUploadedFile(f"{NAME} at home.{form.lower()}", telling(form), f"image/{form.lower()}")
        sent = {"file": upload, "alternative_text": f"A field, {form}."}
        assert archivist.post("/admin/testimonies/picture/add/", sent).status_code == 302
    shown = list(Picture.objects.order_by("pk"))
    assert len(shown) == len(FORMS)
    published_with(shown)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == sum(len(picture.renditions) for picture in shown)
    assert [(path.name, traces_in(path.read_bytes())) for path in files if traces_in(path.read_bytes())] == []
    assert [path.name for path in files if "Zhanyl" in path.name] == []

    direct = [f"/pictures/{path.name}" for path in files]
    answers = crawl(["/", "/witnesses/", "/sources/", "/sitemap.xml", "/feed.atom", *direct])
    assert {answers[address].status for address in direct} == {200}
    told = {address: traces_in(answer.text.encode() + answer.body) for address, answer in answers.items()}
    assert {address: traces for address, traces in told.items() if traces} == {}

    assert {address: traces for address, traces in on_the_desk(archivist, shown) if traces} == {}
    assert NAME not in "".join(JsonLines().format(line) for line in caplog.records)
    assert NAME not in everything_held()


def the_key(key: str, name: str, part: str) -> str:
    """The same key for every part of an address."""
    return key


def on_the_desk(client: Client, shown: list[Picture]):
    """Every address of the desk and what it tells, with a picture wherever one is meant."""
    for picture in shown:
        for _name, address in every_address(partial(the_key, str(picture.pk))):
            if "logout" not in address:
                answer: Any = client.get(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                yield address, traces_in(body + str(answer.headers).encode())


def everything_held() -> str:
    """The whole database, as text."""
    held = StringIO()
    call_command("dumpdata", stdout=held)
    return held.getvalue()


def test_no_upload_is_left_in_the_folder_of_uploads(archivist):
    upload = SimpleUploadedFile(
        f"{NAME}.jpeg", telling("JPEG") + bytes(settings.FILE_UPLOAD_MAX_MEMORY_SIZE), "image/jpeg"
    )
    archivist.post("/admin/testimonies/picture/add/", {"file": upload, "alternative_text": "A field."})
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or gettempdir())
    assert [path for path in folder.glob("*.upload*") if NAME.encode() in path.read_bytes()] == []

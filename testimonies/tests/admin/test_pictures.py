"""Pictures on the desk: an upload becomes a picture, or is refused with a sentence."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from testimonies.models.editorial import PublicationBasis
from testimonies.models.public import Picture
from testimonies.models.public.picture import FOCUS_STEP
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled

ADD = "/admin/testimonies/picture/add/"


def a_png(size=(40, 30)) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, "green").save(file, "PNG")
    return SimpleUploadedFile("my aunt.png", file.getvalue(), "image/png")


def test_an_upload_becomes_a_picture_whose_files_say_nothing(contributor):
    contributor.post(ADD, {"file": a_png(), "alternative_text": "A field.", "credit": "The Courier"})
    picture = Picture.objects.get()
    assert (picture.alternative_text, picture.credit) == ("A field.", "The Courier")
    assert "aunt" not in str(picture.renditions)
    shown = contributor.get(f"/admin/testimonies/picture/{picture.pk}/file/")
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (40, 30)


@pytest.mark.parametrize("content", [b"no picture", b"", b"\x89PNG\r\n\x1a\n half of one"])
def test_what_is_no_picture_is_refused_with_a_sentence(contributor, content):
    file = SimpleUploadedFile("a.png", content, "image/png")
    answer = contributor.post(ADD, {"file": file, "alternative_text": "A field."})
    assert answer.status_code == 200
    assert len(answer.context["adminform"].form.errors["file"]) == 1
    assert not Picture.objects.exists()


def test_a_bomb_is_refused(contributor):
    file = BytesIO()
    Image.new("1", (16_000, 8_000)).save(file, "PNG")
    upload = SimpleUploadedFile("a.png", file.getvalue(), "image/png")
    answer = contributor.post(ADD, {"file": upload, "alternative_text": "A field."})
    assert "too many pixels" in answer.context["adminform"].form.errors["file"][0]


def test_a_picture_without_its_alternative_text_is_not_made(contributor):
    answer = contributor.post(ADD, {"file": a_png()})
    assert "alternative_text" in answer.context["adminform"].form.errors
    assert not Picture.objects.exists()


def test_the_same_upload_sent_twice_makes_one_picture(contributor):
    once = contributor.get(ADD).context["once"]
    for _time in range(2):
        contributor.post(ADD, {"file": a_png(), "alternative_text": "A field.", "once": once})
    assert Picture.objects.count() == 1


def test_what_is_said_of_a_picture_is_changed_but_not_the_picture(editor):
    picture = making.a_picture()
    page = f"/admin/testimonies/picture/{picture.pk}/change/"
    assert "file" not in editor.get(page).context["adminform"].form.fields
    editor.post(page, filled(editor.get(page), alternative_text="A green hill."))
    picture.refresh_from_db()
    assert picture.alternative_text == "A green hill."


def test_pictures_are_found_by_what_they_show(contributor):
    picture = making.a_picture(alternative_text="Беттегі Өрік")
    asked = {"app_label": "testimonies", "model_name": "witness", "field_name": "portrait", "term": "өрік"}
    assert contributor.get("/admin/autocomplete/", asked).json()["results"][0]["id"] == str(picture.pk)


def test_the_point_that_stays_in_sight_is_chosen_by_numbers_and_readers_get_it(contributor, client):
    picture = making.a_picture()
    consent = {"kind": PublicationBasis.Kind.WRITTEN_CONSENT, "asked": True, "date": date(2021, 5, 4)}
    witness = making.a_witness(portrait=picture)
    source = making.a_source(kind="interview")
    making.published(witness=witness, source=source, basis=making.a_basis(**consent))
    witness.refresh_from_db()
    page, readers = f"/admin/testimonies/picture/{picture.pk}/change/", f"/witnesses/{witness.identifier}/"
    assert 'class="cut fx-50 fy-50"' in client.get(readers).content.decode()
    shown = contributor.get(page)
    assert shown.content.decode().count("fx-50 fy-50") == 3
    contributor.post(page, filled(shown, focus_x="20", focus_y="75"))
    assert 'class="cut fx-20 fy-75"' in client.get(readers).content.decode()
    for wrong in ("101", "-5", "33", "x"):
        answer = contributor.post(page, filled(shown, focus_x=wrong))
        assert "focus_x" in answer.context["adminform"].form.errors
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (20, 75)


def test_there_is_a_rule_for_every_point():
    rules = (Path(settings.BASE_DIR) / "static" / "css" / "focus.css").read_text()
    steps = range(0, 101, FOCUS_STEP)
    wanted = [f".f{axis}-{step} {{ --f{axis}: {step}%; }}" for axis in "xy" for step in steps]
    assert [rule for rule in wanted if rule not in rules] == []

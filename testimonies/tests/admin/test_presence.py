"""Two editors at one testimony: each sees the other, and the second saving is shown base, theirs and yours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from testimonies.models.editorial import Presence, Testimony
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled
from testimonies.tests.admin.test_testimony_form import page_of


@pytest.fixture
def botagoz(enter):
    return enter("Editor", "botagoz")


def there(client, testimony) -> str:
    return client.post(f"/admin/testimonies/testimony/{testimony.pk}/presence/").json()["others"]


def test_each_sees_that_the_other_is_there(editor, botagoz):
    testimony = making.a_testimony()
    assert there(editor, testimony) == ""
    assert "editor has this page open too" in botagoz.get(page_of(testimony)).content.decode()
    assert "botagoz has this page open too" in there(editor, testimony)
    assert there(editor, making.a_testimony()) == ""


def test_who_left_is_not_there_any_more(editor, botagoz):
    testimony = making.a_testimony()
    botagoz.get(page_of(testimony))
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert there(editor, testimony) == ""
    Presence.objects.update(seen_at=timezone.now() - timedelta(days=2))
    there(editor, testimony)
    assert [one.user for one in Presence.objects.all()] == [editor.user]


def test_asking_who_is_there_is_not_being_there(editor):
    testimony = making.a_testimony()
    editor.get(f"/admin/testimonies/testimony/{testimony.pk}/presence/")
    assert not Presence.objects.exists()


def test_the_second_saving_is_shown_what_stood_there_what_they_saved_and_what_you_typed(editor, botagoz):
    testimony = making.a_testimony("We shared the bread.", locator="page 1", context_note="In spring.")
    page = page_of(testimony)
    mine, theirs = editor.get(page), botagoz.get(page)
    hers = {"segments__0__text": "We shared the salt.", "locator": "page 2"}
    botagoz.post(page, filled(theirs, **hers, _save=""))
    typed = {"segments__0__text": "We shared all the bread.", "context_note": "In late spring.", "locator": "page 1"}
    answer = editor.post(page, filled(mine, **typed, _save=""))
    shown = {one.label: (one.base, one.saved, one.typed, one.whose) for one in answer.context["overtaken"]}
    assert shown == {
        "Where in the source": ("page 1", "page 2", "page 1", "changed by them only"),
        "Context note": ("In spring.", "In spring.", "In late spring.", "changed by you only"),
        "Quoted words": (
            "We shared the bread.",
            "We shared the salt.",
            "We shared all the bread.",
            "changed by both",
        ),
    }
    written = answer.content.decode()
    assert "<del>bread</del><ins>salt</ins>" in written
    assert "shared <ins>all </ins>the bread" in written
    assert "We shared all the bread.</textarea>" in written
    assert Testimony.objects.get().segments.get().text == "We shared the salt."


def test_what_stood_there_is_found_after_many_savings(editor, botagoz):
    testimony = making.a_testimony("One.", locator="a")
    page = page_of(testimony)
    mine = editor.get(page)
    for number in range(3):
        changes = {"segments__0__text": f"Number {number}.", "locator": f"page {number}"}
        botagoz.post(page, filled(botagoz.get(page), **changes, _save=""))
    answer = editor.post(page, filled(mine, segments__0__text="Mine.", _save=""))
    shown = {one.label: (one.base, one.saved, one.typed) for one in answer.context["overtaken"]}
    assert shown["Quoted words"] == ("One.", "Number 2.", "Mine.")
    assert shown["Where in the source"] == ("a", "page 2", "a")


def test_a_version_that_never_was_shows_what_is_known(editor):
    testimony = making.a_testimony("One.")
    page = page_of(testimony)
    sent = filled(editor.get(page), segments__0__text="Mine.", _save="") | {"read_version": "999"}
    shown = editor.post(page, sent).context["overtaken"]
    assert [(one.base, one.saved, one.typed) for one in shown] == [(None, "One.", "Mine.")]

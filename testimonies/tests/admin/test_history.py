"""The history on the desk: why something was saved, and a former state brought back."""

from testimonies.models.editorial import Testimony
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.admin.test_testimony_form import page_of


def test_why_it_was_saved_stands_in_the_history(editor):
    testimony = making.a_testimony()
    page = page_of(testimony)
    editor.post(page, filled(editor.get(page), locator="page 3", why="Read \x00again.", _save=""))
    assert testimony.history.first().history_change_reason == "Read again."
    assert "Read again." in editor.get(f"/admin/testimonies/testimony/{testimony.pk}/history/").content.decode()


def test_a_former_state_is_chosen_and_brought_back(contributor):
    testimony = making.a_testimony("We shared the bread.")
    page = page_of(testimony)
    contributor.post(page, filled(contributor.get(page), segments__0__text="We shared the salt.", _save=""))
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    assert address in contributor.get(page).content.decode()
    sent = filled(contributor.get(address), line=testimony.history.last().history_id)
    answer = contributor.post(address, sent, follow=True)
    assert "as it was saved then" in said(answer)
    now = Testimony.objects.get()
    assert now.segments.get().text == "We shared the bread."
    assert now.history.first().history_change_reason.startswith("Brought back: ")
    assert now.history.first().history_user == contributor.user


def test_only_a_line_of_its_own_history_is_brought_back(contributor):
    other, testimony = making.a_testimony("Hers."), making.a_testimony("Mine.")
    testimony.save()
    address = f"/admin/testimonies/testimony/{testimony.pk}/restore/"
    answer = contributor.post(address, filled(contributor.get(address), line=other.history.last().history_id))
    assert "line" in answer.context["adminform"].form.errors


def test_a_long_reason_is_kept_whole(editor):
    publication = making.published()
    testimony = making.testimony_of(publication)
    reason = "Her brother called, and then wrote; see the request of 3 May. " * 7
    address = f"/admin/testimonies/testimony/{testimony.pk}/unlist/"
    editor.post(address, filled(editor.get(address), note=reason))
    assert testimony.history.first().history_change_reason == reason.strip()
    page = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    editor.post(page, filled(editor.get(page), locator="page 3", why=reason, _save=""))
    assert testimony.history.first().history_change_reason == reason.strip()

"""The pages of the desk as such: nothing inline on any of them, one number of queries for short and long lists."""

import re

import pytest

from testimonies.admin.site import site
from testimonies.models.editorial import Testimony
from testimonies.models.public import PublicationEvent
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=|javascript:")


def pages(client) -> list[str]:
    """Every list, form, history and deletion of what there is."""
    found = ["/admin/", "/admin/testimonies/"]
    for model in site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        record = model._default_manager.first()
        tails = [f"{record.pk}/{page}/" for page in ("change", "history", "delete")] if record else []
        found += [base, f"{base}add/", f"{base}add/?_popup=1", *(base + tail for tail in tails)]
    return found


def test_nothing_on_any_page_is_inline(admin_client):
    testimony = making.testimony_of(making.published(places=[making.a_place()], tags=[making.a_tag()]))
    acts = [f"/admin/testimonies/testimony/{testimony.pk}/{act}/" for act in ("unlist", "renew", "withdraw", "empty")]
    inline = []
    for address in [*pages(admin_client), *acts]:
        answer = admin_client.get(address)
        if answer.status_code == 200 and (found := INLINE.search(answer.content.decode())):
            inline.append((address, found[0]))
    assert inline == []


@pytest.mark.parametrize("model", ["testimony", "witness", "source", "place", "publication"])
def test_a_list_asks_the_database_as_often_for_many_as_for_one(
    admin_client, model, django_assert_num_queries, django_assert_max_num_queries
):
    address = f"/admin/testimonies/{model}/"
    making.published(places=[making.a_place()])
    admin_client.get("/admin/password_change/")  # writes down that the session began
    with django_assert_max_num_queries(20) as asked:
        admin_client.get(address)
    for _more in range(3):
        making.published("Other words.", places=[making.a_place(parent=making.a_place(kind="country"))])
    with django_assert_num_queries(len(asked)):
        admin_client.get(address)


def test_a_page_on_the_desk_is_kept_nowhere(admin_client):
    answer = admin_client.get("/admin/")
    assert answer["Cache-Control"] == "no-store"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_the_history_shows_what_happened_to_the_words(editor):
    publication = making.corrected(making.published("We shared the bread."), "We shared the salt.", "Misread.")
    testimony = Testimony.objects.get(publication=publication)
    page = editor.get(f"/admin/testimonies/testimony/{testimony.pk}/history/").content.decode()
    assert "<del>bread</del>" in page
    assert "<ins>salt</ins>" in page


def test_the_history_of_what_is_gone_is_not_found(editor):
    assert editor.get("/admin/testimonies/testimony/999/history/").status_code == 404
    for address in ("testimony/x/history/", f"testimony/{10**30}/history/", f"testimony/{10**30}/withdraw/"):
        assert editor.get(f"/admin/testimonies/{address}").status_code == 404


def test_a_vocabulary_record_and_its_parts_are_saved_once(editor):
    tag = making.a_tag("Bread")
    making.published(tags=[tag])
    page = f"/admin/testimonies/tag/{tag.pk}/change/"
    events, lines = PublicationEvent.objects.count(), tag.history.count()
    form = {"tag": "ru-Cyrl", "status": "current", "attested_in": "general knowledge"}
    typed = {f"forms__{number}__{name}": value for number in range(2) for name, value in form.items()}
    typed |= {"forms__0__text": "Хлеб", "forms__1__text": "Каравай", "forms__TOTAL_FORMS": 2}
    editor.post(page, filled(editor.get(page), definition="What is baked.", **typed))
    assert [one.text for one in tag.forms.all()] == ["Хлеб", "Каравай"]
    assert (PublicationEvent.objects.count(), tag.history.count()) == (events + 1, lines + 1)
    tag.refresh_from_db()
    assert (tag.definition, "karavai" in tag.folded) == ("What is baked.", True)
    sent = filled(editor.get(page), forms__0__DELETE="on")
    editor.post(page, sent)
    assert (PublicationEvent.objects.count(), tag.forms.count()) == (events + 2, 1)
    editor.post(page, filled(editor.get(page)))
    assert PublicationEvent.objects.count() == events + 2


def test_what_is_too_large_for_a_form_is_told_what_to_do(editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = editor.post("/admin/testimonies/sourcesnapshot/add/", {"text": "We shared bread. " * 100})
    assert answer.status_code == 413
    assert "Give a long text as a file" in answer.content.decode()

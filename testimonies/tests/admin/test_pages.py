"""The pages of the desk as such: nothing inline on any of them, one number of queries for short and long lists."""

import re

import pytest

from testimonies.admin.site import site
from testimonies.models.editorial import Testimony
from testimonies.tests import making

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

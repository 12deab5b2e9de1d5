"""Testimonies on the desk: no copy overwrites another unseen, nothing published is deleted, tags have a history."""

import pytest
from django.db import models

from testimonies.models.editorial import QuoteSegment, StaleTestimony, Testimony
from testimonies.publishing import publish
from testimonies.tests import making
from testimonies.tests.making import a_tag, a_testimony, published

pytestmark = pytest.mark.django_db


def test_every_save_is_another_version():
    testimony = a_testimony()
    start = testimony.version
    testimony.save()
    testimony.save(update_fields=["locator"])
    assert Testimony.objects.get().version == testimony.version == start + 2


def test_an_old_copy_is_not_saved_over_a_newer_one():
    testimony = a_testimony()
    other = Testimony.objects.get()
    other.locator = "page 3"
    other.save()
    testimony.context_note = "Written without having seen the page."
    for fields in (None, ["context_note"]):
        with pytest.raises(StaleTestimony):
            testimony.save(update_fields=fields)
    assert Testimony.objects.values_list("locator", "context_note").get() == ("page 3", "")


def test_a_copy_from_before_publishing_cannot_unmake_the_publication():
    draft = a_testimony()
    from_the_desk = Testimony.objects.get()

    publish(draft, by=None)
    with pytest.raises(StaleTestimony):
        from_the_desk.save()
    assert Testimony.objects.get().publication is not None


def test_a_deleted_draft_does_not_come_back():
    draft = a_testimony()
    Testimony.objects.get().delete()
    with pytest.raises(StaleTestimony):
        draft.save()
    assert not Testimony.objects.exists()


def test_what_was_published_is_withdrawn_and_not_deleted():
    for publication in (published(), making.withdrawn(), making.unlisted()):
        testimony = making.testimony_of(publication)
        for delete in (testimony.delete, Testimony.objects.filter(pk=testimony.pk).delete):
            with pytest.raises(models.ProtectedError, match="withdrawn, not deleted"):
                delete()
    assert Testimony.objects.count() == 3


def test_a_draft_is_deleted_with_its_words():
    a_testimony()
    Testimony.objects.all().delete()
    assert not QuoteSegment.objects.exists()


def test_history_keeps_the_tags_with_which_every_version_ended():
    testimony = a_testimony(tags=[a_tag("Bread"), a_tag("Roads")])
    testimony.save()
    testimony.tags.remove("Bread")
    testimony.save()
    assert [row.tags_then for row in testimony.history.all()] == ["Roads", "Roads", "Bread, Roads"]
    testimony.tags.clear()
    assert [row.tags_then for row in testimony.history.all()] == ["", "Roads", "Bread, Roads"]


def test_the_admin_finds_words_without_regard_to_case_and_script():
    testimony = a_testimony("Мы делили ХЛЕБ.")
    testimony.save()
    assert "khleb" in testimony.folded or "hleb" in testimony.folded

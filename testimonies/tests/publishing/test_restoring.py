"""Bringing back a former state: words, translations and tags come back, readers see nothing of it."""

import pytest

from testimonies.models.editorial import QuoteSegment, Testimony, Translation
from testimonies.models.public import Publication
from testimonies.publishing import WrongState, restore, send_to_review, withdraw
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def test_words_translations_tags_and_notes_come_back():
    bread, salt = making.a_tag("Bread"), making.a_tag("Salt")
    testimony = making.a_testimony("We shared the bread.", tags=[bread], locator="page 1")
    Translation.objects.create(testimony=testimony, language="ru", text="Мы делили хлеб.", by_machine=True)
    segment = testimony.segments.get()
    # The next saving begins with the testimony itself, as the form does.
    testimony.locator = "page 2"
    testimony.save()
    segment.text = "We shared the salt."
    segment.save()
    QuoteSegment.objects.create(testimony=testimony, order=1, joined_by="reporter", text="And more.")
    Translation.objects.get().delete()
    testimony.tags.set([salt])
    version = testimony.version
    restore(testimony, testimony.history.last())
    now = Testimony.objects.get()
    assert (now.locator, now.version, now.status) == ("page 1", version + 1, "draft")
    assert [one.text for one in now.segments.all()] == ["We shared the bread."]
    assert [one.text for one in now.translations.all()] == ["Мы делили хлеб."]
    assert list(now.tags.all()) == [bread]
    restore(now, now.history.all()[1])
    assert [one.text for one in now.segments.all()] == ["We shared the salt.", "And more."]
    assert list(now.tags.all()) == [salt]


def test_readers_see_it_once_it_is_published():
    publication = making.corrected(making.published("We shared the bread."), "We shared the salt.", "Misread.")
    testimony = making.testimony_of(publication)
    restore(testimony, testimony.history.last())
    assert testimony.segments.get().text != "We shared the salt."
    publication.refresh_from_db()
    assert publication.current_edition.record["segments"][0]["passages"][0]["text"] == "We shared the salt."
    assert Testimony.objects.get().publication == publication


def test_what_is_gone_since_is_not_referred_to_again():
    source = making.a_source("Gone")
    testimony = making.a_testimony(source=source)
    testimony.source = making.a_source("Kept")
    testimony.save()
    source.delete()
    restore(testimony, testimony.history.last())
    assert Testimony.objects.get().source.title == "Kept"


@pytest.mark.parametrize("in_review", [True, False])
def test_in_review_or_withdrawn_nothing_comes_back(in_review):
    testimony = making.testimony_of(making.published())
    if in_review:
        send_to_review(testimony, by=None)
    else:
        withdraw(testimony, reason=Publication.WithdrawalReason.ON_REQUEST)
    testimony.refresh_from_db()
    with pytest.raises(WrongState):
        restore(testimony, testimony.history.last())

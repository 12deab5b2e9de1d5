"""Bringing back a former state: words, translations and tags come back, readers see nothing of it."""

import pytest
from django.core.exceptions import ValidationError

from testimonies.models.editorial import QuoteSegment, Testimony, Translation
from testimonies.models.public import Publication
from testimonies.publishing import NotPublishable, WrongState, publish, restore, send_to_review, take_back, withdraw
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


@pytest.mark.parametrize("lost", ["source", "witness", "basis"])
def test_what_readers_see_keeps_what_every_published_testimony_has(lost):
    testimony = making.a_testimony("We shared the bread.", **{lost: None})
    setattr(testimony, lost, getattr(making, f"a_{lost}")())
    testimony.locator = "page 2"
    testimony.save()
    publish(testimony, by=None)
    testimony.refresh_from_db()
    lines = testimony.history.count()
    with pytest.raises(NotPublishable, match=lost):
        restore(testimony, testimony.history.last())
    now = Testimony.objects.get()
    assert (now.locator, now.history.count()) == ("page 2", lines)
    assert getattr(now, lost)


def test_a_state_that_cannot_be_kept_any_more_is_refused_with_a_sentence():
    source = making.a_source("Gone")
    testimony = making.a_testimony(spoken="2021-09", spoken_basis="elsewhere", spoken_basis_source=source)
    testimony.spoken_basis, testimony.spoken_basis_source = "stated", None
    testimony.save()
    source.delete()
    with pytest.raises(ValidationError, match="name the other source"):
        restore(testimony, testimony.history.last())
    assert Testimony.objects.get().spoken_basis == "stated"


def test_translations_that_changed_places_are_refused_with_a_sentence():
    testimony = making.a_testimony()
    said = {"testimony": testimony, "text": "…", "by_machine": True}
    one, other = [Translation.objects.create(language=tag, **said) for tag in ("ru", "kk")]
    testimony.save()
    for part, language in ((one, "it"), (other, "ru")):
        part.language = language
        part.save()
    with pytest.raises(ValidationError, match="already exists"):
        restore(testimony, testimony.history.last())


def test_out_of_review_it_does_not_stand_before_readers_without_a_basis():
    testimony = making.testimony_of(making.published())
    send_to_review(testimony, by=None)
    testimony.basis = None
    testimony.save()
    with pytest.raises(NotPublishable, match="no basis"):
        take_back(testimony, by=None)
    assert Testimony.objects.get().status == "in_review"

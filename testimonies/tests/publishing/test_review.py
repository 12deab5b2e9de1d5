"""Reviews and the clock: it hides and never shows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from testimonies.models.editorial import PublicationBasis, Testimony
from testimonies.models.public import Publication, PublicationEvent
from testimonies.publishing import (
    NotPublishable,
    WrongState,
    empty_edition,
    publish,
    renew,
    review,
    unlist,
    unlist_overdue,
)
from testimonies.tests import making
from testimonies.tests.making import a_basis, a_source, a_testimony, published

pytestmark = pytest.mark.django_db

LAST_DAY = date(2031, 5, 9)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of day in UTC; it begins on the day of the review."""

    def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(year, month, day, hour, minute, tzinfo=UTC))

    at(2031, 5, 9)
    return at


def kinds() -> list[str]:
    return list(PublicationEvent.objects.values_list("kind", flat=True))


def state() -> tuple[str, str]:
    return Publication.objects.get().state, Testimony.objects.get().status


def test_unlisting_hides_and_renewing_shows_again():
    publication = published()
    unlist(making.testimony_of(publication))
    assert state() == ("unlisted", "unlisted")
    assert not Publication.objects.listed().exists()
    day = making.yesterday() + timedelta(30)
    renew(making.testimony_of(publication), by=None, review_on=day)
    assert state() == ("listed", "published")
    assert (Publication.objects.get().review_on, Testimony.objects.get().review_on) == (day, day)
    assert kinds() == ["published", "unlisted", "renewed"]


def test_unlisting_keeps_the_next_edition_in_review():
    publication = published()
    testimony = making.testimony_of(publication)
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.save()
    unlist(testimony)
    assert state() == ("unlisted", "in_review")


def test_renewing_publishes_nothing_that_was_written_since():
    publication = making.unlisted("We left.")
    testimony = making.testimony_of(publication)
    segment = testimony.segments.get()
    segment.text = "We left at dawn."
    segment.save()
    renew(testimony, by=None, review_on=None)
    assert publication.editions.get().record["segments"][0]["passages"][0]["text"] == "We left."


def test_renewing_asks_the_gate():
    publication = making.unlisted()
    with pytest.raises(NotPublishable, match="review date has passed"):
        renew(making.testimony_of(publication), by=None, review_on=making.yesterday())
    assert state() == ("unlisted", "unlisted")


@pytest.mark.parametrize(
    ("make", "act", "sentence"),
    [
        (a_testimony, unlist, "It was never published."),
        (making.unlisted, unlist, "This cannot be done now: it is under review."),
        (making.withdrawn, unlist, "This cannot be done now: it is withdrawn."),
        (making.withdrawn, lambda one: renew(one, by=None, review_on=None), "it is withdrawn"),
        (
            lambda: making.emptied(published()),
            lambda one: renew(one, by=None, review_on=None),
            "The words of its current edition were taken out: publish another edition.",
        ),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(make, act, sentence):
    make()
    before = kinds()
    with pytest.raises(WrongState, match=sentence):
        act(Testimony.objects.get())
    assert kinds() == before


def test_the_last_day_is_shown_to_its_end_and_the_next_is_hidden_at_once(clock):
    publication = published(review_on=LAST_DAY)
    clock(2031, 5, 9, 23, 59)
    assert list(Publication.objects.listed()) == [publication]
    assert Publication.objects.get().is_listed
    clock(2031, 5, 10, 0, 0)
    assert list(Publication.objects.listed()) == []
    assert list(Publication.objects.overdue()) == [publication]
    assert not Publication.objects.get().is_listed


def test_the_sweep_tells_the_log_once(clock):
    published(review_on=LAST_DAY)
    published("Others stayed.")
    assert unlist_overdue() == 0
    clock(2031, 5, 10)
    assert unlist_overdue() == 1
    assert unlist_overdue() == 0
    assert kinds() == ["published", "published", "unlisted"]
    assert sorted(Publication.objects.values_list("state", flat=True)) == ["listed", "unlisted"]


def test_a_clock_that_goes_back_shows_nothing_again(clock):
    published(review_on=LAST_DAY)
    clock(2031, 5, 10)
    unlist_overdue()
    clock(2031, 5, 1)
    assert unlist_overdue() == 0
    assert not Publication.objects.listed().exists()


def test_an_embargo_does_not_open_by_the_clock(clock):
    testimony = a_testimony(embargo_until=date(2031, 5, 10))
    with pytest.raises(NotPublishable, match="before the day that you set"):
        publish(testimony, by=None)
    clock(2031, 5, 11)
    assert unlist_overdue() == 0
    assert not Publication.objects.exists()


def test_one_that_was_renewed_meanwhile_stays(clock, monkeypatch):
    publication = published(review_on=LAST_DAY)
    clock(2031, 5, 10)

    found = review.due

    def due_before_somebody_renewed():
        rows = list(found().values_list("pk", flat=True))
        renew(making.testimony_of(publication), by=None, review_on=date(2031, 9, 1))
        monkeypatch.setattr(review, "due", found)
        return Testimony.objects.filter(pk__in=rows)

    monkeypatch.setattr(review, "due", due_before_somebody_renewed)
    assert unlist_overdue() == 0
    assert state() == ("listed", "published")


def test_words_whose_basis_has_ended_are_hidden(clock):
    consent = a_basis(kind=PublicationBasis.Kind.SPOKEN_CONSENT, asked=True, date=date(2030, 1, 1))
    published(basis=consent, source=a_source(kind="interview"))
    consent.ended_on = date(2031, 5, 10)
    consent.save()
    assert unlist_overdue() == 0
    clock(2031, 5, 10)
    assert unlist_overdue() == 1
    assert state() == ("unlisted", "unlisted")
    with pytest.raises(NotPublishable, match="basis for publication has ended"):
        renew(Testimony.objects.get(), by=None, review_on=None)


def test_an_overdue_testimony_that_is_emptied_is_not_shown_by_renewing(clock):
    publication = published(review_on=LAST_DAY)
    clock(2031, 5, 10)
    unlist_overdue()
    empty_edition(publication.editions.get())
    with pytest.raises(WrongState):
        renew(Testimony.objects.get(), by=None, review_on=None)

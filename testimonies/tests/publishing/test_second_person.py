"""Review by a second person: which state may follow which, who may approve, what a remark does."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from testimonies.models.editorial import ForbiddenMove, Review, Testimony
from testimonies.models.public import Publication
from testimonies.publishing import (
    NotPublishable,
    WrongState,
    erase,
    publish,
    return_from_review,
    send_to_review,
    take_back,
    unlist,
    withdraw,
)
from testimonies.tests import making
from testimonies.tests.making import a_testimony

pytestmark = pytest.mark.django_db

DRAFT, IN_REVIEW, PUBLISHED, UNLISTED, WITHDRAWN = Testimony.Status


@pytest.fixture
def aliya() -> User:
    return User.objects.create_user("aliya")


@pytest.fixture
def botagoz() -> User:
    return User.objects.create_user("botagoz")


@pytest.fixture
def strict(settings) -> Callable[[], None]:
    """From now on somebody else than the writer publishes; until then tests publish what they need."""

    def become_strict() -> None:
        settings.EDITORS_MAY_PUBLISH_OWN_WORK = False

    return become_strict


def returned(testimony: Testimony, by: User) -> Review:
    return return_from_review(testimony, by=by, remark="Misread.", passage=1, words="We left.")


def now(testimony: Testimony) -> Testimony:
    return Testimony.objects.get(pk=testimony.pk)


@pytest.mark.parametrize("made", [a_testimony, making.published, making.unlisted, making.withdrawn])
@pytest.mark.parametrize("status", Testimony.Status)
def test_only_the_moves_of_the_table_are_saved(made, status):
    made()
    testimony = Testimony.objects.get()
    allowed = {
        DRAFT: {DRAFT, IN_REVIEW},  # published it has a publication, and this one has none
        PUBLISHED: {PUBLISHED, IN_REVIEW, UNLISTED, WITHDRAWN},
        UNLISTED: {UNLISTED, IN_REVIEW, PUBLISHED, WITHDRAWN},
        WITHDRAWN: {WITHDRAWN},
    }[testimony.status]
    before, testimony.status = testimony.status, status
    if status in allowed:
        testimony.save()
    else:
        with pytest.raises((ForbiddenMove, IntegrityError)), transaction.atomic():
            testimony.save()
    assert Testimony.objects.get().status == (status if status in allowed else before)


def test_who_sent_it_does_not_approve_it(aliya, botagoz, strict):
    strict()
    testimony = a_testimony(author=aliya)
    send_to_review(testimony, by=botagoz)
    for one in (aliya, botagoz):
        with pytest.raises(NotPublishable, match="You wrote it"):
            publish(now(testimony), by=one)
    outcome = publish(now(testimony), by=User.objects.create_user("third"))
    assert outcome.publication.is_listed
    review = Review.objects.get()
    assert (review.state, review.answered_by.username) == ("approved", "third")


def test_who_changed_it_in_review_does_not_approve_it(aliya, botagoz, strict):
    strict()
    testimony = a_testimony(author=aliya)
    send_to_review(testimony, by=aliya)
    testimony._history_user = botagoz
    testimony.save()
    with pytest.raises(NotPublishable, match="You wrote it"):
        publish(testimony, by=botagoz)


def test_who_changed_it_before_it_was_sent_by_somebody_else_may_approve_it(aliya, botagoz, strict):
    strict()
    testimony = a_testimony(author=aliya)
    testimony._history_user = botagoz
    testimony.save()
    send_to_review(testimony, by=aliya)
    assert publish(testimony, by=botagoz).edition


def test_the_next_edition_needs_a_review_too(aliya, botagoz, strict):
    testimony = making.corrected_draft("We left at dawn.")
    strict()
    with pytest.raises(NotPublishable, match="not been sent to review"):
        publish(testimony, by=botagoz)
    send_to_review(testimony, by=aliya)
    assert publish(now(testimony), by=botagoz).edition.number == 2


@pytest.mark.parametrize(
    ("made", "status"), [(a_testimony, DRAFT), (making.published, PUBLISHED), (making.unlisted, UNLISTED)]
)
def test_a_remark_brings_it_back_to_where_it_was(made, status, aliya, botagoz):
    made()
    testimony = Testimony.objects.get()
    send_to_review(testimony, by=aliya)
    returned(now(testimony), botagoz)
    assert now(testimony).status == status
    review = Review.objects.returned().get()
    assert (review.asked_by, review.answered_by, review.passage, review.remark) == (aliya, botagoz, 1, "Misread.")


def test_sent_again_the_remark_was_seen_to(aliya, botagoz):
    testimony = a_testimony()
    send_to_review(testimony, by=aliya)
    returned(now(testimony), botagoz)
    send_to_review(now(testimony), by=aliya)
    assert [one.state for one in Review.objects.order_by("pk")] == ["mended", "waiting"]


def test_taken_back_nobody_is_asked_any_more(aliya):
    testimony = a_testimony()
    send_to_review(testimony, by=aliya)
    take_back(now(testimony), by=aliya)
    assert (now(testimony).status, Review.objects.get().state) == (DRAFT, "closed")


def test_what_is_not_in_review_is_neither_returned_nor_taken_back(aliya):
    testimony = a_testimony()
    for act in (lambda: returned(testimony, aliya), lambda: take_back(testimony, by=aliya)):
        with pytest.raises(WrongState, match="not in review"):
            act()


@pytest.mark.parametrize("made", [making.withdrawn, making.published])
def test_what_is_withdrawn_or_in_review_is_not_sent(made, aliya):
    made()
    testimony = Testimony.objects.get()
    if testimony.status == PUBLISHED:
        send_to_review(testimony, by=aliya)
    with pytest.raises(WrongState):
        send_to_review(now(testimony), by=aliya)
    assert Review.objects.count() <= 1


def test_a_testimony_has_one_open_review():
    testimony = a_testimony()
    Review.objects.create(testimony=testimony)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(testimony=testimony, state=Review.State.RETURNED)


def test_hidden_and_withdrawn_in_review_it_waits_for_nobody(aliya):
    testimony = making.testimony_of(making.published())
    send_to_review(testimony, by=aliya)
    unlist(now(testimony))
    assert Review.objects.waiting().exists()
    withdraw(now(testimony), reason=Publication.WithdrawalReason.ON_REQUEST)
    assert not Review.objects.waiting().exists()


def test_erased_the_remarks_are_gone(aliya):
    testimony = making.testimony_of(making.published("We left Obrekolina."))
    send_to_review(testimony, by=aliya)
    return_from_review(now(testimony), by=aliya, remark="Is Obrekolina a name?", passage=1, words="We left Obrekolina.")
    erase(now(testimony), reason=Publication.WithdrawalReason.ON_REQUEST)
    review = Review.objects.get()
    assert (review.remark, review.passage_words) == ("[…]", "[…]")

"""Review by a second person: sent to review, taken back, or returned with a remark; publishing approves."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from testimonies.models.editorial import Review, Testimony
from testimonies.models.public import Publication

from .publish import WrongState, refuse_lacking

# Where a testimony goes when its review ends without a new edition, by what readers have of it.
_WITHOUT_EDITION = {
    None: Testimony.Status.DRAFT,
    Publication.State.LISTED: Testimony.Status.PUBLISHED,
    Publication.State.UNLISTED: Testimony.Status.UNLISTED,
}


@transaction.atomic
def send_to_review(testimony: Testimony, *, by: Any) -> Review:
    """Ask for another pair of eyes; what is published stays as it is.

    Raises WrongState where it is in review already or nothing can be published of it any more.
    """
    if not testimony.may_become(Testimony.Status.IN_REVIEW):
        raise WrongState(
            _("This cannot be sent to review now: it is %(state)s.") % {"state": testimony.get_status_display()}
        )
    Review.objects.settle(testimony, Review.State.CLOSED, by=by)
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.save(update_fields=["status"])
    return Review.objects.create(testimony=testimony, asked_by=by)


@transaction.atomic
def return_from_review(testimony: Testimony, *, by: Any, remark: str, passage: int | None, words: str) -> Review:
    """Give it back to its writer with a remark, on one passage or on the whole; raises WrongState."""
    review = leave_review(testimony)
    review.answer(Review.State.RETURNED, by=by, remark=remark, passage=passage, passage_words=words)
    return review


@transaction.atomic
def take_back(testimony: Testimony, *, by: Any) -> Review:
    """End the review without an answer; raises WrongState."""
    review = leave_review(testimony)
    review.answer(Review.State.CLOSED, by=by)
    return review


def leave_review(testimony: Testimony) -> Review:
    """Put the testimony back to where it was before; its review, which waits for the answer.

    Raises WrongState, and NotPublishable where readers see it and somebody took away what a published one has.
    """
    if testimony.status != Testimony.Status.IN_REVIEW:
        raise WrongState(_("It is not in review."))
    review = Review.objects.waiting().filter(testimony=testimony).first()
    state = Publication.State(testimony.publication.state) if testimony.publication else None
    testimony.status = _WITHOUT_EDITION[state]
    refuse_lacking(testimony)
    testimony.save(update_fields=["status"])
    return review or Review.objects.create(testimony=testimony, asked_by=testimony.author)

"""Review by a second person: who asked for it, who answered, and what has to be mended."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .testimony import Testimony


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, of which a testimony has one that is open at most."""

    def waiting(self) -> "ReviewQuerySet":
        """Those that nobody has answered yet, the longest waiting first."""
        return self.filter(state=Review.State.WAITING).order_by("asked_at", "pk")

    def returned(self) -> "ReviewQuerySet":
        """Those with a remark that nobody has seen to yet, the newest first."""
        return self.filter(state=Review.State.RETURNED).order_by("-answered_at", "-pk")

    def open_of(self, testimony: Testimony) -> "Review | None":
        """The one that waits for a reviewer, or for the writer."""
        opened = self.filter(testimony=testimony, state__in=Review.OPEN).select_related("asked_by", "answered_by")
        return opened.first()

    def settle(self, testimony: Testimony, state: str, *, by: Any) -> None:
        """Close what is open: a review that waits gets `state`, one that was returned was seen to."""
        review = self.open_of(testimony)
        if review and review.state == Review.State.RETURNED:
            review.state = Review.State.MENDED
            review.save(update_fields=["state"])
        elif review:
            review.answer(state, by=by)


class Review(models.Model):
    """One asking for another pair of eyes, and the answer to it. Private."""

    class State(models.TextChoices):
        """Whom it waits for, or how it ended."""

        WAITING = "waiting", _("waiting for a reviewer")
        RETURNED = "returned", _("returned with a remark")
        MENDED = "mended", _("returned, and seen to")
        APPROVED = "approved", _("approved")
        CLOSED = "closed", _("closed without an answer")

    OPEN = (State.WAITING, State.RETURNED)

    testimony = models.ForeignKey(Testimony, models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # The passage by its number, and as it was then: the writer may have changed it since.
    passage = models.PositiveSmallIntegerField(null=True)
    passage_words = models.TextField(blank=True)
    remark = models.TextField(blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["testimony"],
                condition=models.Q(state__in=["waiting", "returned"]),
                name="testimony_has_one_open_review",
            )
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="review_by_state")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.testimony}"

    def answer(self, state: str, *, by: Any, **said: Any) -> None:
        """Write down who answered, and how."""
        self.state, self.answered_by, self.answered_at = state, by, timezone.now()
        for name, value in said.items():
            setattr(self, name, value)
        self.save()

    @property
    def days_waiting(self) -> int:
        """Whole days since it was asked for."""
        return (timezone.now() - self.asked_at).days


def writers(testimony: Testimony) -> set[int | None]:
    """Whose work a review would judge: who entered the testimony, who sent it, and who has changed it since."""
    review = Review.objects.waiting().filter(testimony=testimony).first()
    saved = testimony.history.exclude(history_user=None)
    if review:
        saved = saved.filter(history_date__gt=review.asked_at)
    changed = saved.order_by().values_list("history_user_id", flat=True).distinct()
    return {testimony.author_id, review.asked_by_id if review else None, *changed} - {None}

"""What waits for an editor: the lists of the first page, and the queue of reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies.models.editorial import Request, Review, ReviewQuerySet, SourceSnapshot, Testimony, being_decided
from testimonies.models.public import CitingLetter, Letter, Publication, Source, today
from testimonies.publishing.gate import missing_at_a_glance

from .history import in_readers_language

SHOWN = 5
QUEUE = 200
DUE_WITHIN = timedelta(days=30)
WEEK = timedelta(days=7)
# Beyond this many a gap is called "more than"; counting on would read the whole archive at every visit.
MANY = 100
# One saving of a form, or one import, may leave many lines of the history: the newest are looked through.
LOOKED_THROUGH = 60


@dataclass(frozen=True)
class Waiting:
    """A review that waits, and whether it is of the reader's own work."""

    review: Review
    is_own: bool


@dataclass(frozen=True)
class Asked:
    """What a witness asks for: a letter that nobody took in yet, or a request."""

    record: Letter | Request
    due_on: date
    testimony: Testimony | None = None
    can_be_restricted: bool = False

    @property
    def days_left(self) -> int:
        """Whole days until the deadline; negative once it has passed."""
        return (self.due_on - today()).days


@dataclass(frozen=True)
class Draft:
    """A testimony of mine, with what is missing as far as it can be said at a glance."""

    testimony: Testimony
    missing: list[str]


@dataclass(frozen=True)
class Change:
    """What somebody did to a testimony last, and why."""

    testimony: Testimony
    at: Any
    by: Any
    why: str
    is_new: bool


@dataclass(frozen=True)
class Gap:
    """Something that many records lack, and the list of them."""

    sentence: str
    address: str


@dataclass(frozen=True)
class Work:
    """All that the first page shows an editor of the testimonies."""

    returned: list[Review]
    waiting: list[Review]
    drafts: list[Draft]
    more_drafts: bool
    due: list[Testimony]
    gaps: list[Gap]
    changes: list[Change]
    asked: list[Asked]
    citing: int
    is_reviewer: bool


def work(reader: Any) -> Work:
    """What waits for the reader of the page."""
    is_reviewer = reader.has_perm("testimonies.publish_testimony")
    drafts = drafts_of(reader)
    return Work(
        returned=list(returned_to(reader)[:SHOWN]),
        waiting=list(waiting_for(reader)[:SHOWN]) if is_reviewer else [],
        drafts=drafts[:SHOWN],
        more_drafts=len(drafts) > SHOWN,
        due=list(due()[:SHOWN]),
        gaps=list(gaps()),
        changes=list(changes()),
        asked=requests()[:SHOWN] if reader.has_perm("testimonies.view_request") else [],
        citing=citing() if reader.has_perm("testimonies.view_citingletter") else 0,
        is_reviewer=is_reviewer,
    )


def reviews() -> ReviewQuerySet:
    """Reviews, with all that is shown of them."""
    related = ("testimony__witness", "testimony__source", "testimony__author", "asked_by", "answered_by")
    return Review.objects.select_related(*related)


def returned_to(reader: Any) -> QuerySet[Review]:
    """What came back with a remark to who sent it, or wrote it."""
    return reviews().returned().filter(Q(asked_by=reader) | Q(testimony__author=reader))


def waiting_for(reader: Any) -> QuerySet[Review]:
    """What the reader may approve, the longest waiting first."""
    waiting = reviews().waiting()
    if settings.EDITORS_MAY_PUBLISH_OWN_WORK:
        return waiting
    # `exclude` would also leave out those of which nobody is the author.
    others = Q(testimony__author=None) | ~Q(testimony__author=reader)
    return waiting.filter(others, Q(asked_by=None) | ~Q(asked_by=reader))


def drafts_of(reader: Any) -> list[Draft]:
    """The newest drafts that the reader wrote and that did not come back with a remark, one more than are shown."""
    found = (
        Testimony.objects.filter(status=Testimony.Status.DRAFT, author=reader)
        .exclude(reviews__state=Review.State.RETURNED)
        .select_related("witness", "source", "basis", "happened_event")
        .prefetch_related("segments", "translations__translator")
    )
    return [
        Draft(one, [refusal.sentence for refusal in missing_at_a_glance(one)])
        for one in found.order_by("-pk")[: SHOWN + 1]
    ]


def due() -> QuerySet[Testimony]:
    """Published testimonies of which the review falls due soon, or fell due."""
    shown = (Testimony.Status.PUBLISHED, Testimony.Status.UNLISTED)
    falling = Testimony.objects.filter(review_on__lte=today() + DUE_WITHIN, status__in=shown)
    return falling.select_related("witness", "source").order_by("review_on", "pk")


def gaps() -> Iterable[Gap]:
    """What is not there, with the lists in which it can be mended."""
    testimonies = reverse("admin:testimonies_testimony_changelist")
    sources = reverse("admin:testimonies_source_changelist")
    for found, sentence, address in (
        (Testimony.objects.without_place(), _("testimonies without a place"), f"{testimonies}?lacks=place"),
        (
            Testimony.objects.without_translation(),
            _("testimonies without a translation"),
            f"{testimonies}?lacks=translation",
        ),
        (Source.objects.filter(without_snapshot()), _("sources of which no text is held"), f"{sources}?lacks=snapshot"),
    ):
        number = found.order_by()[: MANY + 1].count()
        if number:
            counted = _("more than %(many)d") % {"many": MANY} if number > MANY else number
            yield Gap(f"{counted} {sentence}", address)


def without_snapshot() -> Q:
    """The condition of a source of which no text is held: nothing that is quoted from it can be checked."""
    return ~Q(pk__in=SourceSnapshot.objects.values("source"))


def changes() -> Iterable[Change]:
    """The testimonies that were changed in the last week, each with its newest line of the history."""
    rows = Testimony.history.filter(history_date__gte=timezone.now() - WEEK).exclude(history_type="-")
    newest: dict[int, Any] = {}
    for row in rows.select_related("history_user").order_by("-history_date", "-history_id")[:LOOKED_THROUGH]:
        newest.setdefault(row.id, row)
    found = Testimony.objects.select_related("witness", "source").in_bulk(list(newest)[: 2 * SHOWN])
    for key, row in newest.items():
        if testimony := found.get(key):
            is_new = row.history_type == "+"
            why = in_readers_language(row.history_change_reason or "")
            yield Change(testimony, row.history_date, row.history_user, why, is_new)


def citing() -> int:
    """How many registered citations wait, without those of testimonies of which safety is being decided."""
    return CitingLetter.objects.exclude(publication__in=being_decided()).count()


def queue(reader: Any) -> list[Waiting]:
    """Everything that waits for a reviewer, and whether it may be this one; the longest waiting first."""
    own_work, waiting = settings.EDITORS_MAY_PUBLISH_OWN_WORK, reviews().waiting()[:QUEUE]
    return [
        Waiting(one, is_own=not own_work and reader.pk in (one.asked_by_id, one.testimony.author_id)) for one in waiting
    ]


def requests() -> list[Asked]:
    """Letters and requests without an answer, the nearest deadline first."""
    letters = [Asked(one, one.due_on) for one in Letter.objects.order_by("dropped_at", "pk")[:QUEUE]]
    related = ("testimony__witness", "testimony__source", "testimony__publication")
    waiting = Request.objects.undecided().unopened().select_related(*related).order_by("due_on", "pk")[:QUEUE]
    listed = Publication.State.LISTED
    asked = [
        Asked(one, one.due_on, held, bool(held.publication and held.publication.state == listed))
        for one in waiting
        for held in [one.testimony]
    ]
    return sorted([*letters, *asked], key=lambda one: one.due_on)

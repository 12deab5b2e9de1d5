"""Batches: one change of many testimonies, which says of each what stands and what would stand before anything is done.

A kind of batch is a row of `BATCHES`: what it would do to each testimony, and how it does it to all that would change.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import dates
from testimonies.models.editorial import Request, Review, Testimony, TestimonyTag, TestimonyWave, ValueBasis
from testimonies.models.public import Publication

from .gate import reasons_against
from .projection import fetch
from .review import RENEWABLE, renew_many

Said = dict[str, Any]
Versions = dict[int, int]

MOST = 1000


@dataclass(frozen=True)
class Line:
    """One testimony of a batch: what stands, what would stand, or why it is left as it is."""

    testimony: Testimony
    stands: str
    would: str = ""
    why: str = ""


@dataclass(frozen=True)
class Batch:
    """A kind of batch. `note` begins the note for the history; `change` gets what would change, locked."""

    name: str
    permission: str
    lines: Callable[[list[Testimony], Said], Iterable[Line]]
    change: Callable[[list[Testimony], Said, Any, str], None]
    note: str | Promise


class Overtaken(Exception):
    """Raised where something is not any more as it was when the batch was looked at; nothing was done.

    `testimonies` were saved since by somebody; where there are none, what they refer to was.
    """

    def __init__(self, testimonies: list[Testimony]) -> None:
        super().__init__(testimonies)
        self.testimonies = testimonies


def look(batch: Batch, testimonies: list[Testimony], said: Said) -> list[Line]:
    """What the batch would do to each."""
    return list(batch.lines(testimonies, said))


def fingerprint(lines: Iterable[Line]) -> str:
    """What an editor has seen of a batch, so that nothing else is done."""
    told = [(line.testimony.pk, line.testimony.version, line.stands, line.would, line.why) for line in lines]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def carry_out(batch: Batch, versions: Versions, said: Said, *, seen: str, by: Any, why: str) -> list[Testimony]:
    """Do to all what was seen, or nothing at all; those that were changed.

    `versions` are those of the chosen testimonies when they were looked at, `seen` the fingerprint of that look.
    Raises Overtaken, and what the acts on single testimonies raise.
    """
    held = Testimony.objects.select_for_update(of=("self",)).filter(pk__in=versions).order_by("pk")
    testimonies = with_names(held)
    stale = [one for one in testimonies if one.version != versions[one.pk]]
    lines = look(batch, testimonies, said)
    if stale or len(testimonies) != len(versions) or fingerprint(lines) != seen:
        raise Overtaken(stale)
    changing = [line.testimony for line in lines if not line.why]
    batch.change(changing, said, by, note_of(batch, said, len(changing), why))
    return changing


def with_names(testimonies: Any) -> list[Testimony]:
    """Testimonies with what their names are made of."""
    return list(testimonies.select_related(None).prefetch_related("witness", "source", "publication"))


def note_of(batch: Batch, said: Said, number: int, why: str) -> str:
    """The note that stands in the history of each."""
    what = _("%(what)s, in a batch of %(number)d.") % {"what": batch.note % said, "number": number}
    return f"{what} {why}".strip()


# Tags


def tags_of(testimonies: list[Testimony]) -> dict[int, list[tuple[int, str]]]:
    """The tags of each, by name."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = TestimonyTag.objects.filter(content_object__in=testimonies).order_by("tag__name")
    for testimony, tag, name in rows.values_list("content_object", "tag", "tag__name"):
        found[testimony].append((tag, name))
    return found


def look_at_tags(testimonies: list[Testimony], said: Said, *, adds: bool) -> Iterator[Line]:
    """The tags of each, with or without this one."""
    tag, held = said["tag"], tags_of(testimonies)
    for testimony in testimonies:
        names = [name for key, name in held[testimony.pk] if key != tag.pk]
        has_it = len(names) < len(held[testimony.pk])
        stands = ", ".join(name for _key, name in held[testimony.pk])
        if testimony.status == Testimony.Status.WITHDRAWN:
            yield Line(testimony, stands, why=_("It was withdrawn."))
        elif has_it == adds:
            yield Line(testimony, stands, why=_("It has this tag.") if adds else _("It does not have this tag."))
        else:
            yield Line(testimony, stands, ", ".join(sorted([*names, tag.name] if adds else names)))


def add_tag(testimonies: list[Testimony], said: Said, by: Any, note: str) -> None:
    """Give all of them the tag."""
    TestimonyTag.objects.bulk_create(TestimonyTag(content_object=one, tag=said["tag"]) for one in testimonies)
    Testimony.objects.change_many(testimonies, by=by, reason=note)


def remove_tag(testimonies: list[Testimony], said: Said, by: Any, note: str) -> None:
    """Take the tag from all of them."""
    TestimonyTag.objects.filter(content_object__in=testimonies, tag=said["tag"]).delete()
    Testimony.objects.change_many(testimonies, by=by, reason=note)


# Waves


def look_at_waves(testimonies: list[Testimony], said: Said) -> Iterator[Line]:
    """The waves that each speaks of, and how that is known."""
    wanted = TestimonyWave(**known(said), wave=said["wave"])
    held: dict[int, list[TestimonyWave]] = defaultdict(list)
    for one in TestimonyWave.objects.filter(testimony__in=testimonies).select_related("wave", "basis_source"):
        held[one.testimony_id].append(one)
    for testimony in testimonies:
        mentions = held[testimony.pk]
        kept = [] if said["instead"] else [one for one in mentions if one.wave_id != wanted.wave_id]
        later = sorted([*kept, wanted], key=lambda one: (one.wave.order, one.wave.name))
        stands, would = "; ".join(map(in_words, mentions)), "; ".join(map(in_words, later))
        if testimony.status == Testimony.Status.WITHDRAWN:
            yield Line(testimony, stands, why=_("It was withdrawn."))
        elif {in_words(one) for one in mentions} == {in_words(one) for one in later}:
            yield Line(testimony, stands, why=_("It says just that already."))
        else:
            yield Line(testimony, stands, would)


def known(said: Said) -> dict[str, Any]:
    """How it is known that they speak of the wave."""
    basis = said["basis"]
    return {
        "basis": basis,
        "basis_reason": said["basis_reason"] if basis == ValueBasis.INFERRED else "",
        "basis_source": said["basis_source"] if basis == ValueBasis.ELSEWHERE else None,
    }


def in_words(mention: TestimonyWave) -> str:
    """A wave, and how it is known that the words speak of it."""
    how = [mention.get_basis_display(), mention.basis_reason, str(mention.basis_source or "")]
    return f"{mention.wave} ({': '.join(filter(None, how))})"


def set_wave(testimonies: list[Testimony], said: Said, by: Any, note: str) -> None:
    """Let all of them speak of the wave, on this basis."""
    held = TestimonyWave.objects.filter(testimony__in=testimonies)
    if said["instead"]:
        held.exclude(wave=said["wave"]).delete()
    same = held.filter(wave=said["wave"])
    have_it = set(same.values_list("testimony", flat=True))
    same.update(**known(said))
    TestimonyWave.objects.bulk_create(
        TestimonyWave(testimony=one, wave=said["wave"], **known(said)) for one in testimonies if one.pk not in have_it
    )
    Testimony.objects.change_many(testimonies, by=by, reason=note)


# Reviews


def look_at_review(testimonies: list[Testimony], said: Said) -> Iterator[Line]:
    """Which can be sent to review."""
    later = Testimony.Status.IN_REVIEW
    for testimony in testimonies:
        stands = testimony.get_status_display()
        if testimony.may_become(later):
            yield Line(testimony, stands, str(later.label))
        elif testimony.status == later:
            yield Line(testimony, stands, why=_("It is in review already."))
        else:
            yield Line(testimony, stands, why=_("It was withdrawn."))


def ask_for_reviews(testimonies: list[Testimony], said: Said, by: Any, note: str) -> None:
    """Ask for another pair of eyes for all of them, as `send_to_review` does for one."""
    Review.objects.returned().filter(testimony__in=testimonies).update(state=Review.State.MENDED)
    Review.objects.waiting().filter(testimony__in=testimonies).update(state=Review.State.CLOSED)
    Testimony.objects.change_many(testimonies, by=by, reason=note, status=Testimony.Status.IN_REVIEW)
    Review.objects.bulk_create(Review(testimony=one, asked_by=by) for one in testimonies)


def look_at_renewal(testimonies: list[Testimony], said: Said) -> Iterator[Line]:
    """Which can be renewed, and until when; for each the gate is asked."""
    until = said["review_on"]
    prefetch_related_objects(testimonies, "publication__current_edition")
    fetch(testimonies)
    undecided = Request.objects.undecided().filter(testimony__in=testimonies)
    asked = set(undecided.values_list("testimony", flat=True))
    for testimony in testimonies:
        publication = testimony.publication
        if publication is None:
            yield Line(testimony, testimony.get_status_display(), why=_("It was never published."))
            continue
        stands = in_state(publication.get_state_display(), publication.review_on)
        if testimony.pk in asked:
            why = _("A request about it is not decided yet: renew it on its own page.")
            yield Line(testimony, stands, why=why)
        elif why := why_not_renewed(testimony, publication, until):
            yield Line(testimony, stands, why=why)
        else:
            yield Line(testimony, stands, in_state(str(Publication.State.LISTED.label), until))


def in_state(state: str, review_on: date | None) -> str:
    """A state, and until when."""
    if review_on is None:
        return _("%(state)s, no review") % {"state": state}
    return _("%(state)s, review on %(day)s") % {"state": state, "day": dates.day(review_on)}


def why_not_renewed(testimony: Testimony, publication: Publication, until: date | None) -> str:
    """Why it cannot be renewed, or need not be."""
    if publication.state not in RENEWABLE:
        return _("This cannot be done now: it is %(state)s.") % {"state": publication.get_state_display()}
    if publication.is_listed and publication.review_on == testimony.review_on == until:
        return _("It is listed until then already.")
    if publication.current_edition is None or publication.current_edition.is_emptied:
        return _("The words of its current edition were taken out: publish another edition.")
    held, testimony.review_on = testimony.review_on, until
    refusals = reasons_against(testimony)
    testimony.review_on = held
    return " ".join(str(refusal) for refusal in refusals)


def renew_all(testimonies: list[Testimony], said: Said, by: Any, note: str) -> None:
    """Renew each, with an event of its own in the log; the gate was asked under the locks, by the last look."""
    renew_many(testimonies, by=by, review_on=said["review_on"], reason=note)


BATCHES = {
    batch.name: batch
    for batch in (
        Batch(
            "add_tag",
            "change_testimony",
            partial(look_at_tags, adds=True),
            add_tag,
            gettext_lazy("Tag added: %(tag)s"),
        ),
        Batch(
            "remove_tag",
            "change_testimony",
            partial(look_at_tags, adds=False),
            remove_tag,
            gettext_lazy("Tag removed: %(tag)s"),
        ),
        Batch("set_wave", "change_testimony", look_at_waves, set_wave, gettext_lazy("Wave set: %(wave)s")),
        Batch(
            "review",
            "change_testimony",
            look_at_review,
            ask_for_reviews,
            gettext_lazy("Sent to review"),
        ),
        Batch("renew", "publish_testimony", look_at_renewal, renew_all, gettext_lazy("Renewed")),
    )
}

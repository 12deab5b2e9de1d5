"""The gate: why a testimony may not be published, in words an editor understands. It fails closed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies import dates, texts
from testimonies.models.editorial import PublicationBasis, Testimony, writers
from testimonies.models.public import Publication, Witness

from .discretion import coarser, given_away, hidden_name, source_of_a_value
from .hidden_names import stands_in_record, true_name
from .projection import project, rows, unnumbered
from .refusal import Refusal


def reasons_against(
    testimony: Testimony, *, by: AbstractBaseUser | Any = None, today: date | None = None
) -> list[Refusal]:
    """Every reason why `by` may not publish the testimony today; an empty list opens the gate."""
    day = today or timezone.now().date()
    checks = (
        missing(testimony),
        basis(testimony, day),
        words(testimony),
        directions(testimony),
        hidden_name(testimony),
        true_name(testimony),
        coarser(testimony),
        source_of_a_value(testimony),
        future(testimony, day),
        order(testimony),
        clock(testimony, day),
        display(testimony),
        pictures(testimony),
        slugs(testimony),
        people(testimony, by),
    )
    refusals = [refusal for check in checks for refusal in check]
    return refusals or list(last_look(testimony))


def missing_at_a_glance(testimony: Testimony) -> list[Refusal]:
    """The reasons that can be read from the testimony alone, for lists of many; its own page tells all."""
    day = timezone.now().date()
    checks = (missing(testimony), basis(testimony, day), words(testimony), future(testimony, day), order(testimony))
    return [refusal for check in (*checks, clock(testimony, day)) for refusal in check]


def last_look(testimony: Testimony) -> Iterator[Refusal]:
    """What is to be hidden stands nowhere in the record that readers would get."""
    record = project(testimony, unnumbered)
    yield from given_away(testimony, record)
    yield from stands_in_record(testimony, record)


def missing(testimony: Testimony) -> Iterator[Refusal]:
    """What every published testimony has."""
    if not testimony.source:
        yield Refusal("source", _("It has no source: say where the words come from."))
    if not testimony.witness:
        yield Refusal("witness", _("It has no witness: say whose words they are."))
    if not testimony.basis:
        yield Refusal("basis", _("It has no basis for publication."))
    if not testimony.language_printed:
        yield Refusal("language_printed", _("It is not said in which language the words are printed."))


def basis(testimony: Testimony, day: date) -> Iterator[Refusal]:
    """A basis holds on the day and fits the source and what is shown of the witness."""
    held, source = testimony.basis, testimony.source
    if not held:
        return
    if held.date and held.date > day:
        yield Refusal("basis", _("The basis for publication has a date in the future."))
    if held.ended_on and held.ended_on <= day:
        yield Refusal("basis", _("The basis for publication has ended."))
    if held.kind in PublicationBasis.CONSENTS and not held.date:
        yield Refusal("basis", _("The consent has no date."))
    already = held.kind == PublicationBasis.Kind.ALREADY_PUBLISHED
    if already and source and not source.is_published:
        yield Refusal("basis", _("The basis says “already published”, but nobody can look the source up."))
    if already and testimony.witness and testimony.witness.portrait_id:
        yield Refusal("witness", _("A portrait is never shown on the basis of a press quotation alone."))


def words(testimony: Testimony) -> Iterator[Refusal]:
    """There are words, and every translation has as many passages as they."""
    segments = list(testimony.segments.all())
    count = sum(len(texts.paragraphs(segment.text)) for segment in segments)
    if not count:
        yield Refusal("segments", _("It has no words yet."))
    if segments and segments[0].joined_by:
        yield Refusal("segments", _("Nothing can stand before the first run of words."))
    if any(not segment.joined_by for segment in segments[1:]):
        told = _("Say what stands before each further run of words: the reporter's words, or an omission.")
        yield Refusal("segments", told)
    for translation in testimony.translations.all():
        held = len(texts.paragraphs(translation.text))
        if held != count:
            yield Refusal(
                "translations",
                _("The translation (%(language)s) has %(held)s passages, the quoted words have %(count)s.")
                % {"language": translation.language, "held": held, "count": count},
            )
        if not translation.translator and not translation.by_machine:
            yield Refusal("translations", _("Say who translated it, or that a machine did."))


def directions(testimony: Testimony) -> Iterator[Refusal]:
    """No character that cannot be seen turns round what stands behind the words."""
    segments, source = testimony.segments.all(), testimony.source
    told = [("segments", typed) for one in segments for typed in (one.text, one.introduction)]
    told += [("translations", one.text) for one in testimony.translations.all()]
    told += [("source", source.title if source else "")]
    for field in dict.fromkeys(field for field, typed in told if texts.turns_what_follows(typed)):
        sentence = _("It has a character that cannot be seen and turns the direction of what follows: take it out.")
        yield Refusal(field, sentence)


def future(testimony: Testimony, day: date) -> Iterator[Refusal]:
    """Nothing that readers see lies in the future."""
    source = testimony.source
    told = {
        "spoken": (testimony.spoken, _("The date of speaking lies in the future.")),
        "spoken_public": (
            testimony.spoken_public,
            _("The date of speaking that readers see lies in the future."),
        ),
        "happened": (testimony.happened, _("The date of what happened lies in the future.")),
        "happened_public": (testimony.happened_public, _("The date that readers see lies in the future.")),
        "happened_event": (
            testimony.happened_event.date if testimony.happened_event else "",
            _("The event lies in the future."),
        ),
        "source": (source.date if source else "", _("The date of the source lies in the future.")),
    }
    for field, (edtf, sentence) in told.items():
        if edtf and dates.is_future(edtf, day):
            yield Refusal(field, sentence)
    if source and source.accessed_on and source.accessed_on > day:
        yield Refusal("source", _("The source was read on a day in the future."))


def order(testimony: Testimony) -> Iterator[Refusal]:
    """Words are spoken before they are printed."""
    printed = testimony.source.date if testimony.source else ""
    for field in ("spoken", "spoken_public"):
        if sentence := spoken_too_late(getattr(testimony, field), printed):
            yield Refusal(field, sentence)


def spoken_too_late(spoken: str, printed: str) -> str:
    """A sentence where words would have been spoken after they were printed, however the partial dates are read."""
    if not spoken or not printed or not dates.is_after(spoken, printed):
        return ""
    return _("This is after the day of the source (%(printed)s): words are spoken before they are printed.") % {
        "printed": dates.words(printed)
    }


def clock(testimony: Testimony, day: date) -> Iterator[Refusal]:
    """An embargo opens by an editor's act after its day; a review that is due comes first."""
    if testimony.embargo_until and testimony.embargo_until > day:
        yield Refusal("embargo_until", _("It may not be published before the day that you set."))
    if testimony.review_on and testimony.review_on < day:
        yield Refusal("review_on", _("Its review date has passed: review it and set a new date."))


def display(testimony: Testimony) -> Iterator[Refusal]:
    """What stands alone on the home page can stand alone."""
    witness = testimony.witness
    if testimony.may_be_featured and witness and witness.kind == Witness.Kind.REPORTED_COLLECTIVE:
        yield Refusal("may_be_featured", _("A collective voice is never featured."))
    if testimony.may_be_featured and not testimony.read_whole:
        yield Refusal("read_whole", _("Only words whose source somebody has read whole may be featured."))


def pictures(testimony: Testimony) -> Iterator[Refusal]:
    """Every picture that readers would see is told in words to those who cannot see it."""
    portrait = testimony.witness.portrait if testimony.witness else None
    scan = testimony.source.scan if testimony.source else None
    shown = (("witness", portrait, _("The portrait")), ("source", scan, _("The scan of the source")))
    for field, picture, called in shown:
        if picture and not picture.alternative_text.strip():
            yield Refusal(field, _("%(picture)s has no alternative text.") % {"picture": called})


def slugs(testimony: Testimony) -> Iterator[Refusal]:
    """Every wave and tag can have its address."""
    for mention in rows(testimony, "wave_mentions", "wave"):
        if not mention.wave.address_is_free():
            yield Refusal("waves", f"{mention.wave}: {mention.wave.slug_is_taken()}")
    for tag in testimony.tags.all():
        if not tag.address_is_free():
            yield Refusal("tags", f"{tag}: {tag.slug_is_taken()}")


def people(testimony: Testimony, by: Any) -> Iterator[Refusal]:
    """Another person than the author publishes, unless the archive allows otherwise; a withdrawal is final."""
    if testimony.publication and testimony.publication.state == Publication.State.WITHDRAWN:
        yield Refusal(
            "status", _("It was withdrawn, and a withdrawal is final: enter it anew if there is a new basis.")
        )
    if testimony.publication and testimony.publication.state == Publication.State.MERGED:
        yield Refusal("status", _("It was merged with another testimony."))
    if settings.EDITORS_MAY_PUBLISH_OWN_WORK:
        return
    if testimony.status == Testimony.Status.DRAFT or (by and testimony.status != Testimony.Status.IN_REVIEW):
        yield Refusal("status", _("It has not been sent to review."))
    if by is not None and by.pk in writers(testimony):
        yield Refusal("author", _("You wrote it: somebody else reviews and publishes it."))

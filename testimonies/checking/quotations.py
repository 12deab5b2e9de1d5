"""The check of a quotation as an editor reads it: where the words stand in the source, and in what they differ."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from testimonies import dates
from testimonies.models.editorial import QuoteSegment, SourceSnapshot, Testimony
from testimonies.publishing.projection import quotation_check
from testimonies.publishing.quotations import DIFFERS, FOUND, NO_SNAPSHOT, check_quotation
from testimonies.quotation import Difference, Match

# How much of the source is shown around the words, and of the words that are the same.
AROUND = 160
MOST_SHOWN = 700
MOST_DIFFERENCES = 20
_SPACES = re.compile(r"\s+")

TYPOGRAPHY = {
    "quotes": gettext_lazy("quotation marks and apostrophes"),
    "dashes": gettext_lazy("dashes and hyphens"),
    "spaces": gettext_lazy("spaces and line ends"),
    "ellipsis": gettext_lazy("the form of an ellipsis"),
    "case": gettext_lazy("small and capital letters"),
    "ends": gettext_lazy("punctuation at the ends"),
}


@dataclass(frozen=True)
class Piece:
    """A run of the source: the same as the words, left out of this page ("cut"), or differing ("differs")."""

    kind: str
    printed: str
    given: str = ""


@dataclass(frozen=True)
class Finding:
    """One segment against the snapshot; `number` counts from 1 where there are several."""

    number: int
    state: str
    sentence: str
    before: str = ""
    pieces: tuple[Piece, ...] = ()
    after: str = ""
    differences: tuple[str, ...] = ()
    typography: str = ""


@dataclass(frozen=True)
class Report:
    """What the page says: one sentence, what readers are told, then segment by segment."""

    state: str
    sentence: str
    readers: str
    snapshot: SourceSnapshot | None
    findings: tuple[Finding, ...]


def report(testimony: Testimony) -> Report:
    """The check of a testimony as it is saved now."""
    check = check_quotation(testimony)
    text = SourceSnapshot.objects.values_list("text", flat=True).get(pk=check.snapshot.pk) if check.snapshot else ""
    return Report(
        state=check.state,
        sentence=sentence(testimony, check.state, check.snapshot),
        readers=readers_are_told(testimony),
        snapshot=check.snapshot,
        findings=tuple(finding(number, one, where, text) for number, (one, where) in enumerate(check.matches, 1)),
    )


def sentence(testimony: Testimony, state: str, snapshot: SourceSnapshot | None) -> str:
    """The result in one sentence."""
    if state == NO_SNAPSHOT:
        return _("Nothing to compare with: no text of the source is held.")
    if testimony.wording == Testimony.Wording.PARAPHRASE:
        return _("The archive paraphrases: its words are not expected to stand in the source.")
    return in_words(state, snapshot.taken if snapshot else "")


def in_words(state: str, day: str | None) -> str:
    """A state of the public record, with the day on which the source was consulted."""
    found = {
        (FOUND, True): _("Found word for word in the source as it was read on %(day)s."),
        (FOUND, False): _("Found word for word in the source; the day on which it was read is not known."),
        (DIFFERS, True): _("The words differ from the source as it was read on %(day)s."),
        (DIFFERS, False): _("The words differ from the source; the day on which it was read is not known."),
        (NO_SNAPSHOT, False): _("No text of the source is held."),
        ("not_told", False): _("Nothing: the source is withheld, or the words are the archive's own."),
    }
    return found[state, bool(day)] % {"day": dates.words(day) if day else ""}


def readers_are_told(testimony: Testimony) -> str:
    """What the published edition says of the check, where that is not what would be said today."""
    edition = testimony.publication and testimony.publication.current_edition
    if not edition or not edition.record:
        return ""
    told: dict[str, Any] = edition.record["quotation_check"]
    if told == quotation_check(testimony):
        return ""
    return _("Readers are still told: %(told)s Words or snapshot were changed since; publish the next edition.") % {
        "told": in_words(told["state"], told["on"])
    }


def finding(number: int, segment: QuoteSegment, match: Match, text: str) -> Finding:
    """One segment, with the place where it stands."""
    if match.state == "absent":
        return Finding(number, match.state, _("The words do not stand there: not even most of them, in their order."))
    real = [one for one in match.differences if one.kind not in TYPOGRAPHY]
    place = _("%(start)s characters from the beginning") % {"start": number_format(match.start, force_grouping=True)}
    found = _("Word for word, %(place)s.") if match.state == "found" else _("With differences, %(place)s.")
    return Finding(
        number=number,
        state=match.state,
        sentence=found % {"place": place},
        before=before(text, match.start),
        pieces=tuple(pieces(match, real, text)),
        after=after(text, match.end),
        differences=tuple(in_a_sentence(one) for one in real[:MOST_DIFFERENCES]),
        typography=typography(match),
    )


def before(text: str, start: int) -> str:
    """Whole words of what stands before a place, on one line."""
    stretch = _SPACES.sub(" ", text[max(0, start - AROUND) : start])
    return stretch if start <= AROUND else f"… {stretch.partition(' ')[2]}"


def after(text: str, end: int) -> str:
    """Whole words of what stands behind a place, on one line."""
    stretch = _SPACES.sub(" ", text[end : end + AROUND])
    return stretch if len(text) <= end + AROUND else f"{stretch.rpartition(' ')[0]} …"


def pieces(match: Match, differences: list[Difference], text: str) -> Iterator[Piece]:
    """The place in the source, the differing words told apart."""
    at = match.start
    for one in sorted(differences, key=lambda one: one.start):
        if one.start >= at:
            yield from same(text[at : one.start])
            yield Piece("differs", one.printed.strip(), one.given.strip())
            at = one.end
    yield from same(text[at : match.end])


def same(text: str) -> Iterator[Piece]:
    """Words that are the same, the middle of a long run left out."""
    if len(text) <= MOST_SHOWN:
        yield Piece("same", text)
        return
    head, tail = text[: MOST_SHOWN // 2].rpartition(" ")[0], text[-MOST_SHOWN // 2 :].partition(" ")[2]
    yield Piece("same", head)
    left_out = len(text) - len(head) - len(tail)
    counted = ngettext("%(number)s character", "%(number)s characters", left_out)
    yield Piece("cut", counted % {"number": number_format(left_out, force_grouping=True)})
    yield Piece("same", tail)


def in_a_sentence(one: Difference) -> str:
    """A difference in words."""
    given, printed = one.given.strip(), one.printed.strip()
    if one.kind == "punctuation":
        nothing = _("nothing")
        values = {"given": given or nothing, "printed": printed or nothing}
        return _("Punctuation: the quotation has %(given)s, the source %(printed)s.") % values
    if not given:
        return _("Left out without a mark: “%(printed)s”.") % {"printed": printed}
    if not printed:
        return _("Not in the source: “%(given)s”.") % {"given": given}
    return _("The quotation has “%(given)s”, the source “%(printed)s”.") % {"given": given, "printed": printed}


def typography(match: Match) -> str:
    """What differs beside the words and is no fault."""
    kinds = Counter(one.kind for one in match.differences if one.kind in TYPOGRAPHY)
    listed = ", ".join(f"{TYPOGRAPHY[kind]} ({count})" for kind, count in kinds.most_common())
    return _("Only in print, and no fault: %(kinds)s.") % {"kinds": listed} if listed else ""

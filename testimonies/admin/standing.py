"""Where a testimony stands, in words: what readers see, what is missing, what looks out of place."""

import hashlib
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.urls import reverse
from django.utils.translation import gettext as _

from testimonies import languages, texts
from testimonies.dates import day
from testimonies.encryption import DecryptionError
from testimonies.folding import fold_text
from testimonies.models.editorial import PublicationBasis, Request, Testimony, was_decided
from testimonies.models.public import CitingWork, Edition, Publication, Source
from testimonies.publishing import project, reasons_against
from testimonies.publishing.hidden_names import name_is_held
from testimonies.publishing.passages import PassageNumbers

# Where on the page a reason of the gate is mended, if not in the field of its name.
_GROUPS = {
    "segments": "segments-group",
    "placements": "placements-group",
    "waves": "wave_mentions-group",
    "translations": "translations-group",
    "contributions": "contributions-group",
}
_NOWHERE = ("status", "author")
FINAL: tuple[str, ...] = (Publication.State.WITHDRAWN, Publication.State.MERGED)


@dataclass(frozen=True)
class Missing:
    """What has to be mended before publishing, and the place on the page where it can be."""

    sentence: str
    anchor: str


@dataclass(frozen=True)
class Standing:
    """All that the top of a testimony's page says."""

    sentences: list[str]
    missing: list[Missing]
    notes: list[str]
    publication: Publication | None
    editions: list[Edition]
    address: str
    is_final: bool
    may_be_published_by_reader: bool
    # What somebody asks of it, for those who may know.
    undecided: list[Request]
    # Who cites it: shown after a decision on its safety, never before one.
    cited_by: list[CitingWork]


def standing(testimony: Testimony, reader: Any) -> Standing:
    """Where the testimony stands for the editor who reads the page."""
    publication = testimony.publication
    refusals = reasons_against(testimony, by=reader)
    is_over = is_final(testimony)
    return Standing(
        sentences=[state(testimony), *([] if is_over else ahead(testimony, nothing_missing=not refusals))],
        missing=[] if is_over else [Missing(refusal.sentence, anchor(refusal.field)) for refusal in refusals],
        notes=[] if is_over else notes(testimony),
        publication=publication,
        editions=list(publication.editions.order_by("-number").defer("record")) if publication else [],
        address=reverse("testimony", args=(publication.identifier,)) if publication else "",
        is_final=is_over,
        may_be_published_by_reader=not any(refusal.field == "author" for refusal in refusals),
        undecided=undecided(testimony, reader),
        cited_by=list(publication.citing_works.all()) if publication and was_decided(publication) else [],
    )


def undecided(testimony: Testimony, reader: Any) -> list[Request]:
    """The requests without an answer, where the reader may see requests."""
    return list(testimony.requests.undecided().unopened()) if reader.has_perm("testimonies.view_request") else []


def is_final(testimony: Testimony) -> bool:
    """Whether nothing can be published of it any more."""
    return testimony.publication is not None and testimony.publication.state in FINAL


def anchor(field: str) -> str:
    """The id of the element where a reason is mended; empty where the page has none."""
    return "" if field in _NOWHERE else _GROUPS.get(field, f"id_{field}")


def state(testimony: Testimony) -> str:
    """What readers see of it."""
    publication = testimony.publication
    if publication is None:
        in_review = testimony.status == Testimony.Status.IN_REVIEW
        return _("In review. Only editors see it.") if in_review else _("A draft. Only editors see it.")
    if publication.state == Publication.State.WITHDRAWN:
        said = {"day": day(publication.withdrawn_at), "reason": publication.get_withdrawal_reason_display()}
        return _("Withdrawn %(reason)s, %(day)s. Readers find a tombstone; that is final.") % said
    if publication.state == Publication.State.MERGED:
        return _("Merged: its address leads readers to another testimony.")
    if not publication.is_listed:
        return _("Hidden. Readers are told that it is under review, and see none of its words.")
    number = publication.current_edition.number if publication.current_edition else 0
    return _("Published. Readers see edition %(number)d.") % {"number": number}


def ahead(testimony: Testimony, *, nothing_missing: bool) -> list[str]:
    """What an editor should know before the next edition."""
    publication, said = testimony.publication, []
    if publication and testimony.status == Testimony.Status.IN_REVIEW:
        said.append(_("What stands here is in review for the next edition."))
    if publication and publication.is_listed and nothing_missing and differs(testimony, publication):
        said.append(_("What stands here differs from it; readers see the change once it is published."))
    if testimony.review_on:
        said.append(_("Its review is due on %(day)s.") % {"day": day(testimony.review_on)})
    return said


def differs(testimony: Testimony, publication: Publication) -> bool:
    """Whether publishing now would make a new edition."""
    current = publication.current_edition
    record = project(testimony, PassageNumbers(publication))
    return current is None or current.digest != hashlib.sha256(rfc8785.dumps(record)).hexdigest()


def notes(testimony: Testimony) -> list[str]:
    """What looks out of place in the words, which may be right all the same."""
    found = [str(finding) for one in testimony.segments.all() for finding in texts.findings(one.text)]
    if any(texts.unclosed_marks(one.text) for one in testimony.segments.all()):
        found.append(_("There is a [[ or ]] that belongs to no mark of ours."))
    source = testimony.source
    if source and primary(source.language) != primary(testimony.language_printed):
        found.append(
            _("The source is in %(source)s, but its words are said to be printed in %(words)s.")
            % {"source": languages.name(source.language), "words": languages.name(testimony.language_printed)}
        )
    found += name_not_held(testimony)
    found += basis_of_another_source(testimony)
    return found


def basis_of_another_source(testimony: Testimony) -> list[str]:
    """A word of warning where the press basis names another publisher than that of the source."""
    basis, source = testimony.basis, testimony.source
    if not basis or not source or basis.kind != PublicationBasis.Kind.ALREADY_PUBLISHED:
        return []
    said = f" {fold_text(f'{basis.label} {basis.statement}')} "
    others = Source.objects.exclude(publisher__in=("", source.publisher)).order_by("publisher")
    names = {source.publisher, *others.values_list("publisher", flat=True).distinct()}
    named = sorted(name for name in names if (folded := fold_text(name)) and f" {folded} " in said)
    if not named or source.publisher in named:
        return []
    return [
        _("The basis for publication names %(other)s, but the source is of %(own)s.")
        % {"other": ", ".join(named), "own": source.publisher or source.title}
    ]


def name_not_held(testimony: Testimony) -> list[str]:
    """A word of warning where the name check had nothing to look for."""
    witness = testimony.witness
    try:
        if witness and witness.name_is_hidden and not name_is_held(witness):
            return [_("The hidden name is not held, so it could not be looked for in what is to be published.")]
    except DecryptionError:
        pass  # the gate says so
    return []


def primary(tag: str) -> str:
    """The language of a tag, without its script."""
    return tag.partition("-")[0]

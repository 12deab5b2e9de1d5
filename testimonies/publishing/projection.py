"""The projection: a testimony to its public record, the only way from one to the other.

The record is plain JSON. Every key of schema 1 is always there; what is not known is null, "" or []. What is not
named here does not become public: identities, the texts of snapshots, assessments, editors' notes and true values
that readers are not to see are never read by this module.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from testimonies import dates, texts
from testimonies.models.editorial import (
    Disclosure,
    QuoteSegment,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
    ValueBasis,
)
from testimonies.models.public import Contribution, Derivation, Place, Source, Witness

from .quotations import check_quotation

SCHEMA = 1

Record = dict[str, Any]
# From language, words and the number of the passage translated (None for the quoted words) to a passage's number.
Numbering = Callable[[str, str, int | None], int]

# What a record is made of, and what the gate looks at before.
_MADE_OF: tuple[str | Prefetch, ...] = (
    "witness",
    "basis",
    "collection",
    "happened_event",
    "spoken_basis_source",
    "happened_basis_source",
    "source",
    Prefetch("source__contributions", Contribution.objects.select_related("agent")),
    Prefetch("source__derivations", Derivation.objects.select_related("agent")),
    "segments",
    Prefetch("translations", Translation.objects.select_related("translator")),
    Prefetch(
        "placements",
        TestimonyPlace.objects.select_related("place__parent__parent", "public_place__parent__parent", "basis_source"),
    ),
    Prefetch("wave_mentions", TestimonyWave.objects.select_related("wave", "basis_source")),
    "tags",
    Prefetch("contributions", TestimonyContribution.objects.select_related("agent")),
)


def fetch(testimonies: Iterable[Testimony]) -> None:
    """Read for all of them at once what their records are made of, as it stands now and as long as they are held."""
    prefetch_related_objects(list(testimonies), *_MADE_OF)


def rows(record: Any, relation: str, *related: str) -> Any:
    """The rows of a relation: those that `fetch` read, else read now with what they refer to."""
    fetched = relation in getattr(record, "_prefetched_objects_cache", {})
    return getattr(record, relation).all() if fetched else getattr(record, relation).select_related(*related)


def project(testimony: Testimony, number: Numbering) -> Record:
    """The public record of a testimony that has a source, a witness and a basis; `number` numbers its passages."""
    source, witness, basis = testimony.source, testimony.witness, testimony.basis
    if source is None or witness is None or basis is None:
        raise ValueError("The gate lets nothing through without source, witness and basis.")
    quoted = [segment_record(segment, testimony.language_printed, number) for segment in testimony.segments.all()]
    passages = [passage for segment in quoted for passage in segment["passages"]]
    return {
        "schema": SCHEMA,
        "title": title(testimony, witness, None if testimony.source_withheld else source),
        "witness": witness_record(witness),
        "language_printed": testimony.language_printed,
        "language_spoken": testimony.language_spoken,
        "mode": testimony.mode,
        "wording": testimony.wording,
        "segments": quoted,
        "translations": [translation_record(one, passages, number) for one in testimony.translations.all()],
        "places": places_record(testimony),
        "waves": [
            {"slug": mention.wave.slug, "name": mention.wave.name, "basis": basis_record(mention, "basis")}
            for mention in rows(testimony, "wave_mentions", "wave", "basis_source")
        ],
        "tags": [{"slug": tag.slug, "name": tag.name} for tag in testimony.tags.order_by("name")],
        "dates": dates_record(testimony, source),
        "events": events_record(testimony),
        "source": source_record(source, withheld=testimony.source_withheld),
        "locator": "" if testimony.source_withheld else testimony.locator,
        "context_note": testimony.context_note,
        "content_note": testimony.content_note,
        "lineage": testimony.lineage,
        "original_words_held": testimony.original_words_held,
        "peculiarities": testimony.peculiarities,
        "rights": rights_record(testimony),
        "basis": {
            "kind": basis.kind,
            "asked": basis.asked,
            "scope": basis.scope,
            "statement": basis.statement,
        },
        "quotation_check": quotation_check(testimony),
        "collection": {"name": testimony.collection.name} if testimony.collection else None,
        "contributors": [
            {"name": one.agent.name, "role": one.role, "kind": one.agent.kind}
            for one in rows(testimony, "contributions", "agent")
        ],
        "sample": bool(testimony.collection and testimony.collection.is_sample),
    }


def unnumbered(language: str, text: str, translates: int | None) -> int:
    """No number: for a record of which only the words are wanted."""
    return 0


def strings(value: Any, *, leave_out: tuple[str, ...] = ()) -> Iterator[str]:
    """Every text in a record, or in a part of it, but for what stands under some keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        kept = [one for key, one in value.items() if key not in leave_out] if isinstance(value, dict) else value
        for part in kept:
            yield from strings(part, leave_out=leave_out)


def title(testimony: Testimony, witness: Witness, source: Source | None) -> str:
    """The archive's own description, in English: "Words of Maržan, as printed by AsiaNews"."""
    unnamed = witness.naming == Witness.Naming.NOT_NAMED_IN_SOURCE
    voice = witness.name if unnamed else f"Words of {witness.name}"
    if testimony.wording == Testimony.Wording.PARAPHRASE:
        return f"{witness.name}, paraphrased by the archive"
    if not source or not source.publisher:
        return voice
    verb = "recorded" if source.kind == Source.Kind.INTERVIEW else "printed"
    return f"{voice}, as {verb} by {source.publisher}"


def witness_record(witness: Witness) -> Record:
    """The voice as the public may know it."""
    return {
        "identifier": witness.identifier,
        "name": witness.name,
        "naming": witness.naming,
        "kind": witness.kind,
        "described_as": witness.described_as,
        "note": witness.note,
    }


def segment_record(segment: QuoteSegment, language: str, number: Numbering) -> Record:
    """One run of quoted words in passages."""
    return {
        "introduction": segment.introduction,
        "attribution": segment.attribution,
        "attribution_note": segment.attribution_note,
        "joined_by": segment.joined_by or None,
        "passages": [passage_record(marked, language, None, number) for marked in texts.paragraphs(segment.text)],
    }


def passage_record(marked: str, language: str, translates: int | None, number: Numbering) -> Record:
    """One paragraph: its identifier, its words, and which of them are the archive's own."""
    text, ours = texts.public_text(marked)
    return {"id": f"p{number(language, text, translates)}", "text": text, "ours": ours}


def translation_record(translation: Translation, passages: list[Record], number: Numbering) -> Record:
    """A translation, each passage of which points at the one it translates."""
    aligned = zip(passages, texts.paragraphs(translation.text), strict=True)
    return {
        "language": translation.language,
        "translator": translation.translator.name if translation.translator else "",
        "by_machine": translation.by_machine,
        "translated_from": translation.translated_from,
        "note": translation.note,
        "passages": [
            passage_record(marked, translation.language, int(passage["id"][1:]), number) | {"of": passage["id"]}
            for passage, marked in aligned
        ],
    }


def basis_record(value: Any, prefix: str, *, disclosure: str = Disclosure.EXACT) -> Record:
    """How a value is known. Of a coarsened one only that it was: a reason or a source could tell the true value."""
    if disclosure != Disclosure.EXACT:
        return {"kind": "coarsened", "reason": "", "source": None}
    kind = getattr(value, prefix)
    source = getattr(value, f"{prefix}_source") if kind == ValueBasis.ELSEWHERE else None
    return {
        "kind": kind,
        "reason": getattr(value, f"{prefix}_reason") if kind == ValueBasis.INFERRED else "",
        "source": {"identifier": source.identifier, "title": source.title} if source else None,
    }


def places_record(testimony: Testimony) -> list[Record]:
    """The places that readers see, each once in a relation."""
    placements = rows(testimony, "placements", "place__parent", "public_place__parent", "basis_source")
    # Where a place is shown as it is and another is coarsened to it, the first says how it is known.
    found: dict[tuple[str, int], Record] = {}
    for one in sorted(placements, key=lambda one: (one.disclosure != Disclosure.EXACT, one.pk)):
        if place := one.shown:
            found.setdefault((one.relation, place.pk), place_record(one, place))
    return list(found.values())


def place_record(placement: TestimonyPlace, place: Place) -> Record:
    """One place as readers see it: `place` may be coarser than the true one."""
    return {
        "identifier": place.identifier,
        "name": place.name,
        "kind": place.kind,
        "relation": placement.relation,
        "basis": basis_record(placement, "basis", disclosure=placement.disclosure),
        "within": [
            {"identifier": wider.identifier, "name": wider.name, "kind": wider.kind} for wider in place.ancestors()
        ],
    }


def dates_record(testimony: Testimony, source: Source) -> Record:
    """The three kinds of dates, none of which ever stands for another."""
    stated: Record = {"kind": ValueBasis.STATED, "reason": "", "source": None}
    printed = {"edtf": source.date, "as_printed": source.date_as_printed, "basis": stated}
    return {
        "printed": printed if source.date and not testimony.source_withheld else None,
        "spoken": date_record(testimony, "spoken"),
        "happened": date_record(testimony, "happened"),
    }


def date_record(testimony: Testimony, kind: str) -> Record | None:
    """The date of speaking or of what happened as readers see it, or None."""
    disclosure = getattr(testimony, f"{kind}_disclosure")
    shown = {Disclosure.EXACT: kind, Disclosure.COARSER: f"{kind}_public"}.get(disclosure)
    if not shown or not (edtf := getattr(testimony, shown)):
        return None
    return {
        "edtf": dates.parse(edtf).edtf,
        "as_printed": "",
        "basis": basis_record(testimony, f"{kind}_basis", disclosure=disclosure),
    }


def events_record(testimony: Testimony) -> list[Record]:
    """The event that the words tell of, unless its date would undo the coarsening of theirs."""
    event = testimony.happened_event
    if not event or testimony.happened_disclosure != Disclosure.EXACT:
        return []
    return [{"name": event.name, "date": event.date}]


def source_record(source: Source, *, withheld: bool) -> Record:
    """The source as it was when the edition was published; of a withheld one only its kind and language."""
    shown = {
        "identifier": source.identifier,
        "kind": source.kind,
        "title": source.title,
        "contributions": [
            {"name": one.agent.name, "kind": one.agent.kind, "role": one.role, "as_printed": one.as_printed}
            for one in rows(source, "contributions", "agent")
        ],
        "publisher": source.publisher,
        "dateline": source.dateline,
        "language": source.language,
        "date": source.date,
        "date_as_printed": source.date_as_printed,
        "url": source.url,
        "archived_url": source.archived_url,
        "accessed_on": source.accessed_on.isoformat() if source.accessed_on else None,
        "address_note": source.address_note,
        "rights": {"uri": source.rights_uri, "holder": source.rights_holder, "note": source.rights_note},
        "derives_from": [
            {
                "relation": one.relation,
                "agent": one.agent.name if one.agent else "",
                "item": one.item,
                "identified": one.identified,
                "consulted": one.consulted,
                "wording": one.wording,
                "note": one.note,
            }
            for one in rows(source, "derivations", "agent")
        ],
        "selection_note": source.selection_note,
        "withheld": False,
    }
    if not withheld:
        return shown
    blank: Record = {
        key: [] if isinstance(value, list) else None if key in ("identifier", "accessed_on") else ""
        for key, value in shown.items()
    }
    return blank | {
        "kind": source.kind,
        "language": source.language,
        "rights": {"uri": "", "holder": "", "note": ""},
        "withheld": True,
    }


def rights_record(testimony: Testimony) -> list[Record]:
    """Rights by part: the quotation has its own, the archive's description has the archive's licence."""
    quoted = {
        "part": "quotation",
        "uri": testimony.rights_uri,
        "holder": testimony.rights_holder,
        "note": testimony.rights_note,
    }
    described = {"part": "description", "uri": settings.ARCHIVE["licence_url"], "holder": "", "note": ""}
    return [quoted, described]


def check_is_told(testimony: Testimony) -> bool:
    """Whether readers are told how the words compare with the source."""
    return not testimony.source_withheld and testimony.wording != Testimony.Wording.PARAPHRASE


def quotation_check(testimony: Testimony) -> Record:
    """Whether the words stand in the source's snapshot; the snapshot itself stays where it is.

    Of a source that is withheld not even that a copy is held, or from when. Words that the archive put in other
    words are not compared.
    """
    if not check_is_told(testimony):
        return {"state": "not_told", "on": None}
    checked = check_quotation(testimony)
    return {"state": checked.state, "on": (checked.snapshot and checked.snapshot.taken) or None}

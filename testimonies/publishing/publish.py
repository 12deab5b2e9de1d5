"""Publishing: one transaction that writes publication, edition, passages and event, or nothing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies import dates
from testimonies.folding import fold_text
from testimonies.models.editorial import Disclosure, Review, StaleTestimony, Testimony, ValueBasis
from testimonies.models.public import (
    AddressedVocabulary,
    Edition,
    Event,
    Identifier,
    Passage,
    Place,
    Publication,
    PublicationEvent,
    Source,
    Witness,
)

from .gate import missing, reasons_against
from .passages import PassageNumbers
from .projection import Record, project
from .quotations import DIFFERS
from .refusal import Refusal
from .telling import tell

LONGEST_EXCERPT = 600
LEFT_OUT = "[…]"
# The field of the act of publishing in which an editor says to know it.
UNKNOWN_TO_DIFFER = "publish-differs"


class NotPublishable(Exception):
    """Raised with the gate's reasons; nothing was written."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(" ".join(str(refusal) for refusal in refusals))
        self.refusals = refusals


class WrongState(Exception):
    """Raised with a sentence when a publication is not in a state from which that can be done."""


@dataclass(frozen=True)
class Outcome:
    """What publishing did: `edition` is None where nothing that readers see had changed."""

    publication: Publication
    edition: Edition | None


def refuse_lacking(testimony: Testimony) -> None:
    """Raise NotPublishable where it is to stand as published and lacks what every published testimony has."""
    if testimony.status == Testimony.Status.PUBLISHED and (refusals := list(missing(testimony))):
        raise NotPublishable(refusals)


def locked(testimony: Testimony) -> Testimony:
    """The testimony as it stands now, held until the transaction ends, with its publication and its witness.

    Raises StaleTestimony where it was saved or published since `testimony` was read: of two editors who publish at
    once, one wins and the other is told. Everything that changes what is public takes its locks in this order; the
    witness is held so that no name is published while it is being hidden.
    """
    held = Testimony.objects.select_for_update(of=("self",)).get(pk=testimony.pk)
    if held.version != testimony.version:
        raise StaleTestimony(held)
    if held.publication_id:
        held.publication = Publication.objects.select_for_update(of=("self",)).get(pk=held.publication_id)
    if held.witness_id:
        held.witness = Witness.objects.select_for_update(of=("self",), no_key=True).get(pk=held.witness_id)
    return held


@transaction.atomic
def publish(
    testimony: Testimony,
    *,
    by: AbstractBaseUser | Any,
    note: str = "",
    protects: bool = False,
    known_to_differ: bool = False,
) -> Outcome:
    """Publish the testimony as it stands: its first edition, the next one, or none where nothing changed.

    `note` is public and says what changed and why; with `protects` readers learn only that a change protected
    somebody. With `known_to_differ` an editor has said to know that the words differ from the copy of the source:
    readers are told so, and without it such words are refused. Raises NotPublishable with the gate's reasons, and
    StaleTestimony; then nothing was written.
    """
    testimony = locked(testimony)
    if refusals := reasons_against(testimony, by=by):
        raise NotPublishable(refusals)
    Review.objects.settle(testimony, Review.State.APPROVED, by=by)
    give_addresses(testimony)
    publication = testimony.publication
    numbers = PassageNumbers(publication)
    record = project(testimony, numbers)
    digest = hashlib.sha256(rfc8785.dumps(record)).hexdigest()
    if publication and is_unchanged(publication, testimony, digest):
        mark_published(testimony)
        return Outcome(publication, None)
    if record["quotation_check"]["state"] == DIFFERS and not known_to_differ:
        raise NotPublishable([Refusal(UNKNOWN_TO_DIFFER, _("The words differ from the copy of the source."))])
    return write(testimony, record, digest, numbers, note=note, protects=protects)


def is_unchanged(publication: Publication, testimony: Testimony, digest: str) -> bool:
    """Whether readers would see just what they see now."""
    return (
        publication.is_listed
        and publication.current_edition is not None
        and publication.current_edition.digest == digest
        and publication.review_on == testimony.review_on
        and publication.featured == testimony.may_be_featured
    )


def mark_published(testimony: Testimony) -> None:
    """Say so where the testimony went through another review, which changed nothing."""
    if testimony.status != Testimony.Status.PUBLISHED:
        testimony.status = Testimony.Status.PUBLISHED
        testimony.save(update_fields=["status"])


def write(
    testimony: Testimony, record: Record, digest: str, numbers: PassageNumbers, *, note: str, protects: bool
) -> Outcome:
    """Write publication, edition, passages, lists and event; the caller holds the transaction."""
    publication = testimony.publication or Publication(
        identifier=Identifier.objects.mint(Identifier.Kind.TESTIMONY), state=Publication.State.UNLISTED
    )
    current = publication.current_edition
    publication.passages_numbered = numbers.given
    publication.save()
    edition = None
    if current is None or current.digest != digest:
        edition = write_edition(publication, record, digest, note=note, protects=protects)
        publication.current_edition = edition
    fill_listing(publication, testimony, record)
    testimony.publication = publication
    testimony.status = Testimony.Status.PUBLISHED
    testimony.save()
    kind = PublicationEvent.Kind.PUBLISHED if edition else PublicationEvent.Kind.RENEWED
    tell(kind, publication=publication, edition=publication.current_edition)
    return Outcome(publication, edition)


def give_addresses(testimony: Testimony) -> None:
    """Enter in the ledger every vocabulary record that readers will be led to, always in the same order."""
    records = {(record._meta.label, record.pk): record for record in shown_records(testimony)}
    for key in sorted(records):
        records[key].enter_in_ledger()
    testimony.refresh_from_db()


def shown_records(testimony: Testimony) -> Iterator[AddressedVocabulary]:
    """The records with a page of their own that the edition names, and those that become listed with them."""
    if testimony.witness:
        yield testimony.witness
    if testimony.source and not testimony.source_withheld:
        yield testimony.source
    for placement in testimony.placements.select_related("place", "public_place", "basis_source"):
        if place := placement.shown:
            yield from (place, *place.ancestors())
    for mention in testimony.wave_mentions.select_related("wave"):
        yield from (mention.wave, *mention.wave.leads_to())
    for event in events_listed_with(testimony):
        yield from event.leads_to()
    yield from testimony.tags.all()
    yield from other_sources(testimony)


def events_listed_with(testimony: Testimony) -> Iterator[Event]:
    """The events that become listed with the testimony."""
    for mention in testimony.wave_mentions.select_related("wave"):
        yield from mention.wave.events.select_related("source", "place")
    if testimony.happened_event and testimony.happened_disclosure == Disclosure.EXACT:
        yield testimony.happened_event


def other_sources(testimony: Testimony) -> Iterator[Source]:
    """The sources of single values that readers see as they are."""
    places = testimony.placements.select_related("basis_source").filter(disclosure=Disclosure.EXACT)
    waves = testimony.wave_mentions.select_related("basis_source")
    values = [(one.basis, one.basis_source) for one in places] + [(one.basis, one.basis_source) for one in waves]
    if testimony.spoken and testimony.spoken_disclosure == Disclosure.EXACT:
        values.append((testimony.spoken_basis, testimony.spoken_basis_source))
    if testimony.happened and testimony.happened_disclosure == Disclosure.EXACT:
        values.append((testimony.happened_basis, testimony.happened_basis_source))
    for basis, source in values:
        if source and basis == ValueBasis.ELSEWHERE:
            yield source


def write_edition(publication: Publication, record: Record, digest: str, *, note: str, protects: bool) -> Edition:
    """The next edition and its passages."""
    last = publication.editions.order_by("-number").first()
    edition = Edition.objects.create(
        publication=publication,
        number=last.number + 1 if last else 1,
        published_at=timezone.now(),
        change_note="" if protects else note,
        protects=protects,
        record=record,
        digest=digest,
    )
    Passage.objects.bulk_create(passages_of(edition, record))
    return edition


def passages_of(edition: Edition, record: Record) -> list[Passage]:
    """The passages of a record, quoted words first, then the translations."""
    quoted = [
        (record["language_printed"], passage) for segment in record["segments"] for passage in segment["passages"]
    ]
    translated = [(one["language"], passage) for one in record["translations"] for passage in one["passages"]]
    return [
        Passage(
            edition=edition,
            number=int(passage["id"][1:]),
            order=order,
            text=passage["text"],
            language=language,
            translates=int(passage["of"][1:]) if "of" in passage else None,
        )
        for order, (language, passage) in enumerate(quoted + translated, start=1)
    ]


def excerpt_of(record: Record) -> str:
    """The beginning of the quoted words; what stands between segments, and what is cut off, is marked as left out."""
    segments = [" ".join(passage["text"] for passage in segment["passages"]) for segment in record["segments"]]
    words = f" {LEFT_OUT} ".join(segments)
    if len(words) <= LONGEST_EXCERPT:
        return words
    return f"{words[:LONGEST_EXCERPT].rpartition(' ')[0] or words[:LONGEST_EXCERPT]} {LEFT_OUT}"


def fill_listing(publication: Publication, testimony: Testimony, record: Record) -> None:
    """Give lists, facets and search what they need, from the record and from nothing else but its own records."""
    printed, spoken = record["dates"]["printed"], record["dates"]["spoken"]
    publication.state = Publication.State.LISTED
    publication.changed_at = timezone.now()
    publication.review_on = testimony.review_on
    publication.featured = testimony.may_be_featured
    publication.title = record["title"]
    publication.excerpt = excerpt_of(record)
    publication.words = fold_text(" ".join(words_of(record)))
    publication.language = record["language_printed"]
    publication.witness = testimony.witness
    publication.source = None if testimony.source_withheld else testimony.source
    publication.collection = testimony.collection
    publication.happened_event = testimony.happened_event if record["events"] else None
    publication.year_spoken = dates.year(spoken["edtf"]) if spoken else None
    publication.year_printed = dates.year(printed["edtf"]) if printed else None
    publication.spoken_earliest = dates.parse(spoken["edtf"]).earliest if spoken else None
    publication.printed_earliest = dates.parse(printed["edtf"]).earliest if printed else None
    publication.save()
    publication.waves.set([mention.wave for mention in testimony.wave_mentions.select_related("wave")])
    publication.tags.set(testimony.tags.all())
    publication.cited_sources.set(cited_sources(record))
    fill_placements(publication, record)


def fill_placements(publication: Publication, record: Record) -> None:
    """The places of the record, and what they lie in."""
    named = {place["identifier"] for place in record["places"]}
    places = Place.objects.in_bulk(named, field_name="identifier")
    publication.enter_places([(places[place["identifier"]], place["relation"]) for place in record["places"]])


def cited_sources(record: Record) -> list[Source]:
    """The sources from which single values were taken."""
    values = [*record["places"], *record["waves"], *(one for one in record["dates"].values() if one)]
    cited = {value["basis"]["source"]["identifier"] for value in values if value["basis"]["source"]}
    return list(Source.objects.filter(identifier__in=cited))


def words_of(record: Record) -> list[str]:
    """Every word under which a reader may look for the testimony."""
    said = [passage["text"] for segment in record["segments"] for passage in segment["passages"]]
    translated = [passage["text"] for one in record["translations"] for passage in one["passages"]]
    named = [record["title"], record["witness"]["name"], record["source"]["title"]]
    places = [name for place in record["places"] for name in [place["name"], *(one["name"] for one in place["within"])]]
    return [*said, *translated, *named, *places, *(one["name"] for one in record["waves"] + record["tags"])]

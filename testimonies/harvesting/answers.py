"""The answer to each verb: ANSWERS, a table."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from testimonies import identifiers
from testimonies.models.public import LogHead, PublicationEvent

from . import datestamps, formats, harvest, sets, tokens, verbs
from .errors import IdDoesNotExist, NoRecordsMatch, NoSetHierarchy, ProtocolError
from .formats import Formats, MetadataFormat
from .harvest import Held
from .verbs import Question

SETS_PER_PAGE: Final = 500
DOMAIN: Final = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+", re.IGNORECASE)
# An event is dated before it is committed, and seen only then. Nothing that is dated earlier than this is unseen.
UNSEEN: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """The archive as harvesters see it: its name, the address that is asked, whom to write to, and its formats."""

    name: str
    address: str
    contact: str
    domain: str
    formats: Formats

    @property
    def has_domain(self) -> bool:
        """Whether identifiers may be described as OAI identifiers: a machine may be without a domain name."""
        return DOMAIN.fullmatch(self.domain) is not None

    def identifier(self, of: str) -> str:
        """The identifier of a record (OAI identifiers, version 2.0)."""
        return f"oai:{self.domain}:{of}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: when, to which question, and either what the verb gives or why there is nothing."""

    at: str
    repository: Repository
    arguments: Mapping[str, str]
    verb: str = ""
    given: Any = None
    error: ProtocolError | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list, and the token by which the next is asked for."""

    records: list[Held]
    format: MetadataFormat
    token: tokens.Token | None


@dataclass(frozen=True, slots=True)
class SetsPart:
    """A part of the list of sets."""

    sets: list[sets.Named]
    token: tokens.Token | None


def answer(pairs: Iterable[tuple[str, str]], repository: Repository) -> Answer:
    """Answer a question, which need not be one."""
    head = LogHead.objects.get(pk=1)
    at, arguments = datestamps.written(dated(head)), {}
    try:
        question = verbs.read(pairs)
        arguments = {"verb": question.verb, **question.arguments}
        given = ANSWERS[question.verb](question, repository, head)
    except ProtocolError as error:
        return Answer(at, repository, arguments if error.repeats_arguments else {}, error=error)
    return Answer(at, repository, arguments, question.verb, given)


def dated(head: LogHead) -> datetime:
    """The moment from which a harvester must ask the next time to miss nothing.

    What it has not seen is dated like the last event that it could see, or later; and nothing is committed much later
    than it is dated.
    """
    return max(head.at, timezone.now() - UNSEEN)


def identify(question: Question, repository: Repository, head: LogHead) -> str:
    """The earliest datestamp; the rest is said by the repository."""
    first = PublicationEvent.objects.filter(publication__isnull=False).order_by("number").first()
    return datestamps.written(first.at if first else head.at)


def get_record(question: Question, repository: Repository, head: LogHead) -> Part:
    """One record."""
    chosen = formats.named(question.get("metadataPrefix"), repository.formats)
    return Part([found(question.get("identifier"), repository)], chosen, None)


def list_formats(question: Question, repository: Repository, head: LogHead) -> list[MetadataFormat]:
    """All formats: every record is there in each."""
    if identifier := question.get("identifier"):
        found(identifier, repository, with_record=False)
    return list(repository.formats.values())


def found(identifier: str, repository: Repository, *, with_record: bool = True) -> Held:
    """The record of an identifier. Raises IdDoesNotExist."""
    key = identifier.removeprefix(repository.identifier(""))
    if key != identifier and identifiers.is_wellformed(key):
        held = harvest.one(key, with_record=with_record)
        if held:
            return held
    raise IdDoesNotExist("Nothing was ever published under this identifier.")


def list_records(question: Question, repository: Repository, head: LogHead) -> Part:
    """The next part of a list of records, or of their headers."""
    token = question.get("resumptionToken")
    place = tokens.place_of(token, verb=question.verb, epoch=head.epoch) if token else harvest.beginning(question, head)
    chosen = formats.named(place.prefix, repository.formats)
    records, following = harvest.part(place, with_records=question.verb == "ListRecords")
    if not records and not place.cursor:
        raise NoRecordsMatch("Nothing matches.")
    return Part(records, chosen, tokens.token_for(following, cursor=place.cursor, now=timezone.now()))


def list_sets(question: Question, repository: Repository, head: LogHead) -> SetsPart:
    """The next part of the list of sets."""
    token = question.get("resumptionToken")
    begun = tokens.Place(verb=question.verb, epoch=head.epoch)
    place = tokens.place_of(token, verb=question.verb, epoch=head.epoch) if token else begun
    named = sets.named_after(place.key, SETS_PER_PAGE + 1)
    if not named and not place.cursor:
        raise NoSetHierarchy("Nothing is published yet, so there are no sets.")
    given, following = named[:SETS_PER_PAGE], None
    if len(named) > SETS_PER_PAGE:
        following = replace(place, key=given[-1].spec, cursor=place.cursor + SETS_PER_PAGE)
    return SetsPart(given, tokens.token_for(following, cursor=place.cursor, now=timezone.now()))


ANSWERS: Final[Mapping[str, Callable[[Question, Repository, LogHead], Any]]] = {
    "GetRecord": get_record,
    "Identify": identify,
    "ListIdentifiers": list_records,
    "ListMetadataFormats": list_formats,
    "ListRecords": list_records,
    "ListSets": list_sets,
}

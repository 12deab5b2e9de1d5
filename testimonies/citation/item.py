"""The one thing that every citation, file, header and protocol is a function of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_urlconf, reverse
from django.utils.http import urlencode

from testimonies import tongues
from testimonies.citation.moments import Moment, moment
from testimonies.citation.names import Name, of_agent, whole
from testimonies.identifiers import TEST_NAAN

Record = Mapping[str, Any]

# "Copyright not evaluated": what is true of words of whose rights the record says nothing.
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"


class UnknownSchemaError(ValueError):
    """Raised when no reader is kept for the schema of a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words they are. The name is a label of the archive's where the source names nobody (`is_named` False)."""

    name: Name
    address: str
    described_as: str
    is_named: bool
    is_pseudonym: bool
    is_collective: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The source of the words; empty but for kind and language where it is withheld.

    `collectors` are those who, as the source says, collected the words, each with whether the very item of theirs
    was identified: only then may anybody cite it.
    """

    kind: str
    title: str
    authors: tuple[Name, ...]
    publisher: str
    date: Moment
    language: str
    url: str
    archived_url: str
    address: str
    collectors: tuple[tuple[Name, bool], ...]
    is_withheld: bool

    @property
    def is_interview(self) -> bool:
        """Whether the source is a recorded interview: everything else only quotes."""
        return self.kind == "interview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What may be done with one part; `uri` is empty where it is not known."""

    part: str
    uri: str
    holder: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in its relation to the words: "described_as_from", "spoken_at" or "speaks_of"."""

    name: str
    relation: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph; `ours` are the runs that the archive put in, `of` is the passage that it translates."""

    identifier: str
    text: str
    ours: tuple[tuple[int, int], ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of quoted words. `joined_by` says what stands before it: "reporter", "omission" or nothing."""

    introduction: str
    joined_by: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The words in another language."""

    language: str
    translator: str
    by_machine: bool
    translated_from: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A testimony as it now stands, one edition of it, or a passage in one. Addresses are whole ones.

    Where `is_edition` says so, or a passage is named, the address of the edition is cited; else the permalink, which
    leads to the current one. The number and the day of the edition are cited in any case.
    `spoken` is the date of speaking and never stands for that of printing (`source.date`), nor the other way round.
    `published` is when the testimony was first published here, `edition_published` when this edition was.
    """

    identifier: str
    edition: int
    title: str
    wording: str
    language: str
    spoken_language: str
    voice: Voice
    interviewers: tuple[Name, ...]
    translators: tuple[Name, ...]
    contributors: tuple[tuple[str, Name], ...]
    source: Printed
    spoken: Moment
    published: datetime
    edition_published: datetime
    description: str
    keywords: tuple[str, ...]
    places: tuple[Place, ...]
    waves: tuple[tuple[str, str], ...]
    collection: str
    locator: str
    rights: tuple[Rights, ...]
    segments: tuple[Segment, ...]
    translations: tuple[Translation, ...]
    is_sample: bool
    passage: str = ""
    is_edition: bool = False

    @property
    def permalink(self) -> str:
        """The address of the testimony: its current edition."""
        return address("testimony", self.identifier)

    @property
    def edition_permalink(self) -> str:
        """The address of this edition."""
        return address("edition", self.identifier, self.edition)

    @property
    def previous_permalink(self) -> str:
        """The address of the edition before; empty at the first."""
        return address("edition", self.identifier, self.edition - 1) if self.edition > 1 else ""

    @property
    def cited_address(self) -> str:
        """What a citation leads to: the permalink, the very edition, or the passage in it."""
        if self.passage:
            return f"{self.edition_permalink}#{self.passage}"
        return self.page_address

    @property
    def page_address(self) -> str:
        """The address without the passage: tools keep no fragment."""
        return self.edition_permalink if self.is_edition or self.passage else self.permalink

    @property
    def key(self) -> str:
        """A key for reference managers and names of files."""
        return "-".join(filter(None, (self.identifier, str(self.edition), self.passage)))

    def file(self, key: str) -> str:
        """The address of the same in one of the formats."""
        asked = [("edition", str(self.edition))] if self.is_edition or self.passage else []
        asked += [("passage", self.passage)] if self.passage else []
        return address("cite_file", self.identifier, key) + (f"?{urlencode(asked)}" if asked else "")

    @property
    def ark(self) -> str:
        """The archival resource key to cite by; empty under the test number, whose keys lead here but will not last."""
        return "" if settings.ARCHIVE["naan"] == TEST_NAAN else f"ark:/{settings.ARCHIVE['naan']}/{self.identifier}"

    @property
    def ark_address(self) -> str:
        """The key under this host, where it leads to the permalink; empty as it is."""
        return f"{settings.ARCHIVE['url']}/{self.ark}" if self.ark else ""

    @property
    def archive(self) -> str:
        """The name of the archive, which publishes the item."""
        return str(settings.ARCHIVE["name"])

    @property
    def archive_address(self) -> str:
        """Where the archive is."""
        return f"{settings.ARCHIVE['url']}/"

    @cached_property
    def words(self) -> str:
        """The words that are cited, a paragraph a passage: those of the passage, or all that are quoted."""
        return "\n\n".join(one.text for one in self.passages if not self.passage or one.identifier == self.passage)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages: the quoted ones in their order, then those of the translations."""
        quoted = [one for segment in self.segments for one in segment.passages]
        if not self.passage:
            return tuple(quoted)
        return (*quoted, *(one for translation in self.translations for one in translation.passages))

    @property
    def passage_names(self) -> tuple[str, ...]:
        """What can be cited apart: the quoted passages in their order, then those of the translations."""
        parts: tuple[Segment | Translation, ...] = (*self.segments, *self.translations)
        return tuple(one.identifier for part in parts for one in part.passages)

    def part(self, name: str) -> Rights | None:
        """What may be done with one part ("quotation", "description"), where the record says it."""
        return next((one for one in self.rights if one.part == name), None)

    @property
    def licence(self) -> str:
        """The address of the licence of the archive's own description."""
        described = self.part("description")
        return described.uri if described and described.uri else str(settings.ARCHIVE["licence_url"])

    @property
    def quotation_rights(self) -> str:
        """The address of the statement on the rights in the quoted words, which is not that of the description."""
        quoted = self.part("quotation")
        return quoted.uri if quoted and quoted.uri else NOT_EVALUATED

    def of_passage(self, passage: str) -> "Item":
        """The same for one passage; raises KeyError where the edition has none of that name."""
        found = replace(self, passage=passage)
        if not any(one.identifier == passage for one in found.passages):
            raise KeyError(passage)
        return found


def item_of(
    record: Record,
    *,
    identifier: str,
    edition: int,
    published: datetime,
    edition_published: datetime,
    is_edition: bool = False,
) -> Item:
    """The item of an edition from its public record; raises UnknownSchemaError where no reader is kept."""
    read = READERS.get(record.get("schema", 0))
    if read is None:
        raise UnknownSchemaError(f"No reader for schema {record.get('schema')!r}")
    return read(
        record,
        identifier=identifier,
        edition=edition,
        published=published,
        edition_published=edition_published,
        is_edition=is_edition,
    )


def address(name: str, *arguments: object) -> str:
    """The whole address of a named page."""
    return f"{settings.ARCHIVE['url']}{_path(name, arguments, get_urlconf())}"


# Addresses never change while the server runs, and a page has thirty.
@lru_cache(maxsize=8192)
def _path(name: str, arguments: tuple[object, ...], urlconf: str | None) -> str:
    return tongues.neutral(reverse(name, urlconf=urlconf, args=arguments))


def _read_schema_1(record: Record, **frame: Any) -> Item:
    """Read a record of schema 1, as `publishing.projection` writes it."""
    source = _source(record["source"])
    people = _people(record)
    spoken = record["dates"]["spoken"]
    return Item(
        **frame,
        title=record["title"],
        wording=record["wording"],
        language=record["language_printed"],
        spoken_language=record["language_spoken"],
        voice=_voice(record["witness"]),
        interviewers=_interviewers(people, source),
        translators=tuple(name for role, name in people if role == "translator"),
        contributors=tuple((role, name) for role, name in people if role not in ("author", "translator")),
        source=source,
        spoken=moment(spoken["edtf"] if spoken else ""),
        description=" ".join(filter(None, (record["context_note"], record["lineage"]))) or record["title"],
        keywords=tuple(tag["name"] for tag in record["tags"]),
        places=tuple(
            Place(name=one["name"], relation=one["relation"], address=address("place", one["identifier"]))
            for one in record["places"]
        ),
        waves=tuple((wave["name"], address("wave", wave["slug"])) for wave in record["waves"]),
        collection=(record["collection"] or {}).get("name", ""),
        locator=record["locator"],
        rights=tuple(
            Rights(part=one["part"], uri=one["uri"], holder=one["holder"], note=one["note"]) for one in record["rights"]
        ),
        segments=tuple(
            Segment(
                introduction=one["introduction"], joined_by=one["joined_by"] or "", passages=_passages(one["passages"])
            )
            for one in record["segments"]
        ),
        translations=tuple(
            Translation(
                language=one["language"],
                translator=one["translator"],
                by_machine=one["by_machine"],
                translated_from=one["translated_from"],
                passages=_passages(one["passages"]),
            )
            for one in record["translations"]
        ),
        is_sample=record["sample"],
    )


# Every schema in which an edition was ever published keeps its reader here.
READERS: dict[int, Callable[..., Item]] = {1: _read_schema_1}


def _voice(witness: Record) -> Voice:
    """Whose words they are, and no more than readers may know."""
    return Voice(
        name=whole(witness["name"]),
        address=address("witness", witness["identifier"]),
        described_as=witness["described_as"],
        is_named=witness["naming"] in ("named_in_source", "pseudonym"),
        is_pseudonym=witness["naming"] == "pseudonym",
        is_collective=witness["kind"] == "reported_collective",
    )


def _source(source: Record) -> Printed:
    """Where the words were published or recorded."""
    return Printed(
        kind=source["kind"],
        title=source["title"],
        authors=tuple(
            of_agent(one["name"], one["kind"], source["language"])
            for one in source["contributions"]
            if one["role"] == "author"
        ),
        publisher=source["publisher"],
        date=moment(source["date"]),
        language=source["language"],
        url=source["url"],
        archived_url=source["archived_url"],
        address=address("source", source["identifier"]) if source["identifier"] else "",
        collectors=tuple(
            (whole(one["agent"]), one["identified"])
            for one in source["derives_from"]
            if one["relation"] == "collected_by" and one["agent"]
        ),
        is_withheld=source["withheld"],
    )


def _people(record: Record) -> list[tuple[str, Name]]:
    """Who did what for the source, then for the testimony, each once in a role."""
    named = [
        (one["role"], of_agent(one["name"], one["kind"], record["source"]["language"]))
        for one in (*record["source"]["contributions"], *record["contributors"])
    ]
    return list(dict.fromkeys(named))


def _interviewers(people: list[tuple[str, Name]], source: Printed) -> tuple[Name, ...]:
    """Who asked: those who are named as interviewers, and whoever made a recorded interview.

    A newsroom of which a press article only says that it collected words has asked nobody, as far as can be known.
    """
    named = tuple(name for role, name in people if role == "interviewer")
    if named or not source.is_interview:
        return named
    made = [name for role, name in people if role == "collector"]
    return (*made, *(name for name, identified in source.collectors if identified and name not in made))


def _passages(passages: Any) -> tuple[Passage, ...]:
    """The paragraphs of a segment or of a translation."""
    return tuple(
        Passage(
            identifier=one["id"],
            text=one["text"],
            ours=tuple((int(start), int(end)) for start, end in one["ours"]),
            of=one.get("of", ""),
        )
        for one in passages
    )

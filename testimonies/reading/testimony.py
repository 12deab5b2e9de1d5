"""One testimony, or one edition of it, as a page shows it.

An edition is never changed, so the schema of its record may be an old one: `READERS` keeps a reader for each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from testimonies.reading import facts as known
from testimonies.reading import labels, lineage, quoted
from testimonies.reading.cited import CitedIn
from testimonies.reading.citing import CiteBox, Head
from testimonies.reading.history import EditionEntry
from testimonies.reading.pieces import Day, Link, day
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _

# Below this many characters the words are set in the larger size, so that they fill the page as a book's epigraph does.
SHORT = 900


class UnknownSchemaError(ValueError):
    """Raised when no reader is kept for the schema of a record."""


@dataclass(frozen=True, slots=True)
class ThisEdition:
    """The edition on the page. `current` is the number of the current one; `change_note` says publicly what changed."""

    number: int
    on: Day
    current: int
    change_note: str = ""

    @property
    def is_current(self) -> bool:
        """Whether no later edition has taken its place."""
        return self.number == self.current


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be done with one part of the page."""

    part: str
    name: str
    uri: str
    holder: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """The source of the words, spelt out. `link` leads to its page in the archive; addresses are the publisher's."""

    link: Link | None
    is_withheld: bool
    kind: str
    title: str
    language: str
    authors: tuple[str, ...]
    publisher: str
    dateline: str
    date: str
    date_as_printed: str
    url: str
    archived_url: str
    accessed: Day | None
    address_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestimonyPage:
    """Everything that the page of a testimony shows, in words.

    `permalink` and `edition_permalink` are whole addresses with scheme and host; `cite` and `head` are made by the
    view, from `testimonies.citation`. `unknown` are short phrases that follow "Not given". `since` is what changed
    after an edition that is not the current one (`history.since`).
    """

    identifier: str
    title: str
    permalink: str
    edition_permalink: str
    edition: ThisEdition
    cite: CiteBox
    head: Head
    is_sample: bool
    is_short: bool
    is_paraphrase: bool
    witness: Link
    witness_note: str
    described_as: str
    language: str
    segments: tuple[quoted.Segment, ...]
    translations: tuple[quoted.Translation, ...]
    has_insertions: bool
    content_note: str
    context_note: str
    peculiarities: str
    facts: tuple[known.Fact, ...]
    unknown: tuple[str, ...]
    source: SourceLine
    path: tuple[lineage.Step, ...]
    lineage: str
    rights: tuple[Rights, ...]
    basis: str
    basis_statement: str
    check: str
    since: tuple[EditionEntry, ...] = ()
    cited_in: tuple[CitedIn, ...] = ()

    @property
    def passages(self) -> tuple[str, ...]:
        """The identifiers of the quoted passages, in the order of the page."""
        return tuple(passage.identifier for segment in self.segments for passage in segment.passages)


def show_testimony(
    record: Mapping[str, Any],
    *,
    identifier: str,
    edition_number: int,
    published_at: datetime,
    current_number: int,
    permalink: str,
    edition_permalink: str,
    cite: CiteBox,
    head: Head,
    change_note: str = "",
    since: tuple[EditionEntry, ...] = (),
    cited_in: tuple[CitedIn, ...] = (),
) -> TestimonyPage:
    """Return the page of one edition from its record; raises UnknownSchemaError where no reader is kept."""
    read = READERS.get(record.get("schema", 0))
    if read is None:
        raise UnknownSchemaError(f"No reader for schema {record.get('schema')!r}")
    edition = ThisEdition(edition_number, day(published_at), current_number, change_note)
    return read(
        record,
        identifier=identifier,
        edition=edition,
        permalink=permalink,
        edition_permalink=edition_permalink,
        since=since,
        cited_in=cited_in,
        cite=cite,
        head=head,
    )


def _read_schema_1(record: Mapping[str, Any], **frame: Any) -> TestimonyPage:
    """Read a record of schema 1, as `publishing.projection` writes it."""
    witness, basis = record["witness"], record["basis"]
    return TestimonyPage(
        **frame,
        title=record["title"],
        is_sample=record["sample"],
        is_short=len(quoted.words_of(record)) < SHORT,
        is_paraphrase=record["wording"] != "verbatim",
        witness=Link("witness", witness["identifier"], witness["name"]),
        witness_note=witness["note"],
        described_as=witness["described_as"],
        language=record["language_printed"],
        segments=quoted.segments(record),
        translations=quoted.translations(record),
        has_insertions=quoted.has_insertions(record),
        content_note=record["content_note"],
        context_note=record["context_note"],
        peculiarities=record["peculiarities"],
        facts=known.facts(record),
        unknown=known.unknown(record),
        source=_source(record["source"]),
        path=lineage.path(record),
        lineage=record["lineage"],
        rights=tuple(_rights(one) for one in record["rights"]),
        basis=labels.word(labels.PUBLICATION_BASIS, basis["kind"]) if basis else "",
        basis_statement=basis["statement"] if basis else "",
        check=_check(record["quotation_check"]),
    )


# Every schema in which an edition was ever published keeps its reader here.
READERS: dict[int, Callable[..., TestimonyPage]] = {1: _read_schema_1}


def _source(source: Mapping[str, Any]) -> SourceLine:
    """Return the source spelt out."""

    return SourceLine(
        link=Link("source", source["identifier"], source["title"], source["language"])
        if source["identifier"]
        else None,
        is_withheld=source.get("withheld", False),
        kind=labels.word(labels.SOURCE_KIND, source["kind"]),
        title=source["title"],
        language=source["language"],
        authors=tuple(one["name"] for one in source["contributions"] if one["role"] == "author"),
        publisher=source["publisher"],
        dateline=source["dateline"],
        date=date_words(source["date"]),
        date_as_printed=source["date_as_printed"],
        url=source["url"],
        archived_url=source["archived_url"],
        accessed=day(datetime.fromisoformat(source["accessed_on"]).date()) if source["accessed_on"] else None,
        address_note=source["address_note"],
    )


def _rights(part: Mapping[str, Any]) -> Rights:
    """Return what may be done with one part."""
    return Rights(
        part=labels.word(labels.RIGHTS_PART, part["part"]),
        name=labels.rights(part["uri"]),
        uri=part["uri"],
        holder=part["holder"],
        note=part["note"],
    )


def _check(check: Mapping[str, Any] | None) -> str:
    """Return whether the words were compared with a copy of the source, in a sentence; nothing where it is not told."""
    if check and check["state"] == "not_told":
        return ""
    if not check or check["state"] == "no_snapshot":
        return _("The archive holds no copy of the source with which to compare the words.")
    if check["state"] != "found":
        return _("The words differ from the copy of the source that the archive holds; the editors know of it.")
    if check["on"]:
        taken = date_words(check["on"])
        return _("The words were compared with a copy of the source taken %(date)s.") % {"date": taken}
    return _("The words were compared with a copy of the source.")

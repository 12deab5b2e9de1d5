"""TABLES: every table of the data, with what stands in each of its columns.

The CSV files, the SQLite file and the documentation of both are made from these rows. To add a column: a row here, and
its value in the function that makes the table's rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .records import Data

Row = tuple[str | int | float | None, ...]

TEXT, INTEGER, REAL = "TEXT", "INTEGER", "REAL"
Column = tuple[str, str, str]  # name, type, what stands in it


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` are the columns by which a row is named."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _kind, _about in self.columns)


TABLES: Final = (
    Table(
        "testimonies",
        "One row for each listed testimony, as its current edition has it.",
        ("identifier",),
        (
            ("identifier", TEXT, "The identifier, which is never given to anything else."),
            ("permalink", TEXT, "The permanent address, always that of the current edition."),
            ("ark", TEXT, "The same as an Archival Resource Key."),
            ("edition", INTEGER, "The number of the current edition."),
            ("first_published", TEXT, "When the archive published it first (UTC)."),
            ("changed", TEXT, "When the archive changed it last (UTC)."),
            ("title", TEXT, "The archive's description, in English."),
            ("words", TEXT, "The quoted words; an empty line stands between passages."),
            ("language", TEXT, "The language in which they are printed (BCP 47)."),
            ("language_spoken", TEXT, "The language in which they were spoken; empty where it is not known."),
            ("mode", TEXT, "spoken, written or not_said."),
            ("wording", TEXT, "verbatim, or paraphrase where the archive tells it in its own words."),
            ("witness", TEXT, "The voice: an identifier of the table witnesses."),
            ("witness_name", TEXT, "The voice as it is called."),
            ("described_as", TEXT, "The source's words for the voice."),
            ("source", TEXT, "The source: an identifier of the table sources; empty where it is withheld."),
            ("spoken", TEXT, "When the words were spoken (EDTF); empty where it is not known."),
            ("printed", TEXT, "When they were printed or recorded (EDTF), which is never the date of speaking."),
            ("happened", TEXT, "When that of which they tell happened (EDTF)."),
            ("context_note", TEXT, "What stands around the words in the source."),
            ("content_note", TEXT, "What a reader should know before reading."),
            ("rights_of_words", TEXT, "The rights statement of the quoted words."),
            ("rights_of_description", TEXT, "The licence of the archive's description."),
            ("basis", TEXT, "By what right the words are public."),
            ("quotation_check", TEXT, "found, differs, no_snapshot or not_told."),
            ("sha256", TEXT, "Of the edition's record as canonical JSON (RFC 8785)."),
        ),
    ),
    Table(
        "passages",
        "The passages of each current edition, quoted and translated.",
        ("testimony", "passage"),
        (
            ("testimony", TEXT, "The testimony."),
            ("passage", TEXT, "p1, p2 …: given once in a testimony, and never to other words."),
            ("position", INTEGER, "The place in the edition, from 1."),
            ("edition", INTEGER, "The number of the edition."),
            ("permalink", TEXT, "The permanent address in that edition."),
            ("language", TEXT, "The language (BCP 47)."),
            ("translates", TEXT, "The passage that it translates; empty for quoted words."),
            ("text", TEXT, "The words."),
        ),
    ),
    Table(
        "editions",
        "Every edition of each listed testimony; the older ones stand whole in the JSON Lines.",
        ("testimony", "number"),
        (
            ("testimony", TEXT, "The testimony."),
            ("number", INTEGER, "The number of the edition, from 1."),
            ("permalink", TEXT, "The permanent address of the edition."),
            ("published", TEXT, "When it was published (UTC)."),
            ("change_note", TEXT, "What changed and why."),
            ("sha256", TEXT, "Of its record as canonical JSON (RFC 8785); empty where it was emptied."),
            ("emptied", TEXT, "When its words were taken out, where they were (UTC)."),
        ),
    ),
    Table(
        "testimony_places",
        "The places of each testimony, each in its relation.",
        ("testimony", "place", "relation"),
        (
            ("testimony", TEXT, "The testimony."),
            ("place", TEXT, "The place: an identifier of the table places."),
            ("relation", TEXT, "described_as_from, spoken_at or speaks_of; one never stands for another."),
            ("basis", TEXT, "How it is known: stated, inferred, elsewhere or coarsened."),
            ("reason", TEXT, "Why it was inferred."),
        ),
    ),
    Table(
        "testimony_waves",
        "The waves of which each testimony speaks; the voice need not belong to any.",
        ("testimony", "wave"),
        (
            ("testimony", TEXT, "The testimony."),
            ("wave", TEXT, "The wave: a slug of the table waves."),
            ("basis", TEXT, "How it is known: stated, inferred, elsewhere or coarsened."),
            ("reason", TEXT, "Why it was inferred."),
        ),
    ),
    Table(
        "testimony_tags",
        "The tags of each testimony.",
        ("testimony", "tag"),
        (("testimony", TEXT, "The testimony."), ("tag", TEXT, "The tag: a slug of the table tags.")),
    ),
    Table(
        "witnesses",
        "The voices; two of one name are not known to be the same.",
        ("identifier",),
        (
            ("identifier", TEXT, "The identifier."),
            ("permalink", TEXT, "The permanent address."),
            ("name", TEXT, "The name as printed, or a label for a voice without one."),
            ("naming", TEXT, "named_in_source, not_named_in_source, anonymous_by_request or pseudonym."),
            ("kind", TEXT, "individual or reported_collective."),
            ("described_as", TEXT, "The source's words for the voice."),
            ("note", TEXT, "What the source says of the voice."),
        ),
    ),
    Table(
        "places",
        "The places, as the archive writes them in English.",
        ("identifier",),
        (
            ("identifier", TEXT, "The identifier."),
            ("permalink", TEXT, "The permanent address."),
            ("name", TEXT, "The name."),
            ("kind", TEXT, "city, region or country."),
            ("within", TEXT, "The place that it lies in."),
            ("latitude", REAL, "Degrees north, WGS 84."),
            ("longitude", REAL, "Degrees east, WGS 84."),
            ("coordinates_source", TEXT, "Who gives the coordinates."),
            ("wikidata", TEXT, "The item of Wikidata."),
            ("geonames", INTEGER, "The number in GeoNames."),
        ),
    ),
    Table(
        "waves",
        "The waves of migration of which testimonies speak.",
        ("slug",),
        (
            ("slug", TEXT, "The readable name in the address."),
            ("permalink", TEXT, "The permanent address."),
            ("name", TEXT, "A neutral name."),
            ("scope_note", TEXT, "What belongs to it."),
            ("begins", TEXT, "When it began (EDTF)."),
            ("begins_source", TEXT, "The source that says so."),
            ("ends", TEXT, "When it ended (EDTF); empty where no source says so."),
            ("ends_source", TEXT, "The source that says so."),
            ("attested", TEXT, "The time for which a source attests it (EDTF)."),
            ("attested_source", TEXT, "The source that does."),
        ),
    ),
    Table(
        "events",
        "What marks the waves.",
        ("wave", "name", "date"),
        (
            ("wave", TEXT, "The wave: a slug of the table waves."),
            ("name", TEXT, "What happened."),
            ("date", TEXT, "When (EDTF)."),
            ("place", TEXT, "Where."),
            ("source", TEXT, "The source that says so."),
        ),
    ),
    Table(
        "sources",
        "Where the words were published or recorded.",
        ("identifier",),
        (
            ("identifier", TEXT, "The identifier."),
            ("permalink", TEXT, "The permanent address in the archive."),
            ("kind", TEXT, "press_article, broadcast, web_page, book, document, interview or letter."),
            ("title", TEXT, "The title as printed."),
            ("authors", TEXT, "The authors, with semicolons between."),
            ("publisher", TEXT, "The publisher."),
            ("dateline", TEXT, "The dateline."),
            ("date", TEXT, "When it was published or recorded (EDTF)."),
            ("date_as_printed", TEXT, "The same as printed."),
            ("language", TEXT, "The language (BCP 47)."),
            ("url", TEXT, "Where it stands on the web."),
            ("archived_url", TEXT, "Where a copy stands."),
            ("accessed_on", TEXT, "When it was read."),
            ("rights_uri", TEXT, "The rights statement."),
            ("rights_holder", TEXT, "Who holds the rights."),
            ("rights_note", TEXT, "What else is known of the rights."),
            ("selection_note", TEXT, "What was not taken from it, and why."),
        ),
    ),
    Table(
        "tags",
        "What testimonies are about.",
        ("slug",),
        (
            ("slug", TEXT, "The readable name in the address."),
            ("permalink", TEXT, "The permanent address."),
            ("name", TEXT, "The name."),
            ("definition", TEXT, "What it means and where it ends."),
        ),
    ),
    Table(
        "names",
        "Every way in which a name of a witness, place, wave or tag is written.",
        ("kind", "of", "position"),
        (
            ("kind", TEXT, "witness, place, wave or tag."),
            ("of", TEXT, "The identifier or slug of what is named."),
            ("position", INTEGER, "The place among the names, from 1."),
            ("text", TEXT, "The name."),
            ("tag", TEXT, "Its language and script (BCP 47)."),
            ("system", TEXT, "The romanisation, where it is one."),
            ("status", TEXT, "current, former, variant or synonym."),
            ("attested_in", TEXT, "Where it is attested."),
            ("used_by", TEXT, "Who uses it."),
        ),
    ),
    Table(
        "withdrawn",
        "Testimonies that were withdrawn: please take them out of what you keep.",
        ("identifier",),
        (("identifier", TEXT, "The identifier."), ("withdrawn", TEXT, "The day of the withdrawal.")),
    ),
)
BY_NAME: Final[Mapping[str, Table]] = {table.name: table for table in TABLES}

Rows = Iterator[tuple[str, Data]]  # the name of a table, and values by the names of its columns
# From a kind and an address to the address that it has now: a frozen record keeps that of a record that was merged.
Live = Callable[[str, str], str]


def rows_of_testimony(one: Data, editions: Sequence[Data], live: Live) -> Rows:
    """The rows of a testimony (`records.testimony`) and of its editions (`records.edition`)."""
    record, identifier = one["record"], one["identifier"]
    quoted = [passage["text"] for segment in record["segments"] for passage in segment["passages"]]
    rights = {right["part"]: right["uri"] for right in record["rights"]}
    dates = {kind: known["edtf"] if known else "" for kind, known in record["dates"].items()}
    alike = ("title", "language_spoken", "mode", "wording", "context_note", "content_note")
    yield (
        "testimonies",
        {
            **{key: one[key] for key in ("identifier", "permalink", "ark", "first_published", "changed")},
            **{key: record[key] for key in alike},
            **dates,
            "edition": one["edition"]["number"],
            "words": "\n\n".join(quoted),
            "language": record["language_printed"],
            "witness": live("witness", record["witness"]["identifier"]),
            "witness_name": record["witness"]["name"],
            "described_as": record["witness"]["described_as"],
            "source": live("source", record["source"]["identifier"] or ""),
            "rights_of_words": rights.get("quotation", ""),
            "rights_of_description": rights.get("description", ""),
            "basis": record["basis"]["statement"],
            "quotation_check": record["quotation_check"]["state"],
            "sha256": one["edition"]["sha256"],
        },
    )
    for edition in editions:
        yield "editions", {**edition, "testimony": identifier, "emptied": edition["emptied"] or ""}
    yield from rows_of_links(identifier, record, live)


def rows_of_links(identifier: str, record: Data, live: Live) -> Rows:
    """What a testimony is bound to; two places that became one since are one row."""
    places = {(live("place", place["identifier"]), place["relation"]): place["basis"] for place in record["places"]}
    for (place, relation), basis in places.items():
        yield "testimony_places", {"testimony": identifier, "place": place, "relation": relation, **how(basis)}
    waves = {live("wave", wave["slug"]): wave["basis"] for wave in record["waves"]}
    for wave, basis in waves.items():
        yield "testimony_waves", {"testimony": identifier, "wave": wave, **how(basis)}
    for tag in dict.fromkeys(live("tag", tag["slug"]) for tag in record["tags"]):
        yield "testimony_tags", {"testimony": identifier, "tag": tag}


def how(basis: Data) -> Data:
    """How it is known."""
    return {"basis": basis["kind"], "reason": basis["reason"]}


def rows_of_passages(one: Data, passages: Sequence[Data]) -> Rows:
    """The rows of the passages (`records.passages`) of a testimony's current edition."""
    frame = {"testimony": one["identifier"], "edition": one["edition"]["number"]}
    for position, passage in enumerate(passages, start=1):
        told = {"passage": passage["id"], "translates": passage["translates"] or "", "position": position}
        yield "passages", {**frame, **passage, **told}


def rows_of_vocabulary(kind: str, one: Data) -> Rows:
    """The rows of a record that testimonies share, and of its names."""
    table, made = VOCABULARIES[kind]
    row = made(one)
    yield table, row
    key = one[BY_NAME[table].key[0]]
    for happened in one.get("events", ()):
        yield (
            "events",
            {**happened, "wave": key, "place": named(happened["place"]), "source": named(happened["source"])},
        )
    for position, name in enumerate(one.get("names", ()), start=1):
        yield "names", {**name, "kind": kind, "of": key, "position": position}


def named(reference: Data | None) -> str:
    """The identifier of another record; empty where there is none."""
    return (reference["identifier"] or "") if reference else ""


def place_row(one: Data) -> Data:
    """The row of a place."""
    return {**one, "within": named(one["within"])}


def wave_row(one: Data) -> Data:
    """The row of a wave."""
    return {**one, **{key: named(one[key]) for key in ("begins_source", "ends_source", "attested_source")}}


def source_row(one: Data) -> Data:
    """The row of a source."""
    authors = [made["name"] for made in one["contributions"] if made["role"] == "author"]
    rights = {f"rights_{key}": value for key, value in one["rights"].items()}
    return {**one, **rights, "authors": "; ".join(authors), "accessed_on": one["accessed_on"] or ""}


def same_row(one: Data) -> Data:
    """The row of a record whose keys are the columns."""
    return one


# Kind → its table, and how a record becomes a row of it.
VOCABULARIES: Final[Mapping[str, tuple[str, Callable[[Data], Data]]]] = {
    "witness": ("witnesses", same_row),
    "place": ("places", place_row),
    "wave": ("waves", wave_row),
    "source": ("sources", source_row),
    "tag": ("tags", same_row),
}


def in_order(table: Table, values: Data) -> Row:
    """The values of a row in the order of the table's columns."""
    return tuple(values[name] for name in table.names)


def documentation() -> Iterator[Any]:
    """Table, column, type and what stands in it: the documentation as rows of a table itself."""
    for table in TABLES:
        for name, kind, about in table.columns:
            yield table.name, name, kind.lower(), about

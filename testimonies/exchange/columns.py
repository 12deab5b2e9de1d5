"""The columns of an exchange file: what each is called, what it holds, how a cell is read and written.

The table is the only place that knows them. Reading, planning, writing, the templates and docs/importing.md walk it.
A name with "N" in it stands for numbered columns: "place_N_basis" is "place_1_basis", "place_2_basis" and so on.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import texts
from testimonies.models.editorial import (
    ExchangeKey,
    PublicationBasis,
    QuoteSegment,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import (
    Agent,
    CleanTextField,
    Collection,
    Contribution,
    Derivation,
    Event,
    Place,
    Source,
    Tag,
    Wave,
    Witness,
)

Words = str | Promise

KEY = "key"
TAGS = "tags"
# Longer than the longest interview; a quotation is a few hundred characters.
LONGEST_TEXT = 200_000
LONG_QUOTE = 20_000
YES, NO = "yes", "no"
_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})


@dataclass(frozen=True)
class Described:
    """A kind of record that a row describes: the fields it gives, of which `bare` stands in the unadorned column.

    `keyed` kinds have a column for their key; `needed` is what a new one cannot be without.
    """

    model: Any
    fields: tuple[str, ...]
    bare: str = ""
    keyed: bool = False
    needed: tuple[str, ...] = ("name",)
    extra: tuple[str, ...] = ()

    def column(self, prefix: str, name: str) -> str:
        """The column of one of its fields."""
        return prefix if name == self.bare else f"{prefix}_{name}"

    def columns(self, prefix: str) -> set[str]:
        """All columns that describe it."""
        more = (*self.extra, "key") if self.keyed else self.extra
        return {self.column(prefix, name) for name in self.fields} | {f"{prefix}_{name}" for name in more}


@dataclass(frozen=True)
class Family:
    """Numbered columns: the parts of a testimony or of its source, in their order.

    `records` and `sources` say which fields of a part lead to a record that the row describes, or to a source that
    the row names by its key.
    """

    model: Any
    fields: tuple[str, ...]
    bare: str = ""
    records: tuple[tuple[str, str, str], ...] = ()  # what follows the number, the kind, the field of the part
    sources: tuple[str, ...] = ()

    def column(self, prefix: str, name: str) -> str:
        """The column of one of its fields."""
        return prefix if name == self.bare else f"{prefix}_{name}"


@dataclass(frozen=True)
class Column:
    """One column: its name, the model field that reads its cells (none for keys and lists), an example."""

    name: str
    field: Any
    example: str
    what: Words

    @property
    def holds_words(self) -> bool:
        """Whether it may hold several lines."""
        return isinstance(self.field, models.TextField)


_OF_SOURCES = (
    "title kind publisher dateline date date_as_printed language url archived_url accessed_on address_note rights_uri"
    " rights_holder rights_note selection_note"
)
DESCRIBED = {
    "source": Described(Source, tuple(_OF_SOURCES.split()), keyed=True, needed=("title",)),
    "witness": Described(Witness, ("name", "naming", "kind", "described_as", "note"), keyed=True),
    "basis": Described(
        PublicationBasis,
        ("label", "kind", "asked", "date", "ended_on", "scope", "statement"),
        keyed=True,
        needed=("label", "kind", "statement"),
    ),
    "place": Described(
        Place,
        ("name", "kind", "latitude", "longitude", "coordinates_source", "wikidata", "geonames"),
        bare="name",
        keyed=True,
        extra=("within",),
    ),
    "wave": Described(Wave, ("slug", "name"), bare="slug", needed=("slug", "name")),
    "collection": Described(Collection, ("name", "description"), bare="name"),
    "event": Described(Event, ("name", "date"), bare="name", needed=("name", "date"), extra=("source",)),
    "agent": Described(Agent, ("name", "kind"), bare="name"),
    "tag": Described(Tag, ("name",), bare="name"),
}

# What a testimony has one of: the columns' prefix, the kind of record, the testimony's field.
RECORDS = (
    ("source", "source", "source"),
    ("witness", "witness", "witness"),
    ("collection", "collection", "collection"),
    ("basis", "basis", "basis"),
    ("happened_event", "event", "happened_event"),
)
SOURCES = ("spoken_basis_source", "happened_basis_source")
# What stands in a testimony itself.
MANNER = ("locator", "language_printed", "language_spoken", "mode", "wording", "original_words_held")
DATES = tuple(
    f"{kind}{part}"
    for kind in ("spoken", "happened")
    for part in ("", "_basis", "_basis_reason", "_disclosure", "_public")
)
NOTES = (
    *("context_note", "content_note", "lineage", "peculiarities", "rights_uri", "rights_holder", "rights_note"),
    *("editors_note", "read_whole", "may_be_featured", "source_withheld", "embargo_until", "review_on"),
)
FIELDS = (*MANNER, *DATES, *NOTES)

FAMILIES = {
    "quote": Family(QuoteSegment, ("joined_by", "introduction", "text", "attribution", "attribution_note"), "text"),
    "place": Family(
        TestimonyPlace,
        ("relation", "basis", "basis_reason", "disclosure"),
        records=(("", "place", "place"), ("shown_as", "place", "public_place")),
        sources=("basis_source",),
    ),
    "wave": Family(
        TestimonyWave, ("basis", "basis_reason"), records=(("", "wave", "wave"),), sources=("basis_source",)
    ),
    "translation": Family(
        Translation,
        ("text", "language", "by_machine", "translated_from", "note"),
        "text",
        records=(("translator", "agent", "translator"),),
    ),
    "contributor": Family(TestimonyContribution, ("role",), records=(("", "agent", "agent"),)),
}
# Of the sources: what they are made of, and those that are cited beside the one that the words come from.
OF_THE_SOURCE = {
    "source_contributor": Family(Contribution, ("role", "as_printed"), records=(("", "agent", "agent"),)),
    "source_derivation": Family(
        Derivation,
        ("relation", "item", "identified", "consulted", "wording", "note"),
        "relation",
        records=(("agent", "agent", "agent"),),
    ),
}
OTHER_SOURCE = "other_source"
_NUMBERED = re.compile(
    f"(?P<family>{'|'.join([*OF_THE_SOURCE, OTHER_SOURCE, *FAMILIES])})_(?P<number>[1-9][0-9]{{0,2}})(?P<rest>_.+)?"
)

EXAMPLES = {
    "key": "courier-2021-001",
    "tags": "Bread; Border crossings",
    "quote_N": "We shared the bread and asked nobody for papers.",
    "quote_N_introduction": "According to Aibek from Osh",
    "quote_N_attribution_note": "Said to a colleague of the reporter.",
    "quote_N_joined_by": "omission",
    "source_key": "courier-2021-10-02",
    "source_title": "Bread and borders",
    "source_publisher": "The Steppe Courier",
    "source_dateline": "Osh",
    "source_date": "2021-10-02",
    "source_date_as_printed": "02.10.21",
    "source_language": "en",
    "source_url": "https://courier.example/bread",
    "source_archived_url": "https://web.archive.example/courier/bread",
    "source_accessed_on": "2021-11-05",
    "source_address_note": "Printed only.",
    "source_rights_uri": "http://rightsstatements.org/vocab/InC/1.0/",
    "source_rights_holder": "The Steppe Courier",
    "source_rights_note": "Quoted with permission.",
    "source_selection_note": "Not taken: what the reporter says himself.",
    "source_contributor_N": "Ann Onymous",
    "source_contributor_N_as_printed": "by Ann Onymous",
    "source_derivation_N": "collected_by",
    "source_derivation_N_agent": "Radio Steppe",
    "source_derivation_N_item": "The broadcast of 1 October 2021",
    "source_derivation_N_wording": "collected by Radio Steppe",
    "source_derivation_N_note": "The day is not said.",
    "witness_key": "aibek-of-osh",
    "witness_name": "Aibek",
    "witness_described_as": "Aibek from Osh",
    "witness_note": "A baker.",
    "collection": "Bread along the road",
    "collection_description": "What bakers said.",
    "basis_key": "printed-by-the-courier",
    "basis_label": "Already printed: The Steppe Courier",
    "basis_date": "2021-10-02",
    "basis_ended_on": "2031-10-02",
    "basis_scope": "Short quotations with the name as printed.",
    "basis_statement": "Quoted from a printed article. The speaker was not asked.",
    "happened_event": "The flood of 1984",
    "happened_event_date": "1984-05",
    "happened_event_source": "courier-2021-10-02",
    "locator": "p. 3",
    "language_printed": "en",
    "language_spoken": "ky",
    "spoken": "2021-09~",
    "spoken_basis_reason": "The article was printed in the week after.",
    "spoken_basis_source": "courier-2021-10-02",
    "spoken_public": "2021",
    "happened": "1984-05",
    "happened_basis_reason": "She tells of the flood.",
    "happened_basis_source": "courier-2021-10-02",
    "happened_public": "1984",
    "context_note": "He speaks at his stall.",
    "content_note": "Tells of hunger.",
    "lineage": "Told to a reporter, printed in English.",
    "peculiarities": "“bred” is printed so.",
    "rights_uri": "http://rightsstatements.org/vocab/InC/1.0/",
    "rights_holder": "The Steppe Courier",
    "rights_note": "A short quotation.",
    "editors_note": "Ask for the recording.",
    "embargo_until": "2022-01-01",
    "review_on": "2031-10-02",
    "place_N": "Osh",
    "place_N_key": "osh",
    "place_N_within": "Osh Region; Kyrgyzstan",
    "place_N_latitude": "40.51401",
    "place_N_longitude": "72.81611",
    "place_N_coordinates_source": "GeoNames",
    "place_N_wikidata": "Q208184",
    "place_N_geonames": "1527534",
    "place_N_basis_reason": "He names the bazaar.",
    "place_N_basis_source": "courier-2021-10-02",
    "place_N_shown_as": "Kyrgyzstan",
    "wave_N": "departures-1984",
    "wave_N_name": "Departures of 1984",
    "wave_N_basis_reason": "She tells of that spring.",
    "wave_N_basis_source": "courier-2021-10-02",
    "translation_N": "Мы делили хлеб и ни у кого не спрашивали бумаг.",
    "translation_N_language": "ru",
    "translation_N_translator": "Aliya Invented",
    "translation_N_translated_from": "en",
    "translation_N_note": "Read by a second translator.",
    "contributor_N": "Aliya Invented",
}
_KEY_OF = gettext_lazy("The file’s own name for it, or its identifier in this archive.")
_WITHIN = gettext_lazy("What it lies in, from the nearest to the widest, with semicolons.")
_NAMES_SOURCE = gettext_lazy("The source_key or other_source_N_key of the source that says it.")


@cache
def columns() -> dict[str, Column]:
    """Every column by its name, in the order in which files have them."""
    return {one.name: one for one in _columns()}


def _columns() -> Iterator[Column]:
    yield _column(KEY, None, gettext_lazy("What tells the row from all others, in every file. It never changes."))
    yield from _of_family("quote", FAMILIES["quote"])
    yield from _of_record("source", "source")
    for family, parts in OF_THE_SOURCE.items():
        yield from _of_family(family, parts)
    yield from _of_record("witness", "witness")
    yield from (_column(name, Testimony._meta.get_field(name)) for name in MANNER)
    for family in ("place", "wave"):
        yield from _of_family(family, FAMILIES[family])
    yield _column(TAGS, None, gettext_lazy("Names of tags, with semicolons."))
    yield from (_column(name, Testimony._meta.get_field(name)) for name in DATES)
    yield from (_column(name, None, _NAMES_SOURCE) for name in SOURCES)
    for prefix, kind, _attribute in RECORDS[2:]:
        yield from _of_record(prefix, kind)
    yield from (_column(name, Testimony._meta.get_field(name)) for name in NOTES)
    for family in ("translation", "contributor"):
        yield from _of_family(family, FAMILIES[family])
    yield from _of_record(f"{OTHER_SOURCE}_N", "source")


def _of_family(name: str, family: Family) -> Iterator[Column]:
    prefix = f"{name}_N"
    for after, kind, _attribute in family.records:
        yield from _of_record(f"{prefix}_{after}" if after else prefix, kind)
    for field in sorted(family.fields, key=lambda one: one != family.bare):
        yield _column(family.column(prefix, field), family.model._meta.get_field(field))
    yield from (_column(f"{prefix}_{field}", None, _NAMES_SOURCE) for field in family.sources)


def _of_record(prefix: str, kind: str) -> Iterator[Column]:
    described = DESCRIBED[kind]
    for field in described.fields:
        yield _column(described.column(prefix, field), described.model._meta.get_field(field))
    if described.keyed:
        yield _column(f"{prefix}_key", None, _KEY_OF)
    for extra in described.extra:
        yield _column(f"{prefix}_{extra}", None, _WITHIN if extra == "within" else _NAMES_SOURCE)


def _column(name: str, field: Any, what: Words = "") -> Column:
    alike = name.replace("other_source_N", "source").replace("place_N_shown_as_", "place_N_")
    example = EXAMPLES.get(alike, "")
    if isinstance(field, models.BooleanField):
        example, what = YES, f"{field.verbose_name} ({YES}, {NO}). {field.help_text}".strip()
    elif field is not None and field.choices:
        values = [value for value, _label in field.choices if value]
        example, what = example or values[0], f"{field.verbose_name} ({', '.join(values)})."
    elif field is not None:
        what = f"{field.verbose_name}. {field.help_text}".strip()
    return Column(name, field, example, what)


def find(heading: str) -> str | None:
    """The name of the column that a heading means, with its number; None where there is none."""
    name = re.sub(r"[\s\-]+", "_", heading.strip().casefold())
    return name if general(name) in columns() else None


@lru_cache(maxsize=4096)
def general(name: str) -> str:
    """The name as the table has it: "place_N_basis" for "place_2_basis"."""
    match = _NUMBERED.fullmatch(name)
    return f"{match['family']}_N{match['rest'] or ''}" if match else name


def nearest(heading: str) -> str:
    """The column that may have been meant, or an empty text."""
    number = re.search(r"_(\d{1,3})(?=_|$)", heading)
    known = [name.replace("_N", f"_{number[1]}", 1) if number else name for name in columns()]
    return next(iter(difflib.get_close_matches(heading.strip().casefold(), known, 1, 0.75)), "")


def numbers(names: Iterator[str] | list[str], family: str) -> list[int]:
    """The numbers that a family has among these names, in order."""
    matches = [match for name in names if (match := _NUMBERED.fullmatch(name)) and match["family"] == family]
    return sorted({int(match["number"]) for match in matches})


def in_order(names: set[str]) -> list[str]:
    """These names as files have them: as in the table, numbered columns number by number."""
    places = {name: place for place, name in enumerate(columns())}
    families: dict[str, int] = {}
    for name, place in places.items():
        if match := _NUMBERED.fullmatch(numbered(name, 1)):
            families.setdefault(match["family"], place)

    def order(name: str) -> tuple[int, int, int]:
        match, place = _NUMBERED.fullmatch(name), places[general(name)]
        return (families[match["family"]], int(match["number"]), place) if match else (place, 0, place)

    return sorted(names, key=order)


def numbered(name: str, number: int) -> str:
    """The column of this number."""
    return name.replace("_N", f"_{number}", 1)


def read(name: str, cell: str) -> Any:
    """The value of a cell that is not empty; raises ValueError with a sentence for the editor."""
    name = general(name)
    tidied = tidy(name, cell)
    return _read(name, tidied) if len(tidied) <= 100 else read_long(name, tidied)


def tidy(name: str, cell: str) -> str:
    """The cell as the desk's form for this column would keep it.

    Words are normalised; a name stays as it is written, but for characters that nothing can show, so that it comes
    back from a file as it went.
    """
    cleaned, kept = texts.clean(cell).strip(), cell.strip()
    if isinstance(columns()[name].field, CleanTextField):
        return cleaned
    return kept if unicodedata.normalize("NFC", kept.replace("\r\n", "\n")) == cleaned else cleaned


def read_long(name: str, cell: str) -> Any:
    """The same without remembering it, by the name in the table. `cell` is tidy."""
    column = columns()[name]
    if len(cell) > LONGEST_TEXT:
        raise ValueError(
            _("This is %(length)d characters long; a column takes %(longest)d.")
            % {"length": len(cell), "longest": LONGEST_TEXT}
        )
    if "\n" in cell and not column.holds_words:
        raise ValueError(_("This column takes one line of text."))
    if column.field is None:
        return _plain(name, cell)
    return _by_field(column.field, cell)


# Judging a partial date takes ten milliseconds, and files repeat themselves.
_read = lru_cache(maxsize=8192)(read_long)


def _plain(name: str, cell: str) -> Any:
    if name == TAGS or name.endswith("_within"):
        return split(cell)
    if len(cell) > ExchangeKey.LONGEST:
        raise ValueError(_("A key has at most %(longest)d characters.") % {"longest": ExchangeKey.LONGEST})
    return cell


def _by_field(field: Any, cell: str) -> Any:
    if isinstance(field, models.BooleanField):
        if cell.casefold() in _YES | _NO:
            return cell.casefold() in _YES
        raise ValueError(_("Write “yes” or “no”, not “%(cell)s”.") % {"cell": shorten(cell)})
    if field.choices:
        value = re.sub(r"[\s\-]+", "_", cell.casefold())
        values = [one for one, _label in field.choices if one]
        if value in values:
            return value
        raise ValueError(
            _("“%(cell)s” is none of these: %(values)s.") % {"cell": shorten(cell), "values": ", ".join(values)}
        )
    if isinstance(field, models.DateField) and not re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        raise ValueError(_("Write a day such as “2021-10-02”, not “%(cell)s”.") % {"cell": shorten(cell)})
    try:
        value = field.to_python(cell)
        field.run_validators(value)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return value


def empty(name: str) -> Any:
    """What an empty cell means: the field's default where it cannot be empty."""
    field = columns()[general(name)].field
    if field is None:
        return () if name == TAGS or name.endswith("_within") else ""
    if field.null:
        return None
    return "" if field.blank and isinstance(field, models.CharField | models.TextField) else field.get_default()


def show(value: Any) -> str:
    """A value as cells have it; `read` reads it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def join(names: tuple[str, ...]) -> str:
    """Several names in one cell, with semicolons; one that holds a semicolon is put in quotation marks (RFC 4180)."""
    written = []
    for name in names:
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="").writerow([name])
        written.append(line.getvalue())
    return "; ".join(written)


def split(cell: str) -> tuple[str, ...]:
    """The names in a cell; raises ValueError where a quotation mark is not closed."""
    try:
        rows = list(csv.reader([cell], delimiter=";", skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise ValueError(_("A quotation mark in this list is not closed.")) from error
    names = [name.strip() for name in rows[0]] if rows else []
    return tuple(dict.fromkeys(name for name in names if name))


def shorten(cell: str) -> str:
    """As much of a cell as fits into a sentence."""
    return cell if len(cell) <= 60 else f"{cell[:59]}…"

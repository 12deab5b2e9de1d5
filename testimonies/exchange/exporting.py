"""Testimonies to a file: the columns of `columns`, those that hold anything, in CSV, XLSX or JSON.

The same testimonies always make the same bytes. Identities, documents of consent and snapshots have no column.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import openpyxl
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.core import DocumentProperties

from testimonies import identifiers
from testimonies.cells import escape
from testimonies.models.editorial import ExchangeKey, Testimony

from . import columns
from .columns import DESCRIBED, FAMILIES, FIELDS, KEY, OF_THE_SOURCE, OTHER_SOURCE, RECORDS, SOURCES, TAGS
from .states import rows_of, with_parts

_CHUNK = 500
# ECMA-376 gives no limit; this is Excel's, and longer cells would be cut off in silence.
LONGEST_CELL = 32_767
Cells = dict[str, str]


class NotInWorkbooks(Exception):
    """Raised with a sentence where words do not fit into a workbook."""


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called, and what writes it."""

    label: str
    content_type: str
    write: Callable[[list[Cells]], bytes]


def export(testimonies: Any, form: str) -> bytes:
    """The file of some testimonies; raises NotInWorkbooks. Records without a key are given one, which they keep."""
    return FORMATS[form].write(list(rows(testimonies)))


def rows(testimonies: Any) -> Iterator[Cells]:
    """The cells of each testimony that hold anything, the oldest testimony first."""
    keys = testimonies.order_by("pk").values_list("pk", flat=True)
    waiting = iter(list(keys))
    while some := list(islice(waiting, _CHUNK)):
        found = list(
            with_parts(Testimony.objects.filter(pk__in=some))
            .select_related("publication", *(attribute for _prefix, _kind, attribute in RECORDS), *SOURCES)
            .select_related("happened_event__source")
            .prefetch_related(
                "placements__place", "placements__public_place", "placements__basis_source", "wave_mentions__wave",
                "wave_mentions__basis_source", "translations__translator", "contributions__agent",
                "source__contributions__agent", "source__derivations__agent",
            )
        )  # fmt: skip
        keyring = Keyring(found)
        yield from (RowWriter(one, keyring).cells for one in found)


class Keyring:
    """The keys of what some testimonies lead to; what has none gets one, for ever."""

    def __init__(self, testimonies: list[Testimony]) -> None:
        self.keys: dict[tuple[str, int], str] = {}
        records: dict[tuple[str, int], Any] = {}
        for testimony in testimonies:
            for record in _keyed(testimony):
                records[_kind(record), record.pk] = record
        with transaction.atomic():
            for kind in ExchangeKey.KINDS:
                self._take(kind, [record for (one, _pk), record in records.items() if one == kind])

    def _take(self, kind: str, records: list[Any]) -> None:
        wanted = {record.pk: record for record in records}
        held = ExchangeKey.objects.filter(kind=kind, **{f"{kind}_id__in": list(wanted)}).order_by("-pk")
        found = dict(held.values_list(f"{kind}_id", "key"))
        for pk, record in wanted.items():
            if pk not in found and (identifier := _identifier(record)):
                found[pk] = identifier
        new = {pk: identifiers.mint() for pk in wanted if pk not in found}
        ExchangeKey.objects.bulk_create(
            [ExchangeKey(kind=kind, key=key, **{f"{kind}_id": pk}) for pk, key in new.items()], batch_size=_CHUNK
        )
        self.keys |= {(kind, pk): key for pk, key in (found | new).items()}

    def of(self, record: Any) -> str:
        """The key of a record."""
        return self.keys[_kind(record), record.pk]


def _keyed(testimony: Testimony) -> Iterator[Any]:
    """Every record of a testimony that files know by a key."""
    yield testimony
    yield from (one for one in (testimony.witness, testimony.basis, *_sources(testimony)) if one is not None)
    for placement in testimony.placements.all():
        yield from (one for one in (placement.place, placement.public_place) if one is not None)


def _sources(testimony: Testimony) -> Iterator[Any]:
    """The source of a testimony, and every other that it cites, in the order of the columns; some are none."""
    yield testimony.source
    yield from (part.basis_source for part in rows_of(testimony, "place"))
    yield from (part.basis_source for part in rows_of(testimony, "wave"))
    yield from (getattr(testimony, name) for name in SOURCES)
    yield testimony.happened_event.source if testimony.happened_event else None


def _kind(record: Any) -> str:
    return next(kind for kind, model in ExchangeKey.KINDS.items() if isinstance(record, model))


def _identifier(record: Any) -> str:
    if isinstance(record, Testimony):
        return record.publication.identifier if record.publication else ""
    return getattr(record, "address", None) or ""


class RowWriter:
    """One testimony on its way into a row."""

    def __init__(self, testimony: Testimony, keyring: Keyring) -> None:
        self.cells: Cells = {}
        self.keyring = keyring
        self.put(KEY, keyring.of(testimony))
        for name in FIELDS:
            self.put(name, getattr(testimony, name))
        for prefix, kind, attribute in RECORDS:
            self.record(prefix, kind, getattr(testimony, attribute))
        for name in SOURCES:
            self.source_key(name, getattr(testimony, name))
        for family in FAMILIES:
            self.parts(family, rows_of(testimony, family))
        self.put(TAGS, tuple(sorted(tag.name for tag in testimony.tags.all())))
        if testimony.source:
            self.parts("source_contributor", testimony.source.contributions.all())
            self.parts("source_derivation", testimony.source.derivations.all())
        others = dict.fromkeys(one for one in _sources(testimony) if one and one != testimony.source)
        for number, source in enumerate(others, 1):
            self.record(f"{OTHER_SOURCE}_{number}", "source", source)

    def put(self, name: str, value: Any) -> None:
        """Put a value into its cell, if it is one."""
        if cell := columns.show(value):
            self.cells[name] = cell

    def record(self, prefix: str, kind: str, record: Any) -> None:
        """Describe a record."""
        if record is None:
            return
        described = DESCRIBED[kind]
        for name in described.fields:
            self.put(described.column(prefix, name), getattr(record, name))
        if described.keyed:
            self.put(f"{prefix}_key", self.keyring.of(record))
        if kind == "place":
            self.put(f"{prefix}_within", tuple(place.name for place in record.ancestors()))
        if kind == "event":
            self.source_key(f"{prefix}_source", record.source)

    def source_key(self, name: str, source: Any) -> None:
        """Name a source by its key."""
        if source is not None:
            self.put(name, self.keyring.of(source))

    def parts(self, family: str, parts: Iterable[Any]) -> None:
        """Fill numbered columns."""
        spec = (FAMILIES | OF_THE_SOURCE)[family]
        for number, part in enumerate(parts, 1):
            prefix = f"{family}_{number}"
            for name in spec.fields:
                self.put(spec.column(prefix, name), getattr(part, name))
            for after, kind, attribute in spec.records:
                self.record(f"{prefix}_{after}" if after else prefix, kind, getattr(part, attribute))
            for name in spec.sources:
                self.source_key(f"{prefix}_{name}", getattr(part, name))


def headings(rows: list[Cells]) -> list[str]:
    """The columns that hold anything, and those that every file has."""
    used = {name for row in rows for name in row}
    return columns.in_order(used | {KEY, "quote_1"})


def to_csv(rows: list[Cells]) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it, and commas (RFC 4180)."""
    names = headings(rows)
    file = io.BytesIO()
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([escape(row.get(name, "")) for name in names] for row in rows)
    text.flush()
    return file.getvalue()


def to_json(rows: list[Cells]) -> bytes:
    """A list of objects, each on a line of its own."""
    names = headings(rows)
    lines = (json.dumps({name: row[name] for name in names if name in row}, ensure_ascii=False) for row in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode() if rows else b"[]\n"


def to_xlsx(rows: list[Cells]) -> bytes:
    """A workbook in which every cell is text. Raises NotInWorkbooks."""
    names = headings(rows)
    for row in rows:
        for name, cell in row.items():
            if len(cell) >= LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(cell):
                raise NotInWorkbooks(
                    _("“%(name)s” of the row “%(key)s” is longer than a cell of a workbook can be, or has characters "
                      "that it cannot hold. Take CSV or JSON.")
                    % {"name": name, "key": row[KEY]}
                )  # fmt: skip
    return workbook([names, *([row.get(name, "") for name in names] for row in rows)])


def workbook(lines: Iterable[list[str]], *more: tuple[str, list[list[str]]]) -> bytes:
    """A workbook of one sheet of testimonies, and more sheets that explain it."""
    book = openpyxl.Workbook(write_only=True)
    # Without a day of its own the same testimonies make the same file.
    book.properties = DocumentProperties(creator="", created=_EPOCH, modified=_EPOCH)
    for title, sheet_lines in [("testimonies", lines), *more]:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for line in sheet_lines:
            sheet.append([_text(sheet, cell) for cell in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - openpyxl takes no other


def _text(sheet: Any, cell: str) -> Any:
    if not cell:
        return None
    made = WriteOnlyCell(sheet, escape(cell))
    made.number_format = "@"  # or a spreadsheet makes a day of "2021-10"
    return made


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", to_csv),
    "xlsx": Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "json": Format("JSON", "application/json", to_json),
}

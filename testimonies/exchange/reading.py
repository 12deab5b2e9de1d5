"""A file to rows: CSV, XLSX and JSON, whatever a spreadsheet made of them, or a sentence that says what is wrong.

Nothing is guessed that could spoil words unseen: a separator is found by the headings that it makes sense of, letters
that are not Unicode are refused until the editor says what they are, formulas are never worked out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from testimonies.cells import unescape

from . import columns, workbook
from .cells import Faulty, is_text

MOST_BYTES = 30_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 1_000
NEEDED = (columns.KEY, "quote_1")
_SEPARATORS = ",;\t"
_NOT_DECODED = re.compile("[\udc80-\udcff]")
_SPACE = re.compile(r"[ \t\r\n]*")
# A quotation mark that is never closed makes one cell of the rest of the file.
csv.field_size_limit(5 * columns.LONGEST_TEXT)


class Unreadable(Exception):
    """Raised with sentences that say why nothing can be read from a file."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


@dataclass
class Row:
    """One row: its number as a spreadsheet counts (in JSON the first is 1), its cells by column, what is wrong."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Table:
    """The columns of a file, and its rows as they are read."""

    names: list[str]
    rows: Iterator[Row]


Headed = Iterator[tuple[int, list[Any]]]


def read(data: bytes, form: str, encoding: str = "") -> Table:
    """The rows of a file; raises Unreadable, also while the rows are read. An `encoding` of "" is Unicode."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(most)d MB. Cut it up.") % {"most": MOST_BYTES // 1_000_000})
    if not data.strip(b"\x00\r\n\t ,;\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("The file is empty."))
    return READERS[form](data, encoding)


def read_csv(data: bytes, encoding: str) -> Table:
    """Cells with commas, semicolons or tabs between them (RFC 4180)."""
    mark = separator(stream(data, encoding).readline())
    return headed(_counted(csv.reader(stream(data, encoding), delimiter=mark, strict=True)))


def _counted(lines: Any) -> Headed:
    number = 0
    while True:
        number += 1
        try:
            line = next(lines, None)
        except csv.Error as error:
            raise Unreadable(
                _("Row %(row)d (line %(line)d of the file) cannot be read: a quotation mark is not closed, or stands "
                  "inside a cell without being doubled.")
                % {"row": number, "line": lines.line_num}
            ) from error  # fmt: skip
        if line is None:
            return
        yield number, line


def separator(first: str) -> str:
    """The separator that makes most columns of the first line."""

    def known(mark: str) -> int:
        return sum(columns.find(heading.strip('" \r')) is not None for heading in first.split(mark))

    return max(_SEPARATORS, key=lambda mark: (known(mark), first.count(mark)))


def read_xlsx(data: bytes, encoding: str) -> Table:
    """The first sheet of a workbook."""
    try:
        book = workbook.Workbook(data)
        table = headed(book.rows())
        merged = book.merged()
    except workbook.Broken as broken:
        raise Unreadable(str(broken)) from broken
    return Table(table.names, _with_merged(table.names, table.rows, merged))


def _with_merged(names: list[str], rows: Iterator[Row], merged: dict[int, int]) -> Iterator[Row]:
    """The rows, with a fault where cells are merged: it is not said to which of them the words belong."""
    try:
        for row in rows:
            if (place := merged.get(row.number)) is not None:
                name = names[place] if place < len(names) else ""
                row.faults.append((name, _("Cells are merged here. Part them.")))
            yield row
    except workbook.Broken as broken:
        raise Unreadable(str(broken)) from broken


def headed(lines: Headed) -> Table:
    """The rows below a line of headings."""
    number, headings = next(((number, line) for number, line in lines if any(map(filled, line))), (0, []))
    if not number:
        raise Unreadable(_("The file is empty."))
    while headings and not filled(headings[-1]):
        headings = headings[:-1]
    names = named([str(heading or "") for heading in headings])
    return Table(names, _or_none(_rows(lines, names)))


def _rows(lines: Headed, names: list[str]) -> Iterator[Row]:
    for number, line in lines:
        if any(map(filled, line)):
            yield _row(number, line, names)


def _row(number: int, line: list[Any], names: list[str]) -> Row:
    row = Row(number)
    if any(map(filled, line[len(names) :])):
        row.faults.append(
            ("", _("There are %(cells)d cells, but %(columns)d columns: perhaps words hold the separator.")
             % {"cells": len(line), "columns": len(names)})
        )  # fmt: skip
    for name, cell in zip(names, line, strict=False):
        take(row, name, unescape(cell) if is_text(cell) else cell)
    for name in names[len(line) :]:
        row.cells[name] = ""
    return row


def take(row: Row, name: str, cell: Any) -> None:
    """Put a cell into its row, or say what is wrong with it."""
    if isinstance(cell, Faulty):
        row.faults.append((name, cell.sentence))
    elif is_text(cell) and _NOT_DECODED.search(cell):
        row.faults.append((name, _("Letters here are not UTF-8. Save the file as UTF-8, or say how it is written.")))
    else:
        row.cells[name] = cell or ""


def named(headings: list[str]) -> list[str]:
    """The columns that the headings mean; raises Unreadable with everything that is wrong with them."""
    if len(headings) > MOST_COLUMNS:
        raise Unreadable(
            _("The file has %(count)d columns; at most %(most)d are read.")
            % {"count": len(headings), "most": MOST_COLUMNS}
        )
    names = [columns.find(heading) for heading in headings]
    faults = [*_unknown(headings, names), *_missing_or_double(names)]
    if faults:
        raise Unreadable(*faults)
    return [name for name in names if name]


def _unknown(headings: list[str], names: list[str | None]) -> Iterator[str]:
    unknown = [(place, one) for place, (one, name) in enumerate(zip(headings, names, strict=True), 1) if name is None]
    for place, heading in unknown[:10]:
        if not heading.strip():
            yield _("Row 1, column %(place)d has no heading.") % {"place": place}
        elif meant := columns.nearest(heading):
            yield _("Row 1: there is no column “%(heading)s”. Is “%(meant)s” meant?") % {
                "heading": columns.shorten(heading), "meant": meant}  # fmt: skip
        else:
            yield _("Row 1: there is no column “%(heading)s”.") % {"heading": columns.shorten(heading)}
    if len(unknown) > 10:
        yield _("Row 1: %(more)d more columns are not known.") % {"more": len(unknown) - 10}


def _missing_or_double(names: list[str | None]) -> Iterator[str]:
    for name in NEEDED:
        if name not in names:
            yield _("The column “%(name)s” is missing.") % {"name": name}
    for double, times in Counter(filter(None, names)).items():
        if times > 1:
            yield _("Row 1: the column “%(name)s” stands there %(times)d times.") % {"name": double, "times": times}


def read_json(data: bytes, encoding: str) -> Table:
    """A list of objects, each a row; their values are texts, numbers, true, false or null."""
    text = stream(data, encoding).read()
    entries = list(_entries(text))
    found: dict[str, int] = {}
    for number, pairs in entries:
        for heading, _value in pairs:
            found.setdefault(heading, number)
    names = named(list(found)) if entries else list(NEEDED)
    by_heading = dict(zip(found, names, strict=False))
    return Table(names, _or_none(_of_pairs(number, pairs, by_heading) for number, pairs in entries))


def _of_pairs(number: int, pairs: list[tuple[str, Any]], by_heading: dict[str, str]) -> Row:
    row = Row(number, dict.fromkeys(by_heading.values(), ""))
    for heading, times in Counter(heading for heading, _value in pairs).items():
        if times > 1:
            row.faults.append((by_heading[heading], _("This stands in the row more than once.")))
    for heading, value in pairs:
        take(row, by_heading[heading], _of_json(value))
    return row


def _of_json(value: Any) -> Any:
    if value is None or isinstance(value, str | Faulty):
        return value
    if isinstance(value, bool):
        return columns.show(value)
    return Faulty(_("A list or an object stands here. Write one text."))


def _entries(text: str) -> Iterator[tuple[int, list[tuple[str, Any]]]]:
    """The objects of a list one by one, so that what is wrong can be said of its row."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_Pairs,
        parse_int=str,
        parse_float=str,
        parse_constant=lambda name: Faulty(_("“%(name)s” is no value in JSON.") % {"name": name}),
    )
    place = _after_space(text, 0)
    if text[place : place + 1] != "[":
        raise Unreadable(_("The file is no JSON list: it begins with “[” and holds one object for each row."))
    place, number = _after_space(text, place + 1), 0
    while text[place : place + 1] != "]":
        number += 1
        entry, place = _decoded(decoder, text, place, number)
        yield number, entry
        if text[place : place + 1] == ",":
            place = _after_space(text, place + 1)
        elif text[place : place + 1] != "]":
            raise Unreadable(_("The file ends, or is broken, after row %(row)d.") % {"row": number})
    if text[place + 1 :].strip():
        raise Unreadable(_("Something stands in the file after the end of the list."))


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON, with the names that stand in it twice."""


def _decoded(decoder: json.JSONDecoder, text: str, place: int, number: int) -> tuple[_Pairs, int]:
    try:
        entry, end = decoder.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("Row %(row)d is no JSON (line %(line)d of the file, column %(column)d).")
            % {"row": number, "line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise Unreadable(
            _("Row %(row)d is nested too deep. Write one text for each column.") % {"row": number}
        ) from error
    if not isinstance(entry, _Pairs):
        raise Unreadable(_("Row %(row)d is no object with columns.") % {"row": number})
    return entry, _after_space(text, end)


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def stream(data: bytes, encoding: str) -> io.TextIOWrapper:
    """The text of a file, decoded as it is read. Bytes that are not UTF-8 stay recognisable, so that cells are named.

    Line ends stay what they are: the csv module alone knows which of them are inside a cell.
    """
    codec, errors = encoding or "utf-8-sig", "surrogateescape"
    if not encoding and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codec, errors = "utf-16", "surrogatepass"
        if len(data) % 2:
            raise Unreadable(_("The file is UTF-16, but ends in the middle of a letter."))
    elif not encoding and b"\x00" in data[:4]:
        raise Unreadable(_("The file looks like UTF-16 without its mark. Save it as UTF-8."))
    return io.TextIOWrapper(io.BytesIO(data), codec, errors, newline="")


def filled(cell: Any) -> bool:
    """Whether there is anything in a cell."""
    return bool(cell.strip() if is_text(cell) else cell)


def _or_none(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; raises Unreadable where there is none, or too many."""
    count = 0
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(_("The file has more than %(most)d rows. Cut it up.") % {"most": MOST_ROWS})
        yield row
    if not count:
        raise Unreadable(_("The file has no rows below its headings."))


READERS: dict[str, Callable[[bytes, str], Table]] = {"csv": read_csv, "xlsx": read_xlsx, "json": read_json}

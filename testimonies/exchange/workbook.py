"""XLSX files (ECMA-376), weighed before they are unpacked and read cell by cell. Formulas are never worked out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from . import columns
from .cells import Faulty

# A sheet of 10,000 full rows unpacks to some 60 MB, and weighs a tenth of it.
MOST_UNPACKED = 250_000_000
MOST_OF_ONE_STRING_TABLE = 80_000_000
MOST_TIMES = 200
MOST_MEMBERS = 500
# Sheets may say that a row stands a million rows further down, and that it is sixteen thousand cells wide.
MOST_LINES = 200_000
MOST_CELLS = 20_000_000
_SMALL = 1_000_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):")
_CHUNK = 1 << 20
# What openpyxl, zipfile and the XML parser raise on broken files. DefusedXmlException is a ValueError.
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, IndexError, ValueError, TypeError,
    AttributeError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


# openpyxl passes by the parser that forbids entities, without a word, where it does not find it or finds lxml.
if not openpyxl.DEFUSEDXML or openpyxl.LXML:
    raise ImproperlyConfigured("Workbooks are read with defusedxml only: unset OPENPYXL_DEFUSEDXML and OPENPYXL_LXML.")


class Broken(Exception):
    """Raised with a sentence that says why a workbook is not read."""


class Workbook:
    """The first sheet of a workbook."""

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise Broken(_("The file is no XLSX workbook, or is cut off. Save it again.")) from error
        self.weigh()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of parts of a workbook that are nothing to us
                self.book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            self.sheet = self.book.worksheets[0]
        except BROKEN as error:
            raise Broken(_broken(error)) from error
        # What a sheet says of its own size need not be true.
        self.sheet.reset_dimensions()

    def weigh(self) -> None:
        """Refuse what would unpack to far more than it weighs; the sizes are those that unpacking is held to."""
        members = self.archive.infolist()
        large = [one for one in members if one.file_size > _SMALL]
        strings = [one for one in large if one.filename.casefold().endswith("sharedstrings.xml")]
        if (
            len(members) > MOST_MEMBERS
            or sum(one.file_size for one in members) > MOST_UNPACKED
            or any(one.file_size > MOST_TIMES * max(one.compress_size, 1) for one in large)
            or any(one.file_size > MOST_OF_ONE_STRING_TABLE for one in strings)
        ):
            raise Broken(_("The workbook would unpack to far more than it weighs, and was not opened."))

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """The cells of each row, with its number."""
        cells = 0
        try:
            for number, row in enumerate(self.sheet.iter_rows(), 1):
                cells += len(row)
                if number > MOST_LINES or cells > MOST_CELLS:
                    raise Broken(_("The sheet goes on for more rows or columns than are read."))
                yield number, [value(cell) for cell in row]
        except BROKEN as error:
            raise Broken(_broken(error)) from error

    def merged(self) -> dict[int, int]:
        """Rows in which merged cells begin, and at which column, counted from 0."""
        found: dict[int, int] = {}
        try:
            for name in self.archive.namelist():
                if name.startswith("xl/worksheets/"):
                    with self.archive.open(name) as member:
                        found |= dict(_merged_in(member))
        except BROKEN as error:
            raise Broken(_broken(error)) from error
        return found


def _merged_in(member: Any) -> Iterator[tuple[int, int]]:
    """What the reader passes over in silence."""
    rest = b""
    while chunk := member.read(_CHUNK):
        piece = rest + chunk
        for match in _MERGED.finditer(piece):
            yield int(match[2]), column_index_from_string(match[1].decode()) - 1
        rest = piece[-200:]


def value(cell: Any) -> Any:
    """The text of a cell, or what is wrong with it. Days that a spreadsheet made of texts are days again."""
    kind, held = getattr(cell, "data_type", "n"), cell.value
    if kind == "f":
        return Faulty(_("A formula stands here. Put its value in its place."))
    if kind == "e":
        return Faulty(_("An error of the spreadsheet stands here."))
    if held is None or isinstance(held, str):
        return held or ""
    if isinstance(held, bool):
        return columns.show(held)
    if isinstance(held, datetime):
        return held.date().isoformat() if held.time() == time() else held.isoformat(" ")
    if isinstance(held, date | time):
        return held.isoformat()
    if isinstance(held, float):
        return str(int(held)) if held.is_integer() else repr(held)
    return str(held)


def _broken(error: Exception) -> str:
    """Why it cannot be read, in a sentence."""
    if any(isinstance(one, DefusedXmlException) for one in (error, error.__cause__)):
        return _("The workbook declares entities, which no spreadsheet does, and was not read.")
    return _("The workbook is broken or cut off. Open it in a spreadsheet and save it again.")

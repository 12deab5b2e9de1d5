"""EXPORTS: the forms in which the archive is taken away. To add one, write a function and a row.

SQLite and JSON Lines are written while the archive is read; the others are made of these two. Everything that could
differ between two exports of one state, such as times in archives, is fixed.
"""

import csv
import gzip
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from testimonies import cells

from . import terms
from .records import Data
from .snapshot import Moment
from .tables import BY_NAME, TABLES, Row, Rows, Table, documentation, in_order

LEVEL: Final = 6  # of compression
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)  # of the time of zip archives: the only one that all files share
AT_ONCE: Final = 500  # rows written together
PAGE_SIZE: Final = 4096


@dataclass(frozen=True, slots=True)
class Making:
    """What is at hand while an export is made: its folder and its moment."""

    folder: Path
    moment: Moment

    def path(self, form: "Form") -> Path:
        """Where the file of a form is written."""
        return self.folder / f"testimonies-{self.moment.number}{form.suffix}"

    @property
    def database(self) -> Path:
        """Where the SQLite file is, of which others are made."""
        return self.path(BY_FORM["sqlite"])

    @property
    def lines(self) -> Path:
        """Where the JSON Lines are, which the crate holds too."""
        return self.path(BY_FORM["jsonl"])


@dataclass(frozen=True, slots=True)
class Form:
    """One row of the table. `make` writes the file; those without one are written while the archive is read."""

    name: str
    label: Promise
    about: Promise
    suffix: str
    media_type: str
    make: Callable[[Making, Path], None] | None = None


# SQLite


class Database:
    """The tables in one SQLite file, row after row."""

    def __init__(self, path: Path, moment: Moment) -> None:
        self.path = path
        self.draft = path.with_suffix(".draft")
        self.connection = sqlite3.connect(self.draft, isolation_level=None)
        self.waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self.connection.executescript(f"PRAGMA page_size = {PAGE_SIZE}; PRAGMA journal_mode = OFF; BEGIN;")
        self.connection.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        self.connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(told(moment)))
        self.connection.execute(
            'CREATE TABLE columns ("table" TEXT, "column" TEXT, type TEXT, about TEXT, PRIMARY KEY ("table", "column"))'
        )
        self.connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?)", documentation())
        for table in TABLES:
            self.connection.execute(statement(table))

    def write(self, rows: Rows) -> None:
        """Write rows in their order."""
        for name, values in rows:
            table = BY_NAME[name]
            self.waiting[name].append(in_order(table, values))
            if len(self.waiting[name]) >= AT_ONCE:
                self.let_in(table)

    def let_in(self, table: Table) -> None:
        """Write what waits for one table."""
        marks = ", ".join("?" * len(table.columns))
        self.connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", self.waiting[table.name])  # noqa: S608
        self.waiting[table.name].clear()

    def close(self) -> None:
        """Write what waits, and the whole file in one piece, which leaves nothing between the rows."""
        for table in TABLES:
            self.let_in(table)
        self.connection.execute("COMMIT")
        self.connection.execute("VACUUM INTO ?", [str(self.path)])
        self.connection.close()
        self.draft.unlink()


def statement(table: Table) -> str:
    """The table as SQLite declares it."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind, _about in table.columns)
    key = ", ".join(f'"{name}"' for name in table.key)
    # Two events of one name and day mark one wave: no key of theirs is promised.
    return f"CREATE TABLE {table.name} ({columns}{'' if table.name == 'events' else f', PRIMARY KEY ({key})'})"


def told(moment: Moment) -> Iterator[tuple[str, str]]:
    """What a file says of itself, as texts."""
    for key, value in terms.about(moment).items():
        yield key, str(value)


def counts(path: Path) -> dict[str, int]:
    """The number of rows of each table."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table.name: connection.execute(f"SELECT COUNT(*) FROM {table.name}").fetchone()[0]  # noqa: S608
            for table in TABLES
        }


def rows_of(database: Path, table: Table) -> Iterator[Row]:
    """The rows of a table in the order in which they were written, one after another."""
    with closing(sqlite3.connect(database)) as connection:
        yield from connection.execute(f"SELECT * FROM {table.name} ORDER BY rowid")  # noqa: S608


# JSON Lines


class Lines:
    """One JSON object a line, compressed; `kind` says what it is."""

    def __init__(self, path: Path, moment: Moment) -> None:
        self.file = path.open("wb")
        # Neither name nor time: both would stand in the file.
        self.zipped = gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=self.file, mtime=0)
        self.write("about", terms.about(moment))

    def write(self, kind: str, values: Data) -> None:
        """Write one line, its keys in one order whatever the database keeps them in."""
        line = json.dumps({"kind": kind, **values}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.zipped.write(line.encode() + b"\n")

    def close(self) -> None:
        """Finish the file."""
        self.zipped.close()
        self.file.close()


# CSV


def make_csv(making: Making, path: Path) -> None:
    """One zip archive with a CSV file for each table, the documentation of the columns, and a read-me."""
    with Zip(path) as archive:
        archive.write("README.txt", terms.readme(making.moment))
        archive.write("columns.csv", table_lines(("table", "column", "type", "about"), documentation()))
        for table in TABLES:
            archive.write(f"{table.name}.csv", table_lines(table.names, rows_of(making.database, table)))


def table_lines(head: tuple[str, ...], rows: Iterator[Any]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180); no text in it is a formula."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(head)
    for row in rows:
        writer.writerow([cells.escape(value) if isinstance(value, str) else value for value in row])
        if line.tell() > 2**16:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


class Zip:
    """A zip archive in which nothing tells when or where it was made."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    def __enter__(self) -> "Zip":
        return self

    def __exit__(self, *_raised: object) -> None:
        self.archive.close()

    def write(self, name: str, text: str | Iterator[str]) -> None:
        """Write a file from a text or from the pieces of one."""
        with self.opened(name) as file:
            for piece in (text,) if isinstance(text, str) else text:
                file.write(piece.encode())

    def copy(self, name: str, path: Path) -> None:
        """Write a file as it lies there."""
        with self.opened(name) as file, path.open("rb") as source:
            while piece := source.read(2**18):
                file.write(piece)

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A file in the archive, to be written."""
        entry = zipfile.ZipInfo(name, BEGINNING)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = 0o100644 << 16
        with self.archive.open(entry, "w", force_zip64=True) as file:
            yield file


# RO-Crate


def make_crate(making: Making, path: Path) -> None:
    """An RO-Crate 1.1: the CSV files and the JSON Lines, with a description that repositories read."""
    described: dict[str, tuple[int, str]] = {}
    with Zip(path) as archive:
        for table in TABLES:
            rows = table_lines(table.names, rows_of(making.database, table))
            archive.write(f"{table.name}.csv", measured(f"{table.name}.csv", rows, described))
        columns = table_lines(("table", "column", "type", "about"), documentation())
        archive.write("columns.csv", measured("columns.csv", columns, described))
        archive.write("README.txt", measured("README.txt", iter([terms.readme(making.moment)]), described))
        archive.copy("testimonies.jsonl.gz", making.lines)
        described["testimonies.jsonl.gz"] = (making.lines.stat().st_size, sha256_of(making.lines))
        told = json.dumps(crate(making.moment, described), ensure_ascii=False, indent=2)
        archive.write("ro-crate-metadata.json", told)


def measured(name: str, pieces: Iterator[str], described: dict[str, tuple[int, str]]) -> Iterator[str]:
    """The same pieces; when they have passed, their size and digest are known."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece.encode())
        digest.update(piece.encode())
        yield piece
    described[name] = (size, digest.hexdigest())


def crate(moment: Moment, described: dict[str, tuple[int, str]]) -> Data:
    """The description of the crate (JSON-LD)."""
    archive, told = settings.ARCHIVE, terms.about(moment)
    files = [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "description": what_it_is(name),
            "contentSize": str(size),
            "sha256": digest,
            "encodingFormat": FORMATS[name.rpartition(".")[2]],
        }
        for name, (size, digest) in described.items()
    ]
    publisher = {"@id": told["address"], "@type": "Organization", "name": archive["name"], "url": told["address"]}
    licence = {"@id": archive["licence_url"], "@type": "CreativeWork", "name": archive["licence_name"]}
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": f"{archive['name']}: all public testimonies",
                "description": f"As of number {moment.number} of the publication log. {terms.TERMS}",
                "version": str(moment.number),
                "datePublished": told["date"],
                "license": {"@id": archive["licence_url"]},
                "publisher": {"@id": told["address"]},
                "url": f"{archive['url']}/data/",
                "creditText": told["citation"],
                "hasPart": [{"@id": one["@id"]} for one in files],
            },
            *files,
            publisher,
            licence,
        ],
    }


FORMATS: Final = {"csv": "text/csv", "txt": "text/plain", "gz": "application/gzip"}


def what_it_is(name: str) -> str:
    """A sentence on a file of the crate."""
    table = BY_NAME.get(name.partition(".")[0]) if name.endswith(".csv") else None
    if table:
        return table.about
    others = {
        "columns.csv": "What stands in each column of each table.",
        "README.txt": "What this is, how to cite it, and its terms.",
        "testimonies.jsonl.gz": "Every record whole, older editions too: one JSON object a line (gzip).",
    }
    return others[name]


def sha256_of(path: Path) -> str:
    """The digest of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


EXPORTS: Final[tuple[Form, ...]] = (
    Form(
        "csv",
        _("Tables (CSV)"),
        _("One file for each table, with the documentation of the columns, in a zip archive."),
        "-csv.zip",
        "application/zip",
        make_csv,
    ),
    Form(
        "jsonl",
        _("JSON Lines"),
        _("Every record whole, older editions too: one JSON object a line, compressed with gzip."),
        ".jsonl.gz",
        "application/gzip",
    ),
    Form(
        "sqlite",
        _("SQLite"),
        _("All tables in one file that can be asked at once."),
        ".sqlite",
        "application/vnd.sqlite3",
    ),
    Form(
        "crate",
        _("RO-Crate"),
        _("Tables and JSON Lines with a description that repositories of research data read."),
        "-crate.zip",
        "application/zip",
        make_crate,
    ),
)
BY_FORM: Final = {form.name: form for form in EXPORTS}

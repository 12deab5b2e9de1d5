"""What stands in the files of an export, as a reader's own tools find it."""

import csv
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from testimonies.dataset.standing import Export


def path(export: Export, form: str) -> Path:
    """Where the file of a form lies."""
    file = export.named(form)
    assert file is not None
    return export.path(file)


def rows(export: Export, table: str) -> list[dict[str, Any]]:
    """The rows of a table of the SQLite file."""
    with closing(sqlite3.connect(path(export, "sqlite"))) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608


def lines(export: Export) -> list[dict[str, Any]]:
    """The objects of the JSON Lines."""
    with gzip.open(path(export, "jsonl"), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def archive(export: Export, form: str) -> dict[str, bytes]:
    """The files of a zip archive by their names."""
    with zipfile.ZipFile(path(export, form)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def table(export: Export, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = archive(export, "csv")[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything(export: Export) -> Iterator[str]:
    """Every byte of an export, compressed or not, as text; SQLite's file as it lies there too."""
    for file in export.files:
        data = export.path(file).read_bytes()
        yield data.decode(errors="replace")
        if file.form == "jsonl":
            yield gzip.decompress(data).decode()
        elif file.name.endswith(".zip"):
            for name, content in archive(export, file.form).items():
                yield name
                content = gzip.decompress(content) if name.endswith(".gz") else content
                yield content.decode()

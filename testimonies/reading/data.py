"""The page about the whole archive as files. The room of the files may not import this one: any objects do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat

from testimonies.reading.pieces import Day, day


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file: `newest` is the address that always leads to the newest of its form."""

    label: str
    about: str
    name: str
    address: str
    newest: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TableLines:
    """One table: its columns as (name, what stands in it) pairs, and its number of rows where an export stands."""

    name: str
    about: str
    columns: tuple[tuple[str, str], ...]
    rows: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """What can be taken away; `number` is None while the files are being made."""

    number: int | None
    on: Day | None
    total: int
    files: tuple[FileLine, ...]
    tables: tuple[TableLines, ...]


def data_page(
    export: Any,
    *,
    forms: Mapping[str, tuple[str, str]],
    address: Callable[[str], str],
    newest: Callable[[str], str],
    tables: Iterable[Any],
) -> DataPage:
    """Return the page for an export, or for none; `forms` gives the name and a sentence for each form of file."""
    counts: Mapping[str, int] = export.counts if export else {}
    return DataPage(
        number=export.number if export else None,
        on=day(export.at) if export else None,
        total=counts.get("testimonies", 0),
        files=tuple(
            FileLine(
                *forms[file.form],
                file.name,
                address(file.name),
                newest(file.form),
                filesizeformat(file.size),
                file.sha256,
            )
            for file in (export.files if export else ())
        ),
        tables=tuple(
            TableLines(
                one.name, one.about, tuple((name, about) for name, _kind, about in one.columns), counts.get(one.name)
            )
            for one in tables
        ),
    )

"""An export, written beside the one that stands and put into its place when it is whole."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from . import formats, records, snapshot, standing, tables
from .standing import Export, File

Progress = Callable[[int], None]
EVERY: Final = 1000


class Busy(Exception):
    """Raised where another process makes an export at this moment."""


def write(progress: Progress | None = None) -> Export:
    """Make an export of this moment; the one before goes. Raises Busy."""
    root = standing.place()
    root.mkdir(parents=True, exist_ok=True)
    with turn(root):
        for left in root.glob("making-*"):  # by somebody who was killed
            shutil.rmtree(left)
        folder = root / f"making-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            number = fill(folder, progress or silent)
            settled = root / f"log-{number}-{secrets.token_hex(4)}"
            folder.rename(settled)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        name_current(root, settled.name)
        standing.clear_away(but=settled.name)
    made = standing.held()
    if made is None:
        raise OSError("The export that was made cannot be read.")
    return made


def silent(done: int) -> None:
    """Tell nobody how far it is."""


def fill(folder: Path, progress: Progress) -> int:
    """Write all files of an export, its list of contents last; the number of the log that it holds."""
    with snapshot.held() as moment:
        making = formats.Making(folder, moment)
        read(making, progress)
    for form in formats.EXPORTS:
        if form.make:
            form.make(making, making.path(form))
    paths = {form.name: making.path(form) for form in formats.EXPORTS}
    files = [File(form, one.name, one.stat().st_size, formats.sha256_of(one)) for form, one in paths.items()]
    contents = {
        "number": moment.number,
        "epoch": moment.epoch,
        "at": moment.at.isoformat(),
        "until": moment.until.isoformat() if moment.until else None,
        "counts": formats.counts(making.database),
        "files": [asdict(file) for file in files],
    }
    (folder / "contents.json").write_text(json.dumps(contents, indent=2), encoding="utf-8")
    for path in folder.iterdir():
        keep(path)
    return moment.number


def read(making: formats.Making, progress: Progress) -> None:
    """Read the archive once, and write what is read into both files that are made of it."""
    database, lines = (
        formats.Database(making.database, making.moment),
        formats.Lines(making.lines, making.moment),
    )
    live = snapshot.live_addresses()
    for done, (testimony, editions) in enumerate(snapshot.testimonies(), start=1):
        identifier, number = testimony["identifier"], testimony["edition"]["number"]
        told = [records.edition(identifier, one) for one in editions]
        passages = records.passages(identifier, number, testimony["record"])
        database.write(tables.rows_of_testimony(testimony, told, live))
        database.write(tables.rows_of_passages(testimony, passages))
        lines.write("testimony", testimony)
        for one, edition in zip(editions, told, strict=True):
            if one.number != number:
                lines.write("edition", {"testimony": identifier, "edition": edition, "record": one.record})
        if done % EVERY == 0:
            progress(done)
    for model in snapshot.KINDS:
        kind = str(model._meta.model_name)
        for record in snapshot.vocabulary(model):
            database.write(tables.rows_of_vocabulary(kind, record))
            lines.write(kind, record)
    for gone in snapshot.withdrawn():
        database.write(iter([("withdrawn", gone)]))
        lines.write("withdrawn", gone)
    database.close()
    lines.close()


@contextmanager
def turn(root: Path) -> Iterator[None]:
    """The right to make an export on this server, which goes with the process."""
    with (root / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def name_current(root: Path, name: str) -> None:
    """Put the name of the export that stands into the place of the one before, whole or not at all."""
    beside = root / "current.new"
    beside.write_text(name, encoding="ascii")
    keep(beside)
    beside.replace(root / "current")
    keep(root)


def keep(path: Path) -> None:
    """Have a file or a folder on the disk before anything names it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Import testimonies from a file: looked through first, then imported whole or not at all."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import capfirst

from testimonies.exchange import columns, planning, reading, running
from testimonies.exchange.planning import Plan
from testimonies.models.editorial import ImportBatch, ImportRow

FORMATS = [str(one) for one in ImportBatch.Format]
ENCODINGS = [str(one) for one in ImportBatch.Encoding if one]


class Command(BaseCommand):
    """The importer of the desk, without the desk."""

    help = "Import testimonies as drafts from a CSV, XLSX or JSON file; see docs/importing.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, or a batch that the desk keeps."""
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--format", choices=FORMATS, help="where the end of the file's name does not say it")
        parser.add_argument("--encoding", choices=ENCODINGS, default="", help="where the file is not Unicode")
        parser.add_argument("--columns", action="store_true", help="print the table of columns in docs/importing.md")
        parser.add_argument("--batch", type=int, help="go on with a file that was handed in before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of every row what it does; exit with 1 where nothing was imported."""
        try:
            if options["columns"]:
                self.stdout.write("\n".join(table_of_columns()))
            elif options["batch"] is not None:
                running.step(self.batch(options["batch"]))
            elif options["file"] is None:
                raise CommandError("Name a file.")
            elif options["dry_run"]:
                self.dry_run(options)
            else:
                self.whole(options)
        except running.Busy as busy:
            raise CommandError("Another import is under way. Nothing was done.") from busy

    def batch(self, key: int) -> ImportBatch:
        """A file that was handed in."""
        if (batch := ImportBatch.objects.filter(pk=key).first()) is None:
            raise CommandError(f"There is no import {key}.")
        return batch

    def dry_run(self, options: dict[str, Any]) -> None:
        """Plan, and write nothing at all."""
        try:
            table = reading.read(content(options["file"]), form(options), options["encoding"])
            plan = planning.plan(table)
        except reading.Unreadable as unreadable:
            raise CommandError("\n".join(unreadable.sentences)) from unreadable
        self.report(plan)
        self.stdout.write("This was a dry run: nothing was imported.")
        if not plan.is_clean:
            sys.exit(1)

    def whole(self, options: dict[str, Any]) -> None:
        """Look through, then import, if nothing stands against it."""
        batch = running.hand_in(
            content(options["file"]), called=options["file"].name, form=form(options), encoding=options["encoding"]
        )
        running.step(batch)
        if batch.state == ImportBatch.State.READY:
            running.confirm(batch)
            running.step(batch)
        for line in lines_of(batch):
            self.stdout.write(line)
        if batch.state != ImportBatch.State.DONE:
            reasons = batch.faults
            running.discard(batch)
            raise CommandError("\n".join([*reasons, "Nothing was imported."]))
        self.stdout.write(f"Imported (import {batch.pk}).")

    def report(self, plan: Plan) -> None:
        """Every row with what it does, and what is to be said about it."""
        for row in plan.rows:
            for line in lines(row.number, row.key, row.outcome, row.faults, row.remarks):
                self.stdout.write(line)
        self.stdout.write(summary({str(one): plan.count(one) for one in ImportRow.Outcome}))


def table_of_columns() -> Iterator[str]:
    """Every column with what it holds and an example, in Markdown."""
    yield "| column | holds | such as |"
    yield "| --- | --- | --- |"
    for column in columns.columns().values():
        what = capfirst(str(column.what)).replace("|", "\\|")
        yield f"| `{column.name}` | {what} | {column.example} |"


def content(file: Path) -> bytes:
    """What is in a file."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def form(options: dict[str, Any]) -> str:
    """The format that was named, or that the file's name ends with."""
    found = options["format"] or options["file"].suffix.removeprefix(".").casefold()
    if found not in FORMATS:
        raise CommandError(f"Name the format: --format {', '.join(FORMATS)}.")
    return str(found)


def lines_of(batch: ImportBatch) -> Iterator[str]:
    """The report that a batch keeps."""
    rows = list(batch.rows.all())
    for row in rows:
        yield from lines(row.number, row.key, row.outcome, row.faults, row.remarks)
    yield summary({str(one): sum(row.outcome == one for row in rows) for one in ImportRow.Outcome})


def lines(number: int, key: str, outcome: str, faults: list[Any], remarks: list[Any]) -> Iterator[str]:
    """What is said of one row."""
    yield f"row {number} {key}: {ImportRow.Outcome(outcome).label}"
    for name, sentence in faults:
        yield f"    ! {name}: {sentence}" if name else f"    ! {sentence}"
    for name, sentence in remarks:
        yield f"      {name}: {sentence}" if name else f"      {sentence}"


def summary(counts: dict[str, int]) -> str:
    """How many rows do what."""
    return ", ".join(f"{counts[str(one)]} {one.label}" for one in ImportRow.Outcome)

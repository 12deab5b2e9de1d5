"""Export all testimonies into a file that can be imported elsewhere."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from testimonies.exchange import exporting
from testimonies.models.editorial import Testimony


class Command(BaseCommand):
    """The export of the desk, without the desk."""

    help = "Export all testimonies, also drafts, to FILE.csv, FILE.xlsx or FILE.json; see docs/importing.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a file that only its owner may read: it holds what is not public."""
        file: Path = options["file"]
        form = file.suffix.removeprefix(".").casefold()
        if form not in exporting.FORMATS:
            raise CommandError(f"End the name of the file with one of these: {', '.join(exporting.FORMATS)}.")
        try:
            data = exporting.export(Testimony.objects.all(), form)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
                written.write(data)
        except exporting.NotInWorkbooks as reason:
            raise CommandError(str(reason)) from reason
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Exported {Testimony.objects.count()} testimonies. The file holds what is not public.")

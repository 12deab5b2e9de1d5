"""Make the files under /data/ from what is published."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from testimonies.dataset import standing, writing
from testimonies.publishing import unlist_overdue

BESIDE = 10  # so far behind whoever answers readers


class Command(BaseCommand):
    """The server does so by itself when it is due; by hand it is made at once."""

    help = "Make the whole public archive anew as CSV, JSON Lines, SQLite and RO-Crate, to be taken away at /data/."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether it has to be."""
        parser.add_argument("--if-due", action="store_true", help="Only where the one that stands is not to be had.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it with progress; where another process is at it, say so with exit code 1."""
        self.began = time.monotonic()
        unlist_overdue()  # otherwise the clock would end the export before the sweep has told the log
        if options["if_due"]:
            if not standing.is_due():
                return
            os.nice(BESIDE)
        try:
            export = writing.write(self.progress)
        except writing.Busy:
            if options["if_due"]:
                return
            raise CommandError("Another process is making the export at this moment: wait until it is done.") from None
        except OSError as error:
            raise CommandError(f"The export cannot be written under {standing.place()}: {error}.") from error
        self.stdout.write(f"Number {export.number} of the log, {export.counts['testimonies']:,} testimonies:")
        for file in export.files:
            self.stdout.write(f"{file.sha256}  {file.name}  {file.size:,} bytes")

    def progress(self, done: int) -> None:
        """One line now and then."""
        rate = done / max(time.monotonic() - self.began, 0.001)
        self.stdout.write(f"{done:,} testimonies, {rate:,.0f} a second")

"""Make the index that search asks anew, while the old one goes on answering."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from testimonies.search import follow

EVERY = 2.0  # seconds


class Command(BaseCommand):
    """Nothing needs it: a damaged, missing or foreign index is made anew by itself."""

    help = "Make this server's search index anew from what is published; until it is whole the old one answers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it with progress; where another process is at it, say so with exit code 1."""
        self.began = self.told = time.monotonic()
        try:
            held = follow.make_anew(self.progress, wait=False)
        except follow.IndexBeingMade:
            raise CommandError("Another process is making the index at this moment: wait until it is done.") from None
        except OSError as error:
            raise CommandError(f"The index cannot be written under {follow.place()}: {error.strerror}.") from error
        self.stdout.write(f"The index holds what the log says up to number {held.number}.")

    def progress(self, done: int, total: int) -> None:
        """One line now and then, and one at the end."""
        now = time.monotonic()
        if done >= total or now - self.told >= EVERY:
            self.told = now
            rate = done / max(now - self.began, 0.001)
            self.stdout.write(f"{done:,} of {total:,} testimonies, {rate:,.0f} a second")

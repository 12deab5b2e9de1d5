"""Load the seed collection into the archive; twice is as good as once."""

from typing import Any

from django.core.management.base import BaseCommand

from testimonies.management.seed import load_seed_collection


class Command(BaseCommand):
    """Enter and publish the seven voices that the archive begins with."""

    help = "Load the seed collection: seven voices from a press article of September 2022. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing, and say how much that was."""
        entered = load_seed_collection()
        self.stdout.write(f"Entered and published {entered} testimonies of the seed collection.")

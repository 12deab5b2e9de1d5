"""Fill an empty archive with samples, for show."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from testimonies.management.sample import HoldsTestimonies, make_sample_archive


class Command(BaseCommand):
    """Invented people's testimonies, so that lists, map, timeline and facets are seen full."""

    help = "Fill an archive without testimonies with invented ones, marked as samples. For show; never for readers."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which."""
        parser.add_argument("--testimonies", type=int, default=400, metavar="N", help="how many (default: 400)")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed makes the same words")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and say so; refuse an archive that holds real testimonies."""
        if not 1 <= options["testimonies"] <= MOST:
            raise CommandError(f"Between 1 and {MOST} samples can be made.")
        # Before the first start of the server, which gives an archive without testimonies the seed collection.
        if not connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        try:
            made = make_sample_archive(options["testimonies"], options["seed"])
        except HoldsTestimonies:
            raise CommandError("This archive holds testimonies that are no samples. Nothing was done.") from None
        self.stdout.write(
            f"Published {made} samples." if made else "This archive holds samples already. Nothing was done."
        )


# So many are different from one another.
MOST = 3000

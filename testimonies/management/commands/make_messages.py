"""./run manage make_messages: bring the translations of the interface up to date with the sources, and compile them."""

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Gather, keep what is translated, compile, and say what is missing."""

    help = "Bring the translations of the interface up to date with the sources, and compile them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write testimonies/locale/."""
        # Babel stands in requirements-dev.txt: the running site reads what is compiled.
        from testimonies.management import messages

        for tag, missing in messages.update().items():
            said = f"{missing} strings are not translated yet" if missing else "every string is translated"
            self.stdout.write(f"{tag}: {said}")

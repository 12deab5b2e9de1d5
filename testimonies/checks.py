"""What Django looks at when the archive starts (`manage.py check`), beyond what its settings refuse."""

from typing import Any

from django.conf import settings
from django.core import checks

from testimonies.identifiers import TEST_NAAN


@checks.register()
def naan_is_our_own(**options: Any) -> list[checks.CheckMessage]:
    """In production, ARKs under the test number would be promised to readers and belong to nobody."""
    if not settings.IN_PRODUCTION or settings.ARCHIVE["naan"] != TEST_NAAN:
        return []
    return [
        checks.Warning(
            "ARKs are made under the test number 99999, which belongs to nobody: they will not last.",
            hint="Ask the NAAN registry for a number of your own (it is free) and set ARCHIVE_NAAN.",
            id="testimonies.W001",
        )
    ]

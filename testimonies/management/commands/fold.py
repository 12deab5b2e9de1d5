"""Show under which keys words are found, to see what meets what and to measure the rates."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from testimonies.folding import keys


class Command(BaseCommand):
    """Read lines `word<TAB>language` from standard input, print one JSON object a line with the keys of each tier."""

    help = (
        "Reads lines word<TAB>language (a BCP 47 tag, may be missing) in UTF-8 from standard input and prints "
        'one JSON line each: {"word", "language", "exact", "loose", "shape"}. Words meet when they share a key.'
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Fold until the input ends; what is not UTF-8 is replaced, so that no line goes unanswered."""
        for line in sys.stdin.buffer:
            word, _tab, language = line.decode("utf-8-sig", "replace").rstrip("\r\n").partition("\t")
            found = keys(word, language.strip())
            answer = {
                "word": word,
                "language": language.strip(),
                "exact": found.exact,
                "loose": sorted(found.loose),
                "shape": sorted(found.shape),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))

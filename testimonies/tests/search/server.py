"""A server of its own for tests: told line by line what to do, it answers with a line of JSON each.

    publish WORDS       the identifier
    withdraw IDENTIFIER
    ask WORD            the identifiers of what is found
    offers              the words of its index

Its ARCHIVE_DATA is its own, the database is that of the test.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection


class Server:
    """A server process, seen from the test."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        environment = os.environ | {"ARCHIVE_TEST_DATA": str(folder), "DATABASE_URL": address_of_database()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            env=environment | {"DJANGO_SETTINGS_MODULE": "archive.settings.test"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, command: str) -> Any:
        """What it answers."""
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


def address_of_database() -> str:
    """The database that the test is connected to, as DATABASE_URL names it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = quote(settings["HOST"], safe="")
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}:{settings['PORT']}/{settings['NAME']}"


def main() -> None:
    """Answer until the input ends."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    for line in sys.stdin:
        command, _, rest = line.rstrip("\n").partition(" ")
        sys.stdout.write(json.dumps(answer(command, rest)) + "\n")
        sys.stdout.flush()


def answer(command: str, rest: str) -> Any:
    """Do as told."""
    import tantivy

    from testimonies import publishing
    from testimonies.models.public import Publication
    from testimonies.search import follow
    from testimonies.search.index import SCHEMA
    from testimonies.search.opened import Held
    from testimonies.tests import making

    def ask(held: Held) -> list[int]:
        hits = held.searcher.search(tantivy.Query.term_query(SCHEMA, "exact", rest), 100).hits
        return held.searcher.fast_field_values("key", [address for _, address in hits]) if hits else []

    match command:
        case "publish":
            return making.published(rest).identifier
        case "withdraw":
            testimony = making.testimony_of(Publication.objects.get(identifier=rest))
            publishing.withdraw(testimony, reason=Publication.WithdrawalReason.ON_REQUEST)
            return rest
        case "ask":
            found = Publication.objects.listed().filter(pk__in=follow.answering(ask))
            return sorted(found.values_list("identifier", flat=True))
    raise ValueError(command)


if __name__ == "__main__":
    main()

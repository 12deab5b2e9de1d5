"""Prepares the archive and serves it: what `./run server` runs.

One process does both, and the server's workers are forked from it: Django is loaded once, not three times, which is
most of the time from the command to the first answer.
"""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from testimonies.management.commands.prepare_archive import Command as PrepareArchive

WORKERS = 2
THREADS = 4


class Command(PrepareArchive):
    """Everything from an empty folder to an archive that answers."""

    help = "Prepare the archive, then serve it until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """The port, as for preparing, and how many processes answer."""
        super().add_arguments(parser)
        parser.add_argument("--workers", type=int, default=WORKERS, help="Processes that answer.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare; then become the server, whose workers load `archive.wsgi`."""
        super().handle(*args, **options)
        _ = get_resolver().url_patterns  # loaded here, the workers need not
        connections.close_all()  # a connection must not be shared with a fork
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
        Granian(
            "archive.wsgi:application",
            address="127.0.0.1",
            port=int(options["port"]),
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()

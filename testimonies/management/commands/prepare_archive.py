"""Makes the archive ready to be served: tables, files, a first collection and a first account.

`./run server` calls it before every start. It does only what is still to be done: a second start is quick.
"""

import errno
import fcntl
import hashlib
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from testimonies.dataset import standing
from testimonies.models.editorial import Testimony
from testimonies.models.public import Publication

ACCOUNT = "archivist"
SMALL = 200  # testimonies: exported within a second
PREPARING = 0x7E57_1304  # any number that nothing else in the database locks


class Command(BaseCommand):
    """Everything that has to be there before the first request."""

    help = "Migrate, collect static files, fill an empty archive, make the first account."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The port that the server is going to use."""
        parser.add_argument("--port", default="8000", help="Refuse at once when this port is taken.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is still to be done; anything in the way is told in one line, with exit code 2."""
        port = self.free_port(options["port"])
        try:
            with one_at_a_time():
                connection.ensure_connection()
                self.prepare()
        except DatabaseError as error:
            self.refuse(f"The database cannot be used: {first_line(error)}")
        except OSError as error:
            self.refuse(f"ARCHIVE_DATA: {settings.ARCHIVE_DATA} cannot be written: {error.strerror}.")
        self.stdout.write(f"The archive answers on http://127.0.0.1:{port}/ (stop it with Ctrl-C).")

    def prepare(self) -> None:
        """The steps, each of which looks first whether it is needed."""
        self.migrate()
        call_command("createcachetable", verbosity=0)
        self.collect_static_files()
        self.load_seed_collection()
        self.make_first_account()
        self.export_data()

    def migrate(self) -> None:
        """Bring the tables up to date."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the tables …")
            call_command("migrate", verbosity=0, interactive=False)

    def collect_static_files(self) -> None:
        """Hash and compress style sheets, scripts and fonts, when one of them has changed."""
        mark = Path(settings.STATIC_ROOT) / ".collected"
        state = state_of_static_files()
        if not mark.exists() or mark.read_text() != state:
            self.stdout.write("Collecting style sheets, scripts and fonts …")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text(state)

    def load_seed_collection(self) -> None:
        """Fill an archive that holds nothing."""
        if not Testimony.objects.exists() and not Publication.objects.exists():
            self.stdout.write("Loading the seed collection …")
            call_command("load_seed_collection", verbosity=0)

    def make_first_account(self) -> None:
        """An archivist, when nobody may administer the archive yet. The password is shown this once."""
        if User.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(15)
        make_archivist(password)
        self.stdout.write(
            f"\nAn editor's account was made:\n\n    name      {ACCOUNT}\n    password  {password}\n\n"
            "The password is shown this once. Sign in under /admin/.\n"
        )

    def export_data(self) -> None:
        """Make the files that readers may take away, where that takes no time; otherwise the server does so later."""
        if Publication.objects.listed().count() <= SMALL and standing.is_due():
            call_command("export_data", stdout=StringIO())

    def free_port(self, port: str) -> int:
        """The port as a number, proved to be free."""
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            self.refuse(f"PORT must be a number from 1 to 65535, not {port!r}.")
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", int(port)))
            except OSError as error:
                taken = "taken" if error.errno == errno.EADDRINUSE else f"not to be had ({error.strerror})"
                self.refuse(f"Port {port} is {taken}: choose another one, as in PORT=8001 ./run server")
        return int(port)

    def refuse(self, reason: str) -> NoReturn:
        """One clear line, no traceback."""
        self.stderr.write(reason)
        sys.exit(2)


@transaction.atomic
def make_archivist(password: str) -> User:
    """An account that may do everything, with a verified address, as second factors ask for."""
    user = User.objects.create_superuser(ACCOUNT, f"{ACCOUNT}@localhost", password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.groups.add(*Group.objects.filter(name__iexact=ACCOUNT))
    return user


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two servers that are started at once on the same data would make the same tables twice.

    A lock in the database holds for servers on other machines too; it is let go of with the connection.
    """
    with (settings.ARCHIVE_DATA / "prepare.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def state_of_static_files() -> str:
    """A digest of every source file's name, size and time of change."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def first_line(error: DatabaseError) -> str:
    """What the database said, without the lines of advice that follow."""
    return str(error).strip().partition("\n")[0]

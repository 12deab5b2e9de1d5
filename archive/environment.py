"""What the settings read from the machine: environment variables, the data folder, keys and the database."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

KNOWN_DATABASES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")

# WAL lets readers go on while somebody writes. FULL, because with NORMAL a power cut loses rows that were
# acknowledged. secure_delete, so that an erased name does not stay readable in the free pages of the file.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding space; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def number(name: str, default: int) -> int:
    """A whole number, not negative."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def one_of(name: str, choices: list[str]) -> str:
    """One of several words; the first unless set."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def web_address(name: str, default: str) -> str:
    """A web address. Here an empty variable counts: it says that there is to be none."""
    value = os.environ.get(name, default).strip()
    if value and not value.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"{name} must begin with https:// (or be empty), not {value!r}.")
    return value


def demand(needs: dict[str, str]) -> None:
    """Refuse to go on unless every named variable is set. `needs` maps a name to what it is for."""
    missing = [f"{name} ({purpose})" for name, purpose in needs.items() if not text(name)]
    if missing:
        raise ImproperlyConfigured(f"Set these environment variables first: {', '.join(missing)}.")


def data_folder(path: Path) -> Path:
    """The folder of database, pictures and keys, made when missing and proved writable."""
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path.resolve()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ImproperlyConfigured(f"ARCHIVE_DATA: the folder {path} cannot be written: {reason}.") from error


def key_in_file(path: Path, make: Callable[[], str]) -> str:
    """The key held in a file that only its owner may read; made on the first start.

    Two processes that start at once agree on one key: the file appears whole, by a hard link, or not at all.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".key-") as draft:  # made 0600
            draft.write(make())
            draft.flush()
            os.fsync(draft.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text().strip()


def new_secret() -> str:
    """A fresh secret for signing cookies and entity tags."""
    return secrets.token_urlsafe(50)


def new_encryption_key() -> str:
    """A fresh Fernet key for the fields that are encrypted at rest."""
    return Fernet.generate_key().decode()


def encryption_keys(keys: list[str]) -> list[str]:
    """The same keys, each proved to be one that Fernet takes."""
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(
                "ARCHIVE_ENCRYPTION_KEYS must hold Fernet keys (32 bytes, URL-safe base64) with commas."
            ) from error
    return keys


def second_factor_groups(names: list[str]) -> list[str]:
    """The groups of which a second factor is demanded: a name that is none would demand it of nobody, unseen."""
    known = ("Contributor", "Editor", "Archivist", "everybody", "nobody")
    if [name for name in names if name not in known] or ("nobody" in names and len(names) > 1):
        raise ImproperlyConfigured(
            "ARCHIVE_SECOND_FACTOR must be everybody, nobody, or some of Contributor, Editor and Archivist with commas."
        )
    return [name for name in names if name != "nobody"]


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`, or for a SQLite file in `folder` when there is no address.

    Its refusal does not repeat the address, which may hold a password.
    """
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{folder / 'archive.sqlite3'}"))
    except ValueError as error:
        raise _unknown_database() from error
    if parsed.get("ENGINE") not in KNOWN_DATABASES or not parsed.get("NAME"):
        raise _unknown_database()
    parsed |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    options = parsed.setdefault("OPTIONS", {})
    if parsed["ENGINE"] == KNOWN_DATABASES[1]:
        # IMMEDIATE: a transaction that reads first and then writes waits for its turn instead of failing.
        options |= {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
        parsed["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    else:
        options.setdefault("connect_timeout", 5)
    return parsed


def _unknown_database() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "DATABASE_URL is not the address of a database that this archive knows: write "
        "postgres://name:password@host:5432/database or sqlite:////folder/file.sqlite3."
    )

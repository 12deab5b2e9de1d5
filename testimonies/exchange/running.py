"""Importing a file step by step: handed in, looked through, imported. Cut off at any moment, a step begins again.

A step runs in a process of its own, so that readers and editors do not wait for it. While it runs it holds a lock that
goes with the process, however that ends, and writes down how far it is: in a file, since on SQLite nobody else can
write to the database meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies.models.editorial import ImportBatch, ImportRow, StaleTestimony, Testimony

from . import planning, reading
from .planning import CHUNK, Plan
from .writing import Overtaken, Writer

State = ImportBatch.State
Tell = Callable[[int], None]
SECONDS_TO_WAKE_UP = 20


class Busy(Exception):
    """Raised where another import is being worked on: two at once might make one source twice."""


def hand_in(data: bytes, *, called: str, form: str, encoding: str = "", by: Any = None) -> ImportBatch:
    """Keep a file, encrypted, until it was imported or discarded."""
    batch = ImportBatch(called=called[:200], format=form, encoding=encoding, by=by)
    batch.file.save("upload", ContentFile(data), save=False)
    batch.save()
    return batch


def start(batch: ImportBatch) -> None:
    """Begin, or begin again, the step that a batch is at, in a process of its own."""
    _lock(batch).touch()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_testimonies", "--batch", str(batch.pk)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": str(settings.SETTINGS_MODULE)}
    subprocess.Popen(  # noqa: S603 - nothing in the line was typed by anybody
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def step(batch: ImportBatch) -> None:
    """Do what a batch waits for, in this process; raises Busy. Nothing to do is as good as done."""
    with _turn(batch) as tell:
        batch.refresh_from_db()
        if batch.state == State.HANDED_IN:
            look_through(batch, tell)
        elif batch.state == State.IMPORTING:
            carry_out(batch, tell)


def look_through(batch: ImportBatch, tell: Tell, said: str = "") -> None:
    """Plan what the file would do, and keep the plan for the editor to read. Nothing else is written."""
    try:
        made = plan_of(batch, tell)
    except reading.Unreadable as unreadable:
        settle(batch, State.REFUSED, unreadable.sentences)
        return
    settle(batch, State.READY if made.is_clean else State.REFUSED, [said] if said else [], made)


def carry_out(batch: ImportBatch, tell: Tell) -> None:
    """Import what the editor was shown, whole or not at all. What would do something else by now is shown again."""
    try:
        made = plan_of(batch, tell)
        if made.digest() != batch.shown:
            state = State.READY if made.is_clean else State.REFUSED
            settle(batch, state, [_("The archive has changed since you read this. Read it again.")], made)
            return
        writer = Writer(made, batch, tell)
        with transaction.atomic():
            writer.work()
            settle(batch, State.DONE, [], made)
    except reading.Unreadable as unreadable:
        settle(batch, State.REFUSED, unreadable.sentences)
    except (IntegrityError, StaleTestimony, Overtaken, Testimony.DoesNotExist):
        batch.refresh_from_db()  # it says already what was taken back
        look_through(batch, tell, _("Somebody changed the archive meanwhile. Nothing was imported: read it again."))


def plan_of(batch: ImportBatch, tell: Tell) -> Plan:
    """What the file of a batch would do now."""
    with batch.file.open() as file:
        data = file.read()
    return planning.plan(reading.read(data, batch.format, batch.encoding), tell)


def settle(batch: ImportBatch, state: str, faults: list[str], plan: Plan | None = None) -> None:
    """Write down where a batch stands and what is to be read about each row."""
    with transaction.atomic():
        batch.rows.all().delete()
        ImportRow.objects.bulk_create(
            [
                ImportRow(
                    batch=batch,
                    number=row.number,
                    key=row.key[:100],
                    outcome=row.outcome,
                    faults=row.faults,
                    remarks=row.remarks,
                    testimony_id=row.testimony,
                    version=row.version,
                )
                for row in (plan.rows if plan else ())
            ],
            batch_size=CHUNK,
        )
        batch.state, batch.faults = state, faults
        batch.shown = plan.digest() if plan else ""
        batch.done_at = timezone.now() if state == State.DONE else None
        if state == State.DONE:
            let_go(batch)
        batch.save()


def confirm(batch: ImportBatch) -> None:
    """Let a batch that was looked through be imported next."""
    batch.state = State.IMPORTING
    batch.save(update_fields=["state"])


def discard(batch: ImportBatch) -> None:
    """Give a file up that was not imported."""
    batch.rows.all().delete()
    batch.state = State.DISCARDED
    let_go(batch)
    batch.save()


def let_go(batch: ImportBatch) -> None:
    """Delete the file, once it is certain that it is not needed any more."""
    name, storage = batch.file.name, batch.file.storage
    batch.file.name = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def is_running(batch: ImportBatch) -> bool:
    """Whether some process works on it now."""
    place = _lock(batch)
    if not place.exists():
        return False
    with place.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def is_expected(batch: ImportBatch) -> bool:
    """Whether a step is running, or was begun so short a while ago that its process may still have to wake up."""
    if is_running(batch):
        return True
    try:
        return time.time() - _lock(batch).stat().st_mtime < SECONDS_TO_WAKE_UP
    except FileNotFoundError:
        return False


def how_far(batch: ImportBatch) -> int:
    """How many rows the running step has done."""
    try:
        return int(_lock(batch).read_text() or 0)
    except (OSError, ValueError):
        return 0


@contextmanager
def _turn(batch: ImportBatch) -> Iterator[Tell]:
    """Hold the locks of a step, and hand out what writes down how far it is. Raises Busy."""
    with (_folder() / "turn").open("w") as turn, _lock(batch).open("a") as lock:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Busy from busy
        progress = Path(lock.name)

        def tell(done: int) -> None:
            progress.write_text(str(done))

        tell(0)
        try:
            yield tell
        finally:
            progress.unlink(missing_ok=True)


def _lock(batch: ImportBatch) -> Path:
    return _folder() / f"{batch.pk}.lock"


def _folder() -> Path:
    folder = Path(settings.ARCHIVE_DATA) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder

"""What each server process does beside answering: it follows the log, hides what is overdue for review, has the files
of the archive made anew, and lets SQLite know its own tables.

Publishing tells this machine's processes the log's number before the editor's click returns. The watch finds
what that way misses: a process that died between commit and telling, and other servers on the same database.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection, connections

from testimonies import loghead
from testimonies.dataset import making, standing
from testimonies.models.editorial import Merge
from testimonies.models.public import LogHead
from testimonies.publishing import unlist_overdue

EVERY_SECOND = 1.0
EVERY_MINUTE = 60.0
EVERY_HOUR = 3600.0
ROWS_LOOKED_AT = 400  # of each index: enough to know it, and soon done in the largest archive

log = logging.getLogger("archive.watch")


def start() -> threading.Thread | None:
    """Look once, so that the first answer is right, then go on in a thread that ends with the process."""
    if not settings.WATCH_THE_LOG:
        return None
    attempt_to_follow()
    thread = threading.Thread(target=_watch, name="watch", daemon=True)
    thread.start()
    return thread


def follow_the_log() -> None:
    """Copy the log's number from the database into the memory that all processes read."""
    known, epoch_known = loghead.read()  # first: what is told after this moment is not "back"
    head = LogHead.objects.filter(pk=1).values_list("number", "epoch").first()
    if head is None:
        return
    number, epoch = head[0], bytes.fromhex(head[1])
    back = epoch == epoch_known and number < known
    if back:
        log.error("log went back without a new epoch", extra={"number": number})
    loghead.write(number, epoch, back=back)


def attempt_to_follow() -> bool:
    """Follow the log. False when the database did not answer: the last number known stands."""
    return _attempt(follow_the_log)


def attempt_to_hide_overdue() -> bool:
    """Unlist what should have been reviewed by now. False when the database did not answer."""
    return _attempt(_hide_overdue)


def _hide_overdue() -> None:
    count = unlist_overdue()
    if count:
        log.info("unlisted for review", extra={"count": count})


def attempt_to_forget_merges() -> bool:
    """Forget merges that cannot be undone any more. False when the database did not answer."""
    return _attempt(Merge.objects.forget_past)


def attempt_to_export() -> bool:
    """Let go of exports that may not be served, and have another made when it is due. False when that failed."""
    return _attempt(_export)


def _export() -> None:
    standing.discard()
    if standing.is_due():
        making.start()


def attempt_to_know_the_tables() -> bool:
    """Let SQLite look at its indexes. False when the database did not answer."""
    return _attempt(know_the_tables)


def know_the_tables() -> None:
    """SQLite takes an index on a state that all rows have for a good one, until it has looked: then it reads by key.

    PostgreSQL looks by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")


def _attempt(task: Callable[[], None]) -> bool:
    try:
        close_old_connections()
        task()
    except Exception:  # the watch hides things: whatever failed now must not keep it from the next look
        log.exception("watch failed")
        connections.close_all()  # an outage may have broken this thread's connection
        return False
    return True


def _watch() -> None:
    overdue_at = tables_at = time.monotonic()
    while True:
        attempt_to_follow()
        if time.monotonic() >= overdue_at:
            attempt_to_hide_overdue()
            attempt_to_forget_merges()
            attempt_to_export()
            overdue_at = time.monotonic() + EVERY_MINUTE
        if time.monotonic() >= tables_at:
            attempt_to_know_the_tables()
            tables_at = time.monotonic() + EVERY_HOUR
        time.sleep(EVERY_SECOND)

"""Telling the log: and with it the index and the files of this server, so that a click holds at once."""

import logging
from collections.abc import Sequence

from django.db import connection, transaction

from testimonies.dataset import standing
from testimonies.models.public import Edition, Publication, PublicationEvent, append_event, append_events
from testimonies.search import follow

log = logging.getLogger("archive.publishing")


def tell(
    kind: str, *, publication: Publication | None = None, edition: Edition | None = None, subject: str = ""
) -> None:
    """Append an event, as the last act of a transaction; the index takes it in before the editor is answered.

    A failure of the index breaks nothing: what it has not taken in is taken in before the next question is answered.
    """
    append_event(kind, publication=publication, edition=edition, subject=subject)
    follow_up(kind)


def tell_of_all(kind: str, *, publications: Sequence[Publication]) -> None:
    """Append an event for each of them, as `tell` does for one."""
    append_events(kind, publications=publications)
    follow_up(kind)


def follow_up(kind: str) -> None:
    """What this server does after the commit of an event, or of many of a kind."""
    transaction.on_commit(follow.catch_up, robust=True)
    if kind not in standing.HARMLESS:
        # Nobody is given the files any more; here they go from the disk too.
        transaction.on_commit(standing.discard, robust=True)
    if kind == PublicationEvent.Kind.ERASED:
        transaction.on_commit(empty_journal, robust=True)


def empty_journal() -> None:
    """Let SQLite's write-ahead log go, which would hold erased words until it is written over; others have none.

    The database itself overwrites what is deleted (`secure_delete`, see archive/environment.py).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                log.error("journal of the database could not be emptied: somebody reads it")

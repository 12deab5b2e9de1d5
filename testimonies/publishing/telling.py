"""Telling the log: and with it the index of this server, so that a click holds at once."""

from django.db import transaction

from testimonies.models.public import Edition, Publication, append_event
from testimonies.search import follow


def tell(
    kind: str, *, publication: Publication | None = None, edition: Edition | None = None, subject: str = ""
) -> None:
    """Append an event, as the last act of a transaction; the index takes it in before the editor is answered.

    A failure of the index breaks nothing: what it has not taken in is taken in before the next question is answered.
    """
    append_event(kind, publication=publication, edition=edition, subject=subject)
    transaction.on_commit(follow.catch_up, robust=True)

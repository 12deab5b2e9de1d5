"""Decisions on safety: of which testimonies it is being decided whether readers may go on reading them.

Until that is done editors are not shown who cites a testimony, or how often: a voice that asks to be withdrawn is heard
for its own sake, and weighs no less because others have built on its words. Afterwards they see it, to tell those who
should know.
"""

from contextlib import suppress

from testimonies.encryption import DecryptionError
from testimonies.models.public import Letter, Publication

from .consent import Request
from .letters import identifier_in, said_in


def being_decided() -> set[int]:
    """The keys of publications that are under review, or of which a change was asked and not decided yet."""
    hidden = Publication.objects.filter(state=Publication.State.UNLISTED).values_list("pk", flat=True)
    asked = Request.objects.undecided().values_list("testimony__publication", flat=True)
    named = Publication.objects.filter(identifier__in=named_in_letters()).values_list("pk", flat=True)
    overdue = Publication.objects.overdue().values_list("pk", flat=True)
    return {*hidden, *asked, *named, *overdue} - {None}


def was_decided(publication: Publication) -> bool:
    """Whether something was decided on it, and nothing is waiting."""
    decided = Request.objects.filter(testimony__publication=publication).exclude(decided_on=None)
    return (publication.is_withdrawn or decided.exists()) and publication.pk not in being_decided()


def named_in_letters() -> set[str]:
    """The identifiers in the letters that nobody has taken in yet."""
    named = set()
    for letter in Letter.objects.all():
        with suppress(DecryptionError):  # nobody can read whom it is about
            named.add(identifier_in(said_in(letter)))
    return named

"""From what editors hold to what the public may read, and back out of the public's sight."""

from .batches import BATCHES, Batch, Line, Overtaken, carry_out
from .citing import accept_citing, take_off_citing
from .erasure import erase
from .gate import reasons_against
from .hiding import hide_name
from .merging import merge, merge_testimonies
from .projection import SCHEMA, project
from .publish import NotPublishable, Outcome, WrongState, publish
from .refusal import Refusal
from .restoring import restore
from .review import renew, unlist, unlist_overdue
from .second_person import return_from_review, send_to_review, take_back
from .unmerging import unmerge
from .withdrawal import empty_edition, withdraw

__all__ = [
    "BATCHES",
    "SCHEMA",
    "Batch",
    "Line",
    "NotPublishable",
    "Outcome",
    "Overtaken",
    "Refusal",
    "WrongState",
    "accept_citing",
    "carry_out",
    "empty_edition",
    "erase",
    "hide_name",
    "merge",
    "merge_testimonies",
    "project",
    "publish",
    "reasons_against",
    "renew",
    "restore",
    "return_from_review",
    "send_to_review",
    "take_back",
    "take_off_citing",
    "unlist",
    "unlist_overdue",
    "unmerge",
    "withdraw",
]

"""What editors write: never read by the public side of the wall."""

from .account import AccountEvent
from .consent import PublicationBasis, Request
from .draft import Draft
from .exchange import ExchangeKey, ImportBatch, ImportedRecord, ImportRow
from .fields import EncryptedStorage, EncryptedTextField
from .identity import Identity, IdentityAccess
from .letters import Said, meant_by, said_in
from .merge import Merge
from .presence import Presence
from .review import Review, ReviewQuerySet, writers
from .snapshot import SourceSnapshot
from .testimony import (
    Disclosure,
    ForbiddenMove,
    QuoteSegment,
    StaleTestimony,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyTag,
    TestimonyWave,
    ValueBasis,
)
from .translation import Translation

__all__ = [
    "AccountEvent",
    "Disclosure",
    "Draft",
    "EncryptedStorage",
    "EncryptedTextField",
    "ExchangeKey",
    "ForbiddenMove",
    "Identity",
    "IdentityAccess",
    "ImportBatch",
    "ImportRow",
    "ImportedRecord",
    "Merge",
    "Presence",
    "PublicationBasis",
    "QuoteSegment",
    "Request",
    "Review",
    "ReviewQuerySet",
    "Said",
    "SourceSnapshot",
    "StaleTestimony",
    "Testimony",
    "TestimonyContribution",
    "TestimonyPlace",
    "TestimonyTag",
    "TestimonyWave",
    "Translation",
    "ValueBasis",
    "meant_by",
    "said_in",
    "writers",
]

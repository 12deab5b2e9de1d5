"""What editors write: never read by the public side of the wall."""

from .account import AccountEvent
from .consent import PublicationBasis, Request
from .draft import Draft
from .exchange import ExchangeKey, ImportBatch, ImportedRecord, ImportRow
from .fields import EncryptedStorage, EncryptedTextField
from .identity import Identity, IdentityAccess
from .letters import CitedAs, Said, cited_as, meant_by, said_in
from .merge import Merge
from .parts import QuoteSegment, TestimonyContribution, TestimonyPlace, TestimonyWave
from .presence import Presence
from .review import Review, ReviewQuerySet, writers
from .safety import being_decided, was_decided
from .snapshot import SourceSnapshot
from .testimony import ForbiddenMove, StaleTestimony, Testimony, TestimonyTag
from .translation import Translation
from .values import Disclosure, ValueBasis

__all__ = [
    "AccountEvent",
    "CitedAs",
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
    "being_decided",
    "cited_as",
    "meant_by",
    "said_in",
    "was_decided",
    "writers",
]

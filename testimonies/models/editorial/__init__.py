"""What editors write: never read by the public side of the wall."""

from .account import AccountEvent
from .consent import PublicationBasis, Request
from .exchange import ExchangeKey, ImportBatch, ImportedRecord, ImportRow
from .fields import EncryptedStorage, EncryptedTextField
from .identity import Identity, IdentityAccess
from .snapshot import SourceSnapshot
from .testimony import (
    Disclosure,
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
    "EncryptedStorage",
    "EncryptedTextField",
    "ExchangeKey",
    "Identity",
    "IdentityAccess",
    "ImportBatch",
    "ImportRow",
    "ImportedRecord",
    "PublicationBasis",
    "QuoteSegment",
    "Request",
    "SourceSnapshot",
    "StaleTestimony",
    "Testimony",
    "TestimonyContribution",
    "TestimonyPlace",
    "TestimonyTag",
    "TestimonyWave",
    "Translation",
    "ValueBasis",
]

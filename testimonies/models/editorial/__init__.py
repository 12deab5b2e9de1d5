"""What editors write: never read by the public side of the wall."""

from .consent import PublicationBasis, Request
from .draft import Draft
from .exchange import ExchangeKey, ImportBatch, ImportedRecord, ImportRow
from .fields import EncryptedTextField
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
    "Disclosure",
    "Draft",
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

"""What editors write: never read by the public side of the wall."""

from .consent import PublicationBasis, Request
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
    "EncryptedTextField",
    "Identity",
    "IdentityAccess",
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

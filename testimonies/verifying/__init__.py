"""Are these words held, word for word, and in which edition; and what does this identifier name."""

from .answer import KINDS, Answer, Place
from .comparing import Run
from .verify import LONGEST, verify

__all__ = ["KINDS", "LONGEST", "Answer", "Place", "Run", "verify"]

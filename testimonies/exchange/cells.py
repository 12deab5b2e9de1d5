"""What a reader may find in a cell beside text."""

from dataclasses import dataclass
from typing import Any, TypeGuard


@dataclass(frozen=True)
class Faulty:
    """A cell that cannot be taken, and why, in a sentence."""

    sentence: str


def is_text(cell: Any) -> TypeGuard[str]:
    """Whether the cell holds text."""
    return isinstance(cell, str)

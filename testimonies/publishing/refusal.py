"""One reason against publishing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason against publishing, and the field of the form where it can be mended."""

    field: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence

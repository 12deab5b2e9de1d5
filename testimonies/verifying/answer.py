"""What the archive answers to what somebody pasted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from testimonies.verifying.comparing import Run

# Of words.
WORD_FOR_WORD: Final = "word_for_word"
OTHER_EDITION: Final = "other_edition"
ALTERED: Final = "altered"
TRANSLATION: Final = "translation"
PARAPHRASE: Final = "paraphrase"
NOT_HELD: Final = "not_held"
TOO_SHORT: Final = "too_short"
# Of what an identifier points at, where no words were compared.
POINTS: Final = "points"
WITHDRAWN: Final = "withdrawn"
UNDER_REVIEW: Final = "under_review"
EMPTIED: Final = "emptied"
NEVER_GIVEN: Final = "never_given"

KINDS: Final = (
    WORD_FOR_WORD, OTHER_EDITION, ALTERED, TRANSLATION, PARAPHRASE, NOT_HELD, TOO_SHORT,
    POINTS, WITHDRAWN, UNDER_REVIEW, EMPTIED, NEVER_GIVEN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a testimony, an edition of it, and passages by their numbers."""

    identifier: str
    edition: int
    passages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer. What does not go with its `kind` is empty.

    `current` is the number of the current edition; `record` is that of the edition at `place`; `translation` the part
    of the record where the words are a translation. `held` are the passages in full, `runs` the comparison where words
    differ, `spellings` names in another script or romanisation as (given, held). `cited` is what an address in the text
    names. `also` are other editions with the same words, `elsewhere` other testimonies. `on` is when words were taken
    out or withdrawn, `reason` the code of the neutral reason.
    """

    kind: str
    place: Place | None = None
    current: int | None = None
    published_at: datetime | None = None
    record: Mapping[str, Any] | None = None
    translation: Mapping[str, Any] | None = None
    held: str = ""
    runs: tuple[Run, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    omits: bool = False
    also: tuple[int, ...] = ()
    elsewhere: tuple[Place, ...] = ()
    cited: Place | None = None
    on: datetime | None = None
    reason: str = ""

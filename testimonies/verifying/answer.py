"""What the archive answers to what somebody pasted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from testimonies.verifying.comparing import Run

# Of words.
WORD_FOR_WORD: Final = "word_for_word"
WITH_OMISSIONS: Final = "with_omissions"
WITH_INSERTIONS: Final = "with_insertions"
OTHER_EDITION: Final = "other_edition"
ALTERED: Final = "altered"
TRANSLATION: Final = "translation"
PARAPHRASE: Final = "paraphrase"
NOT_HELD: Final = "not_held"
TOO_SHORT: Final = "too_short"
# Of what an identifier points at; never said of words that stand beside it.
POINTS: Final = "points"
WITHDRAWN: Final = "withdrawn"
UNDER_REVIEW: Final = "under_review"
EMPTIED: Final = "emptied"
NEVER_GIVEN: Final = "never_given"
NO_SUCH: Final = "no_such"
FOREIGN: Final = "foreign"

KINDS: Final = (
    WORD_FOR_WORD, WITH_OMISSIONS, WITH_INSERTIONS, OTHER_EDITION, ALTERED, TRANSLATION, PARAPHRASE, NOT_HELD,
    TOO_SHORT, POINTS, WITHDRAWN, UNDER_REVIEW, EMPTIED, NEVER_GIVEN, NO_SUCH, FOREIGN,
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
    differ or were left out, `spellings` names in another script or romanisation as (given, held). `cited` is what an
    address in the text names, `address` the answer to that address by itself where words stand beside it. `also` are
    other editions with the same words, `elsewhere` other testimonies. `on` is when words were taken out or withdrawn,
    `reason` the code of the neutral reason. `meant` are the places that a mistyped identifier may mean.
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
    meant: tuple[Place, ...] = ()
    address: Answer | None = None

"""The check of a quotation: do the quoted words stand in what the source said when it was consulted?"""

from dataclasses import dataclass
from functools import lru_cache

from testimonies import quotation
from testimonies.models.editorial import QuoteSegment, SourceSnapshot, Testimony
from testimonies.quotation import Match

FOUND, DIFFERS, NO_SNAPSHOT = "found", "differs", "no_snapshot"


@dataclass(frozen=True)
class QuotationCheck:
    """What the newest snapshot of the source says of the words; `snapshot` comes without its text."""

    state: str
    snapshot: SourceSnapshot | None
    matches: tuple[tuple[QuoteSegment, Match], ...]


def check_quotation(testimony: Testimony) -> QuotationCheck:
    """Look for every segment in the newest snapshot. Asked each time: no result is older than the text."""
    snapshot = SourceSnapshot.objects.defer("text").filter(source=testimony.source_id).first()
    if snapshot is None:
        return QuotationCheck(NO_SNAPSHOT, None, ())
    found = tuple((one, match(one.text, snapshot.pk, snapshot.sha256)) for one in testimony.segments.all())
    is_found = all(where.state == "found" for _segment, where in found)
    return QuotationCheck(FOUND if is_found else DIFFERS, snapshot, found)


@lru_cache(maxsize=256)
def match(words: str, key: int, sha256: str) -> Match:
    """Where words stand in a snapshot, whose text is read only where its digest is another than last time.

    Raises DoesNotExist where it was changed in this very moment: then nothing is said of it, or published.
    """
    return quotation.find(words, SourceSnapshot.objects.values_list("text", flat=True).get(pk=key, sha256=sha256))

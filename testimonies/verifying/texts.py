"""The texts of editions with which a quotation is compared: the quoted words, and each translation by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from testimonies.models.public import Edition, Publication

Record = Mapping[str, Any]

# Between two segments something was left out; whoever quotes across it has to say so.
BETWEEN_SEGMENTS = "\n…\n"
OMISSIONS = frozenset({"[…]", "[...]"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text of one edition. `passages` are (number, start, end) in `words`; `translation` is that of the record."""

    publication: int
    identifier: str
    edition: int
    current: int
    record: Record
    language: str
    translation: Record | None
    words: str
    passages: tuple[tuple[int, int, int], ...]

    @property
    def is_current(self) -> bool:
        """Whether it is of the current edition."""
        return self.edition == self.current

    @property
    def is_quoted(self) -> bool:
        """Whether these are the quoted words, neither a translation nor told in words of the archive's own."""
        return self.translation is None and self.record["wording"] == "verbatim"

    def numbers(self, start: int, end: int) -> tuple[int, ...]:
        """The passages that lie between two places."""
        return tuple(number for number, first, last in self.passages if first < end and start < last)

    def whole(self, start: int, end: int) -> str:
        """The words of those passages in full."""
        touched = [(first, last) for _number, first, last in self.passages if first < end and start < last]
        return self.words[touched[0][0] : touched[-1][1]] if touched else ""


def of_publications(keys: Sequence[int]) -> Iterator[Text]:
    """Yield every text of every whole edition of those publications that are listed (one query)."""
    listed = Publication.objects.listed().filter(pk__in=keys)
    editions = Edition.objects.filter(publication__in=listed, emptied_at=None).order_by("publication", "-number")
    named = editions.annotate(
        identifier=F("publication__identifier"), current=F("publication__current_edition__number")
    )
    for edition in named:
        yield from of_edition(edition)


def of_edition(edition: Any) -> Iterator[Text]:
    """Yield the texts of one edition; where the archive put words in, also as they are without these."""
    record: Record = edition.record
    quoted = [segment["passages"] for segment in record["segments"]]
    texts: list[tuple[str, Record | None, list[list[Any]]]] = [(record["language_printed"], None, quoted)]
    texts += [(one["language"], one, [one["passages"]]) for one in record["translations"]]
    for language, translation, segments in texts:
        for is_bare in (False, True) if any(has_insertions(one) for part in segments for one in part) else (False,):
            words, passages = joined(segments, is_bare=is_bare)
            yield Text(
                publication=edition.publication_id,
                identifier=edition.identifier,
                edition=edition.number,
                current=edition.current,
                record=record,
                language=language,
                translation=translation,
                words=words,
                passages=passages,
            )


def joined(segments: list[list[Any]], *, is_bare: bool) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The passages one after another, and where each of them stands."""
    words, passages = "", []
    for number, segment in enumerate(segments):
        words += BETWEEN_SEGMENTS if number else ""
        for place, passage in enumerate(segment):
            words += "\n\n" if place else ""
            text = without_insertions(passage) if is_bare else passage["text"]
            passages.append((int(passage["id"][1:]), len(words), len(words) + len(text)))
            words += text
    return words, tuple(passages)


def has_insertions(passage: Record) -> bool:
    """Whether the archive put words into it; a mark that it left some out is none."""
    return any(passage["text"][start:end] not in OMISSIONS for start, end in passage["ours"])


def without_insertions(passage: Record) -> str:
    """The text as the source has it, with the marks of what was left out."""
    kept, at = "", 0
    for start, end in passage["ours"]:
        if passage["text"][start:end] not in OMISSIONS:
            kept += passage["text"][at:start]
            at = end
    return kept + passage["text"][at:]

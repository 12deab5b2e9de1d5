"""The quoted words of a record: segments, what stands between them, passages with their translations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from testimonies import languages
from testimonies.reading import labels
from testimonies.reading.pieces import Piece, pieces, sentence
from testimonies.reading.remembered import gettext as _


@dataclass(frozen=True, slots=True)
class Translated:
    """One passage in another language."""

    identifier: str
    language: str
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """One passage of the quoted words as printed, with the passages that translate it."""

    identifier: str
    words: tuple[Piece, ...]
    translations: tuple[Translated, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """What stands between two segments: "reporter" or "omission", and the sentence that says so."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of quoted words; `introduction` is the reporter's phrase, `attribution` what is not plain of who speaks."""

    introduction: str
    attribution: str
    join: Join | None
    passages: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of the whole: its language, and who made it from what."""

    language: str
    name: str
    by: str
    note: str


def segments(record: Mapping[str, Any]) -> tuple[Segment, ...]:
    """Return the quoted words of a record, each passage with its translations."""
    translated = _by_passage(record)
    return tuple(
        Segment(
            introduction=segment["introduction"],
            attribution=_attribution(segment["attribution"], segment["attribution_note"]),
            join=_join(segment["joined_by"]),
            passages=tuple(
                Quoted(one["id"], pieces(one["text"], one["ours"]), translated.get(one["id"], ()))
                for one in segment["passages"]
            ),
        )
        for segment in record["segments"]
    )


def translations(record: Mapping[str, Any]) -> tuple[Translation, ...]:
    """Return who translated the words, one line a language."""
    return tuple(
        Translation(
            language=one["language"],
            name=languages.name(one["language"]),
            by=_translated_by(one),
            note=one["note"],
        )
        for one in record["translations"]
    )


def words_of(record: Mapping[str, Any]) -> str:
    """Return the quoted words as plain text, one paragraph a passage, without translations."""
    return "\n\n".join(one["text"] for segment in record["segments"] for one in segment["passages"])


def has_insertions(record: Mapping[str, Any]) -> bool:
    """Return whether the archive put anything into the words."""
    quoted = (one for segment in record["segments"] for one in segment["passages"])
    translated = (one for translation in record["translations"] for one in translation["passages"])
    return any(one["ours"] for one in (*quoted, *translated))


def _by_passage(record: Mapping[str, Any]) -> dict[str, tuple[Translated, ...]]:
    """Return the translated passages under the identifier of the passage that they translate."""
    found: dict[str, tuple[Translated, ...]] = {}
    for translation in record["translations"]:
        for one in translation["passages"]:
            line = Translated(one["id"], translation["language"], pieces(one["text"], one["ours"]))
            found[one["of"]] = (*found.get(one["of"], ()), line)
    return found


def _join(code: str | None) -> Join | None:
    """Return what stands before a segment, None before the first."""
    return Join(code, labels.word(labels.JOIN, code)) if code else None


def _attribution(code: str, note: str) -> str:
    """Return what a reader must know of who speaks; nothing where the source says it in so many words."""
    said = labels.word(labels.ATTRIBUTION, code) if code in labels.ATTRIBUTION else ""
    return " ".join(part for part in (said, sentence(note)) if part)


def _translated_by(translation: Mapping[str, Any]) -> str:
    """Return one sentence on who translated, from what; a machine is said to be one."""
    words = {"name": translation["translator"], "language": languages.name(translation["translated_from"])}
    if translation["by_machine"]:
        if words["name"]:
            return _("Translated from %(language)s by a machine (%(name)s).") % words
        return _("Translated from %(language)s by a machine.") % words
    if words["name"]:
        return _("Translated from %(language)s by %(name)s.") % words
    return _("Translated from %(language)s; the translator is not known.") % words

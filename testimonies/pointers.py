"""What a citation points at, in any spelling that human beings give it.

An address with or without its host, an ARK in either spelling (draft-kunze-ark: the letters' case and hyphens mean
nothing), an identifier in any case and with hyphens, each with `ed. 2`, `edition 2`, `p3`, `passage 3` or none. Whether
anything is held there is another question.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from testimonies import identifiers

TESTIMONY = "testimony"

# What stands in addresses → the kind of record.
KINDS = {
    "testimonies": TESTIMONY,
    "witnesses": "witness",
    "places": "place",
    "sources": "source",
    "waves": "wave",
    "tags": "tag",
}
# Longer input is cut before it is looked at; a citation with its address has a few hundred characters.
_LONGEST = 20_000
_LITTLE = 40
_NAME = r"[0-9A-Za-z](?:[-\u2010-\u2015_]?[0-9A-Za-z]){1,100}"
_BEHIND = r"(?:/editions?/(?P<edition>[0-9]{1,6})(?![0-9]))?(?:/cite/[\w.-]{0,40})?/?(?:[?#][^\s<>\"“”»]{0,200})?"
# Some programs write the colon of an ARK as "%3A".
_ARK = re.compile(rf"(?<![a-z])ark(?::|%3a)\s?/?(?P<naan>[0-9a-z-]{{1,40}})/(?P<name>{_NAME}){_BEHIND}", re.IGNORECASE)
_ADDRESS = re.compile(rf"(?<![\w-])(?P<kind>{'|'.join(KINDS)})/(?P<name>{_NAME}){_BEHIND}", re.IGNORECASE)
# Scheme and host, or what else stands before the part of an address by which it is known.
_BEFORE = re.compile(r"[^\s<>()\"“”«»]{0,200}$")
_PASSAGE_BEHIND = re.compile(r"(?:#|[?&]passage=)p([0-9]{1,5})(?![0-9])", re.IGNORECASE)
_EDITION_BEHIND = re.compile(r"[?&]edition=([0-9]{1,6})(?![0-9])", re.IGNORECASE)
_EDITION = re.compile(
    r"\b(?:ed(?:ition|n)?|ver(?:sion)?|v|изд(?:ание)?|редакция)\.?\s{0,3}(?:№|no\.?)?\s{0,3}(?P<after>[0-9]{1,6})\b"
    r"|\b(?P<before>[0-9]{1,6})(?:st|nd|rd|th)?\s{1,3}ed(?:ition|n)?\b\.?",
    re.IGNORECASE,
)
_PASSAGE = re.compile(
    r"(?:\b(?:passage|pass|paragraph|para|фрагмент|абзац)\.?\s{0,3}p?|[#§¶]\s{0,3}p?)([0-9]{1,5})\b", re.IGNORECASE
)
_SHORT_PASSAGE = re.compile(r"\bpp?(?:\.\s?|)([0-9]{1,5})\b", re.IGNORECASE)
_LABELS = re.compile(r"\b(?:testimony|identifier|id)\b:?", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s\u2010-\u2015-]+")


@dataclass(frozen=True)
class Pointer:
    """The kind of a record and its identifier or slug; of a testimony also the edition and the passage, by number.

    `start` and `end` say where in the text it was found.
    """

    kind: str
    name: str
    edition: int | None = None
    passage: int | None = None
    start: int = 0
    end: int = 0


def find(text: str, *, naan: str) -> Pointer | None:
    """Return the first ARK or address of ours that stands in a text, whatever stands around it.

    Where the address names no edition or passage, "edition 2" and "passage p3" beside it do.
    """
    text = text[:_LONGEST]
    for pattern in (_ARK, _ADDRESS):
        for match in pattern.finditer(text):
            if pointer := _pointer(match, naan):
                return _with_words(pointer, text)
    return None


def read(text: str, *, naan: str) -> Pointer | None:
    """Return what a text points at that is a citation and nothing else; None where it may be anything else."""
    return find(text, naan=naan) or _bare(text)


def _pointer(match: re.Match[str], naan: str) -> Pointer | None:
    """Return what an ARK or an address points at, if it is one of ours."""
    parts = match.groupdict()
    kind = KINDS[parts.get("kind", "testimonies").lower()]
    if "naan" in parts and identifiers.normalise(parts["naan"]) != identifiers.normalise(naan):
        return None
    name = match["name"]
    if kind not in ("wave", "tag"):
        name = identifiers.normalise(name)
        if not identifiers.is_wellformed(name):
            return None
    edition = parts["edition"] or _first(_EDITION_BEHIND, match[0])
    passage = _first(_PASSAGE_BEHIND, match[0])
    before = _BEFORE.search(match.string, max(0, match.start() - 200), match.start())
    start = before.start() if before else match.start()
    return Pointer(kind, name, _number(edition), _number(passage), start, match.end())


def _with_words(pointer: Pointer, text: str) -> Pointer:
    """Return the pointer with the edition and the passage that stand in words beside it."""
    if pointer.kind != TESTIMONY:
        return pointer
    beside = f"{text[: pointer.start]} \n {text[pointer.end :]}"
    edition = pointer.edition or _number(_edition(beside))
    passage = pointer.passage or _number(_first(_PASSAGE, beside))
    if not passage and len(beside) < _LITTLE:  # in a whole citation "p. 3" is a page of something else
        passage = _number(_first(_SHORT_PASSAGE, beside))
    return Pointer(pointer.kind, pointer.name, edition, passage, pointer.start, pointer.end)


def _bare(text: str) -> Pointer | None:
    """Return what an identifier points at that stands alone, or with an edition and a passage."""
    if len(text) > 100:
        return None
    typed = unicodedata.normalize("NFKC", text)
    rest, edition, passage = typed, None, None
    name = _identifier(rest)
    if not name:
        edition, rest = _edition(rest), _EDITION.sub(" ", rest)
        passage = _first(_PASSAGE, rest) or _first(_SHORT_PASSAGE, rest)
        name = _identifier(_SHORT_PASSAGE.sub(" ", _PASSAGE.sub(" ", rest)))
    return Pointer(TESTIMONY, name, _number(edition), _number(passage), 0, len(text)) if name else None


def _identifier(text: str) -> str:
    """Return the identifier that a text is, in any spelling; empty where it is none."""
    name = identifiers.normalise(_SIGNS.sub(" ", _LABELS.sub(" ", text)))
    return name if identifiers.is_wellformed(name) else ""


def _edition(text: str) -> str | None:
    found = _EDITION.search(text)
    return (found["after"] or found["before"]) if found else None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _number(digits: str | None) -> int | None:
    """Return the number; nothing is counted from zero."""
    return int(digits) or None if digits else None

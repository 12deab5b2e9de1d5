"""What a citation points at, in any spelling that human beings give it.

An address with or without its host, an ARK in either spelling (draft-kunze-ark: the letters' case and hyphens mean
nothing), an identifier in any case and with hyphens, each with `ed. 2`, `edition 2`, `p3`, `passage 3` or none. Whether
anything is held there is another question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from django.http.request import split_domain_port, validate_host

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
_SEPARATORS = re.compile(r"[\s\-_\u2010-\u2015\u2212]+")
# A name as it may be typed, with a space or a hyphen within.
_NAMES = re.compile(r"(?<!\w)[0-9A-Za-z](?:[-\u2010-\u2015_ ]?[0-9A-Za-z]){7}(?!\w)")
# The host of an address with a scheme, or of one that begins with the host.
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#\\]*)", re.IGNORECASE)
_HOST_ALONE = re.compile(r"([\w-]+(?:\.[\w-]+)+(?::[0-9]+)?|localhost(?::[0-9]+)?)/", re.IGNORECASE)
_LABELS = re.compile(r"\b(?:testimony|identifier|id)\b:?", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s\u2010-\u2015-]+")


@dataclass(frozen=True)
class Pointer:
    """The kind of a record and its identifier or slug; of a testimony also the edition and the passage, by number.

    `start` and `end` say where in the text it was found, `typed` how the identifier is spelt there.
    """

    kind: str
    name: str
    edition: int | None = None
    passage: int | None = None
    start: int = 0
    end: int = 0
    typed: str = field(default="", compare=False)

    @property
    def is_as_printed(self) -> bool:
        """Whether an identifier is spelt letter for letter, but for its case and hyphens: no "o" stands for "0"."""
        return _SEPARATORS.sub("", unicodedata.normalize("NFKC", self.typed)).casefold() == self.name


def find(text: str, *, naan: str, hosts: Collection[str] | None = None) -> Pointer | None:
    """Return the first ARK or address of ours that stands in a text, whatever stands around it.

    Ours are addresses without a host and those of `hosts` (as in ALLOWED_HOSTS; None: of any), and ARKs of our number
    whoever resolves them. Where the address names no edition or passage, "edition 2" and "passage p3" beside it do.
    """
    pointer = next(_in_text(text[:_LONGEST], naan, hosts), None)
    return _with_words(pointer, text[:_LONGEST]) if pointer else None


def read(text: str, *, naan: str, hosts: Collection[str] | None = None) -> Pointer | None:
    """Return what a text points at that is a citation and nothing else; None where it may be anything else."""
    return find(text, naan=naan, hosts=hosts) or _bare(text)


def misread(text: str, *, naan: str, hosts: Collection[str] | None = None) -> Pointer | None:
    """Return the first ARK or address of a testimony of ours whose identifier none can be: somebody mistyped it.

    Or a text that is a mistyped identifier and nothing else. The pointer's `name` is what was typed.
    """
    for pointer in _in_text(text[:_LONGEST], naan, hosts, is_wellformed=False):
        if pointer.kind == TESTIMONY:
            return pointer
    typed = text.strip()
    # Two short words would make an identifier with a slip in it, were the space between them nothing.
    may_be = not re.search(r"\s", typed) and identifiers.candidates(typed)
    return Pointer(TESTIMONY, typed, start=0, end=len(text), typed=typed) if may_be else None


def without_numbers(text: str) -> str:
    """Return a text without what says in words which edition or passage is meant."""
    return _SHORT_PASSAGE.sub(" ", _PASSAGE.sub(" ", _EDITION.sub(" ", _LABELS.sub(" ", text))))


def _in_text(text: str, naan: str, hosts: Collection[str] | None, *, is_wellformed: bool = True) -> Iterator[Pointer]:
    """Yield what the ARKs and addresses of ours in a text point at."""
    for pattern in (_ARK, _ADDRESS):
        for match in pattern.finditer(text):
            pointer = _pointer(match, naan, is_wellformed=is_wellformed)
            if pointer and (pattern is _ARK or _is_of(hosts, text[pointer.start : match.start()])):
                yield pointer


def _is_of(hosts: Collection[str] | None, before: str) -> bool:
    """Whether what stands before the path names no host, or one of ours."""
    # Of an address within another one the last host counts, as in a web archive's.
    named = _HOST.findall(before) or _HOST_ALONE.findall(before)[:1]
    if hosts is None or not named:
        return True
    return validate_host(split_domain_port(named[-1].rpartition("@")[2].lower())[0], hosts)


def _pointer(match: re.Match[str], naan: str, *, is_wellformed: bool) -> Pointer | None:
    """Return what an ARK or an address points at, if it is one of ours; or one with an identifier that none can be."""
    parts = match.groupdict()
    kind = KINDS[parts.get("kind", "testimonies").lower()]
    if "naan" in parts and identifiers.normalise(parts["naan"]) != identifiers.normalise(naan):
        return None
    name = match["name"]
    if kind not in ("wave", "tag"):
        name = identifiers.normalise(name)
        if identifiers.is_wellformed(name) != is_wellformed:
            return None
    edition = parts["edition"] or _first(_EDITION_BEHIND, match[0])
    passage = _first(_PASSAGE_BEHIND, match[0])
    before = _BEFORE.search(match.string, max(0, match.start() - 200), match.start())
    start = before.start() if before else match.start()
    return Pointer(kind, name, _number(edition), _number(passage), start, match.end(), match["name"])


def _with_words(pointer: Pointer, text: str) -> Pointer:
    """Return the pointer with the edition and the passage that stand in words beside it."""
    if pointer.kind != TESTIMONY:
        return pointer
    beside = f"{text[: pointer.start]} \n {text[pointer.end :]}"
    edition = pointer.edition or _number(_edition(beside))
    passage = pointer.passage or _number(_first(_PASSAGE, beside))
    if not passage and len(beside) < _LITTLE:  # in a whole citation "p. 3" is a page of something else
        passage = _number(_first(_SHORT_PASSAGE, beside))
    return replace(pointer, edition=edition, passage=passage)


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
    # As it stands there; separators that were cut out with an edition mean nothing.
    typed = next((one for one in _NAMES.findall(typed) if identifiers.normalise(one) == name), name)
    return Pointer(TESTIMONY, name, _number(edition), _number(passage), 0, len(text), typed) if name else None


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

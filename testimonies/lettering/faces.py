"""The faces of Noto Serif, each cut into files by script, as the pages' style sheet names them.

A test compares the ranges of the sheet with the files, so nothing here has to open a font to know its letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

from django.conf import settings

REGULAR: Final = ("normal", 400)
ITALIC: Final = ("italic", 400)
SEMIBOLD: Final = ("normal", 600)

Kind = tuple[str, int]

_FACE = re.compile(
    r"font-style: (?P<style>\w+);\s+font-weight: (?P<weight>\d+);[^}]*?"
    r'url\("(?P<file>[^"]+)"\)[^}]*?unicode-range: (?P<ranges>[^;]+);'
)


@dataclass(frozen=True, slots=True)
class Face:
    """One file: the letters of a script in one kind (style and weight). `ranges` is as CSS writes it."""

    kind: Kind
    file: Path
    ranges: str
    letters: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether every character of the text is in the file."""
        return self.letters.issuperset(text)


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """All files in the order of the sheet, in which of overlapping ranges the last one wins."""
    sheet = Path(settings.BASE_DIR) / "static" / "css" / "fonts.css"
    return tuple(
        Face(
            kind=(told["style"], int(told["weight"])),
            file=(sheet.parent / told["file"]).resolve(),
            ranges=told["ranges"],
            letters=frozenset(_letters(told["ranges"])),
        )
        for told in _FACE.finditer(sheet.read_text(encoding="utf-8"))
    )


def needed(text: str, kind: Kind) -> tuple[Face, ...]:
    """The files of a kind without which a browser could not show the text, as far as there are any."""
    found: set[Face] = set()
    for letter in set(clusters(text)):
        parts = (letter,) if face_of(letter, kind) else letter
        found |= {face for part in parts if (face := face_of(part, kind))}
    return tuple(face for face in faces() if face in found)


def hold(text: str, kind: Kind) -> bool:
    """Whether every letter of the text is in a file, together with its marks."""
    return all(face_of(letter, kind) for letter in set(clusters(text)))


def runs(text: str, kind: Kind) -> Iterator[tuple[Face, str]]:
    """The text cut where another file begins; what is in no file is left out."""
    for face, run in groupby(clusters(text), key=lambda letter: face_of(letter, kind)):
        if face:
            yield face, "".join(run)


@lru_cache(maxsize=4096)
def face_of(letter: str, kind: Kind) -> Face | None:
    """The file that holds a letter with all its marks, None where there is none."""
    return next((face for face in reversed(faces()) if face.kind == kind and face.holds(letter)), None)


def clusters(text: str) -> Iterator[str]:
    """Every letter of the text with the marks that stand on it, composed where Unicode can."""
    letter = ""
    for character in unicodedata.normalize("NFC", text):
        if letter and not unicodedata.combining(character):
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter


def _letters(ranges: str) -> Iterable[str]:
    for part in ranges.replace("U+", "").split(","):
        first, _dash, last = part.strip().partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))

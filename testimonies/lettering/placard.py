"""A placard: somebody's words as the picture by which a link to them is shown, never without whose they are.

The words stand in their own script, as large as they can be; where they are too long even for small letters they end
with a sentence, or else with a word, and the archive's mark of omission says so. What the faces do not hold is not
drawn at all: better no picture than boxes in the place of letters.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from textwrap import shorten
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features

from testimonies.lettering import faces
from testimonies.lettering.faces import REGULAR, SEMIBOLD, Face, Kind

WIDTH: Final = 1200
HEIGHT: Final = 630
LEFT_OUT: Final = "[…]"

# The colours of the pages by day: `--paper`, `--line`, `--quiet`, `--ink` and `--accent` in static/css/base.css.
PAPER: Final = "#fbf8f1"
LINE: Final = "#d9cfbd"
QUIET: Final = "#665b4d"
INK: Final = "#211c17"
ACCENT: Final = "#8c2b1a"

_MARGIN = 76
_ACROSS = WIDTH - 2 * _MARGIN
_TOP, _RULE = 56, 466  # the words stand between the two
_SIZES = (64, 58, 52, 47, 43, 39, 35, 32)
_LEADING = 1.36
_MEASURED_AT = 100  # lengths grow with the size, for nothing is hinted
_SENTENCE = re.compile(r"[.?!…][’”»\")\]]*$")
_SPACE = re.compile(r"[ \t\n\r\f]+")
# What is longer would not go into a line, or only in letters that nobody can read.
_LONGEST_WORD = 32
_LONGEST_LINE = 120
_LONGEST_TOLD = 420
# So many never fit, and to measure a whole book would take long.
_MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Placard:
    """What the picture says: the words (of the language `tag`), whose they are, where and when they were printed.

    `held` says where they are held: the archive and the permalink without its scheme.
    """

    words: str
    tag: str
    whose: str
    whence: str
    held: str

    @property
    def can_be_set(self) -> bool:
        """Whether there is something in every line, room for it, and a letter for every character."""
        words = _plain(self.words)
        lines = [(_plain(self.whose), SEMIBOLD), (_plain(self.whence), REGULAR), (_plain(self.held), REGULAR)]
        fits = max(map(len, words.split(" "))) <= _LONGEST_WORD and all(len(one) <= _LONGEST_LINE for one, _ in lines)
        return fits and all(text and _can_be_set(text, kind) for text, kind in [(words, REGULAR), *lines])

    @property
    def told(self) -> str:
        """The same for whoever does not see the picture, long words cut as well."""
        words = shorten(_plain(self.words), _LONGEST_TOLD, placeholder=f" {LEFT_OUT}")
        return f"“{words}” – {self.whose}. {self.whence}"


def draw(placard: Placard) -> bytes:
    """The picture, 1200 by 630 pixels, as a PNG; raises ValueError for what cannot be set."""
    if not placard.can_be_set:
        raise ValueError("There is no letter, or no room, for some of it.")
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = _Pen(ImageDraw.Draw(picture), placard.tag)
    size, lines = _set(pen, _plain(placard.words).split(" ")[:_MOST_WORDS])
    step = round(size * _LEADING)
    baseline = (_TOP + _RULE - step * len(lines)) // 2 + round(size * 1.02)
    quote = pen.length("“", REGULAR, size)
    for number, line in enumerate(lines):
        if number == 0:
            pen.write(_MARGIN - quote, baseline, "“", REGULAR, size, ACCENT)
        end = pen.write(_MARGIN, baseline + number * step, line, REGULAR, size, INK)
    pen.write(end, baseline + (len(lines) - 1) * step, "”", REGULAR, size, ACCENT)
    pen.canvas.line((_MARGIN, _RULE, WIDTH - _MARGIN, _RULE), fill=LINE, width=2)
    for text, kind, largest, place, colour in (
        (placard.whose, SEMIBOLD, 33, 516, INK),
        (placard.whence, REGULAR, 27, 555, QUIET),
        (placard.held, REGULAR, 22, 596, QUIET),
    ):
        said = _plain(text)
        fitting = min(largest, largest * _ACROSS / pen.length(said, kind, largest))
        pen.write(_MARGIN, place, said, kind, fitting, colour)
    return _written(picture)


class _Pen:
    """Writes text of one language in letters from several files, each file opened once a size."""

    def __init__(self, canvas: ImageDraw.ImageDraw, tag: str) -> None:
        self.canvas = canvas
        # Letters of one script differ by language (Bulgarian, Serbian); only shaping can choose among them.
        self.language = tag.split("-")[0] if _shapes() else None
        self.opened: dict[tuple[Face, float], ImageFont.FreeTypeFont] = {}

    def font(self, face: Face, size: float) -> ImageFont.FreeTypeFont:
        """A file at a size. It is kept for one picture only: threads may not share one."""
        if (face, size) not in self.opened:
            self.opened[face, size] = ImageFont.truetype(face.file, size)
        return self.opened[face, size]

    def length(self, text: str, kind: Kind, size: float) -> float:
        """How long a line is, in pixels."""
        runs = faces.runs(text, kind)
        whole = sum(self.font(face, _MEASURED_AT).getlength(run, language=self.language) for face, run in runs)
        return whole * size / _MEASURED_AT

    def write(self, x: float, baseline: int, text: str, kind: Kind, size: float, colour: str) -> float:
        """Write a line, and say where it ends."""
        for face, run in faces.runs(text, kind):
            font = self.font(face, size)
            self.canvas.text((x, baseline), run, colour, font, anchor="ls", language=self.language)
            x += font.getlength(run, language=self.language)
        return x


def _set(pen: _Pen, words: Sequence[str]) -> tuple[int, list[str]]:
    """The size and the lines of the words: all of them if they fit, in letters as large as may be; else cut."""
    lengths = {word: pen.length(word, REGULAR, _MEASURED_AT) for word in (*words, LEFT_OUT, " ")}
    for size in _SIZES:
        lines = _lines(words, lengths, size)
        if lines:
            return size, lines
    return size, _cut(words, lengths, size)


def _cut(words: Sequence[str], lengths: dict[str, float], size: int) -> list[str]:
    """As many words as fit with the mark of omission, or half of them and more where a sentence ends there."""
    fitting = (number for number in range(len(words), 0, -1) if _lines([*words[:number], LEFT_OUT], lengths, size))
    most = next(fitting, 0)
    end = next((number for number in range(most, most // 2, -1) if _SENTENCE.search(words[number - 1])), most)
    return _lines([*words[:end], LEFT_OUT], lengths, size)


def _lines(words: Sequence[str], lengths: dict[str, float], size: int) -> list[str]:
    """The words in lines; none where they do not fit between top and rule, or a word is longer than a line."""
    most = int((_RULE - _TOP - 2 * 16) // (size * _LEADING))
    longest, space = (_ACROSS - 12) * _MEASURED_AT / size, lengths[" "]
    lines: list[list[str]] = [[]]
    reached = 0.0
    for word in words:
        if lines[-1] and reached + space + lengths[word] > longest:
            lines.append([])
        reached = reached + space + lengths[word] if lines[-1] else lengths[word]
        lines[-1].append(word)
        if reached > longest or len(lines) > most:
            return []
    return [" ".join(line) for line in lines]


def _written(picture: Image.Image) -> bytes:
    """The picture in a file."""
    written = BytesIO()
    picture.save(written, "PNG", compress_level=6)
    return written.getvalue()


def _plain(text: str) -> str:
    """The text in one line, composed, without the hyphens that are only seen at the end of one."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).replace("\u00ad", "")).strip()


def _can_be_set(text: str, kind: Kind) -> bool:
    """Whether the files hold every letter, and what draws them can put marks where they belong."""
    has_marks = any(map(unicodedata.combining, text))
    return _reads_fonts() and faces.hold(text, kind) and (_shapes() or not has_marks)


@lru_cache(maxsize=1)
def _shapes() -> bool:
    """Whether Pillow has Raqm, and with it HarfBuzz and FriBiDi: without them marks stand beside their letters."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=1)
def _reads_fonts() -> bool:
    """Whether this Pillow's FreeType reads WOFF2, as that of its wheels does."""
    try:
        ImageFont.truetype(faces.faces()[0].file, 20)
    except OSError:
        return False
    return True

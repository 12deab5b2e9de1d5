"""Text as editors paste it: cleaned, looked over for deceptive characters, cut up, our marks read.

Unicode: NFC (UAX #15), line ends (UAX #14, class BK), bidirectional controls (UAX #9), default-ignorable
characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
# Controls (C0 but tab and line feed, DEL, C1), and noncharacters: XML cannot carry them and nobody can see
# them.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_SUSPICIOUS = re.compile(f"(?P<bidi>[{_BIDI}])|(?P<invisible>[{_INVISIBLE}])|(?P<private>[{_PRIVATE}])")
_CLOSING = "\u202c\u2069"
_CLOSED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
_JOINERS = "\u200c\u200d"
# Scripts in which the joiners are part of the spelling: Arabic and its neighbours, the scripts of India and
# South-East Asia, Mongolian.
_JOINED_SCRIPTS = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdfc\ufe70-\ufefc]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n\s*)+")
_MARK = re.compile(r"\[\[((?:(?!\[\[|\]\]|\n).)+)\]\]")
_ELLIPSES = frozenset({"…", "...", "....", ". . ."})


@dataclass(frozen=True)
class Finding:
    """One character that a reader cannot see or that changes how others are seen.

    `kind` is "control", "surrogate", "bidi", "invisible" or "private"; `start` counts characters of the text
    from 0; `removed` says whether `clean` takes it away (a lone surrogate becomes U+FFFD).
    """

    kind: str
    start: int
    character: str
    removed: bool

    @property
    def code(self) -> str:
        """The code point as Unicode writes it, such as "U+202E"."""
        return f"U+{ord(self.character):04X}"

    @property
    def name(self) -> str:
        """The character's name in Unicode, or an empty text where it has none."""
        return unicodedata.name(self.character, "")

    def __str__(self) -> str:
        """Return a sentence for the editor."""
        sentence = (
            _("Character %(place)d, %(character)s, was removed.")
            if self.removed
            else _("Character %(place)d, %(character)s, cannot be seen. It was kept.")
        )
        return sentence % {"place": self.start + 1, "character": f"{self.code} {self.name}".strip()}


def clean(text: str) -> str:
    """Return the text in NFC with line feeds as line ends, without controls and lone surrogates.

    Nothing that a reader sees is changed. Bidirectional and zero-width characters stay, because some scripts
    and all emoji sequences need them: `findings` tells of those that look out of place.
    """
    whole = _pair_surrogates(text)
    lines = _LINE_ENDS.sub("\n", whole).replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _REMOVED.sub("", lines))


def findings(text: str) -> list[Finding]:
    """Return the suspicious characters of a text before or after cleaning, in their order.

    Joiners inside scripts and emoji sequences that are spelt with them, and direction marks beside
    right-to-left letters, are not suspicious. Overrides and embeddings always are.
    """
    return sorted(_findings(text), key=lambda finding: finding.start)


def without_unseen(text: str) -> str:
    """Return the text without the suspicious characters that `clean` keeps."""
    taken = {finding.start for finding in findings(text) if not finding.removed}
    return "".join(character for place, character in enumerate(text) if place not in taken)


def paragraphs(text: str) -> list[str]:
    """Return what blank lines separate, without space at the ends, empty paragraphs left out.

    A single line end stays inside its paragraph (verse, lists).
    """
    return [part.strip() for part in _BLANK_LINES.split(_LINE_ENDS.sub("\n", text)) if part.strip()]


def public_text(marked: str) -> tuple[str, list[list[int]]]:
    """Return the text as readers see it, and where the archive's own insertions stand in it.

    `[[thus]]` becomes `[thus]`; the second value holds `[start, end]` for each, counted in characters of the
    first and covering the brackets. Single brackets belong to the source. A mark that is not closed on its
    line is no mark.
    """
    pieces, ours, length, end = [], [], 0, 0
    for mark in _MARK.finditer(marked):
        before, shown = marked[end : mark.start()], f"[{mark[1]}]"
        length += len(before)
        ours.append([length, length + len(shown)])
        length += len(shown)
        pieces += [before, shown]
        end = mark.end()
    return "".join([*pieces, marked[end:]]), ours


def source_words(marked: str) -> str:
    """Return the text without anything that the archive put into it, for comparing with the source."""
    return "".join(words for words, _omitted in source_parts(marked))


def source_parts(marked: str) -> list[tuple[str, bool]]:
    """Return the source's own words in pieces, each with whether the archive left words out before it.

    Only `[[…]]` (also `[[...]]`) leaves words out and begins a new piece; other marks of ours are taken out
    of the piece, together with the space that they would leave doubled.
    """
    parts, end, omitted = [""], 0, [False]
    for mark in _MARK.finditer(marked):
        parts[-1] = _join(parts[-1], marked[end : mark.start()])
        end = mark.end()
        if mark[1].strip() in _ELLIPSES:
            parts.append("")
            omitted.append(True)
    parts[-1] = _join(parts[-1], marked[end:])
    return list(zip(parts, omitted, strict=True))


def unclosed_marks(marked: str) -> list[int]:
    """Return the places of `[[` and `]]` that belong to no mark, for a warning before publishing."""
    rest = _MARK.sub(lambda mark: " " * len(mark[0]), marked)
    return [match.start() for match in re.finditer(r"\[\[|\]\]", rest)]


def turns_what_follows(text: str) -> bool:
    """Return whether a direction that is set in a text is not ended on its line, or one is ended that was not set."""
    return any(_is_unbalanced(line) for line in _LINE_ENDS.sub("\n", text).split("\n"))


def _is_unbalanced(line: str) -> bool:
    """Return whether embeddings, overrides and isolates do not close each other in their order (UAX #9)."""
    open_ones: list[str] = []
    for character in line:
        if closing := _CLOSED_BY.get(character):
            open_ones.append(closing)
        elif character in _CLOSING and (not open_ones or open_ones.pop() != character):
            return True
    return bool(open_ones)


def _join(before: str, after: str) -> str:
    """Put two texts together where a mark stood between them, with one space at most."""
    if before and after and before[-1].isspace() and not after[0].isalnum():
        return before.rstrip(" ") + after
    return before + after


def _pair_surrogates(text: str) -> str:
    """Join surrogates that belong together (JSON written by JavaScript), replace those that stand alone."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _findings(text: str) -> Iterator[Finding]:
    """Yield the findings, kind by kind."""
    for match in _REMOVED.finditer(text):
        if match[0] != "\x85":
            yield Finding("control", match.start(), match[0], removed=True)
    for match in _SURROGATE.finditer(text):
        if not _is_paired(text, match.start()):
            yield Finding("surrogate", match.start(), match[0], removed=True)
    for match in _SUSPICIOUS.finditer(text):
        if not _belongs(text, match.start()):
            yield Finding(match.lastgroup or "", match.start(), match[0], removed=False)


def _is_paired(text: str, place: int) -> bool:
    """Return whether the surrogate at this place is one half of a character."""
    if text[place] < "\udc00":
        return "\udc00" <= text[place + 1 : place + 2] <= "\udfff"
    return place > 0 and "\ud800" <= text[place - 1] <= "\udbff"


def _belongs(text: str, place: int) -> bool:
    """Return whether an invisible character is there for its neighbours' sake."""
    character, before, after = text[place], text[max(0, place - 2) : place], text[place + 1 : place + 3]
    if character in _JOINERS and _JOINED_SCRIPTS.match(before[-1:]):
        return True
    if character == "\u200d":
        return _is_pictorial(before[-1:]) and _is_pictorial(after[:1])
    if "\U000e0020" <= character <= "\U000e007f":
        return before[-1:] == "\U0001f3f4" or "\U000e0020" <= before[-1:] <= "\U000e007f"
    if character in "\u061c\u200e\u200f":
        return any(unicodedata.bidirectional(neighbour) in _RIGHT_TO_LEFT for neighbour in before + after)
    return False


def _is_pictorial(neighbour: str) -> bool:
    """Return whether a character can stand in an emoji sequence: symbol, skin tone, variation selector."""
    return bool(neighbour) and (neighbour == "\ufe0f" or unicodedata.category(neighbour) in {"So", "Sk"})

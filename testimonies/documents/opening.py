"""A file to its text: what it is by its first bytes, and which reader takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from testimonies import texts
from testimonies.documents import confined, plain
from testimonies.documents.refusal import DocumentRefused

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 2_000_000

# What an editor may choose, where the encoding that was found out gives the wrong letters.
ENCODINGS = (
    ("utf-8", _("Unicode (UTF-8)")),
    ("cp1251", _("Cyrillic, Windows-1251")),
    ("koi8_r", _("Cyrillic, KOI8-R")),
    ("koi8_u", _("Ukrainian, KOI8-U")),
    ("cp866", _("Cyrillic, DOS (866)")),
    ("mac_cyrillic", _("Cyrillic, Macintosh")),
    ("kz1048", _("Kazakh, KZ-1048")),
    ("cp1252", _("Western, Windows-1252")),
    ("cp1250", _("Central European, Windows-1250")),
    ("cp1254", _("Turkish, Windows-1254")),
)
_CALLED = dict(ENCODINGS)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HTML = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Document:
    """The text of a file; `notes` are sentences about what was found out, and about what is not in the text."""

    text: str
    notes: tuple[str, ...] = ()


def text_of(file: BinaryIO | bytes, *, name: str = "", encoding: str = "") -> Document:
    """Return the text of plain text, HTML, PDF or DOCX, cleaned as `texts.clean` does.

    What a file is, its content says, not its name. Raises DocumentRefused.
    """
    content = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    if not content.strip():
        raise DocumentRefused("empty")
    if len(content) > MOST_BYTES:
        raise DocumentRefused("too_large")
    reader = next((read for is_it, read in READERS if is_it(content)), None)
    if reader is None and name.lower().endswith((".pdf", ".docx")):
        raise DocumentRefused("not_what_it_says")
    document = reader(content) if reader else written(content, name, encoding)
    text = texts.clean(document.text).strip()
    if not text:
        raise DocumentRefused("no_text")
    if len(text) > MOST_CHARACTERS:
        raise DocumentRefused("too_long")
    return Document(text, document.notes)


def written(content: bytes, name: str, encoding: str) -> Document:
    """Plain text or HTML, once its letters are known."""
    text, found = plain.decode(content, encoding)
    notes: tuple[str, ...] = (
        () if found.startswith("utf") else (str(_("Read as: %(encoding)s.") % {"encoding": called(found)}),)
    )
    if not _HTML.match(text[:10_000]) and not (name.lower().endswith((".html", ".htm", ".xhtml")) and "<" in text):
        return Document(text, notes)
    if "</html" not in text[-2_000:].lower():
        notes += (str(_("The page does not end as pages do: perhaps it is not complete.")),)
    return Document(confined.read("html", text.encode()).text, notes)


def called(encoding: str) -> str:
    """What editors call an encoding."""
    return str(_CALLED.get(encoding, encoding))


def pdf(content: bytes) -> Document:
    """The text of a PDF, with a word about the pages that have none."""
    found = confined.read("pdf", content)
    bare = ", ".join(map(str, found.bare_pages))
    return Document(found.text, (str(_("No text on page %(pages)s.") % {"pages": bare}),) if bare else ())


def docx(content: bytes) -> Document:
    """The text of a Word document."""
    return Document(confined.read("docx", content).text)


def refused(reason: str) -> Callable[[bytes], Document]:
    """A reader of what is known, and not taken."""

    def refuse(content: bytes) -> Document:
        raise DocumentRefused(reason)

    return refuse


# What a file is, the first that it is; what is none of these is a text.
READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Document]], ...] = (
    (lambda content: b"%PDF-" in content[:1024], pdf),
    (lambda content: content.startswith((b"PK\x03\x04", b"PK\x05\x06")), docx),
    (lambda content: content.startswith(_OLE) and _LOCKED in content, refused("encrypted")),
    (lambda content: content.startswith(_OLE), refused("old_word")),
    (lambda content: content.startswith(b"{\\rtf"), refused("rich_text")),
    (lambda content: content.startswith(_PICTURES) or content[8:12] == b"WEBP", refused("picture")),
)

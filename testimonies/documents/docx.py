"""DOCX (ECMA-376, WordprocessingML) to its text: body, then footnotes and endnotes. Nothing else is unpacked."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from testimonies.documents.refusal import DocumentRefused

# A page of text is some 30 kB of markup.
MOST_UNPACKED = 60_000_000
BODY = "word/document.xml"
PARTS = (BODY, "word/footnotes.xml", "word/endnotes.xml")
_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",  # "strict"
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
# The same once more for old programs; deleted and moved words, which only the history of the document has.
_LEFT_OUT = ("Fallback", "del", "moveFrom")


def read(content: bytes) -> tuple[str, list[int]]:
    """Return the text of a document; it has no pages."""
    try:
        with ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
            if BODY not in names:
                raise DocumentRefused("other_package")
            if any(entry.flag_bits & 1 for entry in package.infolist()):
                raise DocumentRefused("encrypted")
            parts = [part for part in PARTS if part in names]
            if sum(package.getinfo(part).file_size for part in parts) > MOST_UNPACKED:
                raise DocumentRefused("too_much")
            # What is unpacked stops at the size that was declared, and fails there if it was a lie.
            trees = [fromstring(package.read(part), forbid_dtd=True) for part in parts]
    except DefusedXmlException as error:
        raise DocumentRefused("entities") from error
    except (BadZipFile, ParseError) as error:
        raise DocumentRefused("damaged") from error
    return "\n\n".join("".join(words(tree)).strip() for tree in trees).strip(), []


def words(element: Element) -> Iterator[str]:
    """The words of an element in their order, paragraphs parted by an empty line."""
    name = element.tag.rpartition("}")[2]
    if name in _LEFT_OUT:
        return
    if element.tag.startswith(_WORD):
        if name == "t":
            yield element.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
    for inner in element:
        yield from words(inner)
    if name == "p":
        yield "\n\n"

"""Bytes to letters: which encoding a text is in, where the file does not say."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from testimonies.documents.refusal import DocumentRefused

# What older texts in the archive's languages are in. Those that share most bytes with one of the first are never
# guessed: they are chosen.
GUESSED = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252")
LEGACY = (*GUESSED, "kz1048", "koi8_u", "cp1250", "cp1254")
_SAMPLE = 100_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the letters of a text and the encoding they are in, which is found out unless it is given.

    A byte order mark goes first, then what HTML or XML declares, then UTF-8 if it fits; legacy encodings are told
    apart by the letters that they give. Raises DocumentRefused.
    """
    if encoding:
        return _strictly(content, encoding), encoding
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _without_controls(_strictly(content, name, "truncated")), name
    if b"\0" in content[:_SAMPLE]:
        return _wide(content)
    found = next(filter(None, map(_fitting, [content] * 2, [_declared(content), "utf-8"])), None)
    text, name = found or _legacy(content)
    return _without_controls(text), name


def _strictly(content: bytes, encoding: str, refusal: str = "other_encoding") -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentRefused(refusal) from error


def _declared(content: bytes) -> str:
    """Return the encoding that HTML or XML names; none that bytes cannot be read by."""
    match = _DECLARED.search(content[:4096])
    try:
        name = codecs.lookup(match[1].decode()).name if match else ""
    except LookupError:
        return ""
    return name if name in (*LEGACY, "utf-8", "iso8859-1", "iso8859-5") else ""


def _fitting(content: bytes, encoding: str) -> tuple[str, str] | None:
    """Return the letters if all bytes fit; those of a character that the end of the file cuts in two do not."""
    try:
        return (content.decode(encoding), encoding) if encoding else None
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and error.end >= len(content) and error.start and not content[: error.start].isascii():
            raise DocumentRefused("truncated") from error
        return None


def _wide(content: bytes) -> tuple[str, str]:
    """Return UTF-16 that has lost its mark: every other byte of a European text is nought or four."""
    evens, odds = content[:_SAMPLE:2], content[1:_SAMPLE:2]
    for name, high in (("utf-16-le", odds), ("utf-16-be", evens)):
        if sum(byte in (0, 4) for byte in high) > 0.9 * len(high):
            return _without_controls(_strictly(content, name, "truncated")), name
    raise DocumentRefused("binary")


def _legacy(content: bytes) -> tuple[str, str]:
    """Return the letters by the encoding that makes most sense of them."""
    best = from_bytes(content[:_SAMPLE], cp_isolation=[*GUESSED], preemptive_behaviour=False).best()
    if best is None:
        raise DocumentRefused("unknown_encoding")
    return _strictly(content, best.encoding, "unknown_encoding"), best.encoding


def _without_controls(text: str) -> str:
    """Return a text; bytes that are none decode to control characters."""
    if len(_CONTROLS.findall(text)) > len(text) / 100:
        raise DocumentRefused("binary")
    return text

"""PDF (ISO 32000) to its text, page by page."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from testimonies.documents.refusal import DocumentRefused

MOST_PAGES = 2_000


def read(content: bytes) -> tuple[str, list[int]]:
    """Return the text of all pages, and the numbers of those without any."""
    if b"%%EOF" not in content[-2048:]:
        raise DocumentRefused("truncated")
    reader = PdfReader(BytesIO(content))
    # Many are locked against changes only, and open without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentRefused("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise DocumentRefused("too_much")
    pages = [page.extract_text().strip() for page in reader.pages]
    if not any(pages):
        raise DocumentRefused("scanned")
    return "\n\n".join(filter(None, pages)), [number for number, text in enumerate(pages, 1) if not text]

"""RIS, which EndNote, Mendeley and Zotero import. It has no interview: of its types SOUND is the least wrong."""

from collections.abc import Iterator

from testimonies.citation import wording
from testimonies.citation.item import Item


def write(item: Item) -> bytes:
    """One reference, with the line ends that the format asks for."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields(item) if value]
    return "\r\n".join(("TY  - SOUND", *lines, "ER  - ", "")).encode()


def fields(item: Item) -> Iterator[tuple[str, str]]:
    """Tags with their values. A comma behind a whole name keeps it whole, in EndNote too."""
    yield "ID", item.key
    yield "AU", item.voice.name.undivided
    for name in item.interviewers:
        yield "A2", name.undivided
    for name in item.translators:
        yield "A4", name.undivided
    yield "TI", item.title
    if item.spoken.plain:
        year, month, day = (*item.spoken.plain.split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"
    yield "M3", wording.kind(item)
    yield "AB", item.description
    for word in item.keywords:
        yield "KW", word
    yield "LA", item.language
    yield "ET", str(item.edition)
    yield "PB", item.archive
    yield "AN", item.ark or item.identifier
    for line in (*wording.notes(item), *wording.rights(item)):
        yield "N1", line
    yield "UR", item.cited_address

"""What the head of a page tells Zotero, by the names that its translators read, and no name more.

Left out on purpose: every `citation_…` tag (one throws away all roles), COinS (it would be read first), `DC.creator`
and `DC.contributor` (an interview without people), `og:type`, and every date of publication (it would win over the
date of speaking).
"""

from collections.abc import Iterator
from typing import NamedTuple

from testimonies.citation import wording
from testimonies.citation.item import Item

SCHEMAS = (("DC", "http://purl.org/dc/elements/1.1/"), ("DCTERMS", "http://purl.org/dc/terms/"))


class Tag(NamedTuple):
    """One `meta` element; `attribute` is "name" or "property"."""

    attribute: str
    name: str
    content: str


def tags(item: Item) -> tuple[Tag, ...]:
    """The elements, in the order in which a person would read them."""
    named = tuple(Tag("name", name, content) for name, content in _named(item) if content)
    return (*named, Tag("property", "og:url", item.page_address))


def _named(item: Item) -> Iterator[tuple[str, str]]:
    """Names with their contents. A comma behind a whole name keeps Zotero from taking it apart."""
    yield "z.itemType", "interview"
    yield "DC.title", item.title
    yield "z.interviewees", item.voice.name.undivided
    for name in item.interviewers:
        yield "z.interviewers", name.undivided
    for name in item.translators:
        yield "z.translators", name.undivided
    for _role, name in item.contributors:
        if name not in item.interviewers:
            yield "bib.contributors", name.undivided
    yield "DC.date", item.spoken.plain or item.spoken.words
    yield "DCTERMS.abstract", item.description
    yield "DC.language", item.language
    yield "DC.rights", "; ".join(wording.rights(item))
    yield "z.archive", item.archive
    yield "z.archiveLocation", item.collection
    yield "z.callNumber", item.identifier
    yield "z.extra", "\n".join(wording.notes(item))

"""What the head of a page tells Zotero and whoever shows a link to it, by the names that they read, and no name more.

Left out on purpose: every `citation_…` tag (one throws away all roles), COinS (it would be read first), `DC.creator`
and `DC.contributor` (an interview without people), and every date of publication (it would win over the date of
speaking). `og:type` alone would make Zotero save a web page; `z.itemType` wins over it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from testimonies.citation import wording
from testimonies.citation.item import Item, address
from testimonies.lettering import placard as lettering
from testimonies.lettering.placard import Placard

SCHEMAS = (("DC", "http://purl.org/dc/elements/1.1/"), ("DCTERMS", "http://purl.org/dc/terms/"))


class Tag(NamedTuple):
    """One `meta` element; `attribute` is "name" or "property"."""

    attribute: str
    name: str
    content: str


def tags(item: Item, placard: Placard | None = None) -> tuple[Tag, ...]:
    """The elements, in the order in which a person would read them; a link is shown as its placard, if it has one."""
    named = tuple(Tag("name", name, content) for name, content in _named(item) if content)
    return (*named, *_shown_by_links(item, placard))


def _named(item: Item) -> Iterator[tuple[str, str]]:
    """Names with their contents. A comma behind a whole name keeps Zotero from taking it apart.

    All are Zotero's but `description`, which search engines show.
    """
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
    yield "description", item.description
    yield "DC.language", item.language
    yield "DC.rights", "; ".join(wording.rights(item))
    yield "z.archive", item.archive
    yield "z.archiveLocation", item.collection
    yield "z.callNumber", item.identifier
    yield "z.extra", "\n".join(wording.notes(item))


def _shown_by_links(item: Item, placard: Placard | None) -> Iterator[Tag]:
    """What a link to the page is shown by elsewhere (ogp.me); the words only where they may stand alone."""
    yield Tag("property", "og:url", item.page_address)
    yield Tag("property", "og:type", "website")
    yield Tag("property", "og:title", item.title)
    yield Tag("property", "og:description", item.description)
    yield Tag("name", "twitter:card", "summary_large_image" if placard else "summary")
    if placard:
        yield Tag("property", "og:image", address("placard", item.identifier, item.edition))
        yield Tag("property", "og:image:type", "image/png")
        yield Tag("property", "og:image:width", str(lettering.WIDTH))
        yield Tag("property", "og:image:height", str(lettering.HEIGHT))
        yield Tag("property", "og:image:alt", placard.told)

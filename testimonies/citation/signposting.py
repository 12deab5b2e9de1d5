"""Signposting (signposting.org, FAIR profile): typed links in headers, and the same as a linkset (RFC 9264)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from testimonies.citation.formats import FORMATS
from testimonies.citation.item import Item, address

LINKSET = "application/linkset+json"


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link (RFC 8288); `media_type` is the one that is really served there."""

    relation: str
    href: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.href}>; rel="{self.relation}"{kind}'


def links(item: Item) -> tuple[Link, ...]:
    """The links of the page of a testimony or of an edition."""
    return (*_said(item), Link("linkset", linkset_address(item), LINKSET))


def links_of_file(item: Item, *, holds_words: bool) -> tuple[Link, ...]:
    """The links of one of its files: back to the page."""
    back = Link("collection" if holds_words else "describes", item.page_address, "text/html")
    return (back, Link("linkset", linkset_address(item), LINKSET))


def linkset(item: Item) -> bytes:
    """All links as a linkset: those of the page, and those of each file back to it."""
    contexts = [_context(item.page_address, _said(item))]
    for form in FORMATS.values():
        back = links_of_file(item, holds_words=form.holds_words)[:1]
        contexts.append(_context(item.file(form.key), back))
    return f"{json.dumps({'linkset': contexts}, indent=2)}\n".encode()


def linkset_address(item: Item) -> str:
    """Where the linkset is."""
    query = f"?edition={item.edition}" if item.is_edition else ""
    return f"{address('linkset', item.identifier)}{query}"


def _said(item: Item) -> Iterable[Link]:
    """What the page is called by, what it is, by what right and by whom, what describes it, what it consists of."""
    return (
        Link("cite-as", item.edition_permalink if item.is_edition else item.ark_address or item.permalink),
        Link("type", "https://schema.org/AboutPage"),
        Link("type", f"https://schema.org/{'CreativeWork' if item.source.is_interview else 'Quotation'}"),
        Link("license", item.quotation_rights),
        Link("author", item.voice.address),
        *(
            Link("item" if form.holds_words else "describedby", item.file(form.key), form.media_type)
            for form in FORMATS.values()
        ),
    )


def _context(anchor: str, said: Iterable[Link]) -> dict[str, object]:
    """The links of one address, by their relations."""
    told: dict[str, list[dict[str, str]]] = {}
    for link in said:
        target = {"href": link.href, **({"type": link.media_type} if link.media_type else {})}
        told.setdefault(link.relation, []).append(target)
    return {"anchor": anchor, **told}

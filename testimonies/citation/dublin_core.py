"""Dublin Core in XML (oai_dc), which every harvester takes."""

from collections.abc import Iterator

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.markup import Element, add, namespace, root, written

OAI_DC_ADDRESS = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
OAI_DC = namespace("oai_dc", OAI_DC_ADDRESS)
DC = namespace("dc", "http://purl.org/dc/elements/1.1/")


def write(item: Item) -> bytes:
    """The record as a document."""
    return written(element(item))


def element(item: Item) -> Element:
    """The record."""
    made = root(f"{OAI_DC}dc", f"{OAI_DC_ADDRESS} {SCHEMA}")
    for tag, text in terms(item):
        if text:
            add(made, f"{DC}{tag}", text)
    return made


def terms(item: Item) -> Iterator[tuple[str, str]]:
    """The fifteen elements, as far as known. The date is that of speaking; where it is not known, of this edition."""
    yield "title", item.title
    yield "creator", item.voice.name.whole
    for word in item.keywords:
        yield "subject", word
    yield "description", item.description
    yield "publisher", item.archive
    for name in dict.fromkeys((*item.interviewers, *item.translators, *(name for _role, name in item.contributors))):
        yield "contributor", name.inverted
    yield "date", item.spoken.plain or f"{item.edition_published:%Y-%m-%d}"
    yield "type", "Text"
    yield "type", wording.kind(item)
    yield "format", "text/html"
    yield "identifier", item.permalink
    yield "identifier", item.ark_address
    yield "source", wording.printed(item)
    yield "source", item.source.url
    yield "language", item.language
    yield "relation", item.edition_permalink
    for place in item.places:
        yield "coverage", place.name
    for line in wording.rights(item):
        yield "rights", line

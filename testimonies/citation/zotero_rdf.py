"""Zotero RDF, which unAPI hands to Zotero: an interview with everything in its field, subjects too."""

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.markup import Element, add, namespace, root, written
from testimonies.citation.names import Name

RDF = namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")
Z = namespace("z", "http://www.zotero.org/namespaces/export#")
BIB = namespace("bib", "http://purl.org/net/biblio#")
DC = namespace("dc", "http://purl.org/dc/elements/1.1/")
DCTERMS = namespace("dcterms", "http://purl.org/dc/terms/")
FOAF = namespace("foaf", "http://xmlns.com/foaf/0.1/")


def write(item: Item) -> bytes:
    """A graph of one item."""
    graph = root(f"{RDF}RDF")
    graph.append(element(item))
    return written(graph)


def element(item: Item) -> Element:
    """The item."""
    made = root(f"{BIB}Interview")
    made.set(f"{RDF}about", item.cited_address)
    add(made, f"{Z}itemType", "interview")
    people(made, f"{Z}interviewees", (item.voice.name,))
    people(made, f"{Z}interviewers", item.interviewers)
    people(made, f"{Z}translators", item.translators)
    add(made, f"{DC}title", item.title)
    for tag, text in (
        (f"{DC}date", item.spoken.plain or item.spoken.words),
        (f"{DCTERMS}abstract", item.description),
        (f"{Z}archive", item.archive),
        (f"{DC}coverage", item.collection),  # the place in the archive
        (f"{Z}language", item.language),
        (f"{DC}rights", "; ".join(wording.rights(item))),
        (f"{DC}description", "\n".join(wording.notes(item))),
    ):
        if text:
            add(made, tag, text)
    for word in item.keywords:
        add(made, f"{DC}subject", word)
    # Zotero reads the call number out of a class of its own.
    add(add(add(made, f"{DC}subject"), f"{DCTERMS}LCC"), f"{RDF}value", item.identifier)
    add(add(add(made, f"{DC}identifier"), f"{DCTERMS}URI"), f"{RDF}value", item.cited_address)
    return made


def people(parent: Element, tag: str, names: tuple[Name, ...]) -> None:
    """A sequence of persons; a surname alone is a whole name."""
    if not names:
        return
    sequence = add(add(parent, tag), f"{RDF}Seq")
    for name in names:
        person = add(add(sequence, f"{RDF}li"), f"{FOAF}Person")
        add(person, f"{FOAF}surname", name.family or name.whole)
        if name.given:
            add(person, f"{FOAF}givenName", name.given)

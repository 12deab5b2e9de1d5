"""MODS 3.8 (Library of Congress). Zotero takes it back as an interview by the genre, and people by roles in words."""

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.markup import Element, add, namespace, root, written
from testimonies.citation.names import Name

ADDRESS = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
MODS = namespace("mods", ADDRESS)


def write(item: Item) -> bytes:
    """The record as a document."""
    return written(element(item))


def element(item: Item) -> Element:
    """The record."""
    made = root(f"{MODS}mods", f"{ADDRESS} {SCHEMA}")
    made.set("version", "3.8")
    add(add(made, f"{MODS}titleInfo"), f"{MODS}title", item.title)
    person(made, item.voice.name, "interviewee")
    for name in item.interviewers:
        person(made, name, "interviewer")
    for name in item.translators:
        person(made, name, "translator")
    add(made, f"{MODS}typeOfResource", "text")
    add(made, f"{MODS}genre", "interview", authority="marcgt")
    if not item.source.is_interview:
        add(made, f"{MODS}genre", wording.kind(item))
    origin(made, item)
    language = add(made, f"{MODS}language")
    add(language, f"{MODS}languageTerm", item.language, type="code", authority="rfc5646")
    add(made, f"{MODS}abstract", item.description)
    for line in wording.notes(item):
        add(made, f"{MODS}note", line)
    for word in item.keywords:
        add(add(made, f"{MODS}subject"), f"{MODS}topic", word)
    printed(made, item)
    if item.ark:
        add(made, f"{MODS}identifier", item.ark, type="ark")
    add(made, f"{MODS}identifier", item.cited_address, type="uri")
    location = add(made, f"{MODS}location")
    add(location, f"{MODS}physicalLocation", item.archive)
    add(location, f"{MODS}shelfLocator", item.identifier)
    add(location, f"{MODS}url", item.cited_address, usage="primary display")
    for line in wording.rights(item):
        add(made, f"{MODS}accessCondition", line, type="use and reproduction")
    return made


def person(parent: Element, name: Name, role: str) -> None:
    """A name with its role.

    Zotero makes everybody an interviewee where roles are given as codes, and takes a personal name apart.
    """
    kind = "corporate" if name.is_organisation else "personal" if name.family else ""
    made = add(parent, f"{MODS}name", type=kind)
    if name.family:
        add(made, f"{MODS}namePart", name.family, type="family")
        add(made, f"{MODS}namePart", name.given, type="given")
    else:
        add(made, f"{MODS}namePart", name.whole)
    add(add(made, f"{MODS}role"), f"{MODS}roleTerm", role, type="text", authority="marcrelator")


def origin(parent: Element, item: Item) -> None:
    """The day of speaking where it is known, the archive, and the edition."""
    made = add(parent, f"{MODS}originInfo")
    add(made, f"{MODS}publisher", item.archive)
    if item.spoken.plain:
        add(made, f"{MODS}dateCreated", item.spoken.plain, encoding="w3cdtf", keyDate="yes")
    elif item.spoken:
        add(made, f"{MODS}dateCreated", item.spoken.edtf, encoding="edtf", keyDate="yes")
    add(made, f"{MODS}dateModified", f"{item.edition_published:%Y-%m-%d}", encoding="w3cdtf")
    add(made, f"{MODS}edition", str(item.edition))


def printed(parent: Element, item: Item) -> None:
    """The source, as another item with people and dates of its own."""
    source = item.source
    if not source.title or source.is_interview:
        return
    made = add(parent, f"{MODS}relatedItem", type="original")
    add(add(made, f"{MODS}titleInfo"), f"{MODS}title", source.title)
    for name in source.authors:
        person(made, name, "author")
    origin_of_source = add(made, f"{MODS}originInfo")
    add(origin_of_source, f"{MODS}publisher", source.publisher)
    if source.date.plain:
        add(origin_of_source, f"{MODS}dateIssued", source.date.plain, encoding="w3cdtf")
    if source.url:
        add(made, f"{MODS}identifier", source.url, type="uri")

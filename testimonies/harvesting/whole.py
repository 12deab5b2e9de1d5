"""The archive's own format: the whole public record in XML, and the schema of it, both from one table.

Names are those of the record (`publishing.projection`). What is not known is left out; what a list holds is repeated.
A key that is added to the record is added to the table with it, as an element that may be missing, so that old
harvests stay valid.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from testimonies import texts

from . import datestamps
from .harvest import Held

NAMESPACE: Final = "urn:testimony-archive:record:1"
ROOT: Final = "testimony"
FRAME: Final = ("identifier", "edition", "first_published", "edition_published", "permalink")
XSD: Final = "http://www.w3.org/2001/XMLSchema"


@dataclass(frozen=True, slots=True)
class Group:
    """An element that holds others. `many` is the key of the list in the record of which each is one."""

    name: str
    parts: "tuple[str | Group, ...]"
    many: str = ""

    @property
    def key(self) -> str:
        """Where it stands in the record."""
        return self.many or self.name


CITED: Final = Group("source", ("identifier", "title"))
BASIS: Final = Group("basis", ("kind", "reason", CITED))
DATE: Final = ("edtf", "as_printed", BASIS)
PASSAGE: Final = Group("passage", ("id", "of", "text", Group("inserted", ("from", "to"), "ours")), "passages")
RECORD: Final = Group(
    ROOT,
    (
        *FRAME,
        "schema",
        "title",
        Group("witness", ("identifier", "name", "naming", "kind", "described_as", "note")),
        "language_printed",
        "language_spoken",
        "mode",
        "wording",
        Group("segment", ("introduction", "attribution", "attribution_note", "joined_by", PASSAGE), "segments"),
        Group(
            "translation",
            ("language", "translator", "by_machine", "translated_from", "note", PASSAGE),
            "translations",
        ),
        Group(
            "place",
            ("identifier", "name", "kind", "relation", BASIS, Group("wider", ("identifier", "name", "kind"), "within")),
            "places",
        ),
        Group("wave", ("slug", "name", BASIS), "waves"),
        Group("tag", ("slug", "name"), "tags"),
        Group("dates", (Group("printed", DATE), Group("spoken", DATE), Group("happened", DATE))),
        Group("event", ("name", "date"), "events"),
        Group(
            "source",
            (
                "identifier",
                "kind",
                "title",
                Group("contribution", ("name", "kind", "role", "as_printed"), "contributions"),
                "publisher",
                "dateline",
                "language",
                "date",
                "date_as_printed",
                "url",
                "archived_url",
                "accessed_on",
                "address_note",
                Group("rights", ("uri", "holder", "note")),
                Group(
                    "derivation",
                    ("relation", "agent", "item", "identified", "consulted", "wording", "note"),
                    "derives_from",
                ),
                "selection_note",
                "withheld",
            ),
        ),
        "locator",
        "context_note",
        "content_note",
        "lineage",
        "original_words_held",
        "peculiarities",
        Group("right", ("part", "uri", "holder", "note"), "rights"),
        Group("basis", ("kind", "asked", "scope", "statement")),
        Group("quotation_check", ("state", "on")),
        Group("collection", ("name",)),
        Group("contributor", ("name", "role", "kind"), "contributors"),
        "sample",
    ),
)

ElementTree.register_namespace("record", NAMESPACE)


def element(held: Held, *, permalink: str, schema: str) -> Element:
    """The record of a publication; `permalink` and the address of the schema are whole addresses."""
    frame = {
        "identifier": held.identifier,
        "edition": held.edition,
        "first_published": datestamps.written(held.published) if held.published else "",
        "edition_published": datestamps.written(held.edition_published) if held.edition_published else "",
        "permalink": permalink,
    }
    made = Element(f"{{{NAMESPACE}}}{ROOT}")
    made.set("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", f"{NAMESPACE} {schema}")
    fill(made, RECORD, {**(held.record or {}), **frame})
    return made


def fill(parent: Element, group: Group, value: Mapping[str, Any]) -> None:
    """Write the parts of a group that are known, in the order of the table."""
    for part in group.parts:
        if isinstance(part, str):
            if text := text_of(value.get(part)):
                SubElement(parent, f"{{{NAMESPACE}}}{part}").text = text
            continue
        for one in values(part, value):
            fill(SubElement(parent, f"{{{NAMESPACE}}}{part.name}"), part, one)


def values(group: Group, value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What the record holds for a group: all of a list, or the one, where it is known."""
    held = value.get(group.key) or ()
    for one in held if group.many else (held,):
        if isinstance(one, Mapping):
            yield one
        elif one:  # where the words of the archive's own begin and end
            yield dict(zip(group.parts, one, strict=True))  # type: ignore[arg-type]


def text_of(value: Any) -> str:
    """A value as XML has it; empty where it is not known."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else texts.clean(str(value))


def schema() -> Element:
    """The schema of the format, which is the same for every archive."""
    ElementTree.register_namespace("xs", XSD)
    made = Element(f"{{{XSD}}}schema", targetNamespace=NAMESPACE, elementFormDefault="qualified")
    declare(made, RECORD)
    return made


def declare(parent: Element, group: Group, **occurs: str) -> None:
    """Declare a group, and all that is in it, as elements that may be missing."""
    declared = SubElement(parent, f"{{{XSD}}}element", {"name": group.name, **occurs})
    parts = SubElement(SubElement(declared, f"{{{XSD}}}complexType"), f"{{{XSD}}}sequence")
    for part in group.parts:
        if isinstance(part, str):
            SubElement(parts, f"{{{XSD}}}element", name=part, type="xs:string", minOccurs="0")
        else:
            declare(parts, part, minOccurs="0", maxOccurs="unbounded" if part.many else "1")

"""DataCite metadata 4.5, as JSON and as XML (kernel-4). The archive mints no DOI: its key is the ARK."""

import json
from typing import Any

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.markup import Element, add, in_language, namespace, root, written
from testimonies.citation.names import Name

ADDRESS = "http://datacite.org/schema/kernel-4"
SCHEMA = "https://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
KERNEL = namespace("datacite", ADDRESS)

ROLES = {"interviewer": "DataCollector", "collector": "DataCollector", "translator": "Other", "editor": "Editor"}


def write_json(item: Item) -> bytes:
    """The record as DataCite's own JSON, in which no other key is allowed at the top."""
    return f"{json.dumps(data(item), ensure_ascii=False, indent=2)}\n".encode()


def write_xml(item: Item) -> bytes:
    """The record as a document."""
    return written(element(item))


def data(item: Item) -> dict[str, Any]:
    """The record, without what is not known."""
    made = {
        "schemaVersion": ADDRESS,
        "creators": [person(item.voice.name)],
        "titles": [{"title": item.title, "lang": "en"}],
        "publisher": {"name": item.archive},
        "publicationYear": str(item.edition_published.year),
        "types": {"resourceTypeGeneral": "Text", "resourceType": wording.kind(item)},
        "subjects": [{"subject": word} for word in item.keywords],
        "contributors": contributors(item),
        "dates": [{"date": date, "dateType": kind} for date, kind in dates(item)],
        "language": item.language,
        "alternateIdentifiers": [
            {"alternateIdentifier": key, "alternateIdentifierType": kind} for key, kind in identifiers(item)
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": key, "relatedIdentifierType": "URL", "relationType": relation}
            for key, relation in relations(item)
        ],
        "formats": ["text/html"],
        "version": str(item.edition),
        "rightsList": [{"rights": line, **({"rightsUri": uri} if uri else {})} for line, uri in rights(item)],
        "descriptions": [{"description": item.description, "descriptionType": "Abstract"}],
    }
    return {key: value for key, value in made.items() if value}


def element(item: Item) -> Element:
    """The record, its parts in the order of the JSON; the key stands where a DOI would."""
    made = root(f"{KERNEL}resource", f"{ADDRESS} {SCHEMA}")
    key, kind = identifiers(item)[0]
    add(made, f"{KERNEL}identifier", key, identifierType=kind)
    told = data(item)
    _people(add(made, f"{KERNEL}creators"), "creator", told["creators"])
    in_language(add(add(made, f"{KERNEL}titles"), f"{KERNEL}title", item.title), "en")
    add(made, f"{KERNEL}publisher", item.archive)
    add(made, f"{KERNEL}publicationYear", told["publicationYear"])
    add(made, f"{KERNEL}resourceType", told["types"]["resourceType"], resourceTypeGeneral="Text")
    _list(made, "subjects", "subject", [(word, {}) for word in item.keywords])
    if "contributors" in told:
        _people(add(made, f"{KERNEL}contributors"), "contributor", told["contributors"])
    _list(made, "dates", "date", [(date, {"dateType": kind}) for date, kind in dates(item)])
    add(made, f"{KERNEL}language", item.language)
    _list(
        made,
        "alternateIdentifiers",
        "alternateIdentifier",
        [(key, {"alternateIdentifierType": kind}) for key, kind in identifiers(item)],
    )
    _list(
        made,
        "relatedIdentifiers",
        "relatedIdentifier",
        [(key, {"relatedIdentifierType": "URL", "relationType": relation}) for key, relation in relations(item)],
    )
    _list(made, "formats", "format", [("text/html", {})])
    add(made, f"{KERNEL}version", str(item.edition))
    _list(made, "rightsList", "rights", [(line, {"rightsURI": uri}) for line, uri in rights(item)])
    _list(made, "descriptions", "description", [(item.description, {"descriptionType": "Abstract"})])
    return made


def person(name: Name) -> dict[str, str]:
    """A name; whether a whole one is a person's is said only of organisations, which are known to be none."""
    if name.family:
        told = {"name": name.inverted, "nameType": "Personal", "givenName": name.given, "familyName": name.family}
        return told
    return {"name": name.whole, **({"nameType": "Organizational"} if name.is_organisation else {})}


def contributors(item: Item) -> list[dict[str, str]]:
    """Who collected, edited or translated; of those who collected words also whom the source only names."""
    named = [("translator", name) for name in item.translators] + list(item.contributors)
    named += [("interviewer", name) for name in item.interviewers]
    named += [("collector", name) for name, _identified in item.source.collectors]
    told = {(ROLES.get(role, "Other"), name.inverted): person(name) for role, name in named}
    return [one | {"contributorType": kind} for (kind, _name), one in told.items()]


def dates(item: Item) -> list[tuple[str, str]]:
    """When the words were spoken, where that is known; when they were published here, and this edition."""
    spoken = "/".join("-".join(f"{number:02}" for number in part) for part in item.spoken.parts)
    told = [(spoken, "Collected")] if spoken else []
    return [
        *told,
        (item.published.date().isoformat(), "Issued"),
        (item.edition_published.date().isoformat(), "Updated"),
    ]


def identifiers(item: Item) -> list[tuple[str, str]]:
    """What the item is called."""
    addresses = dict.fromkeys((item.permalink, item.cited_address))
    arks = [(item.ark, "ARK")] if item.ark else []
    return [*arks, *((address, "URL") for address in addresses)]


def relations(item: Item) -> list[tuple[str, str]]:
    """What it is a version of, and what it comes from."""
    told = [(item.permalink, "IsVersionOf"), (item.archive_address, "IsPartOf")]
    if item.previous_permalink:
        told.append((item.previous_permalink, "IsNewVersionOf"))
    if item.source.url:
        told.append((item.source.url, "IsDerivedFrom"))
    return told


def rights(item: Item) -> list[tuple[str, str]]:
    """Each part with the address of what may be done with it."""
    uris = [item.quotation_rights if one.part == "quotation" else one.uri for one in item.rights]
    told = zip(item.rights, uris, strict=True)
    return [(wording.part(one, uri), uri) for one, uri in told if uri or one.holder]


def _people(parent: Element, tag: str, people: list[dict[str, str]]) -> None:
    for one in people:
        made = add(parent, f"{KERNEL}{tag}", contributorType=one.get("contributorType", ""))
        add(made, f"{KERNEL}{tag}Name", one["name"], nameType=one.get("nameType", ""))
        for key in ("givenName", "familyName"):
            if key in one:
                add(made, f"{KERNEL}{key}", one[key])


def _list(parent: Element, tag: str, inner: str, entries: list[tuple[str, dict[str, str]]]) -> None:
    if entries:
        made = add(parent, f"{KERNEL}{tag}")
        for text, attributes in entries:
            add(made, f"{KERNEL}{inner}", text, **attributes)

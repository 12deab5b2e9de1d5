"""JSON-LD in the terms of schema.org, for search engines and F-UJI; it is also embedded in the page."""

import json
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from testimonies.citation import plain_text, wording
from testimonies.citation.item import Item, Place
from testimonies.citation.names import Name

CONTEXT = [
    "https://schema.org",
    {"prov": "http://www.w3.org/ns/prov#", "rel": "http://id.loc.gov/vocabulary/relators/"},
]
# Getty's Art & Architecture Thesaurus.
INTERVIEWS = "http://vocab.getty.edu/aat/300026392"
# What the source is, where schema.org has a name for it.
SOURCES = {"press_article": "NewsArticle", "web_page": "WebPage", "book": "Book", "letter": "Message"}


def write(item: Item) -> bytes:
    """The description as a document."""
    return f"{json.dumps(data(item), ensure_ascii=False, indent=2)}\n".encode()


def embedded(item: Item) -> Markup:
    """The description on one line, for a data block in the page: nothing in it can end the block."""
    return htmlsafe_json_dumps(data(item), ensure_ascii=False)


def data(item: Item) -> dict[str, Any]:
    """The description, without what is not known."""
    interview = item.source.is_interview
    made = {
        "@context": CONTEXT,
        "@type": "CreativeWork" if interview else "Quotation",
        "@id": item.cited_address,
        "url": item.cited_address,
        "identifier": [
            *filter(None, [item.ark_address]),
            {"@type": "PropertyValue", "propertyID": "callNumber", "value": item.identifier},
        ],
        "name": item.title,
        "abstract": item.description,
        "description": item.description,
        "keywords": list(item.keywords),
        "inLanguage": item.language,
        "genre": "interview" if interview else wording.kind(item),
        "additionalType": INTERVIEWS if interview else "",
        "creator": [voice(item)],
        "contributor": contributors(item),
        "dateCreated": item.spoken.plain,
        "datePublished": item.published.date().isoformat(),
        "dateModified": item.edition_published.date().isoformat(),
        "version": str(item.edition),
        "locationCreated": [place(one) for one in item.places if one.relation == "spoken_at"],
        "spatialCoverage": [place(one) for one in item.places if one.relation == "speaks_of"],
        "publisher": {"@type": "Organization", "name": item.archive, "url": item.archive_address},
        "isPartOf": {
            "@type": "Collection",
            "@id": item.archive_address,
            "name": item.collection or item.archive,
        },
        "isBasedOn": source(item),
        "about": [{"@type": "Thing", "@id": address, "name": name} for name, address in item.waves],
        "license": item.quotation_rights,
        "copyrightNotice": "; ".join(wording.rights(item)),
        "isAccessibleForFree": True,
        "conditionsOfAccess": "open access",
        "hasPart": parts(item),
        "prov:wasRevisionOf": {"@id": item.previous_permalink} if item.previous_permalink else {},
        "prov:generatedAtTime": f"{item.edition_published:%Y-%m-%dT%H:%M:%SZ}",
        "rel:ive" if interview else "rel:aut": {"@id": item.voice.address},
    }
    return {key: value for key, value in made.items() if value}


def voice(item: Item) -> dict[str, str]:
    """Whose words they are. Several voices are neither a person nor an organisation: they have no type."""
    told = {} if item.voice.is_collective else {"@type": "Person"}
    return {**told, "@id": item.voice.address, "name": item.voice.name.whole}


def contributors(item: Item) -> list[dict[str, Any]]:
    """People in their roles."""
    named = [("interviewer", name) for name in item.interviewers]
    named += [("translator", name) for name in item.translators]
    named += [(role, name) for role, name in item.contributors if ("interviewer", name) not in named]
    return [{"@type": "Role", "roleName": role, "contributor": agent(name)} for role, name in named]


def agent(name: Name) -> dict[str, str]:
    """A person or an organisation."""
    if name.family:
        return {"@type": "Person", "name": name.whole, "familyName": name.family, "givenName": name.given}
    return {"@type": "Organization" if name.is_organisation else "Person", "name": name.whole}


def place(one: Place) -> dict[str, str]:
    """A place with its page."""
    return {"@type": "Place", "@id": one.address, "name": one.name}


def source(item: Item) -> dict[str, Any]:
    """The source as a work of its own: its date is that of printing."""
    one = item.source
    if not one.title:
        return {}
    made = {
        "@type": SOURCES.get(one.kind, "CreativeWork"),
        "@id": one.address,
        "name": one.title,
        "author": [agent(name) for name in one.authors],
        "publisher": {"@type": "Organization", "name": one.publisher} if one.publisher else {},
        "datePublished": one.date.plain,
        "inLanguage": one.language,
        "url": one.url,
    }
    return {key: value for key, value in made.items() if value}


def parts(item: Item) -> list[dict[str, str]]:
    """The words as a file that anybody can fetch, typed exactly so; and the description, which has its own licence."""
    return [
        {
            "@type": "MediaObject",
            "name": "Transcript",
            "contentUrl": item.file("text"),
            "encodingFormat": "text/plain",
            "contentSize": str(len(plain_text.write(item))),
        },
        {"@type": "CreativeWork", "name": wording.described(), "license": item.licence},
    ]

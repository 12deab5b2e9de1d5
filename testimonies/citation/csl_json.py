"""CSL-JSON (citation style language, input data 1.0.2): what citeproc, Zotero and pandoc cite from.

Zotero takes it back as an interview. A quotation has no interviewer, no date of speaking where none is known, and
a genre that says what it is: styles print it where "interview" would stand.
"""

import json
from typing import Any

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.moments import Moment
from testimonies.citation.names import Name


def write(item: Item) -> bytes:
    """A list of one."""
    return f"{json.dumps([data(item)], ensure_ascii=False, indent=2)}\n".encode()


def data(item: Item) -> dict[str, Any]:
    """The item, without what is not known."""
    interview = item.source.is_interview
    made = {
        "id": item.key,
        "type": "interview",
        "title": item.title,
        "author": [name(item.voice.name)],
        "interviewer": [name(one) for one in item.interviewers],
        "translator": [name(one) for one in item.translators],
        "issued": date(item.spoken),
        "genre": "" if interview else wording.kind(item),
        "archive": item.archive,
        "archive_location": item.collection,
        "call-number": item.identifier,
        "locator": item.passage,
        "abstract": item.description,
        "language": item.language,
        "keyword": ", ".join(item.keywords),
        "license": "; ".join(wording.rights(item)),
        "version": str(item.edition),
        "URL": item.cited_address,
        "note": "\n".join(wording.notes(item)),
    }
    return {key: value for key, value in made.items() if value}


def name(one: Name) -> dict[str, str]:
    """A name in two parts, or as it is."""
    return {"family": one.family, "given": one.given} if one.family else {"literal": one.whole}


def date(when: Moment) -> dict[str, Any]:
    """A date or a span in numbers where it is one, else in words."""
    if not when:
        return {}
    if not when.parts:
        return {"literal": when.words}
    told: dict[str, Any] = {"date-parts": [list(part) for part in when.parts]}
    return told | {"circa": True} if when.is_about else told

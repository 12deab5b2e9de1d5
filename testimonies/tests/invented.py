"""An invented public record of schema 1, for tests that need no database."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from testimonies.citation.item import Item, item_of

STATED: dict[str, Any] = {"kind": "stated", "reason": "", "source": None}

RECORD: dict[str, Any] = {
    "schema": 1,
    "title": "Words of Aibek, as printed by The Steppe Courier",
    "witness": {
        "identifier": "w1bek",
        "name": "Aibek",
        "naming": "named_in_source",
        "kind": "individual",
        "described_as": "Aibek the baker",
        "note": "",
    },
    "language_printed": "en",
    "language_spoken": "",
    "mode": "not_said",
    "wording": "verbatim",
    "segments": [
        {
            "introduction": "According to the baker",
            "attribution": "explicit",
            "attribution_note": "",
            "joined_by": None,
            "passages": [{"id": "p1", "text": "We shared the bread.", "ours": []}],
        }
    ],
    "translations": [],
    "places": [
        {
            "identifier": "p1aks",
            "name": "Aksay",
            "kind": "city",
            "relation": "described_as_from",
            "basis": STATED,
            "within": [{"identifier": "p2kaz", "name": "Kazakhstan", "kind": "country"}],
        }
    ],
    "waves": [],
    "tags": [{"slug": "bread", "name": "Bread"}],
    "dates": {
        "printed": {"edtf": "2021-10-02", "as_printed": "2.10.21", "basis": STATED},
        "spoken": None,
        "happened": None,
    },
    "events": [],
    "source": {
        "identifier": "s1bre",
        "kind": "press_article",
        "title": "Bread and borders",
        "contributions": [{"name": "Ann Onymous", "role": "author", "as_printed": "by Ann Onymous", "kind": "person"}],
        "publisher": "The Steppe Courier",
        "dateline": "Oral",
        "language": "en",
        "date": "2021-10-02",
        "date_as_printed": "2.10.21",
        "url": "",
        "archived_url": "",
        "accessed_on": None,
        "address_note": "",
        "rights": {"uri": "", "holder": "", "note": ""},
        "derives_from": [],
        "selection_note": "",
        "withheld": False,
    },
    "locator": "",
    "context_note": "",
    "content_note": "",
    "lineage": "",
    "original_words_held": False,
    "peculiarities": "",
    "rights": [{"part": "quotation", "uri": "", "holder": "", "note": ""}],
    "basis": {"kind": "already_published", "asked": False, "scope": "", "statement": "The speaker was not asked."},
    "quotation_check": {"state": "no_snapshot", "on": None},
    "collection": None,
    "contributors": [],
    "sample": False,
}


def record(**changes: Any) -> dict[str, Any]:
    """The record, with some of its top keys changed; `source`, `witness` and `dates` are changed key by key."""
    made = deepcopy(RECORD)
    for key, value in changes.items():
        inner = key in ("source", "witness", "dates")
        made[key] = made[key] | value if inner else value
    return made


def segment(*texts: str, **changes: Any) -> dict[str, Any]:
    """A segment of these paragraphs, numbered from p1."""
    passages = [{"id": f"p{number}", "text": text, "ours": []} for number, text in enumerate(texts, 1)]
    return {**deepcopy(RECORD["segments"][0]), "passages": passages, **changes}


def an_item(
    made: dict[str, Any] | None = None, *, edition: int = 2, is_edition: bool = False, passage: str = ""
) -> Item:
    """What is cited of a record, the invented one unless another is given, in its second edition."""
    item = item_of(
        made or record(),
        identifier="t1bek",
        edition=edition,
        published=datetime(2026, 11, 1, tzinfo=UTC),
        edition_published=datetime(2026, 11, 23, 22, tzinfo=UTC),
        is_edition=is_edition,
    )
    return item.of_passage(passage) if passage else item

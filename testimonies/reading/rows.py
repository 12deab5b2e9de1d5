"""One testimony as a row: for tables, data and feeds of a search. Everything is taken from the public record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from testimonies.models.public import Publication

ROW_FIELDS = (
    "pk",
    "identifier",
    "first_published_at",
    "changed_at",
    "current_edition__number",
    "current_edition__record",
)

Row = dict[str, Any]


def rows_of(keys: Sequence[int]) -> list[Row]:
    """Return the rows of publications in the order of their keys; what is not listed is left out (one query)."""
    found = {one["pk"]: one for one in Publication.objects.listed().filter(pk__in=keys).order_by().values(*ROW_FIELDS)}
    return [row(found[key]) for key in keys if key in found]


def row(one: Mapping[str, Any]) -> Row:
    """Return the row of a publication with the `ROW_FIELDS`; what is not known is an empty text or list.

    `words` are the quoted words passage by passage, in `language`; dates are EDTF (ISO 8601-2) as in the record.
    """
    record = one["current_edition__record"]
    source = record["source"]
    return {
        "identifier": one["identifier"],
        "edition": one["current_edition__number"],
        "title": record["title"],
        "words": [passage["text"] for segment in record["segments"] for passage in segment["passages"]],
        "language": record["language_printed"],
        "wording": record["wording"],
        "witness": record["witness"]["name"],
        "described_as": record["witness"]["described_as"],
        "places": [f"{place['name']} ({place['relation']})" for place in record["places"]],
        "waves": _names(record["waves"]),
        "tags": _names(record["tags"]),
        "spoken": _edtf(record["dates"]["spoken"]),
        "printed": _edtf(record["dates"]["printed"]),
        "source_authors": [made["name"] for made in source["contributions"] if made["role"] == "author"],
        "source_title": source["title"],
        "source_publisher": source["publisher"],
        "source_date": source["date"],
        "source_url": source["url"],
        "rights": [f"{right['part']}: {right['uri']}" for right in record["rights"]],
        "quotation_check": record["quotation_check"]["state"],
        "first_published": one["first_published_at"].isoformat(),
        "changed": one["changed_at"].isoformat(),
    }


def _names(records: Iterable[Mapping[str, Any]]) -> list[str]:
    return [one["name"] for one in records]


def _edtf(known: Mapping[str, Any] | None) -> str:
    return known["edtf"] if known else ""

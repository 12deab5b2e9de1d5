"""Public records as plain data: numbers, texts and lists, the same in the API and in the files of the archive.

Dates are EDTF (ISO 8601-2) or ISO 8601; what is not known is null or empty. A function that takes a record of a
vocabulary reads what `readable` has fetched with it, so that a list of any length costs the same number of queries.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from testimonies.models.public import Edition, Event, Place, Publication, Source, Tag, Wave, Witness

Data = dict[str, Any]

PUBLICATION_FIELDS: Final = (
    "pk",
    "identifier",
    "first_published_at",
    "changed_at",
    "current_edition__number",
    "current_edition__published_at",
    "current_edition__change_note",
    "current_edition__digest",
    "current_edition__record",
)


def address(kind: str, *arguments: Any) -> str:
    """The whole address of a page, with scheme and host as it is cited."""
    return f"{settings.ARCHIVE['url']}{reverse(kind, args=arguments)}"


def moment(at: datetime) -> str:
    """A moment in UTC, to the second (ISO 8601)."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


# Testimonies


def testimonies(keys: Sequence[int]) -> list[Data]:
    """Listed testimonies in the order of their primary keys given; what is not listed is left out (one query)."""
    rows = Publication.objects.listed().filter(pk__in=keys).order_by().values(*PUBLICATION_FIELDS)
    found = {row["pk"]: row for row in rows}
    return [testimony(found[key]) for key in keys if key in found]


def testimony(row: Mapping[str, Any]) -> Data:
    """A testimony with its current edition, from a row with the `PUBLICATION_FIELDS`."""
    identifier = row["identifier"]
    return {
        **named(identifier),
        "first_published": moment(row["first_published_at"]),
        "changed": moment(row["changed_at"]),
        "edition": {
            **edition_frame(identifier, row["current_edition__number"], row["current_edition__published_at"]),
            "change_note": row["current_edition__change_note"],
            "sha256": row["current_edition__digest"],
        },
        "record": row["current_edition__record"],
    }


def named(identifier: str) -> Data:
    """The names that a testimony keeps for ever."""
    return {
        "identifier": identifier,
        "permalink": address("testimony", identifier),
        "ark": f"ark:/{settings.ARCHIVE['naan']}/{identifier}",
    }


def edition(identifier: str, one: Edition) -> Data:
    """An edition without its record: which it is, and what changed; one that was emptied says when, and no more."""
    return {
        **edition_frame(identifier, one.number, one.published_at),
        "change_note": one.change_note,
        "sha256": one.digest,
        "emptied": moment(one.emptied_at) if one.emptied_at else None,
    }


def edition_frame(identifier: str, number: int, published_at: datetime) -> Data:
    """Which edition it is, where it stands and since when."""
    return {
        "number": number,
        "permalink": address("edition", identifier, number),
        "published": moment(published_at),
    }


def passages(identifier: str, number: int, record: Mapping[str, Any]) -> list[Data]:
    """The passages of an edition: the quoted ones in their order, then those of each translation."""
    permalink = address("edition", identifier, number)
    quoted = [passage for segment in record["segments"] for passage in segment["passages"]]
    found = [_passage(permalink, one, record["language_printed"], None) for one in quoted]
    for translation in record["translations"]:
        found += [_passage(permalink, one, translation["language"], one["of"]) for one in translation["passages"]]
    return found


def _passage(permalink: str, passage: Mapping[str, Any], language: str, translates: str | None) -> Data:
    return {
        "id": passage["id"],
        "permalink": f"{permalink}#{passage['id']}",
        "text": passage["text"],
        "language": language,
        "translates": translates,
    }


# What testimonies share


def witness(one: Witness) -> Data:
    """A voice as its source describes it."""
    return {
        "identifier": one.identifier,
        "permalink": address("witness", one.identifier),
        "name": one.name,
        "naming": one.naming,
        "kind": one.kind,
        "described_as": one.described_as,
        "note": one.note,
        "names": forms(one),
    }


def place(one: Place) -> Data:
    """A place with its names; what it lies in is named where readers may know that."""
    located = one.latitude is not None and one.longitude is not None
    return {
        "identifier": one.identifier,
        "permalink": address("place", one.identifier),
        "name": one.name,
        "kind": one.kind,
        "within": _reference(one.parent),
        "latitude": float(one.latitude) if located else None,  # type: ignore[arg-type]  # one of both is none of them
        "longitude": float(one.longitude) if located else None,  # type: ignore[arg-type]
        "coordinates_source": one.coordinates_source,
        "wikidata": one.wikidata,
        "geonames": one.geonames,
        "names": forms(one),
    }


def wave(one: Wave) -> Data:
    """A wave of migration that testimonies speak of, its dates each with the source that gives it."""
    return {
        "slug": one.slug,
        "permalink": address("wave", one.slug),
        "name": one.name,
        "scope_note": one.scope_note,
        "begins": one.begins,
        "begins_source": _reference(one.begins_source),
        "ends": one.ends,
        "ends_source": _reference(one.ends_source),
        "attested": one.attested,
        "attested_source": _reference(one.attested_source),
        "events": [event(happened) for happened in one.events.all()],
        "names": forms(one),
    }


def event(one: Event) -> Data:
    """What happened, and which source says so."""
    return {"name": one.name, "date": one.date, "place": _reference(one.place), "source": _reference(one.source)}


def source(one: Source) -> Data:
    """A source, with who made it, what it derives from, and its rights."""
    return {
        "identifier": one.identifier,
        "permalink": address("source", one.identifier),
        "kind": one.kind,
        "title": one.title,
        "publisher": one.publisher,
        "dateline": one.dateline,
        "date": one.date,
        "date_as_printed": one.date_as_printed,
        "language": one.language,
        "url": one.url,
        "archived_url": one.archived_url,
        "accessed_on": one.accessed_on.isoformat() if one.accessed_on else None,
        "address_note": one.address_note,
        "contributions": [
            {"name": made.agent.name, "kind": made.agent.kind, "role": made.role, "as_printed": made.as_printed}
            for made in one.contributions.all()
        ],
        "derives_from": [
            {
                "relation": derived.relation,
                "agent": derived.agent.name if derived.agent else "",
                "item": derived.item,
                "identified": derived.identified,
                "consulted": derived.consulted,
                "wording": derived.wording,
                "note": derived.note,
            }
            for derived in one.derivations.all()
        ],
        "rights": {"uri": one.rights_uri, "holder": one.rights_holder, "note": one.rights_note},
        "selection_note": one.selection_note,
    }


def tag(one: Tag) -> Data:
    """A tag with what it means and where it ends."""
    return {
        "slug": one.slug,
        "permalink": address("tag", one.slug),
        "name": one.name,
        "definition": one.definition,
        "names": forms(one),
    }


def forms(one: Any) -> list[Data]:
    """Every way in which a name is written, with where it is attested."""
    return [
        {
            "text": form.text,
            "tag": form.tag,
            "system": form.system,
            "status": form.status,
            "attested_in": form.attested_in,
            "used_by": form.used_by,
        }
        for form in one.forms.all()
    ]


def _reference(one: Place | Source | None) -> Data | None:
    return {"identifier": one.identifier, "name": str(one)} if one else None


DESCRIBED: Final[Mapping[type[Any], Callable[[Any], Data]]] = {
    Witness: witness,
    Place: place,
    Wave: wave,
    Source: source,
    Tag: tag,
}


def readable(model: type[Any]) -> Any:
    """The listed records of a vocabulary in the order of their addresses, with all that their description reads."""
    records = model.objects.listed().order_by(model.address_field)
    if model is Place:
        # An event may have happened in a place whose country no testimony names: that one is not told.
        return records.prefetch_related("forms", Prefetch("parent", Place.objects.listed()))
    if model is Wave:
        events = Event.objects.listed().select_related("place", "source")
        dated = records.select_related("begins_source", "ends_source", "attested_source")
        return dated.prefetch_related("forms", Prefetch("events", events))
    if model is Source:
        return records.prefetch_related("contributions__agent", "derivations__agent")
    return records.prefetch_related("forms")

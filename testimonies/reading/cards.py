"""One testimony in a list: the words first, then whose they are and where they come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from testimonies.models.public import PlaceRelation, Publication, PublicationPlace
from testimonies.reading.pieces import Day, Link, Piece, day, pieces
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _

# What `card` reads of a publication: narrow rows instead of objects.
CARD_FIELDS = (
    "pk",
    "identifier",
    "title",
    "excerpt",
    "language",
    "first_published_at",
    "witness__identifier",
    "witness__name",
    "source__identifier",
    "source__publisher",
    "source__title",
    "source__date",
    "current_edition__record__wording",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One testimony in a list.

    `words` is the beginning of the quoted words, or the passage that was found; `passage` is its identifier ("p3")
    where the card leads to one passage, else empty; `origin` is the publisher, or the title where there is none.
    `source` is None where the archive does not name it. `is_quoted` is false where the archive tells what was said
    in its own words: then nothing may look like a quotation.
    """

    identifier: str
    title: str
    words: tuple[Piece, ...]
    language: str
    witness: Link
    places: tuple[Link, ...]
    source: Link | None
    origin: str
    printed: str
    published: Day
    is_quoted: bool = True
    passage: str = ""


def cards(publications: Any) -> tuple[Card, ...]:
    """Return the cards of a queryset of listed publications (sliced or not) in its order, with two queries."""
    rows = list(publications.values(*CARD_FIELDS))
    places = described_as_from([row["pk"] for row in rows])
    return tuple(card(row, places.get(row["pk"], ())) for row in rows)


def cards_of(keys: Sequence[int]) -> tuple[Card, ...]:
    """Return the cards of publications in the order of their keys; what is not listed is left out (two queries)."""
    rows = Publication.objects.listed().filter(pk__in=keys).order_by().values(*CARD_FIELDS)
    found, places = {row["pk"]: row for row in rows}, described_as_from(keys)
    return tuple(card(found[key], places.get(key, ())) for key in keys if key in found)


def card(row: Mapping[str, Any], places: Iterable[Link] = ()) -> Card:
    """Return the card of one row with the `CARD_FIELDS`."""
    return Card(
        identifier=row["identifier"],
        title=row["title"],
        words=pieces(row["excerpt"]),
        language=row["language"],
        witness=Link("witness", row["witness__identifier"], row["witness__name"]),
        places=tuple(places),
        source=Link("source", row["source__identifier"], row["source__title"]) if row["source__identifier"] else None,
        origin=row["source__publisher"] or row["source__title"] or _("source not named"),
        printed=date_words(row["source__date"]),
        published=day(row["first_published_at"]),
        is_quoted=row["current_edition__record__wording"] == "verbatim",
    )


def described_as_from(publications: Iterable[int]) -> dict[int, tuple[Link, ...]]:
    """Return, for each publication's key, the places that its voice is described as from (one query)."""
    rows = (
        PublicationPlace.objects.filter(
            publication__in=list(publications), relation=PlaceRelation.DESCRIBED_AS_FROM, is_direct=True
        )
        .order_by("publication", "place__name")
        .values_list("publication", "place__identifier", "place__name")
    )
    found: dict[int, tuple[Link, ...]] = {}
    for publication, identifier, name in rows:
        found[publication] = (*found.get(publication, ()), Link("place", identifier or "", name))
    return found


__all__ = ["CARD_FIELDS", "Card", "card", "cards", "cards_of", "described_as_from"]

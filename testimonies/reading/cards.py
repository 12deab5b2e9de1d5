"""One testimony in a list: the words first, then whose they are and where they come from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from testimonies import languages
from testimonies.models.public import PlaceRelation, Publication, PublicationPlace, WitnessNameForm
from testimonies.reading.pieces import Link, Piece, pieces
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _

# What `card` reads of the public record, and with it of a publication: narrow rows instead of objects.
TOLD = ("sample", "wording", "places")
OF_RECORD = tuple(f"current_edition__record__{name}" for name in TOLD)
NARROW = (
    "pk",
    "identifier",
    "title",
    "excerpt",
    "language",
    "witness__identifier",
    "witness__name",
    "source__identifier",
    "source__publisher",
    "source__title",
    "source__date",
)
CARD_FIELDS = (*NARROW, *OF_RECORD)
# What is read where cards say why they were found: of a record that is read whole, nothing need be read apart.
EXPLAINED_FIELDS = (*NARROW, "witness", "current_edition__record")


# (public record, names of its voice) → why it was found, as `testimonies.search.explain` says it.
Explain = Callable[[Mapping[str, Any], Sequence[tuple[str, str]]], Any]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a testimony was found: what it has (`said`, in the language `tag`) for what the reader `typed`."""

    label: str
    said: str
    tag: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One testimony in a list.

    `words` is the beginning of the quoted words, or the passage that was found; `passage` is its identifier ("p3")
    where the card leads to one passage, else empty; `translated` names the language of a passage that was found in a
    translation, and `why` says why it was found where that is not plain. `origin` is the publisher, or the title where
    there is none; `source` is None where the archive does not name it. `places` are those that the source itself
    describes the voice as from, `placed` those of which the editors say so. `is_quoted` is false where the archive
    tells what was said in its own words: then nothing may look like a quotation. What `is_sample` was invented for
    show.
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
    placed: tuple[Link, ...] = ()
    is_quoted: bool = True
    is_sample: bool = False
    passage: str = ""
    translated: str = ""
    why: tuple[Why, ...] = ()


def cards_of(keys: Sequence[int], explain: Explain | None = None) -> tuple[Card, ...]:
    """Return the cards of publications in the order of their keys; what is not listed is left out (two queries).

    With `explain` each shows the passage that was found, and why (three queries).
    """
    fields = EXPLAINED_FIELDS if explain else CARD_FIELDS
    rows = Publication.objects.listed().filter(pk__in=keys).order_by().values(*fields)
    found, places = {row["pk"]: row for row in rows}, described_as_from(keys)
    shown = {key: card(found[key], places.get(key, ())) for key in keys if key in found}
    if explain is None:
        return tuple(shown.values())
    called = names_of({row["witness"] for row in found.values()})
    return tuple(
        explained(one, found[key], called.get(found[key]["witness"], ()), explain) for key, one in shown.items()
    )


def card(row: Mapping[str, Any], places: Iterable[Link] = ()) -> Card:
    """Return the card of one row with the `CARD_FIELDS` or the `EXPLAINED_FIELDS`."""
    record = row.get("current_edition__record")
    told = {name: record[name] if record else row[f"current_edition__record__{name}"] for name in TOLD}
    from_here = [one for one in told["places"] if one["relation"] == PlaceRelation.DESCRIBED_AS_FROM]
    stated = {one["identifier"] for one in from_here if one["basis"]["kind"] == "stated"}
    # Where all are stated nothing is looked up: a place may have been merged into another since.
    is_stated = {one: one.key in stated or len(stated) == len(from_here) for one in places}
    return Card(
        identifier=row["identifier"],
        title=row["title"],
        words=pieces(row["excerpt"]),
        language=row["language"],
        witness=Link("witness", row["witness__identifier"], row["witness__name"]),
        places=tuple(one for one, is_so in is_stated.items() if is_so),
        placed=tuple(one for one, is_so in is_stated.items() if not is_so),
        source=Link("source", row["source__identifier"], row["source__title"]) if row["source__identifier"] else None,
        origin=row["source__publisher"] or row["source__title"] or _("source not named"),
        printed=date_words(row["source__date"]),
        is_quoted=told["wording"] == "verbatim",
        is_sample=bool(told["sample"]),
    )


def explained(one: Card, row: Mapping[str, Any], called: Sequence[tuple[str, str]], explain: Explain) -> Card:
    """Return the card with the passage that was found in the place of the beginning."""
    record = row["current_edition__record"]
    why = explain(record, ((row["witness__name"], ""), *called))
    kinds = [(piece.text, "hit" if piece.is_hit else "ours" if piece.is_ours else "") for piece in why.excerpt.pieces]
    before = [Piece("… ")] if why.excerpt.is_cut_before else []
    behind = [Piece(" …")] if why.excerpt.is_cut_after else []
    return replace(
        one,
        words=(*before, *(Piece(text, kind) for text, kind in kinds), *behind),
        language=why.language,
        passage=why.passage if any(kind == "hit" for _text, kind in kinds) else "",
        translated=languages.name(why.language) if why.language != record["language_printed"] else "",
        why=tuple(Why(reason.label, reason.said, reason.tag, reason.typed) for reason in why.reasons),
    )


def names_of(witnesses: Iterable[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the name forms of voices with their language tags (one query)."""
    forms = WitnessNameForm.objects.filter(record__in=list(witnesses)).order_by("pk")
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for witness, text, tag in forms.values_list("record", "text", "tag"):
        found[witness] = (*found.get(witness, ()), (text, tag))
    return found


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


__all__ = ["CARD_FIELDS", "Card", "Why", "card", "cards_of", "described_as_from"]

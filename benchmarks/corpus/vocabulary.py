"""The vocabulary of an invented archive, written into the database with its addresses and name forms."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from testimonies.models.public import (
    Agent,
    Contribution,
    Identifier,
    Place,
    PlaceNameForm,
    Source,
    Tag,
    TagNameForm,
    Wave,
    Witness,
    WitnessNameForm,
)

from .bulk import insert
from .world import World

BEGAN = datetime(2021, 1, 1, tzinfo=UTC)


def enter(kind: str, values: Iterable[str]) -> None:
    """Enter addresses in the ledger."""
    insert(Identifier, ({"kind": kind, "value": value, "minted_at": BEGAN} for value in values))


def write_vocabulary(world: World) -> None:
    """Places, waves, tags and authors."""
    for model, kind, named in ((Wave, "wave", world.waves), (Tag, "tag", world.tags)):
        rows = [{"slug": one.slug, "name": one.name, "first_published_at": BEGAN} for one in named]
        insert(model, ({"id": number} | row for number, row in enumerate(rows, start=1)))
        enter(kind, (one.slug for one in named))
    insert(
        Place,
        (
            {
                "id": one.number + 1,
                "identifier": one.identifier,
                "name": one.name,
                "kind": one.kind,
                "parent_id": None if one.parent is None else one.parent + 1,
                "first_published_at": BEGAN,
            }
            for one in world.places
        ),
    )
    enter("place", (one.identifier for one in world.places))
    insert(PlaceNameForm, forms((one.number, one.forms) for one in world.places))
    insert(TagNameForm, forms((number, one.forms) for number, one in enumerate(world.tags)))
    insert(Agent, ({"id": number, "name": name} for number, name in enumerate(world.authors, start=1)))


def forms(named: Iterable[tuple[int, Iterable[Any]]]) -> Iterator[dict[str, Any]]:
    """The name forms of some records, by the numbers of these."""
    for number, some in named:
        for form in some:
            yield {"record_id": number + 1, "text": form.text, "tag": form.tag, "attested_in": "invented"}


def write_voices(world: World, numbers: range) -> None:
    """Witnesses with their forms."""
    made = [(number, world.voice(number)) for number in numbers]
    insert(Witness, ({"id": number + 1, "first_published_at": BEGAN, **voice.record} for number, voice in made))
    insert(WitnessNameForm, forms((number, voice.forms) for number, voice in made))
    enter("witness", (voice.record["identifier"] for _, voice in made))


def write_sources(world: World, numbers: range) -> None:
    """Sources with their authors."""
    made = [(number + 1, world.source(number)) for number in numbers]
    shown = ("identifier", "kind", "title", "publisher", "language", "date", "url")
    rows = ({"id": key, "first_published_at": BEGAN, **{name: one[name] for name in shown}} for key, one in made)
    insert(Source, rows)
    authors = {name: number for number, name in enumerate(world.authors, start=1)}
    by = ((key, one["contributions"][0]) for key, one in made)
    insert(
        Contribution,
        (
            {"source_id": key, "agent_id": authors[one["name"]], "role": one["role"], "as_printed": one["as_printed"]}
            for key, one in by
        ),
    )
    enter("source", (one["identifier"] for _, one in made))

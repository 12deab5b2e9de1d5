"""An invented archive written straight into the database, in batches, without the desk and its gate.

What publishing would have written is all there: ledger, vocabulary, publications, editions, passages, what lists and
facets need, and a log without gaps. Left out are histories and testimonies behind the editors' door, and the folded
words that the database search of small archives goes by.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from testimonies import dates, loghead
from testimonies.models.public import (
    Agent,
    Contribution,
    Edition,
    Identifier,
    LogHead,
    Passage,
    Place,
    PlaceNameForm,
    Publication,
    PublicationEvent,
    PublicationPlace,
    Source,
    Tag,
    TagNameForm,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing.publish import passages_of

from .bulk import BATCH, insert
from .testimony import Record, identifier_of, record, sources, stored, voices
from .vocabulary import BEGAN, enter, write_sources, write_vocabulary, write_voices
from .world import World

BETWEEN = timedelta(minutes=2)  # a million publications fill less than four years

PublicationWave = Publication.waves.through
PublicationTag = Publication.tags.through
WRITTEN: tuple[type[models.Model], ...] = (
    Agent, Contribution, Edition, Identifier, Passage, Place, PlaceNameForm, Publication, PublicationPlace,
    PublicationTag, PublicationWave, Source, Tag, TagNameForm, Wave, WaveNameForm, Witness, WitnessNameForm,
)  # fmt: skip


def write_archive(size: int, seed: int) -> None:
    """Write an archive into an empty database; the n-th record of each kind has the primary key n, from 1."""
    if Publication.objects.exists() or Witness.objects.exists() or Place.objects.exists():
        raise ValueError("An invented archive needs an empty database.")
    world = World(seed)
    with transaction.atomic():
        write_vocabulary(world)
    in_batches(voices(size), lambda numbers: write_voices(world, numbers))
    in_batches(sources(size), lambda numbers: write_sources(world, numbers))
    keys = {place.identifier: place.number + 1 for place in world.places}
    keys |= {one.slug: number for many in (world.waves, world.tags) for number, one in enumerate(many, start=1)}
    in_batches(size, lambda numbers: write_testimonies(world, numbers, keys))
    go_on_counting()


def in_batches(size: int, write: Callable[[range], None]) -> None:
    """Write so many records, a transaction for each batch."""
    for first in range(0, size, BATCH):
        with transaction.atomic():
            write(range(first, min(first + BATCH, size)))


def write_testimonies(world: World, numbers: range, keys: dict[str, int]) -> None:
    """Publications with their first editions, what they are found by, and the log; all rows in one transaction."""
    made = [(number + 1, record(world, number)) for number in numbers]
    held = Holders(made)
    insert(Publication, (publication(key, one, held) for key, one in made))
    insert(Edition, (edition(key, one) for key, one in made))
    insert(Passage, (vars(passage) for key, one in made for passage in passages_of(Edition(pk=key), one)))
    insert(PublicationPlace, (row for key, one in made for row in placements(key, one, keys)))
    for model, name, group in ((PublicationWave, "wave_id", "waves"), (PublicationTag, "tag_id", "tags")):
        linked = ((key, keys[found["slug"]]) for key, one in made for found in one[group])
        insert(model, ({"publication_id": key, name: found} for key, found in linked))
    enter("testimony", (identifier_of(number) for number in numbers))
    tell_log([key for key, _ in made])


class Holders:
    """The primary keys of the witnesses and sources that some records name."""

    def __init__(self, made: list[tuple[int, Record]]) -> None:
        self.witnesses = _keys(Witness, {one["witness"]["identifier"] for _, one in made})
        self.sources = _keys(Source, {one["source"]["identifier"] for _, one in made} - {None})


def _keys(model: type[Witness] | type[Source], identifiers: set[Any]) -> dict[str | None, int]:
    return dict(model._base_manager.filter(identifier__in=identifiers).values_list("identifier", "pk"))


def publication(key: int, one: Record, held: Holders) -> dict[str, Any]:
    """The row of a publication; the key of its only edition is its own."""
    printed, spoken = (one["dates"][kind] for kind in ("printed", "spoken"))
    passages = [passage for segment in one["segments"] for passage in segment["passages"]]
    return {
        "id": key,
        "identifier": identifier_of(key - 1),
        "current_edition_id": key,
        "first_published_at": when(key),
        "changed_at": when(key),
        "passages_numbered": len(passages) + sum(len(other["passages"]) for other in one["translations"]),
        "title": one["title"],
        "excerpt": " […] ".join(passage["text"] for passage in passages)[:600],
        "language": one["language_printed"],
        "witness_id": held.witnesses[one["witness"]["identifier"]],
        "source_id": held.sources.get(one["source"]["identifier"]),
        "year_spoken": year(spoken),
        "year_printed": year(printed),
        "spoken_earliest": stored(spoken["edtf"]).earliest if spoken else None,
        "printed_earliest": stored(printed["edtf"]).earliest if printed else None,
    }


def year(value: Record | None) -> int | None:
    """The year of a date, where it lies in one."""
    return dates.year(value["edtf"]) if value else None


def edition(key: int, one: Record) -> dict[str, Any]:
    """The first edition. Sorted keys without spaces are the canonical JSON of a record that has no fractions."""
    canonical = json.dumps(one, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return {"id": key, "publication_id": key, "number": 1, "published_at": when(key), "record": one, "digest": digest}


def placements(key: int, one: Record, keys: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The places of a record in their relations, and what they lie in."""
    direct = {(place["identifier"], place["relation"]) for place in one["places"]}
    wider = {(wide["identifier"], place["relation"]) for place in one["places"] for wide in place["within"]}
    for place, relation in sorted(direct | wider):
        yield {
            "publication_id": key,
            "place_id": keys[place],
            "relation": relation,
            "is_direct": (place, relation) in direct,
        }


def tell_log(keys: list[int]) -> None:
    """One event for each publication, numbered on from the head, which moves to the last of them."""
    head = LogHead.objects.select_for_update().get(pk=1)
    numbered = list(enumerate(keys, start=head.number + 1))
    insert(
        PublicationEvent,
        (
            {"number": number, "at": when(key), "kind": "published", "publication_id": key, "edition": 1}
            for number, key in numbered
        ),
    )
    head.number, head.at = numbered[-1][0], when(keys[-1])
    head.save()
    transaction.on_commit(lambda: loghead.write(head.number, bytes.fromhex(head.epoch)))


def when(key: int) -> datetime:
    """When the publication of this key was published."""
    return BEGAN + BETWEEN * key


def go_on_counting() -> None:
    """Let PostgreSQL count on from the keys that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(WRITTEN)):
            cursor.execute(statement)

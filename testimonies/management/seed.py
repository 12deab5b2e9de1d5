"""The seed collection: what a careful editor entered from one press article, loaded once and then left to editors.

Everything comes from `seed_collection.json`. What was entered once is known by the history, whatever editors have made
of it since: loading again brings back no voice that was renamed, hidden or withdrawn, and undoes no correction.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from testimonies.models.editorial import (
    PublicationBasis,
    QuoteSegment,
    Testimony,
    TestimonyPlace,
    TestimonyWave,
)
from testimonies.models.public import (
    Agent,
    Collection,
    Contribution,
    Derivation,
    Event,
    Place,
    PlaceNameForm,
    Source,
    Tag,
    Wave,
    WaveNameForm,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import publish

SEED = Path(__file__).with_name("seed_collection.json")

Entry = dict[str, Any]


@transaction.atomic
def load_seed_collection() -> int:
    """Load what is missing of the seed collection; the number of testimonies that were entered and published."""
    seed = json.loads(SEED.read_text(encoding="utf-8"))
    missing = [entry for entry in seed["testimonies"] if not was_entered(entry, seed["sources"]["article"])]
    if missing:
        enter(missing, seed)
    return len(missing)


def was_entered(entry: Entry, article: Entry) -> bool:
    """Whether the words at this place of the article were ever entered."""
    sources = Source.history.filter(**names(article)).values("id")
    testimonies = Testimony.history.filter(source_id__in=sources).values("id")
    place = {key: entry["segments"][0][key] for key in ("start", "end")}
    return QuoteSegment.history.filter(testimony_id__in=testimonies, **place).exists()


def enter(entries: list[Entry], seed: Entry) -> None:
    """Enter testimonies with what they refer to, and publish them."""
    collection, _ = Collection.objects.get_or_create(
        name=seed["collection"]["name"], defaults={"description": seed["collection"]["description"]}
    )
    sources = {key: source(entry) for key, entry in seed["sources"].items()}
    places = load_places(seed["places"])
    waves = {entry["slug"]: wave(entry, sources) for entry in seed["waves"]}
    tags = {entry["slug"]: tag(entry) for entry in seed["tags"]}
    basis, _ = PublicationBasis.objects.get_or_create(label=seed["basis"]["label"], defaults=seed["basis"])
    basis.refresh_from_db()
    for entry in entries:
        testimony = Testimony(collection=collection, source=sources["article"], basis=basis)
        fill(testimony, entry, places, waves, tags)
        publish(testimony, by=None)


def names(entry: Entry) -> dict[str, str]:
    """What tells one source from another."""
    return {key: entry[key] for key in ("publisher", "title", "date")}


def source(entry: Entry) -> Source:
    """One source with its contributions and derivations."""
    fields = {key: value for key, value in entry.items() if key not in ("contributions", "derivations")}
    found, made = Source.objects.get_or_create(**names(entry), defaults=fields)
    if made:
        for given in entry.get("contributions", []):
            Contribution.objects.create(
                source=found, agent=agent(given), role=given["role"], as_printed=given["as_printed"]
            )
        for given in entry.get("derivations", []):
            facts = {key: given[key] for key in ("relation", "identified", "consulted", "note")}
            Derivation.objects.create(source=found, agent=agent(given), **facts)
    return found


def agent(given: Entry) -> Agent:
    """The agent of a contribution or a derivation."""
    return Agent.objects.get_or_create(name=given["agent"], defaults={"kind": given["kind"]})[0]


def load_places(entries: list[Entry]) -> dict[str, Place]:
    """The places, wider ones first as the file has them."""
    places: dict[str, Place] = {}
    for entry in entries:
        fields = {key: value for key, value in entry.items() if key not in ("key", "parent", "forms")}
        parent = places[entry["parent"]] if entry["parent"] else None
        place, made = Place.objects.get_or_create(
            name=entry["name"], kind=entry["kind"], defaults={**fields, "parent": parent}
        )
        if made:
            for form in entry["forms"]:
                PlaceNameForm.objects.create(record=place, **form)
        places[entry["key"]] = place
    return places


def wave(entry: Entry, sources: dict[str, Source]) -> Wave:
    """One wave with what it is called and the events that mark it."""
    fields = {key: value for key, value in entry.items() if key not in ("forms", "events")}
    cited: Entry = {key: sources[fields[key]] for key in ("begins_source", "attested_source") if key in fields}
    found, made = Wave.objects.get_or_create(slug=entry["slug"], defaults={**fields, **cited})
    if made:
        for form in entry["forms"]:
            WaveNameForm.objects.create(record=found, **form)
        for event in entry["events"]:
            Event.objects.create(name=event["name"], date=event["date"], source=sources[event["source"]], wave=found)
    return found


def tag(entry: Entry) -> Tag:
    """One tag with its definition."""
    return Tag.objects.get_or_create(slug=entry["slug"], defaults=entry)[0]


def fill(
    testimony: Testimony, entry: Entry, places: dict[str, Place], waves: dict[str, Wave], tags: dict[str, Tag]
) -> None:
    """Enter one testimony, ready for review."""
    voice = entry["witness"]
    testimony.witness = Witness.objects.create(**{key: value for key, value in voice.items() if key != "forms"})
    for form in voice["forms"]:
        WitnessNameForm.objects.create(record=testimony.witness, **form)
    apart = ("key", "witness", "segments", "places", "waves", "tags")
    for key, value in entry.items():
        if key not in apart:
            setattr(testimony, key, value)
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.read_whole = True
    testimony.save()
    for order, segment in enumerate(entry["segments"], start=1):
        QuoteSegment.objects.create(testimony=testimony, order=order, **segment)
    for place in entry["places"]:
        TestimonyPlace.objects.create(testimony=testimony, **{**place, "place": places[place["place"]]})
    for mention in entry["waves"]:
        TestimonyWave.objects.create(testimony=testimony, **{**mention, "wave": waves[mention["wave"]]})
    testimony.tags.set([tags[slug] for slug in entry["tags"]])

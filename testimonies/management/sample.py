"""The sample archive: invented people's testimonies for show, published as real ones are and marked as samples.

Words, names, papers and places come from `sample_archive.json`, where each sentence stands in every language at the
same place, so that a sample's translation is the same sentences in another language. All choices come from one seed.
Only the identifiers differ each time: they are minted as those of any record.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from testimonies.management import seed
from testimonies.models.editorial import (
    PublicationBasis,
    QuoteSegment,
    Testimony,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import (
    Agent,
    Collection,
    Contribution,
    Place,
    PlaceNameForm,
    PlaceRelation,
    Source,
    Tag,
    Wave,
    Witness,
    WitnessNameForm,
)
from testimonies.publishing import publish

SAMPLE = Path(__file__).with_name("sample_archive.json")

# Of six testimonies about one source.
TO_A_SOURCE = 6
LANGUAGES = ("en", "ru", "kk", "ky", "it")
SHARES = (4, 5, 4, 3, 2)
WRITTEN = {"en": "en", "ru": "ru-Cyrl", "kk": "kk-Cyrl", "ky": "ky-Cyrl", "it": "it"}
# The first and last day on which the papers of each wave were printed, and how many of them.
TIMES = (
    ("sample-spring-2022", date(2022, 3, 10), date(2022, 7, 20), 4),
    ("sample-autumn-2022", date(2022, 9, 26), date(2023, 2, 20), 7),
    ("sample-later", date(2023, 3, 1), date(2024, 5, 30), 3),
)
LARGE_TOWNS = ("Almaty", "Bishkek", "Astana", "Tashkent", "Osh", "Karaganda", "Uralsk", "Kostanay")

Entry = dict[str, Any]


class HoldsTestimonies(Exception):
    """Raised where the archive holds testimonies that are no samples; nothing was written."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the samples have in common."""

    told: Entry
    rng: random.Random
    collection: Collection
    bases: dict[str, PublicationBasis]
    towns: tuple[Place, ...]
    wider: tuple[Place, ...]
    waves: dict[str, Wave]
    tags: dict[str, Tag]
    translator: Agent


@transaction.atomic
def make_sample_archive(testimonies: int, number: int = 1) -> int:
    """Publish so many samples, chosen by the seed `number`; how many were made, none where there are samples already.

    Raises HoldsTestimonies where the archive holds anything else.
    """
    if Testimony.objects.exclude(collection__is_sample=True).exists():
        raise HoldsTestimonies
    if Testimony.objects.exists():
        return 0
    shared = share(json.loads(SAMPLE.read_text(encoding="utf-8")), random.Random(number))  # noqa: S311 nothing secret
    papers = [source(shared, one) for one in range(max(len(TIMES), testimonies // TO_A_SOURCE))]
    words = choose_words(shared, testimonies)
    witnesses: list[tuple[str, Witness]] = []
    for one, (topics, places) in enumerate(words):
        paper, slug = papers[one % len(papers)]
        witness = voice(shared, paper.language, witnesses)
        enter(shared, one, paper=paper, slug=slug, witness=witness, topics=topics, places=places)
    return testimonies


# What they share


def share(told: Entry, rng: random.Random) -> Shared:
    """Enter what the samples have in common."""
    documents = {key: seed.source(entry) for key, entry in told["documents"].items()}
    places = {entry["name"]: entry for entry in told["places"]}
    entered = enter_places(places)
    return Shared(
        told=told,
        rng=rng,
        collection=Collection.objects.create(**told["collection"], is_sample=True),
        bases={key: PublicationBasis.objects.create(**entry) for key, entry in told["bases"].items()},
        towns=tuple(entered[name] for name, entry in places.items() if entry["kind"] == Place.Kind.CITY),
        wider=tuple(entered[name] for name, entry in places.items() if entry["kind"] != Place.Kind.CITY),
        waves={entry["slug"]: seed.wave(entry, documents) for entry in told["waves"]},
        tags={entry["slug"]: seed.tag(entry) for entry in told["tags"]},
        translator=Agent.objects.create(name="An invented translator", kind=Agent.Kind.PERSON),
    )


def enter_places(entries: dict[str, Entry]) -> dict[str, Place]:
    """The places, countries first as the file has them."""
    places: dict[str, Place] = {}
    for name, entry in entries.items():
        fields: Entry = {"parent": places.get(entry["parent"])}
        if entry["latitude"]:
            fields |= {key: entry[key] for key in ("latitude", "longitude")}
            fields["coordinates_source"] = "roughly, by hand, for the sample archive"
        place, made = Place.objects.get_or_create(name=name, kind=entry["kind"], defaults=fields)
        if made:
            for tag, text in {"en": name, **entry["forms"]}.items():
                PlaceNameForm.objects.create(record=place, text=text, tag=tag, attested_in="general knowledge")
        places[name] = place
    return places


def source(shared: Shared, number: int) -> tuple[Source, str]:
    """An invented source, and the address of the wave in whose time it was printed."""
    told, rng = shared.told, shared.rng
    slug, first, last, _share = (
        TIMES[number] if number < len(TIMES) else rng.choices(TIMES, [one[3] for one in TIMES])[0]
    )
    language = rng.choices(LANGUAGES, SHARES)[0]
    # Most is printed soon after people came.
    day = first + (last - first) * min(rng.expovariate(4), 1)
    kind = rng.choices((Source.Kind.PRESS_ARTICLE, Source.Kind.BROADCAST, Source.Kind.INTERVIEW), (7, 1, 2))[0]
    paper = Source.objects.create(
        kind=kind,
        title=f"{rng.choice(told['headlines'][language])}, {number + 1}",
        publisher=rng.choice(told["publishers"][language]),
        date="" if number % 17 == 16 else day.isoformat(),
        language=language,
        address_note="Invented for show: there is no such source.",
        selection_note="Invented for show: nothing was taken from anywhere.",
    )
    author = Agent.objects.get_or_create(name=rng.choice(told["authors"]), kind=Agent.Kind.PERSON)[0]
    Contribution.objects.create(source=paper, agent=author, role=Contribution.Role.AUTHOR)
    return paper, slug


# One sample


def choose_words(shared: Shared, testimonies: int) -> Iterator[tuple[list[tuple[str, Sequence[int]]], list[Place]]]:
    """What each sample tells of, with the numbers of its sentences, no two the same; and its towns."""
    rng, used = shared.rng, set()
    topics = sorted(shared.told["words"])
    large = [town for town in shared.towns if town.name in LARGE_TOWNS]
    for number in range(testimonies):
        told = choose_topics(rng, topics)
        while str(told) in used:
            told = choose_topics(rng, topics)
        used.add(str(told))
        town = (
            rng.choice(large) if number % 2 and number > len(shared.towns) else shared.towns[number % len(shared.towns)]
        )
        yield told, [town, rng.choice(shared.towns)]


def choose_topics(rng: random.Random, topics: list[str]) -> list[tuple[str, Sequence[int]]]:
    """One subject or two, each with the numbers of a beginning, one or two middles and an end."""
    return [
        (topic, (rng.randrange(2), *rng.sample(range(3), rng.randint(1, 2)), rng.randrange(2)))
        for topic in rng.sample(topics, rng.randint(1, 2))
    ]


def sentences(shared: Shared, language: str, topics: list[tuple[str, Sequence[int]]]) -> str:
    """The words of a sample in a language, a subject to a passage."""
    return "\n\n".join(
        " ".join(
            [
                shared.told["words"][topic][language]["beginnings"][first],
                *(shared.told["words"][topic][language]["middles"][one] for one in middles),
                shared.told["words"][topic][language]["ends"][last],
            ]
        )
        for topic, (first, *middles, last) in topics
    )


def voice(shared: Shared, language: str, known: list[tuple[str, Witness]]) -> Witness:
    """A voice that was heard before, now and then; otherwise another one, of an invented name or of none."""
    told, rng = shared.told, shared.rng
    before = [witness for spoken, witness in known if spoken == language]
    if before and rng.random() < 0.25:
        return rng.choice(before)
    trade = rng.choice(told["described"][language])
    name = rng.choice(told["names"][language])
    named = rng.random() < 0.85
    witness = Witness.objects.create(
        name=name if named else f"Unnamed voice ({trade})",
        naming=Witness.Naming.NAMED_IN_SOURCE if named else Witness.Naming.NOT_NAMED_IN_SOURCE,
        kind=Witness.Kind.INDIVIDUAL if named or rng.random() < 0.7 else Witness.Kind.REPORTED_COLLECTIVE,
        described_as=f"{name}, {trade}" if named else trade,
        note="Invented for show: there is no such person.",
    )
    if named:
        tag = "und-Latn" if language in ("en", "it") else WRITTEN[language]
        WitnessNameForm.objects.create(record=witness, text=name, tag=tag, attested_in="invented for show")
    known.append((language, witness))
    return witness


def enter(
    shared: Shared,
    number: int,
    *,
    paper: Source,
    slug: str,
    witness: Witness,
    topics: list[tuple[str, Sequence[int]]],
    places: list[Place],
) -> None:
    """Enter one sample as an editor would, and publish it."""
    rng, language = shared.rng, paper.language
    individual = witness.kind == Witness.Kind.INDIVIDUAL
    testimony = Testimony.objects.create(
        status=Testimony.Status.IN_REVIEW,
        collection=shared.collection,
        source=paper,
        locator=f"paragraph {rng.randint(1, 12)}",
        witness=witness,
        basis=shared.bases["press" if paper.is_published else "consent"],
        language_printed=language,
        language_spoken=language if rng.random() < 0.4 else "",
        mode=rng.choice(Testimony.Mode.values),
        read_whole=True,
        may_be_featured=individual and number % 9 == 0,
        context_note="Invented for show. Nobody said these words, and nobody printed them.",
        original_words_held=language != "en",
        **dates_of(rng, paper),
    )
    introduction = rng.choice(shared.told["introductions"][language]).format(name=witness.name)
    QuoteSegment.objects.create(
        testimony=testimony,
        order=1,
        introduction=introduction if witness.naming == Witness.Naming.NAMED_IN_SOURCE else "",
        text=sentences(shared, language, topics),
        attribution=QuoteSegment.Attribution.EXPLICIT if individual else QuoteSegment.Attribution.COLLECTIVE,
    )
    translate(shared, testimony, topics)
    enter_places_of(shared, testimony, places)
    enter_waves_of(shared, testimony, slug)
    testimony.tags.set([shared.tags[f"sample-{topic}"] for topic, _numbers in topics])
    publish(testimony, by=None)


def dates_of(rng: random.Random, paper: Source) -> Entry:
    """When it was spoken and when it happened: to the day, less exactly, or not known."""
    if not paper.date:
        return {}
    printed = date.fromisoformat(paper.date)
    spoken = printed - timedelta(days=rng.randint(0, 12))
    happened = spoken - timedelta(days=rng.randint(1, 60))
    as_known = {
        "spoken": (spoken.isoformat(), f"{spoken:%Y-%m}", f"{spoken:%Y}", ""),
        "happened": (happened.isoformat(), f"{happened:%Y-%m}", f"{happened:%Y-%m}~", ""),
    }
    return {kind: rng.choices(forms, (5, 2, 1, 3))[0] for kind, forms in as_known.items()}


def translate(shared: Shared, testimony: Testimony, topics: list[tuple[str, Sequence[int]]]) -> None:
    """The same sentences in another language, mostly."""
    rng = shared.rng
    if rng.random() < 0.3:
        return
    language = "ru" if testimony.language_printed == "en" else "en"
    by_machine = rng.random() < 0.2
    Translation.objects.create(
        testimony=testimony,
        language=language,
        text=sentences(shared, language, topics),
        translator=None if by_machine else shared.translator,
        by_machine=by_machine,
        translated_from=testimony.language_printed,
    )


def enter_places_of(shared: Shared, testimony: Testimony, places: list[Place]) -> None:
    """Where the voice is described as from, where it spoke, what it speaks of; each may be unknown."""
    rng = shared.rng
    town, other = places
    bound: list[tuple[str, Place]] = []
    if (chance := rng.random()) < 0.9:
        bound.append((PlaceRelation.DESCRIBED_AS_FROM, town))
    elif chance < 0.96:
        bound.append((PlaceRelation.DESCRIBED_AS_FROM, rng.choice(shared.wider)))
    if rng.random() < 0.2:
        bound.append((PlaceRelation.SPOKEN_AT, town))
    if rng.random() < 0.3:
        bound.append((PlaceRelation.SPEAKS_OF, other))
    for relation, place in bound:
        inferred = rng.random() < 0.12
        TestimonyPlace.objects.create(
            testimony=testimony,
            relation=relation,
            place=place,
            basis="inferred" if inferred else "stated",
            basis_reason="only the street is named" if inferred else "",
        )


def enter_waves_of(shared: Shared, testimony: Testimony, slug: str) -> None:
    """The wave of the source's time, both of 2022, or none."""
    rng = shared.rng
    spoken_of = rng.choices(([slug], ["sample-spring-2022", "sample-autumn-2022"], []), (8, 1, 1))[0]
    for one in spoken_of:
        inferred = rng.random() < 0.25
        TestimonyWave.objects.create(
            testimony=testimony,
            wave=shared.waves[one],
            basis="inferred" if inferred else "stated",
            basis_reason="from the time of printing; no wave is named" if inferred else "",
        )

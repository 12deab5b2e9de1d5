"""One invented testimony: a public record of schema 1, each key as the projection writes it."""

import random
from datetime import timedelta
from functools import cache
from typing import Any

from testimonies import dates, texts

from .words import Language, frequent, language, passage, with_ours
from .world import InventedPlace, World, identifier

Record = dict[str, Any]

STATED: Record = {"kind": "stated", "reason": "", "source": None}
INFERRED: Record = {"kind": "inferred", "reason": "Not given; no later than the printing.", "source": None}
# How many testimonies there are for one voice and for one source.
OF_ONE_VOICE, OF_ONE_SOURCE = 4, 25
FEWEST = 20  # voices and sources to begin with
ENGLISH, RUSSIAN = 0.65, 0.285  # the shares of testimonies with words in these languages
_RELATIONS = ("described_as_from", "spoken_at", "speaks_of")
stored = cache(dates.stored)


def voices(size: int) -> int:
    """How many voices an archive of this size has."""
    return FEWEST + size // OF_ONE_VOICE


def sources(size: int) -> int:
    """How many sources an archive of this size has."""
    return FEWEST + size // OF_ONE_SOURCE


def record(world: World, number: int) -> Record:
    """The testimony of this number; it does not depend on how many others there are."""
    rng = world.rng("testimony", number)
    voice = world.voice(int(voices(number) * rng.random() ** 1.3)).record
    source = world.source(int(sources(number) * rng.random() ** 1.5))
    withheld = rng.random() < 0.02
    quoted = language({"en": "en", "ru": "ru", "kk-Cyrl": "kk", "ky-Cyrl": "ky"}[source["language"]])
    segments = quoted_words(rng, quoted)
    passages = [one for segment in segments for one in segment["passages"]]
    return {
        "schema": 1,
        "title": title(voice, source, withheld=withheld),
        "witness": voice,
        "language_printed": quoted.tag,
        "language_spoken": "",
        "mode": "not_said",
        "wording": "verbatim",
        "segments": segments,
        "translations": translations(rng, quoted, passages),
        "places": placed(rng, world),
        "waves": [
            {"slug": wave.slug, "name": wave.name, "basis": STATED}
            for wave in rng.sample(world.waves, rng.choices((0, 1, 2), (30, 55, 15))[0])
        ],
        "tags": [{"slug": tag.slug, "name": tag.name} for tag in tagged(rng, world)],
        "dates": dated(rng, source["date"], withheld=withheld),
        "events": [],
        "source": without_source(source) if withheld else source,
        "locator": "" if withheld else f"p. {rng.randrange(1, 60)}",
        "context_note": "",
        "content_note": "",
        "lineage": "",
        "original_words_held": False,
        "peculiarities": "",
        "rights": [
            {"part": "quotation", "uri": "http://rightsstatements.org/vocab/InC/1.0/", "holder": "", "note": ""},
            {"part": "description", "uri": "https://creativecommons.org/licenses/by/4.0/", "holder": "", "note": ""},
        ],
        "basis": {"kind": "already_published", "asked": False, "scope": "", "statement": "Invented for measuring."},
        "quotation_check": checked(rng, withheld=withheld),
        "collection": None,
        "contributors": [],
        "sample": False,
    }


def title(voice: Record, source: Record, *, withheld: bool) -> str:
    """As the projection describes it."""
    named = voice["name"] if voice["naming"] == "not_named_in_source" else f"Words of {voice['name']}"
    if withheld or not source["publisher"]:
        return named
    return f"{named}, as {'recorded' if source['kind'] == 'interview' else 'printed'} by {source['publisher']}"


def quoted_words(rng: random.Random, quoted: Language) -> list[Record]:
    """One or two segments with one to four passages, some sixty words together."""
    among = frequent(rng, quoted.name, ENGLISH if quoted.name == "en" else RUSSIAN)
    count = rng.choices((1, 2, 3, 4), (45, 30, 15, 10))[0]
    made = [spoken(rng, quoted, number, among if number == 1 else []) for number in range(1, count + 1)]
    cut = count - 1 if count > 1 and rng.random() < 0.2 else count
    return [
        {
            "introduction": "",
            "attribution": "explicit",
            "attribution_note": "",
            "joined_by": "reporter" if first else None,
            "passages": made[first:last],
        }
        for first, last in ((0, cut), (cut, count))
        if first < last
    ]


def spoken(rng: random.Random, in_language: Language, number: int, among: list[str]) -> Record:
    """One passage."""
    text = passage(rng, in_language, max(3, int(rng.lognormvariate(3.2, 0.6))), among)
    shown, ours = texts.public_text(with_ours(rng, text)) if rng.random() < 0.15 else (text, [])
    return {"id": f"p{number}", "text": shown, "ours": ours}


def translations(rng: random.Random, quoted: Language, passages: list[Record]) -> list[Record]:
    """An English translation of three in ten that were not printed in English."""
    if quoted.name == "en" or rng.random() > 0.3:
        return []
    english = language("en")
    among = frequent(rng, "en", ENGLISH)
    numbered = enumerate(passages, start=len(passages) + 1)
    aligned = [spoken(rng, english, number, among if one is passages[0] else []) for number, one in numbered]
    return [
        {
            "language": "en",
            "translator": "",
            "by_machine": False,
            "translated_from": quoted.tag,
            "note": "",
            "passages": [made | {"of": one["id"]} for made, one in zip(aligned, passages, strict=True)],
        }
    ]


def placed(rng: random.Random, world: World) -> list[Record]:
    """Up to three places, the first ones of the list more often."""
    count = rng.choices((0, 1, 2, 3), (8, 50, 30, 12))[0]
    drawn = {int(len(world.places) * rng.random() ** 1.5): rng.choice(_RELATIONS) for _ in range(count)}
    return [place_record(world, world.places[number], relation) for number, relation in drawn.items()]


def place_record(world: World, place: InventedPlace, relation: str) -> Record:
    """A place with the country it lies in."""
    wider = [] if place.parent is None else [world.places[place.parent]]
    return {
        "identifier": place.identifier,
        "name": place.name,
        "kind": place.kind,
        "relation": relation,
        "basis": STATED,
        "within": [{"identifier": one.identifier, "name": one.name, "kind": one.kind} for one in wider],
    }


def tagged(rng: random.Random, world: World) -> list[Any]:
    """Up to four tags by name, the first ones of the list more often."""
    count = rng.choices((0, 1, 2, 3, 4), (10, 30, 30, 20, 10))[0]
    drawn = {int(len(world.tags) * rng.random() ** 2) for _ in range(count)}
    return sorted((world.tags[number] for number in drawn), key=lambda tag: tag.name)


def dated(rng: random.Random, edtf: str, *, withheld: bool) -> Record:
    """When the words were printed and, as far as is known, spoken."""
    printed = {"edtf": edtf, "as_printed": "", "basis": STATED} if edtf and not withheld else None
    when = when_spoken(rng, edtf)
    said = {"edtf": when, "as_printed": "", "basis": INFERRED} if when else None
    return {"printed": printed, "spoken": said, "happened": None}


def when_spoken(rng: random.Random, printed: str) -> str:
    """A day, an open beginning, a span, about a year, or nothing."""
    last = stored(printed).latest if printed else None
    if not last or rng.random() < 0.15:
        return ""
    earlier = last - timedelta(days=rng.randrange(400))
    forms = (earlier.isoformat(), f"[..{last.isoformat()}]", f"{earlier.year - 2}/{earlier.year}", f"{earlier.year}~")
    return str(rng.choices((*forms, f"{earlier.year}-23"), (45, 30, 10, 10, 5))[0])


def checked(rng: random.Random, *, withheld: bool) -> Record:
    """Whether the words stand in the source."""
    state = rng.choices(("found", "differs", "no_snapshot", "not_told"), (50, 5, 40, 5))[0]
    if withheld:
        state = "not_told"
    return {"state": state, "on": "2024-01-05" if state in ("found", "differs") else None}


def without_source(source: Record) -> Record:
    """A source that the archive does not name."""
    blank = {key: [] if isinstance(value, list) else "" for key, value in source.items()}
    kept = {"kind": source["kind"], "language": source["language"], "withheld": True}
    return {**blank, "identifier": None, "accessed_on": None, "rights": {"uri": "", "holder": "", "note": ""}, **kept}


def identifier_of(number: int) -> str:
    """The identifier of the testimony of this number."""
    return identifier("testimony", number)

"""What an invented archive's testimonies share: places, waves, tags, and any number of voices and sources.

Voices and sources are made from their numbers whenever they are asked for, so that a million need no memory.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from testimonies import identifiers

from . import names
from .names import Form
from .words import language

_BASE = len(identifiers.ALPHABET)
# Identifiers are numbered through all kinds; the step is prime to their number, so that each comes once.
_STEMS = (_BASE - 10) * _BASE**6
_STEP = 6_364_136_223
KINDS = ("testimony", "witness", "place", "source")


def identifier(kind: str, number: int) -> str:
    """The well-formed identifier of a record, no other's."""
    rest = ((number * len(KINDS) + KINDS.index(kind)) * _STEP + 12_345) % _STEMS
    stem = ""
    for _ in range(6):
        rest, digit = divmod(rest, _BASE)
        stem += identifiers.ALPHABET[digit]
    stem = identifiers.ALPHABET[10 + rest] + stem
    return stem + identifiers.check_character(stem)


@dataclass(frozen=True, slots=True)
class InventedPlace:
    """A town or a country; `number` counts from 0, `parent` is the number of its country."""

    number: int
    identifier: str
    name: str
    kind: str
    parent: int | None
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A wave or a tag."""

    slug: str
    name: str
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A witness with its name forms; `record` is how public records show it."""

    record: dict[str, Any]
    forms: tuple[Form, ...]


class World:
    """Everything that the testimonies of one seed share."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.voice = lru_cache(maxsize=20_000)(self._voice)
        self.source = lru_cache(maxsize=20_000)(self._source)

    def rng(self, *what: object) -> random.Random:
        """A source of chance of its own for each thing that is made."""
        return random.Random(f"{self.seed} {what}")

    @cached_property
    def places(self) -> list[InventedPlace]:
        """Countries, each followed by its towns."""
        found: list[InventedPlace] = []
        country, tag = 0, ""
        for row in names.rows(names.COUNTRIES):
            name, _, form = row.partition(":")
            if form:
                native, language = form.split()
                country, tag = len(found), names.tag_of(language)
                found.append(_place(len(found), name, "country", None, (Form(native, tag),)))
            else:
                name, native, *former = row.split()
                forms = (Form(native, tag), *(Form(one, "und-Latn") for one in former))
                found.append(_place(len(found), name, "city", country, forms))
        return found

    @cached_property
    def waves(self) -> list[Named]:
        """Waves."""
        return [Named(slug, name) for slug, name in (row.split(" ", 1) for row in names.rows(names.WAVES))]

    @cached_property
    def tags(self) -> list[Named]:
        """Tags, the most frequent first."""
        pairs = [row.split(":") for row in names.rows(names.TAGS)]
        return [Named(name.lower().replace(" ", "-"), name, (Form(other, "und-Cyrl"),)) for name, other in pairs]

    @cached_property
    def authors(self) -> list[str]:
        """Who wrote the sources."""
        given = names.given_names()
        return [f"{given[number % len(given)][1]} {names.surname(number * 13)[0]}" for number in range(200)]

    def _voice(self, number: int) -> Voice:
        rng = self.rng("voice", number)
        occupation, town = rng.choice(names.rows(names.OCCUPATIONS)), rng.choice(self.places).name
        unnamed = rng.random() < 0.15
        name, forms = (f"Unnamed voice ({occupation})", ()) if unnamed else called(rng, number)
        record = {
            "identifier": identifier("witness", number),
            "name": name,
            "naming": "not_named_in_source" if unnamed else "named_in_source",
            "kind": "individual",
            "described_as": f"a {occupation}" if unnamed else f"{name}, a {occupation} from {town}",
            "note": "",
        }
        return Voice(record, forms)

    def _source(self, number: int) -> dict[str, Any]:
        rng = self.rng("source", number)
        spoken = language(rng.choices(("en", "ru", "kk", "ky"), (50, 25, 14, 11))[0])
        author = rng.choice(self.authors)
        return {
            "identifier": identifier("source", number),
            "kind": rng.choices(("press_article", "broadcast", "interview", "book"), (70, 10, 15, 5))[0],
            "title": " ".join(spoken.draw(rng, rng.randrange(3, 8))).capitalize(),
            "contributions": [{"name": author, "kind": "person", "role": "author", "as_printed": f"by {author}"}],
            "publisher": rng.choice(names.rows(names.PUBLISHERS)) if rng.random() < 0.95 else "",
            "dateline": "",
            "language": spoken.tag,
            "date": printed(rng),
            "date_as_printed": "",
            "url": f"https://example.org/{number}",
            "archived_url": "",
            "accessed_on": None,
            "address_note": "",
            "rights": {"uri": "http://rightsstatements.org/vocab/InC/1.0/", "holder": "", "note": ""},
            "derives_from": [],
            "selection_note": "",
            "withheld": False,
        }


def _place(number: int, name: str, kind: str, parent: int | None, forms: tuple[Form, ...]) -> InventedPlace:
    return InventedPlace(number, identifier("place", number), name, kind, parent, forms)


def called(rng: random.Random, number: int) -> tuple[str, tuple[Form, ...]]:
    """The name of a voice, half of them with a surname, and how else it is written."""
    given, english, native = rng.choice(names.given_names())
    if rng.random() < 0.5:
        return given, (native, Form(english, "und-Latn"))
    own, cyrillic = names.surname(number)
    return f"{given} {own}", (Form(f"{native.text} {cyrillic}", native.tag), Form(english, "und-Latn"))


def printed(rng: random.Random) -> str:
    """The date of a source: a day, a month, a season, a year, or nothing."""
    day = date(1985, 1, 1) + timedelta(days=int(14_600 * rng.random() ** 0.5))
    form = rng.choices(("%Y-%m-%d", "%Y-%m", "%Y-22", "%Y", "%Y~", ""), (70, 8, 5, 8, 4, 5))[0]
    return day.strftime(form)

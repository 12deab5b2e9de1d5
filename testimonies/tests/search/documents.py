"""Testimonies as the oracle of search looks at them: their words, names, facet values and days, without an index."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from testimonies import dates
from testimonies.analysis import Token, analyse
from testimonies.folding import keys

UNKNOWN = "unknown"
RELATIONS = ("described_as_from", "spoken_at", "speaks_of")
FACETS = ("place", "wave", "tag", "source", "witness", "language", "year", "printed", "check", *RELATIONS)

Form = tuple[str, str]  # a name, and the tag of its language
Value = Sequence[Token]  # one text or one name


@dataclass(frozen=True)
class Document:
    """One testimony, by all that it can be found by."""

    identifier: str
    texts: Sequence[Value]
    names: Mapping[str, Sequence[Value]]
    facets: Mapping[str, frozenset[str]]
    languages: frozenset[str]
    first_day: date | None
    last_day: date | None

    @cached_property
    def values(self) -> Sequence[Value]:
        """Texts and names."""
        return [*self.texts, *(value for values in self.names.values() for value in values)]

    @cached_property
    def exact(self) -> frozenset[str]:
        """The words letter for letter."""
        return frozenset(token.exact for value in self.values for token in value)

    @cached_property
    def loose(self) -> frozenset[str]:
        """The words in any spelling."""
        return frozenset(key for value in self.values for token in value for key in token.loose)

    @cached_property
    def lines(self) -> tuple[str, str]:
        """The words letter for letter, and their spellings, a line each: so beginnings are found in one go."""
        return "\n".join(["", *self.exact]), "\n".join(["", *self.loose])

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words of the texts."""
        return frozenset(token.stem for value in self.texts for token in value) - {""}

    @cached_property
    def called(self) -> Mapping[str, frozenset[str]]:
        """The keys of the words of names, by whose they are: spellings and shapes."""
        return {
            part: frozenset(key for value in values for token in value for key in token.loose | shapes(token.exact))
            for part, values in self.names.items()
        }

    @cached_property
    def shapes(self) -> frozenset[str]:
        """The shapes of the words of names."""
        return frozenset(key for held in self.called.values() for key in held if key.startswith("shape "))

    def has(self, facet: str, wanted: Collection[str]) -> bool:
        """Whether it has one of the values."""
        return not self.facets[facet].isdisjoint(wanted)


def shapes(word: str) -> frozenset[str]:
    """The shapes of a word, which are never taken for other keys."""
    return frozenset(f"shape {shape}" for shape in keys(word).shape)


def document(identifier: str, record: Mapping[str, Any], forms: Iterable[Form]) -> Document:
    """The document of a public record; `forms` are the other names of its witness."""
    spoken, printed = record["dates"]["spoken"], record["dates"]["printed"]
    bounds = dates.stored(spoken["edtf"]) if spoken else None
    places = {name: placed(record, name) for name in RELATIONS}
    facets = {
        "place": set().union(*places.values()),
        "wave": {wave["slug"] for wave in record["waves"]},
        "tag": {tag["slug"] for tag in record["tags"]},
        "source": {record["source"]["identifier"]},
        "witness": {record["witness"]["identifier"]},
        "language": {record["language_printed"]},
        "year": {dates.year(spoken["edtf"]) if spoken else None},
        "printed": {dates.year(printed["edtf"]) if printed else None},
        "check": {record["quotation_check"]["state"]},
    }
    written = list(texts(record))
    return Document(
        identifier=identifier,
        texts=[analyse(text, language) for text, language in written],
        names=names(record, forms),
        facets={name: frozenset(map(str, held - {None})) or frozenset([UNKNOWN]) for name, held in facets.items()}
        | {name: frozenset(held) for name, held in places.items()},
        languages=frozenset(language for _, language in written),
        first_day=bounds.earliest if bounds else None,
        last_day=bounds.latest if bounds else None,
    )


def placed(record: Mapping[str, Any], relation: str) -> set[str]:
    """The places in one relation, and what they lie in."""
    bound = [place for place in record["places"] if place["relation"] == relation]
    return {one["identifier"] for place in bound for one in (place, *place["within"])}


def texts(record: Mapping[str, Any]) -> Iterable[Form]:
    """The quoted words and the translations, each passage with its language."""
    for segment in record["segments"]:
        yield from ((passage["text"], record["language_printed"]) for passage in segment["passages"])
    for translation in record["translations"]:
        yield from ((passage["text"], translation["language"]) for passage in translation["passages"])


def names(record: Mapping[str, Any], forms: Iterable[Form]) -> dict[str, list[Value]]:
    """What the voice and the source are called."""
    witness, source = record["witness"], record["source"]
    made = (one["name"] for one in source["contributions"])
    return {
        "witness": [analyse(*one) for one in [(witness["name"], ""), (witness["described_as"], ""), *forms]],
        "source": [analyse(one, source["language"]) for one in (source["title"], source["publisher"], *made)],
    }

"""What the index holds: the fields of an entry, and the entry as the engine (tantivy) takes it.

Beside this one, only `queries`, `quotations`, `asking`, `opened` and `follow` know the engine.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

import tantivy
from django.utils.http import base36_to_int, int_to_base36

from testimonies.analysis import Token
from testimonies.folding import keys

from .entries import Entry

RELATIONS: Final = ("described_as_from", "spoken_at", "speaks_of")
WEEKS: Final = ("week_printed", "week_spoken", "week_happened")
FACET_FIELDS: Final = (
    "place", *RELATIONS, "wave", "tag", "source", "witness", "language", "year", "printed", "check",
    *WEEKS,
)  # fmt: skip
# Facets that an entry may have no value of; it has "unknown" then.
MAY_LACK: Final = frozenset(("place", "wave", "tag", "source", "year", "printed", *WEEKS))
# Facets that may have as many values as there are entries: these, identifiers, are held as numbers, since the engine
# counts words by going through all that there are.
NUMBERED: Final = frozenset(("source", "witness"))
LARGEST: Final = 2**64  # what an unsigned field cannot hold
NAME_PARTS: Final = ("witness", "source")
# Words letter for letter: of the current edition, and those that only earlier ones hold.
WORDS: Final = ("exact", "former")
# Between two runs of words, so that no phrase reaches from one into the other.
GAP: Final = 100


def build_schema() -> tantivy.Schema:
    """The fields of an entry.

    `exact` and `loose` hold words and names together; `shape` holds the shapes of names, `named_…` what a name of one
    kind is found by. `former` holds the words of earlier editions, for quotations. `exact` and `former` have positions,
    for phrases.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("key", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("number", stored=True)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="position")
    for name in ("loose", "stem", "shape", *(f"named_{part}" for part in NAME_PARTS)):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACET_FIELDS:
        if name in NUMBERED:
            builder.add_unsigned_field(f"facet_{name}", indexed=True, fast=True)
        else:
            builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("written_in", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("newest", fast=True)
    builder.add_unsigned_field("told", fast=True)
    builder.add_unsigned_field("since", fast=True)
    for name in ("spoken_from", "spoken_until"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = build_schema()


def rules() -> str:
    """A digest of everything that decides what an entry holds: another digest, another index."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in (here.parent / "folding", here.parent / "analysis"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    for name in ("entries.py", "index.py"):
        digest.update((here / name).read_bytes())
    return digest.hexdigest()


RULES: Final = rules()


def document(entry: Entry) -> tantivy.Document:
    """An entry as the engine takes it."""
    made = tantivy.Document()
    made.add_text("kind", "entry")
    made.add_unsigned("key", entry.key)
    names = {part: [token for run in entry.names[part] for token in run] for part in NAME_PARTS}
    words = [token for run in entry.texts for token in run]
    add_positions(made, "exact", [*entry.texts, *(run for part in NAME_PARTS for run in entry.names[part])])
    add_positions(made, "former", entry.former)
    # No key has a space in it: handed over together they cost the engine a fraction of what they cost one by one.
    made.add_text("loose", " ".join([loose(token.loose) for token in (*words, *chain.from_iterable(names.values()))]))
    made.add_text("stem", " ".join([token.stem for token in words if token.stem]))
    made.add_text("shape", " ".join([shapes(token.exact) for token in chain.from_iterable(names.values())]))
    for part, tokens in names.items():
        made.add_text(f"named_{part}", " ".join([f"{loose(one.loose)} {shapes(one.exact)}" for one in tokens]))
    for name in FACET_FIELDS:
        for value in entry.facets[name]:
            held = as_held(name, value)
            if isinstance(held, int):
                made.add_unsigned(f"facet_{name}", held)
            else:
                made.add_text(f"facet_{name}", value)
    for language in entry.languages:
        made.add_text("written_in", language)
    made.add_unsigned("newest", entry.newest)
    made.add_unsigned("told", entry.told)
    made.add_unsigned("since", entry.since)
    for name in ("spoken_from", "spoken_until"):
        if (day := getattr(entry, name)) is not None:
            made.add_unsigned(name, day)
    return made


def as_held(name: str, value: str) -> str | int | None:
    """A value of a facet as the index holds it; None where no identifier can be written so."""
    if name not in NUMBERED:
        return value
    try:
        number = base36_to_int(value)
    except ValueError:
        return None
    return number if as_written(name, number) == value and number < LARGEST else None


def as_written(name: str, held: str | int) -> str:
    """A value of a facet as addresses have it, of what the index holds."""
    return int_to_base36(int(held)) if name in NUMBERED else str(held)


def add_positions(made: tantivy.Document, name: str, runs: Iterable[Sequence[Token]]) -> None:
    """The words letter for letter, one run after another with a gap between them."""
    placed: list[tantivy.Token] = []
    start = 0
    for run in runs:
        placed += [tantivy.Token(token.exact, start + token.position, 0, 0) for token in run]
        start += (run[-1].position if run else 0) + GAP
    if placed:
        made.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", placed))


@lru_cache(maxsize=50_000)
def loose(keys_of_a_word: frozenset[str]) -> str:
    """The keys of a word with spaces between."""
    return " ".join(sorted(keys_of_a_word))


@lru_cache(maxsize=20_000)
def shapes(word: str) -> str:
    """The shapes of a name's word with spaces between, marked so that none can be taken for another key."""
    return " ".join(sorted(f"~{shape}" for shape in keys(word).shape))

"""A quotation as the engine takes it: which entries may hold words that somebody quotes."""

from collections.abc import Sequence
from typing import Any, Final

import tantivy

from testimonies.analysis import Token, analyse

from .index import SCHEMA, WORDS
from .queries import Bounds, Query, all_of, any_of, of_bounds, term

# A quotation is looked for by so many runs of so many words, the rarest of them, and by so many single words.
RUNS: Final = 6
WORDS_OF_A_RUN: Final = 5
RARE_WORDS: Final = 12
# Of the single words, this part has to stand in what is found.
ENOUGH: Final = 0.5


def of_runs(searcher: tantivy.Searcher, text: str) -> tantivy.Query:
    """Any of some runs of words of a text, letter for letter, in whatever edition; most of them rank first."""
    whole = {token.position: token.exact for token in reversed(analyse(text))}
    placed = [(position, whole[position]) for position in sorted(whole)]
    starts = range(0, max(len(placed) - 1, 0), WORDS_OF_A_RUN)
    # The last run ends with the last word, so that each has its full length.
    runs = [placed[min(at, max(len(placed) - WORDS_OF_A_RUN, 0)) :][:WORDS_OF_A_RUN] for at in starts]
    runs.sort(key=lambda run: min(held_by(searcher, word) for _position, word in run))
    return any_of([of_run(name, run) for run in runs[:RUNS] for name in WORDS])


def of_run(name: str, run: Sequence[tuple[int, str]]) -> tantivy.Query:
    """Some words one after another, in one field."""
    start = run[0][0]
    if len(run) == 1:
        return term(name, run[0][1])
    words: list[str | tuple[int, str]] = [(position - start, word) for position, word in run]
    return Query.phrase_query(SCHEMA, name, words)


def of_rare_words(searcher: tantivy.Searcher, text: str) -> tantivy.Query:
    """Half of the rarest words of a text in any order and spelling, in whatever edition."""
    tokens = {token.exact: token for token in analyse(text)}
    rarest = sorted(tokens.values(), key=lambda token: held_by(searcher, token.exact))[:RARE_WORDS]
    words = [any_of([*(term(name, one.exact) for name in WORDS), *spelt_otherwise(one)]) for one in rarest]
    if not words:
        return Query.empty_query()
    enough = max(1, round(len(words) * ENOUGH))
    clauses = [(tantivy.Occur.Should, word) for word in words]
    return Query.boolean_query(clauses, minimum_number_should_match=enough)


def spelt_otherwise(token: Token) -> list[tantivy.Query]:
    """The same word in other scripts and romanisations."""
    return [term("loose", key) for key in sorted(token.loose)]


def held_by(searcher: tantivy.Searcher, word: str) -> int:
    """How many entries hold a word; one that none holds says nothing about where the others stand."""
    return sum(searcher.doc_freq(name, word) for name in WORDS) or searcher.num_docs


def best(searcher: tantivy.Searcher, query: tantivy.Query, bounds: Bounds, limit: int) -> list[int]:
    """The keys of the entries that match best."""
    found: Any = searcher.search(all_of([query, *of_bounds(bounds)]), limit=limit, count=False)
    addresses = [address for _score, address in found.hits]
    keys = searcher.fast_field_values("key", addresses) if addresses else []
    return [int(key) for key in keys if key is not None]

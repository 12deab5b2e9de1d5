"""Words that are a few slips away from a word: of the names of listed records, and of the index."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from testimonies.analysis import analyse
from testimonies.folding import Keys, keys

from .names import Named, Names

_MOST_KEYS: Final = 6
_MOST_OF_A_KEY: Final = 3
_AT_ONCE: Final = 20

ByLength = Mapping[int, Mapping[str, int]]  # length → word → in how many testimonies it is


class Slips(NamedTuple):
    """How near a word is, the smallest first: slips, another first letter, not a name, rare."""

    slips: int
    begins_otherwise: bool
    is_no_name: bool
    rarity: int


def near(word: str, names: Names, kinds: Iterable[str], words: ByLength, limit: int = 3) -> list[str]:
    """The nearest words to one, which are not the same word in another spelling; names may be of several."""
    typed = keys(word)
    most = _most_slips(typed.exact)
    ranked: dict[str, Slips] = {}
    for text, slips in (*_of_names(typed, names, kinds, most), *_of_words(typed, words, most)):
        if " " in text or keys(text).loose.isdisjoint(typed.loose):
            ranked[text] = min(ranked.get(text, slips), slips)
    return sorted(ranked, key=lambda text: (ranked[text], text))[:limit]


def by_length(words: Iterable[tuple[str, int]]) -> ByLength:
    """The words of the index, so that only those of about the same length have to be compared."""
    sorted_in: dict[int, dict[str, int]] = defaultdict(dict)
    for word, count in words:
        sorted_in[len(word)][word] = count
    return sorted_in


def _of_names(typed: Keys, names: Names, kinds: Iterable[str], most: int) -> Iterator[tuple[str, Slips]]:
    """Words of names, compared by their keys, so that scripts do not matter."""
    for kind in kinds:
        spellings = names.of(kind)
        for key in _keys(typed):
            for held, slips in _compared(key, spellings.keys, most):
                for form in islice(spellings.under(held), _MOST_OF_A_KEY):
                    yield _word_under(held, form), Slips(slips, held[0] != key[0], False, 0)


def _of_words(typed: Keys, words: ByLength, most: int) -> Iterator[tuple[str, Slips]]:
    """Words of the index, compared letter for letter."""
    for key in _keys(typed):
        for length in range(len(key) - most, len(key) + most + 1):
            held = words.get(length, {})
            for word, slips in _compared(key, [*held], most):
                yield word, Slips(slips, word[0] != key[0], True, -held[word])


def _keys(typed: Keys) -> list[str]:
    """What a word is compared by: its letters, its likeliest key, some others."""
    return [*filter(None, dict.fromkeys([typed.exact, typed.first, *sorted(typed.loose)]))][:_MOST_KEYS]


def _compared(key: str, held: Sequence[str], most: int) -> Iterator[tuple[str, int]]:
    """The nearest of the words held, with the number of letters that were added, lost, changed or swapped."""
    if most := min(most, _most_slips(key)):
        for word, slips, _number in process.extract(key, held, scorer=OSA.distance, score_cutoff=most, limit=_AT_ONCE):
            yield word, int(slips)


def _most_slips(key: str) -> int:
    """In short words a slip makes another word."""
    return 0 if len(key) < 3 else 1 if len(key) < 6 else 2 if len(key) < 10 else 3


def _word_under(key: str, form: Named) -> str:
    """The word of a name that has the key; the whole name where it has it as one word."""
    for token in analyse(form.form, form.tag):
        if key == token.exact or key in token.loose:
            return form.form[token.start : token.end]
    return form.form

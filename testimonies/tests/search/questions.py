"""Generated questions: words of an archive in other spellings and scripts, phrases cut from its texts, all syntax."""

import re
import unicodedata
from functools import cached_property

from hypothesis import strategies as st

from testimonies.folding import keys

from .documents import FACETS, UNKNOWN
from .oracle import Oracle

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыэюяңөүқғәіұһё"
ENGLISH = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya ng o u q gh a i u h yo"
_ROMANISED = dict(zip(CYRILLIC, ENGLISH.split(), strict=True))
_WORD = re.compile(r"\w[\w'-]*\w")


def romanised(word: str) -> str:
    """A Cyrillic word as English papers write it."""
    return "".join(_ROMANISED.get(letter, letter) for letter in word.lower())


def bare(word: str) -> str:
    """A word without accents, as people type it."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


SPELLINGS = [
    str,
    str.upper,
    str.capitalize,
    romanised,
    bare,
    lambda word: bare(romanised(word)),
    lambda word: keys(word).first or word,
    lambda word: f"{word}s",
    lambda word: word[:-1] or word,
    lambda word: word.replace("-", " "),
    lambda word: unicodedata.normalize("NFD", word),
]


class Questions:
    """Strategies over the words, texts, names and facet values of an oracle's documents."""

    def __init__(self, oracle: Oracle, texts: list[str]) -> None:
        self.texts = texts
        words = sorted({word for text in texts for word in _WORD.findall(text)})
        called = {name for forms in oracle.named.values() for name, _ in forms}
        called |= {token.exact for one in oracle.documents for held in one.names.values() for v in held for token in v}
        self.words = st.one_of(st.sampled_from(words), st.sampled_from(sorted(called)))
        values: dict[str, set[str]] = {facet: {UNKNOWN, "nothing-like-it"} for facet in FACETS}
        for one in oracle.documents:
            for facet, held in one.facets.items():
                values[facet] |= held
        self.values = {facet: sorted(held) for facet, held in values.items()}

    @cached_property
    def word(self) -> st.SearchStrategy[str]:
        """A word of the archive in some spelling."""
        return st.builds(lambda word, spell: spell(word), self.words, st.sampled_from(SPELLINGS))

    @cached_property
    def phrase(self) -> st.SearchStrategy[str]:
        """Some neighbouring words of a text, now and then with another one behind."""
        return st.builds(
            _cut, st.sampled_from(self.texts), st.integers(0, 400), st.integers(1, 5), self.word | st.just("")
        )

    @cached_property
    def beginning(self) -> st.SearchStrategy[str]:
        """The beginning of a word."""
        return st.builds(lambda word, length: f"{word[:length]}*", self.word, st.integers(1, 6))

    @cached_property
    def field(self) -> st.SearchStrategy[str]:
        """A field with a word or a day."""
        named = st.sampled_from(["place", "wave", "tag", "witness", "source"])
        days = st.builds("{}{}".format, st.integers(1984, 2026), st.sampled_from(["", "-07", "-01-31", "-13"]))
        return st.builds("{}:{}".format, named, self.word) | st.builds(
            "{}:{}".format, st.sampled_from(["before", "after"]), days
        )

    @cached_property
    def term(self) -> st.SearchStrategy[str]:
        """Anything that one can look for, or its opposite."""
        term = st.one_of(self.word, self.word, self.phrase, self.beginning, self.field)
        return st.builds("{}{}".format, st.sampled_from(["", "", "", "-"]), term)

    @cached_property
    def typed(self) -> st.SearchStrategy[str]:
        """What somebody types."""
        joined = st.lists(st.tuples(self.term, st.sampled_from([" ", " ", " OR "])), min_size=1, max_size=4)
        return joined.map(lambda terms: "".join(f"{term}{between}" for term, between in terms))

    @cached_property
    def chosen(self) -> st.SearchStrategy[dict[str, list[str]]]:
        """Values of some facets."""
        of_one = {
            facet: st.lists(st.sampled_from(held), max_size=3, unique=True) for facet, held in self.values.items()
        }
        some = st.lists(st.sampled_from(FACETS), max_size=2, unique=True)
        return some.flatmap(lambda facets: st.fixed_dictionaries({facet: of_one[facet] for facet in facets}))


def _cut(text: str, start: int, count: int, other: str) -> str:
    words = text.split()
    first = start % len(words)
    return '"{}"'.format(" ".join([*words[first : first + count], other]).replace('"', ""))

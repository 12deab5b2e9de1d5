"""What somebody typed, as a query. Nothing that can be typed is an error: what is not syntax is taken as words.

    words "exact phrase" begin* -without one OR other place:Bishkek witness:"Anna P" before:2022-09 after:2021

Everything must match; OR binds closer than that. `str(query)` writes a query as it could be typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from testimonies.analysis import Token, analyse

LONGEST: Final = 500  # characters
MOST_WORDS: Final = 40
SHORTEST_BEGINNING: Final = 2  # letters before "*"

# How a field is called → what the reader's language calls it; both are understood.
FIELDS: Final = {
    "place": pgettext_lazy("search field", "place"),
    "wave": pgettext_lazy("search field", "wave"),
    "tag": pgettext_lazy("search field", "tag"),
    "witness": pgettext_lazy("search field", "witness"),
    "source": pgettext_lazy("search field", "source"),
    "before": pgettext_lazy("search field", "before"),
    "after": pgettext_lazy("search field", "after"),
}
DAYS: Final = ("before", "after")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any spelling. `text` is as typed, without marks that are no letters of it."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, one after another."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Field:
    """Words that one kind of thing is called by; for "before" and "after" the first day of what was typed."""

    name: str
    words: tuple[str, ...] = ()
    day: date | None = None

    def __str__(self) -> str:
        value = self.day.isoformat() if self.day else " ".join(self.words)
        return f'{self.name}:"{value}"' if " " in value else f"{self.name}:{value}"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    node: "Node"

    def __str__(self) -> str:
        return f"-{self.node}"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    nodes: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.nodes))


Node = Word | Phrase | Prefix | Field | Not | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, all of it together. `notes` are sentences on what was cut off; `text` is what was left."""

    nodes: tuple[Node, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return " ".join(map(str, self.nodes))


def parse(typed: str) -> Query:
    """Return the query that somebody typed; one without nodes where there is no word in it."""
    text = readable(typed)
    notes = []
    if len(text) > LONGEST:
        text = _cut(text)
        notes.append(_("Only the first %(count)s characters were looked for.") % {"count": LONGEST})
    groups = _groups(_terms(text))
    kept = _first_words(groups)
    if kept != groups:
        notes.append(_("Only the first %(count)s words were looked for.") % {"count": MOST_WORDS})
    return Query(tuple(dict.fromkeys(map(_any_of, kept))), tuple(notes), text)


def words_of(text: str) -> Iterator[Token]:
    """Return the words of a text; what hyphens join is one word."""
    end = 0
    for token in analyse(text):
        if token.start >= end:
            end = token.end
            yield token


def readable(typed: str) -> str:
    """Return one line of NFC text without what cannot be seen: controls, marks of direction, halves of characters."""
    seen = "".join(map(_seen, typed[: LONGEST * 40]))
    return " ".join(unicodedata.normalize("NFC", seen).split())


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    """Return the character; joiners and marks of direction, which stand inside words, go; what else is unseen parts."""
    category = unicodedata.category(character)
    return "" if category == "Cf" else " " if category[0] in "CZ" else character


def _cut(text: str) -> str:
    """Return the beginning of the text, in whole words where it has any."""
    whole, space, _part = text[: LONGEST + 1].rpartition(" ")
    return whole if space else text[:LONGEST]


# From characters to terms

_CLOSING: Final = {
    '"': '"”', "“": "”“", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»",
    "＂": "＂", "〝": "〞〟", "「": "」", "『": "』",
}  # fmt: skip
# Apostrophes too: these enclose only where nothing but their inside touches them.
_CLOSING_SINGLE: Final = {"'": "'", "‘": "’", "‚": "‘’", "‛": "’", "‹": "›", "›": "‹›"}
_MARKS: Final = "".join({*_CLOSING, *"".join(_CLOSING.values())})
_QUOTED: Final = "|".join(
    [rf"{mark}[^{closing}]*(?:[{closing}]\w[^{closing}]*)*[{closing}](?!\w)" for mark, closing in _CLOSING.items()]
    + [rf"{mark}(?=\S).*?(?<=[^\s{mark}])[{closing}](?!\w)" for mark, closing in _CLOSING_SINGLE.items()]
)
_TERM = re.compile(
    rf"(?P<minus>(?<![^\s(])[-−](?![-−]))?(?:(?P<name>[^\W\d_]+)[:：])?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<chunk>\S(?:(?<=\w)[{_MARKS}]|[^\s{_MARKS}])*))"
)
_DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", re.ASCII)
_BRACKETS = re.compile(r"[\[\]]")
_LONGEST_WORD: Final = 100


@dataclass(frozen=True, slots=True)
class _Operator:
    """The word OR, as typed."""

    text: str


def _terms(text: str) -> Iterator[Node | _Operator]:
    """Return the parts of a text in their order. Signs between words part them as spaces do."""
    names = {str(called).casefold(): name for name, called in FIELDS.items()} | {name: name for name in FIELDS}
    operators = {"OR", "|", pgettext("search operator", "OR")}
    for match in _TERM.finditer(text):
        if match[0] in operators:
            yield _Operator(match[0])
            continue
        typed = match["name"] or ""
        name = names.get(typed.casefold(), "")
        nodes = list(_field(name, match)) if name else []
        nodes = nodes or [*_words(typed), *_free(match)]
        if match["minus"] and nodes:
            nodes[0] = Not(nodes[0])
        yield from nodes


def _field(name: str, match: re.Match[str]) -> Iterator[Node]:
    """Return the field that was typed, and the words behind its value; nothing where it has no value."""
    value = match["quoted"][1:-1] if match["quoted"] else match["chunk"]
    if name in DAYS:
        if day := _first_day(value):
            yield Field(name, day=day)
        return
    words = tuple(_lettered(value[token.start : token.end]) for token in words_of(value))
    if match["quoted"] and words:
        yield Field(name, words)
    elif words:
        yield Field(name, words[:1])
        yield from map(Word, words[1:])


def _first_day(value: str) -> date | None:
    """Return the first day of a year, a month or a day."""
    found = _DAY.fullmatch(value)
    try:
        return date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        return None


def _free(match: re.Match[str]) -> Iterator[Node]:
    """Return what was typed without a field."""
    if not match["quoted"]:
        yield from _words(match["chunk"])
    elif any(words_of(match["quoted"])):
        yield Phrase(" ".join(re.sub(f"[{_MARKS}]", " ", match["quoted"][1:-1]).split()))


def _words(chunk: str) -> Iterator[Node]:
    """Return the words of what was typed without a space, and the beginnings of words before "*"."""
    for token in words_of(chunk):
        text = _lettered(chunk[token.start : token.end])
        begins = chunk[token.end : token.end + 1] == "*" and sum(map(str.isalnum, token.exact)) >= SHORTEST_BEGINNING
        yield Prefix(text) if begins else Word(text)


def _lettered(typed: str) -> str:
    """Return a word as typed, without brackets inside; the names of operators small, so that they stay words."""
    text = _BRACKETS.sub("", typed)[:_LONGEST_WORD]
    return text.lower() if text in ("OR", pgettext("search operator", "OR")) else text


# From terms to nodes


def _groups(terms: Iterable[Node | _Operator]) -> list[list[Node]]:
    """Return the terms with those together that OR stands between; where it joins nothing it is a word."""
    groups: list[list[Node]] = []
    operator: _Operator | None = None
    for term in terms:
        if isinstance(term, _Operator):
            groups += _as_word(operator)
            operator = term
        elif operator and groups:
            groups[-1].append(term)
            operator = None
        else:
            groups += [*_as_word(operator), [term]]
            operator = None
    return [*groups, *_as_word(operator)]


def _as_word(operator: _Operator | None) -> list[list[Node]]:
    """Return an operator without operands as a group of its own."""
    return [list(_words(operator.text))] if operator and operator.text.isalpha() else []


def _first_words(groups: list[list[Node]]) -> list[list[Node]]:
    """Return so much as there are words to look for."""
    kept: list[list[Node]] = []
    left = MOST_WORDS
    for group in groups:
        fitting: list[Node] = []
        for node in group:
            left -= _length(node)
            if left < 0:
                fitting += _beginning(node, left + _length(node))
                return [*kept, fitting] if fitting else kept
            fitting.append(node)
        kept.append(fitting)
    return kept


def _length(node: Node) -> int:
    """Return the number of words that have to be looked for."""
    match node:
        case Phrase():
            return sum(1 for _token in words_of(node.text))
        case Field():
            return max(1, len(node.words))
        case Not():
            return _length(node.node)
    return 1


def _beginning(node: Node, length: int) -> list[Node]:
    """Return the first words of a phrase or field; nothing of what excludes, which would then exclude more."""
    if not length:
        return []
    match node:
        case Phrase():
            *_, last = (token for token, _number in zip(words_of(node.text), range(length), strict=False))
            return [Phrase(node.text[: last.end])]
        case Field():
            return [Field(node.name, node.words[:length])]
    return []


def _any_of(group: list[Node]) -> Node:
    """Return one node for a group."""
    nodes = tuple(dict.fromkeys(group))
    return nodes[0] if len(nodes) == 1 else Or(nodes)

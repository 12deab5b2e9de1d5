"""The kinds of questions that are measured: each with what is typed, and the facet values that are chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `offset` says how deep in the results its page begins."""

    name: str
    typed: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    offset: int = 0


COMMON = Question("a word in 27 % of texts", "bread")
MIDDLE = Question("a word in 3 %", "suitcase")
DEEP = Question("page 500 of a word in 27 %", "bread", offset=499 * 20)

QUESTIONS = (
    COMMON,
    MIDDLE,
    Question("a rare word", "samovar"),
    Question("two common words", "bread winter"),
    Question("a word in most texts of a language", "the"),
    Question("five words", "bread winter the and of"),
    Question("a stem in Russian", "дорогу"),
    Question("a name in another script", "Marzhan"),
    Question("the name of a country", "Қазақстан"),
    Question("a phrase of frequent words", '"and the"'),
    Question("a beginning", "bre*"),
    Question("a beginning of two letters", "th*"),
    Question("one of two words", "bread OR winter"),
    Question("all without a word", "-bread"),
    Question("a field and a word", "place:Almaty bread"),
    Question("days of speaking", "after:1990 before:2010"),
    Question("a word, two facets in force", "bread", {"wave": ("autumn-crossing-2022",), "language": ("en", "ru")}),
    Question("a word and what is not known", "bread", {"year": ("unknown",), "place": ("unknown",)}),
    Question("facets alone", "", {"language": ("kk-Cyrl",)}),
    Question("a common word, newest first", "bread", sort="newest"),
    Question("a common word, as told", "bread", sort="told"),
    DEEP,
    Question("nothing found", "qqzzxx"),
)

"""How to cite, shown by an example that is really held."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A held testimony that the page cites. `citation` is the sentence for the whole, `passage_citation` for `passage`.

    Permalinks are whole addresses with scheme and host.
    """

    identifier: str
    title: str
    edition: int
    permalink: str
    edition_permalink: str
    ark: str
    citation: str
    passage: str
    passage_words: str
    passage_citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitePage:
    """The page on citing; `example` is None as long as nothing is published."""

    example: Example | None

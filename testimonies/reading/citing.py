"""How to cite, shown by an example that is really held."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in one style, as HTML; `address` is that of the page with this style shown."""

    key: str
    name: str
    citation: Markup
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage, or the whole, that can be cited; `address` is that of the page with its citation shown."""

    name: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteBox:
    """Everything that the box under a testimony offers.

    `words` are those of the passage that was chosen; `unknown` is the name of one that the edition does not have.
    `brief` is what copied words bring along, before the address of their passage; `shared` is the address that is
    handed on, `letter` that of a letter which does so. `files` are (name, address, media type).
    """

    styles: tuple[Cited, ...]
    choices: tuple[Choice, ...]
    files: tuple[tuple[str, str, str], ...]
    passage: str = ""
    words: str = ""
    brief: str = ""
    shared: str = ""
    letter: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of the page tells tools: (attribute, name, content) of `meta` elements, and a block of JSON-LD.

    `schemas` are (prefix, namespace) of the names; line ends in a content are written as references.
    """

    schemas: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str, Markup], ...]
    data: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A held testimony that the page cites in every style, as a whole and by `passage`.

    Permalinks are whole addresses with scheme and host.
    """

    identifier: str
    title: str
    edition: int
    permalink: str
    edition_permalink: str
    ark: str
    styles: tuple[Cited, ...]
    passage: str
    passage_words: str
    passage_styles: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitePage:
    """The page on citing; `example` is None as long as nothing is published."""

    example: Example | None

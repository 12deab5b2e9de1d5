"""The public record, schema 1, as OpenAPI tells it: what `testimonies.publishing.projection` makes an edition of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Edtf = Annotated[str, Field(description="A date in EDTF (ISO 8601-2); empty where none is known.")]
Tag = Annotated[str, Field(description="A language tag (BCP 47).")]


class Shape(BaseModel):
    """Every key is always there: what is not known is null, an empty text or an empty list."""

    model_config = ConfigDict(extra="forbid")


class Basis(Shape):
    """How a value is known."""

    kind: str = Field(description="stated, inferred, elsewhere or coarsened.")
    reason: str = Field(description="Why it was inferred.")
    source: "SourceTitle | None" = Field(description="The other source that says so.")


class SourceTitle(Shape):
    """A source by identifier and title."""

    identifier: str | None
    title: str


class RecordWitness(Shape):
    """The voice, as it was called when the edition was published."""

    identifier: str
    name: str
    naming: str = Field(description="named_in_source, not_named_in_source, anonymous_by_request or pseudonym.")
    kind: str = Field(description="individual or reported_collective.")
    described_as: str = Field(description="The source's words for the voice.")
    note: str


class RecordPassage(Shape):
    """A paragraph of the words."""

    id: str = Field(description="p1, p2 …: given once, and never to other words.")
    text: str
    ours: list[list[int]] = Field(description="Which characters, from and to, were put in by the archive.")


class TranslatedPassage(RecordPassage):
    """A paragraph of a translation."""

    of: str = Field(description="The passage that it translates.")


class Segment(Shape):
    """One run of quoted words, with the reporter's phrase before it."""

    introduction: str
    attribution: str = Field(description="explicit, implicit or collective.")
    attribution_note: str
    joined_by: str | None = Field(description="What stands between it and the one before: omission or reporter.")
    passages: list[RecordPassage]


class Translation(Shape):
    """The words in another language."""

    language: Tag
    translator: str
    by_machine: bool
    translated_from: str
    note: str
    passages: list[TranslatedPassage]


class PlaceTitle(Shape):
    """A place by identifier and name."""

    identifier: str | None
    name: str
    kind: str


class RecordPlace(PlaceTitle):
    """A place in one relation to the voice or the words; one relation never stands for another."""

    relation: str = Field(description="described_as_from, spoken_at or speaks_of.")
    basis: Basis
    within: list[PlaceTitle]


class RecordWave(Shape):
    """A wave that is spoken of."""

    slug: str
    name: str
    basis: Basis


class RecordTag(Shape):
    """A tag by slug and name."""

    slug: str
    name: str


class RecordDate(Shape):
    """A date, and how it is known."""

    edtf: Edtf
    as_printed: str
    basis: Basis


class RecordDates(Shape):
    """Three dates, none of which ever stands for another."""

    printed: RecordDate | None
    spoken: RecordDate | None
    happened: RecordDate | None


class RecordEvent(Shape):
    """What the words tell of."""

    name: str
    date: Edtf


class Contribution(Shape):
    """Who did what for a source."""

    name: str
    kind: str = Field(description="person or organisation.")
    role: str = Field(description="author, interviewer, collector, translator or editor.")
    as_printed: str


class Derivation(Shape):
    """What a source derives from, as far as it says so."""

    relation: str = Field(description="collected_by, translated_from or quotes.")
    agent: str
    item: str
    identified: bool
    consulted: bool
    wording: str = Field(description="The source's own words for it.")
    note: str


class Rights(Shape):
    """What may be done, and who holds the rights."""

    uri: str
    holder: str
    note: str


class RightsOfPart(Rights):
    """The rights in one part: the quoted words have their own, the archive's description has the archive's licence."""

    part: str = Field(description="quotation or description.")


class SourceFacts(Shape):
    """What is said of a source, in a record of its own and in that of a testimony."""

    identifier: str | None
    kind: str
    title: str
    publisher: str
    dateline: str
    date: Edtf
    date_as_printed: str
    language: Tag
    url: str
    archived_url: str
    accessed_on: str | None
    address_note: str
    contributions: list[Contribution]
    derives_from: list[Derivation]
    rights: Rights
    selection_note: str = Field(description="What was not taken from the source, and why.")


class RecordSource(SourceFacts):
    """The source as it was described when the edition was published."""

    withheld: bool = Field(description="Of a source that is withheld only kind and language are told.")


class PublicationBasis(Shape):
    """By what right the words are public."""

    kind: str
    asked: bool
    scope: str
    statement: str


class QuotationCheck(Shape):
    """Whether the words were compared with a copy of the source."""

    state: str = Field(description="found, differs, no_snapshot or not_told.")
    on: str | None


class Collection(Shape):
    """The project that the testimony belongs to."""

    name: str


class Contributor(Shape):
    """Who did what for the testimony."""

    name: str
    role: str
    kind: str


class Record(Shape):
    """The whole public record of an edition; `sha256` is taken over its canonical JSON (RFC 8785)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"title": "Public record, schema 1"})

    # `schema` itself is a method of every model
    schema_: int = Field(alias="schema")
    title: str
    witness: RecordWitness
    language_printed: Tag
    language_spoken: str
    mode: str
    wording: str = Field(description="verbatim, or paraphrase where the archive tells it in its own words.")
    segments: list[Segment]
    translations: list[Translation]
    places: list[RecordPlace]
    waves: list[RecordWave]
    tags: list[RecordTag]
    dates: RecordDates
    events: list[RecordEvent]
    source: RecordSource
    locator: str
    context_note: str
    content_note: str
    lineage: str
    original_words_held: bool | str | None
    peculiarities: str
    rights: list[RightsOfPart]
    basis: PublicationBasis
    quotation_check: QuotationCheck
    collection: Collection | None
    contributors: list[Contributor]
    sample: bool

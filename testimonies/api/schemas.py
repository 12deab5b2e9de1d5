"""What the API answers with, as OpenAPI tells it: `testimonies.dataset.records` makes the values."""

from pydantic import BaseModel, ConfigDict, Field

from testimonies.verifying import KINDS, LONGEST

from .record import Edtf, Record, Shape, SourceFacts, Tag

# Testimonies, editions, passages


class EditionFrame(Shape):
    """Which edition it is."""

    number: int
    permalink: str
    published: str
    change_note: str
    sha256: str = Field(description="Of the record's canonical JSON (RFC 8785); empty where the words were taken out.")


class EditionLine(EditionFrame):
    """One edition in the list of them."""

    emptied: str | None = Field(description="When its words were taken out, where they were.")


class Named(Shape):
    """The names that a testimony keeps for ever."""

    identifier: str
    permalink: str
    ark: str


class Testimony(Named):
    """A testimony with its current edition."""

    first_published: str
    changed: str
    edition: EditionFrame
    record: Record


class Editions(Named):
    """All editions of a testimony, the oldest first."""

    current: int
    editions: list[EditionLine]


class Edition(Named):
    """One edition, which is never changed."""

    edition: EditionLine
    record: Record


class Passage(Shape):
    """A paragraph of the quoted words, or of a translation."""

    id: str = Field(description="p1, p2 …: given once, and never to other words.")
    permalink: str = Field(description="In the edition that is asked for.")
    text: str
    language: Tag
    translates: str | None = Field(description="The passage that it translates; null for quoted words.")


class Passages(Named):
    """The passages of one edition."""

    edition: int
    passages: list[Passage]


class OnePassage(Named):
    """A passage, wherever it stands: in the current edition if it does, otherwise in the last that has it."""

    editions: list[int] = Field(description="The numbers of the editions in which it stands.")
    is_current: bool
    passage: Passage


class FacetValue(Shape):
    """A value of a facet, and how many of the testimonies found have it."""

    key: str
    label: str
    count: int


class Found(Shape):
    """One page of a search."""

    query: dict[str, list[str]] = Field(description="The question as it was understood.")
    notes: list[str] = Field(description="What was not understood, and left out.")
    log: int = Field(description="The number of the publication log as of which this is the answer.")
    total: int
    next: str | None = Field(description="The address of the next page; null at the end.")
    page: str = Field(description="The same search for human readers.")
    facets: dict[str, list[FacetValue]] = Field(description="Counted on the first page; empty on the others.")
    testimonies: list[Testimony]


# What testimonies share


class NameForm(Shape):
    """One way in which a name is written."""

    text: str
    tag: Tag
    system: str = Field(description="The romanisation, where it is one.")
    status: str = Field(description="current, former, variant or synonym.")
    attested_in: str
    used_by: str


class Reference(Shape):
    """Another record by identifier and name."""

    identifier: str | None
    name: str


class Counted(Shape):
    """What every record has that testimonies share."""

    permalink: str
    testimonies: int = Field(description="How many listed testimonies have it.")


class Witness(Counted):
    """A voice as its source describes it."""

    identifier: str
    name: str
    naming: str
    kind: str
    described_as: str
    note: str
    names: list[NameForm]


class Place(Counted):
    """A place with its names, now and formerly."""

    identifier: str
    name: str
    kind: str
    within: Reference | None
    latitude: float | None
    longitude: float | None
    coordinates_source: str
    wikidata: str
    geonames: int | None
    names: list[NameForm]


class Event(Shape):
    """What happened, and which source says so."""

    name: str
    date: Edtf
    place: Reference | None
    source: Reference | None


class Wave(Counted):
    """A wave of migration that testimonies speak of."""

    slug: str
    name: str
    scope_note: str
    begins: Edtf
    begins_source: Reference | None
    ends: Edtf
    ends_source: Reference | None
    attested: Edtf
    attested_source: Reference | None
    events: list[Event]
    names: list[NameForm]


class Source(Counted, SourceFacts):
    """Where the words were published or recorded."""


class TagRecord(Counted):
    """A tag with what it means and where it ends."""

    slug: str
    name: str
    definition: str
    names: list[NameForm]


class List(Shape):
    """One page of a list, in the order of identifiers or slugs."""

    total: int
    next: str | None = Field(description="The address of the next page; null at the end.")


class Witnesses(List):
    """A page of the list of voices."""

    witnesses: list[Witness]


class Places(List):
    """A page of the list of places."""

    places: list[Place]


class Waves(List):
    """A page of the list of waves."""

    waves: list[Wave]


class Sources(List):
    """A page of the list of sources."""

    sources: list[Source]


class Tags(List):
    """A page of the list of tags."""

    tags: list[TagRecord]


# Verifying


class Asked(Shape):
    """What is verified: a quotation, a citation, an address, or a quotation with its citation."""

    text: str = Field(
        max_length=LONGEST,
        pattern=r"^[^\u0000]*$",
        description="Three words of a quotation at least, or an address or identifier of this archive.",
    )


class VerifiedEdition(Shape):
    """An edition by its number."""

    number: int
    permalink: str


class VerifiedPassage(Shape):
    """A passage by its identifier."""

    id: str
    permalink: str


class VerifiedPlace(Shape):
    """Where words stand, or what an identifier names."""

    identifier: str
    permalink: str = Field(description="Of the testimony.")
    ark: str
    edition: VerifiedEdition | None
    passages: list[VerifiedPassage]


class VerifiedWords(Shape):
    """Words as the archive holds them."""

    label: str = Field(description="Which words they are.")
    text: str
    language: Tag


class Difference(Shape):
    """A run of words."""

    kind: str = Field(description="same (in both), held (only in the archive) or given (only in the text sent).")
    text: str


class Spelling(Shape):
    """A name in another script or romanisation, which is no difference."""

    given: str
    held: str


class Verified(Shape):
    """Whether words are held, and where; or what an identifier names."""

    kind: str = Field(description=f"{', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    title: str = Field(description="The answer in a few words.")
    sentence: str = Field(description="The answer in a sentence, and no more than the archive knows.")
    notes: list[str] = Field(description="What else is to be known of it.")
    place: VerifiedPlace | None
    current: int | None = Field(description="The number of the current edition, where words or an edition are held.")
    words: list[VerifiedWords] = Field(description="The passages in full, where no word differs.")
    language: Tag = Field(description="The language of the words that were found (BCP 47).")
    differences: list[Difference] = Field(description="The words one after another, where some differ.")
    spellings: list[Spelling]
    other_editions: list[int] = Field(description="The numbers of other editions that hold the same words.")
    elsewhere: list[VerifiedPlace] = Field(description="Other testimonies that hold the same words, five at most.")
    since: str | None = Field(description="The day on which the testimony was withdrawn, or the words taken out.")
    reason: str = Field(description="The neutral reason of a withdrawal.")


class Problem(BaseModel):
    """Why there is no other answer (RFC 9457). What a kind of problem adds stands beside these."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="What kind of problem it is; the address explains it.")
    title: str
    status: int
    detail: str

"""The leak matrix: field by field what is held, what readers will get of it, and where they will meet it.

The right-hand side is read from the projection, the very record that would be published: the table cannot say another
thing than readers get. What is held and never projected stands there too, as nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from testimonies import dates, languages
from testimonies.models.editorial import Identity, SourceSnapshot, Testimony, TestimonyPlace
from testimonies.publishing.discretion import is_wider
from testimonies.publishing.projection import Record, project, strings, unnumbered
from testimonies.publishing.quotations import check_quotation

from .quotations import in_words

Words = str | Promise

EXACT, COARSER, OTHER, NOTHING = "exact", "coarser", "other", "nothing"
STATES = {
    EXACT: gettext_lazy("as it is"),
    COARSER: gettext_lazy("coarser"),
    OTHER: gettext_lazy("something else"),
    NOTHING: gettext_lazy("nothing"),
}

# Where readers meet a part of the record. The whole of it stands on the page, in the edition's address and history, and
# goes into exports and to harvesters.
RECORD = gettext_lazy("page and exports")
SEARCH = gettext_lazy("search")
FACETS = gettext_lazy("facets")
ORDER = gettext_lazy("order")
MAP = gettext_lazy("map")
CHANNELS: dict[str, tuple[Words, ...]] = {
    "witness": (RECORD, SEARCH, FACETS),
    "described_as": (RECORD, SEARCH),
    "segments": (RECORD, SEARCH),
    "translations": (RECORD, SEARCH),
    "places": (RECORD, SEARCH, FACETS, MAP),
    "waves": (RECORD, SEARCH, FACETS),
    "tags": (RECORD, SEARCH, FACETS),
    "dates": (RECORD, FACETS, ORDER),
    "language_printed": (RECORD, FACETS),
    "source": (RECORD, SEARCH, FACETS),
    "contributions": (RECORD, SEARCH),
    "quotation_check": (RECORD, FACETS),
}


@dataclass(frozen=True)
class Row:
    """One field: what is held, what readers get of it ("exact", "coarser", "other", "nothing"), and where."""

    label: Words
    held: str
    state: str
    shown: str = ""
    channels: tuple[Words, ...] = ()
    anchor: str = ""

    @property
    def state_in_words(self) -> Words:
        """The state as an editor reads it."""
        return STATES[self.state]


def leak_matrix(testimony: Testimony) -> list[Row]:
    """All rows of a testimony that can be projected; none of one that still lacks what every published one has."""
    try:
        record = project(testimony, unnumbered)
    except ValueError:
        return []
    return [row for rows in SECTIONS for row in rows(testimony, record) if row.held or row.shown]


def compared(part: str, label: Words, held: str, shown: str, *, anchor: str = "") -> Row:
    """A row of a text: it is shown as it is held, otherwise, or not at all."""
    state = NOTHING if not shown else EXACT if shown == held else OTHER
    return Row(label, held, state, shown, CHANNELS.get(part, (RECORD,)) if shown else (), anchor)


def voice(testimony: Testimony, record: Record) -> Iterator[Row]:
    """Who speaks. Of a hidden name nothing but that it is held is read here."""
    witness = testimony.witness
    if witness is None:
        return
    if witness.name_is_hidden:
        held = _("held, and closed") if Identity.objects.filter(witness=witness).exists() else _("not held")
        yield Row(_("True name"), held, NOTHING)
    yield compared("witness", _("Name that readers are given"), witness.name, record["witness"]["name"])
    described = record["witness"]["described_as"]
    yield compared("described_as", _("Described as"), witness.described_as, described, anchor="id_witness")
    yield compared("", _("Note on the voice"), witness.note, record["witness"]["note"])
    if witness.portrait:
        yield Row(_("Portrait"), str(witness.portrait), EXACT, str(witness.portrait), (_("page of the voice"),))


def heading(testimony: Testimony, record: Record) -> Iterator[Row]:
    """The archive's own description, which is made of other fields."""
    yield Row(_("Title"), _("made by the archive"), EXACT, record["title"], (RECORD,))


def words(testimony: Testimony, record: Record) -> Iterator[Row]:
    """The quoted words and their translations, by their number and beginning."""
    held = [one.text for one in testimony.segments.all()]
    shown = [" ".join(strings(one["passages"], leave_out=("id",))) for one in record["segments"]]
    runs = ngettext("%(number)d run of words", "%(number)d runs of words", len(held)) % {"number": len(held)}
    paraphrase = record["wording"] == Testimony.Wording.PARAPHRASE
    yield Row(
        _("The words"),
        runs,
        OTHER if paraphrase else EXACT if shown else NOTHING,
        _("paraphrased by the archive") if paraphrase else cut(" […] ".join(shown)),
        CHANNELS["segments"],
        "segments-group",
    )
    for one in record["translations"]:
        name = languages.name(one["language"])
        text = cut(" ".join(strings(one["passages"], leave_out=("id", "of"))))
        yield Row(_("Translation"), name, EXACT, f"{name}: {text}", CHANNELS["translations"], "translations-group")


def places(testimony: Testimony, record: Record) -> Iterator[Row]:
    """Each place against those of the record in its relation."""
    for one in testimony.placements.select_related("place__parent"):
        label = _("Place: %(relation)s") % {"relation": one.get_relation_display()}
        shown = [place for place in record["places"] if place["relation"] == one.relation]
        state, value = of_a_place(one, shown)
        channels = CHANNELS["places"] if value else ()
        yield Row(label, lying_in(one), state, value, channels, "placements-group")


def of_a_place(placement: TestimonyPlace, shown: list[Record]) -> tuple[str, str]:
    """What readers get of one place, given the places of the record in the same relation."""
    names = {(place["name"], place["kind"]): place for place in shown}
    if found := names.get((placement.place.name, placement.place.kind)):
        return EXACT, place_in_words(found)
    for wider in placement.place.ancestors():
        if found := names.get((wider.name, wider.kind)):
            return COARSER, place_in_words(found)
    return NOTHING, ""


def lying_in(placement: TestimonyPlace) -> str:
    """The true place with what it lies in."""
    return ", ".join([placement.place.name, *(wider.name for wider in placement.place.ancestors())])


def place_in_words(place: Record) -> str:
    """A place of the record with what it lies in."""
    return ", ".join([place["name"], *(wider["name"] for wider in place["within"])])


def times(testimony: Testimony, record: Record) -> Iterator[Row]:
    """The three dates and the event, each against that of the record."""
    labels = {"spoken": _("Date of speaking"), "happened": _("Date of what happened")}
    for kind, label in labels.items():
        yield of_a_date(label, getattr(testimony, kind), record["dates"][kind], f"id_{kind}")
    if testimony.source:
        yield of_a_date(_("Date of printing"), testimony.source.date, record["dates"]["printed"], "id_source_withheld")
    event = str(testimony.happened_event or "")
    shown = ", ".join(one["name"] for one in record["events"])
    yield compared("", _("Event"), event, shown, anchor="id_happened_event")


def of_a_date(label: Words, held: str, shown: Record | None, anchor: str) -> Row:
    """What readers get of a date."""
    true, public = dates.words(held) if held else "", dates.words(shown["edtf"]) if shown else ""
    state = NOTHING if not public else EXACT if true == public else COARSER if wider(shown, held) else OTHER
    return Row(label, true, state, public, CHANNELS["dates"] if public else (), anchor)


def wider(shown: Record | None, held: str) -> bool:
    """Whether the date of the record holds the true one."""
    return bool(shown and held and is_wider(shown["edtf"], held))


def subjects(testimony: Testimony, record: Record) -> Iterator[Row]:
    """What the words speak of."""
    held = ", ".join(mention.wave.name for mention in testimony.wave_mentions.select_related("wave"))
    shown = ", ".join(one["name"] for one in record["waves"])
    yield compared("waves", _("Waves"), held, shown, anchor="wave_mentions-group")
    held = ", ".join(tag.name for tag in testimony.tags.order_by("name"))
    yield compared("tags", _("Tags"), held, ", ".join(one["name"] for one in record["tags"]), anchor="id_tags")
    printed = languages.name(testimony.language_printed)
    yield compared("language_printed", _("Language as printed"), printed, languages.name(record["language_printed"]))
    spoken = [languages.name(one) if one else "" for one in (testimony.language_spoken, record["language_spoken"])]
    yield compared("", _("Language as spoken"), *spoken)
    collection = record["collection"]["name"] if record["collection"] else ""
    yield compared("", _("Collection"), str(testimony.collection or ""), collection, anchor="id_collection")


def source(testimony: Testimony, record: Record) -> Iterator[Row]:
    """Where the words come from."""
    held, shown = testimony.source, record["source"]
    if held is None:
        return
    anchor = "id_source_withheld"
    yield compared("source", _("Title of the source"), held.title, shown["title"], anchor=anchor)
    yield compared("source", _("Publisher"), held.publisher, shown["publisher"], anchor=anchor)
    makers = ", ".join(one.agent.name for one in held.contributions.select_related("agent"))
    named = ", ".join(one["name"] for one in shown["contributions"])
    yield compared("contributions", _("Who made the source"), makers, named, anchor=anchor)
    yield compared("", _("Address of the source"), held.url, shown["url"], anchor=anchor)
    yield compared("", _("Archived copy"), held.archived_url, shown["archived_url"], anchor=anchor)
    yield compared("", _("Where in the source"), testimony.locator, record["locator"], anchor=anchor)
    number = SourceSnapshot.objects.filter(source=held).count()
    texts = ngettext("%(number)d text", "%(number)d texts", number) % {"number": number} if number else ""
    yield Row(_("Text held of the source"), texts, NOTHING)
    told = record["quotation_check"]
    check = check_quotation(testimony)
    result = in_words(check.state, check.snapshot.taken if check.snapshot else "")
    shown_of_it = "" if told["state"] == "not_told" else in_words(told["state"], told["on"])
    yield compared("quotation_check", _("Check of the quotation"), result, shown_of_it, anchor="quotation")


def notes(testimony: Testimony, record: Record) -> Iterator[Row]:
    """What the archive says beside the words, to readers and to itself."""
    for field, label in NOTES.items():
        yield compared("", label, cut(getattr(testimony, field)), cut(record[field]), anchor=f"id_{field}")
    yield Row(_("Editors' note"), cut(testimony.editors_note), NOTHING, anchor="id_editors_note")
    if basis := testimony.basis:
        yield compared("", _("Basis for publication"), cut(basis.statement), cut(record["basis"]["statement"]))
        yield Row(_("Assessment of risks"), cut(basis.assessment), NOTHING)
        yield Row(_("Document of the basis"), _("a file, kept encrypted") if basis.document else "", NOTHING)


NOTES = {
    "context_note": gettext_lazy("Context note"),
    "content_note": gettext_lazy("Content note"),
    "lineage": gettext_lazy("Path of the words"),
    "peculiarities": gettext_lazy("Printed peculiarities"),
}


def cut(text: str, length: int = 120) -> str:
    """The beginning of a text."""
    return text if len(text) <= length else f"{text[:length].rpartition(' ')[0] or text[:length]} …"


SECTIONS: tuple[Callable[[Testimony, Record], Iterator[Row]], ...] = (
    heading,
    voice,
    words,
    places,
    times,
    subjects,
    source,
    notes,
)


def editions_that_tell(testimony: Testimony) -> list[int]:
    """The numbers of the editions in which readers still find a place or a date that is hidden now."""
    publication = testimony.publication
    if publication is None:
        return []
    hidden = set(what_is_hidden(testimony))
    editions = publication.editions.filter(emptied_at=None).order_by("number").values_list("number", "record")
    return [number for number, record in editions if record and hidden & set(told(record))]


def what_is_hidden(testimony: Testimony) -> Iterator[tuple[str, Any]]:
    """The true places and dates that the next edition would not tell."""
    record = project(testimony, unnumbered)
    public = set(told(record))
    for one in testimony.placements.select_related("place"):
        yield from {("place", one.place.name)} - public
    for kind in ("spoken", "happened"):
        if edtf := getattr(testimony, kind):
            yield from {(kind, dates.parse(edtf).edtf)} - public


def told(record: Record) -> Iterator[tuple[str, Any]]:
    """The places and dates of a record."""
    yield from (("place", place["name"]) for place in record["places"])
    yield from ((kind, value["edtf"]) for kind, value in record["dates"].items() if value)

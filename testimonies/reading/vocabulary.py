"""The pages of what testimonies share: witnesses, places, waves, sources and tags.

Each function takes the record with its name forms (prefetched by the view) and the cards of its testimonies.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from testimonies import languages
from testimonies.models.public import Place, Source, Tag, Wave, Witness
from testimonies.reading import labels
from testimonies.reading.cards import Card
from testimonies.reading.drawings import NOTHING, Drawings
from testimonies.reading.names import Names, form, names, tag_of
from testimonies.reading.pieces import Counted, Day, Link, day
from testimonies.reading.portraits import Portrait, portrait
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _
from testimonies.reading.results import Pages


@dataclass(frozen=True, slots=True)
class Held:
    """The testimonies on a page: their cards, how many there are in all, and the numbered pages.

    `more` is the address of the list of testimonies with this record as its filter.
    """

    cards: tuple[Card, ...]
    total: int
    pages: Pages | None = None
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessPage:
    """A voice, as its source describes it. `namesakes` are listed voices of the same name: not known to be the same."""

    identifier: str
    name: str
    tag: str
    naming: str
    kind: str
    is_named: bool
    described_as: str
    note: str
    names: tuple[Names, ...]
    portrait: Portrait | None
    held: Held
    namesakes: tuple[Link, ...] = ()
    drawings: Drawings = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCards:
    """The testimonies bound to a place in one relation."""

    relation: str
    heading: str
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """A place with all its names. `related` keeps described as from, spoken at and speaks of apart."""

    identifier: str
    name: str
    tag: str
    kind: str
    within: tuple[Link, ...]
    names: tuple[Names, ...]
    former: tuple[Names, ...]
    coordinates: str
    coordinates_source: str
    wikidata: str
    geonames: str
    parts: tuple[Counted, ...]
    related: tuple[RelatedCards, ...]
    drawings: Drawings = NOTHING


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a wave, or the time for which it is attested, with the source that says so."""

    term: str
    words: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class Mark:
    """An event that marks a wave."""

    name: str
    when: str
    place: Link | None
    source: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePage:
    """A wave, and the testimonies that are placed in it: those `differing` from each other first, then the others."""

    slug: str
    name: str
    scope_note: str
    bounds: tuple[Bound, ...]
    events: tuple[Mark, ...]
    names: tuple[Names, ...]
    held: Held
    differing: tuple[Card, ...] = ()
    drawings: Drawings = NOTHING


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who did what for a source: "By", "Vladimir …", and how it is printed where that differs."""

    role: str
    name: str
    as_printed: str


@dataclass(frozen=True, slots=True)
class Derived:
    """What a source derives from, in its own words, and whether that was seen."""

    relation: str
    name: str
    quoted: str
    seen: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A source, and what was taken from it by what right. `share` is its part of all testimonies, in percent."""

    identifier: str
    title: str
    language: str
    language_name: str
    kind: str
    publisher: str
    dateline: str
    date: str
    date_as_printed: str
    contributors: tuple[Contributor, ...]
    derived: tuple[Derived, ...]
    url: str
    archived_url: str
    accessed: Day | None
    address_note: str
    rights: str
    rights_uri: str
    rights_holder: str
    rights_note: str
    selection_note: str
    scan: Portrait | None
    share: int | None
    held: Held
    drawings: Drawings = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPage:
    """A tag, with what it means and where it ends."""

    slug: str
    name: str
    definition: str
    names: tuple[Names, ...]
    related: tuple[Counted, ...]
    held: Held
    drawings: Drawings = NOTHING


def witness_page(
    witness: Witness, held: Held, *, namesakes: tuple[Link, ...] = (), drawings: Drawings = NOTHING
) -> WitnessPage:
    """Return the page of a voice."""
    forms = tuple(form(one) for one in witness.forms.all())
    return WitnessPage(
        identifier=witness.identifier or "",
        name=witness.name,
        tag=tag_of(witness.name, forms),
        naming=labels.word(labels.NAMING, witness.naming),
        kind=labels.word(labels.VOICE_KIND, witness.kind),
        is_named=witness.naming == Witness.Naming.NAMED_IN_SOURCE,
        described_as=witness.described_as,
        note=witness.note,
        names=names(forms),
        portrait=portrait(witness.portrait),
        held=held,
        namesakes=namesakes,
        drawings=drawings,
    )


def place_page(
    place: Place,
    related: Iterable[tuple[str, Held]],
    *,
    within: Iterable[Place] = (),
    parts: tuple[Counted, ...] = (),
    drawings: Drawings = NOTHING,
) -> PlacePage:
    """Return the page of a place; `related` pairs each relation with its testimonies, `within` runs outwards."""
    forms = tuple(form(one) for one in place.forms.all())
    return PlacePage(
        identifier=place.identifier or "",
        name=place.name,
        tag=tag_of(place.name, forms),
        kind=labels.word(labels.PLACE_KIND, place.kind),
        within=tuple(Link("place", one.identifier or "", one.name) for one in within),
        names=names(one for one in forms if not one.is_former),
        former=names(one for one in forms if one.is_former),
        coordinates=_coordinates(place),
        coordinates_source=place.coordinates_source,
        wikidata=place.wikidata,
        geonames=str(place.geonames or ""),
        parts=parts,
        related=tuple(
            RelatedCards(relation=relation, heading=_relation_heading(relation, place.name), held=held)
            for relation, held in related
        ),
        drawings=drawings,
    )


def wave_page(wave: Wave, held: Held, *, differing: tuple[Card, ...] = (), drawings: Drawings = NOTHING) -> WavePage:
    """Return the page of a wave; those `differing` from each other are not repeated in the list."""
    first = {card.identifier for card in differing}
    return WavePage(
        slug=wave.slug,
        name=wave.name,
        scope_note=wave.scope_note,
        bounds=bounds(wave),
        events=tuple(
            Mark(
                one.name,
                date_words(one.date),
                Link("place", one.place.identifier or "", one.place.name) if one.place else None,
                _source_link(one.source),
            )
            for one in wave.events.all()
        ),
        names=names(form(one) for one in wave.forms.all()),
        held=replace(held, cards=tuple(card for card in held.cards if card.identifier not in first)),
        differing=differing,
        drawings=drawings,
    )


def source_page(source: Source, held: Held, *, all_testimonies: int = 0, drawings: Drawings = NOTHING) -> SourcePage:
    """Return the page of a source; with the number of all listed testimonies it also says which share rests on it."""
    return SourcePage(
        identifier=source.identifier or "",
        title=source.title,
        language=source.language,
        language_name=languages.name(source.language),
        kind=labels.word(labels.SOURCE_KIND, source.kind),
        publisher=source.publisher,
        dateline=source.dateline,
        date=date_words(source.date),
        date_as_printed=source.date_as_printed,
        contributors=tuple(
            Contributor(labels.word(labels.ROLE, one.role), one.agent.name, _unless(one.as_printed, one.agent.name))
            for one in source.contributions.all()
        ),
        derived=_derived(source),
        url=source.url,
        archived_url=source.archived_url,
        accessed=day(source.accessed_on) if source.accessed_on else None,
        address_note=source.address_note,
        rights=labels.rights(source.rights_uri) if source.rights_uri else "",
        rights_uri=source.rights_uri,
        rights_holder=source.rights_holder,
        rights_note=source.rights_note,
        selection_note=source.selection_note,
        scan=portrait(source.scan),
        share=round(100 * held.total / all_testimonies) if all_testimonies else None,
        held=held,
        drawings=drawings,
    )


def tag_page(tag: Tag, held: Held, *, related: tuple[Counted, ...] = (), drawings: Drawings = NOTHING) -> TagPage:
    """Return the page of a tag; `related` are the tags that stand beside it, with the number of shared testimonies."""
    return TagPage(
        slug=tag.slug,
        name=tag.name,
        definition=tag.definition,
        names=names(form(one) for one in tag.forms.all()),
        related=related,
        held=held,
        drawings=drawings,
    )


def bounds(wave: Wave) -> tuple[Bound, ...]:
    """Return when a wave began and ended as sources say, and for which time it is attested; no end is invented."""
    lines = [
        (_("Began"), wave.begins, wave.begins_source),
        (_("Attested"), wave.attested, wave.attested_source),
        (_("Ended"), wave.ends, wave.ends_source),
    ]
    return tuple(
        Bound(term, date_words(edtf) if edtf else _("not known"), _source_link(source) if source else None)
        for term, edtf, source in lines
        if edtf or source or term != _("Attested")
    )


def _relation_heading(relation: str, name: str) -> str:
    """Return the heading of the testimonies in one relation to a place."""
    headings = {
        "described_as_from": _("Described as from %(place)s"),
        "spoken_at": _("Spoken at %(place)s"),
        "speaks_of": _("Speaking of %(place)s"),
    }
    return headings[relation] % {"place": name}


def _coordinates(place: Place) -> str:
    """Return the coordinates as people write them, or nothing."""
    if place.latitude is None or place.longitude is None:
        return ""
    north = _("N") if place.latitude >= 0 else _("S")
    east = _("E") if place.longitude >= 0 else _("W")
    return f"{abs(place.latitude):.2f}° {north}, {abs(place.longitude):.2f}° {east}"


def _derived(source: Source) -> tuple[Derived, ...]:
    """Return what a source derives from."""
    return tuple(
        Derived(
            relation=labels.word(labels.DERIVATION, one.relation),
            name=", ".join(part for part in (one.agent.name if one.agent else "", one.item) if part) or _("Not said."),
            quoted=one.wording,
            seen=labels.seen(identified=one.identified, consulted=one.consulted),
            note=one.note,
        )
        for one in source.derivations.all()
    )


def _source_link(source: Source) -> Link:
    """Return the link to a source by publisher and title."""
    return Link("source", source.identifier or "", str(source))


def _unless(text: str, same: str) -> str:
    """Return a text unless it only says the same again."""
    return "" if text == same else text

"""What is known of a testimony beside its words, line by line, each with how it is known; and what is not known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from testimonies import languages
from testimonies.reading import labels
from testimonies.reading.evidence import Evidence, evidence
from testimonies.reading.pieces import Link
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _

# What a reader may ask and the page may not say, in the order of `unknown`.
UNKNOWN = (
    gettext_noop("where the voice is from"),
    gettext_noop("where the words were spoken"),
    gettext_noop("when they were spoken"),
    gettext_noop("in what language they were spoken"),
    gettext_noop("whether they were spoken or written"),
    gettext_noop("when what they tell of happened"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: text or a link, what it lies in, how it is known, and how the source prints it."""

    text: str
    link: Link | None = None
    within: tuple[Link, ...] = ()
    evidence: Evidence | None = None
    as_printed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A term with its values, for a definition list."""

    term: str
    values: tuple[Value, ...]


def facts(record: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return what is known, in the order in which a reader asks: who, from where, of what, when, in what language."""
    return tuple(fact for fact in (_voice(record), *_places(record), *_rest(record)) if fact.values)


def unknown(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is not given, in a few words each: the source may not say it, or the archive may keep it back."""
    when, relations = record["dates"], {place["relation"] for place in record["places"]}
    is_known = (
        "described_as_from" in relations,
        "spoken_at" in relations,
        bool(when["spoken"]),
        bool(record["language_spoken"]),
        record["mode"] in labels.MODE,
        bool(when["happened"]),
    )
    return tuple(_(words) for words, known in zip(UNKNOWN, is_known, strict=True) if not known)


def _voice(record: Mapping[str, Any]) -> Fact:
    """Return whose words these are, and no more than the source says."""
    witness = record["witness"]
    naming = labels.word(labels.NAMING, witness["naming"])
    kind = labels.word(labels.VOICE_KIND, witness["kind"]) if witness["kind"] != "individual" else ""
    link = Link("witness", witness["identifier"], witness["name"])
    return Fact(_("Voice"), (Value(witness["name"], link, note=" ".join(filter(None, (naming, kind)))),))


def _places(record: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield the places, one line a relation: being described as from somewhere is not speaking there."""
    for relation in labels.PLACE_RELATION:
        places = [place for place in record["places"] if place["relation"] == relation]
        yield Fact(labels.word(labels.PLACE_RELATION, relation), tuple(_place(place) for place in places))


def _place(place: Mapping[str, Any]) -> Value:
    """Return a place with what it lies in."""
    return Value(
        place["name"],
        Link("place", place["identifier"], place["name"]),
        within=tuple(Link("place", one["identifier"], one["name"]) for one in place["within"]),
        evidence=evidence(place["basis"]),
    )


def _rest(record: Mapping[str, Any]) -> Iterator[Fact]:
    """Yield what the words speak of, when they were printed, spoken and set, and in what language."""
    yield Fact(_("Wave of migration"), tuple(_wave(wave) for wave in record["waves"]))
    yield Fact(_("Events spoken of"), tuple(_event(event) for event in record["events"]))
    for kind, term in (
        ("spoken", labels.mode(record["mode"])),
        ("printed", _("Printed")),
        ("happened", _("Tells of the time")),
    ):
        yield Fact(term, _date(record["dates"][kind]))
    yield Fact(_("Language"), _language(record))
    yield Fact(_("Tags"), tuple(Value(tag["name"], Link("tag", tag["slug"], tag["name"])) for tag in record["tags"]))
    if (record["collection"] or {}).get("name"):
        yield Fact(_("Collection"), (Value(record["collection"]["name"]),))
    if record["locator"]:
        yield Fact(_("Where in the source"), (Value(record["locator"]),))


def _wave(wave: Mapping[str, Any]) -> Value:
    """Return a wave, and whether its source names it or the editors inferred it."""
    return Value(wave["name"], Link("wave", wave["slug"], wave["name"]), evidence=evidence(wave["basis"]))


def _event(event: Mapping[str, Any]) -> Value:
    """Return an event that the words speak of, with its date."""
    when = date_words(event["date"]) if event.get("date") else ""
    return Value(event["name"], note=when)


def _date(value: Mapping[str, Any] | None) -> tuple[Value, ...]:
    """Return a date in words, with how it was printed."""
    if not value:
        return ()
    words = date_words(value["edtf"])
    return (Value(words, evidence=evidence(value["basis"]), as_printed=value["as_printed"]),)


def _language(record: Mapping[str, Any]) -> tuple[Value, ...]:
    """Return the language of print, and of speech where it is known."""
    printed = _("Printed in %(language)s") % {"language": languages.name(record["language_printed"])}
    if not record["language_spoken"]:
        return (Value(printed),)
    spoken = _("Spoken in %(language)s") % {"language": languages.name(record["language_spoken"])}
    return (Value(spoken), Value(printed))

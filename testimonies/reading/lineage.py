"""The path of the words from the voice to this page: who collected, translated, printed them; what is not known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from testimonies import languages
from testimonies.reading import labels
from testimonies.reading.pieces import sentence
from testimonies.reading.remembered import date_words
from testimonies.reading.remembered import gettext as _


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path. `quoted` is the source's own wording, in the language `tag`."""

    term: str
    text: str
    quoted: str = ""
    tag: str = ""
    note: str = ""


def path(record: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps from the voice to the page, each brief; what is not known is a step of its own."""
    return tuple(_steps(record))


def _steps(record: Mapping[str, Any]) -> Iterator[Step]:
    """Yield the steps in the order of time."""
    source = record["source"]
    yield Step(labels.mode(record["mode"]), _first_words(record))
    for derivation in source["derives_from"]:
        yield _derived(derivation, source["language"])
    for one in (*source["contributions"], *record["contributors"]):
        if one["role"] != "author":
            yield Step(labels.word(labels.ROLE, one["role"]), one["name"])
    if not _translator_is_known(record):
        yield Step(_("Translated"), _translation_unknown(record))
    yield _printed(source)
    if not record["original_words_held"]:
        yield Step(_("Held here"), _("The words as printed. The words as first spoken are not held."))


def _first_words(record: Mapping[str, Any]) -> str:
    """Return where, when and in what language the words were first said; what is not given is said so."""
    places = [place["name"] for place in record["places"] if place["relation"] == "spoken_at"]
    spoken, language = record["dates"]["spoken"], record["language_spoken"]
    parts = (
        ", ".join(places) or _("place not given"),
        date_words(spoken["edtf"]) if spoken else _("date not given"),
        _("in %(language)s") % {"language": languages.name(language)} if language else _("language not given"),
    )
    return sentence(", ".join(parts))


def _derived(derivation: Mapping[str, Any], language: str) -> Step:
    """Return a step that the source itself tells of, in its own words, and whether anybody has seen the item."""
    name = ", ".join(part for part in (derivation["agent"], derivation["item"]) if part)
    seen = labels.seen(identified=derivation["identified"], consulted=derivation["consulted"])
    note = " ".join(part for part in (seen, derivation["note"]) if part)
    return Step(
        labels.word(labels.DERIVATION, derivation["relation"]),
        name or _("Not said."),
        quoted=derivation["wording"],
        tag=language,
        note=note,
    )


def _translator_is_known(record: Mapping[str, Any]) -> bool:
    """Return whether there is nothing to say of a translator: one is named, or the words were printed as spoken."""
    source = record["source"]
    named = any(one["role"] == "translator" for one in (*source["contributions"], *record["contributors"]))
    return named or record["language_spoken"] == record["language_printed"]


def _translation_unknown(record: Mapping[str, Any]) -> str:
    """Return what cannot be said of a translation before printing."""
    if record["language_spoken"]:
        return _("By whom is not known.")
    return _("Not known whether, or by whom.")


def _printed(source: Mapping[str, Any]) -> Step:
    """Return where the words were published."""
    term = labels.word(labels.PUBLISHED, source["kind"])
    if source.get("withheld"):
        return Step(term, _("The archive does not name the source."))
    byline = ", ".join(one["as_printed"] or one["name"] for one in source["contributions"] if one["role"] == "author")
    parts = [
        source["publisher"],
        _("in %(language)s") % {"language": languages.name(source["language"])},
        date_words(source["date"]) if source["date"] else _("date not known"),
        byline,
    ]
    return Step(term, ", ".join(part for part in parts if part) + ".")

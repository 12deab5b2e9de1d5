"""What readers will find a testimony under: the names of its voice, places and tags, and how else they may be spelt."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from testimonies.folding import keys, meets
from testimonies.models.editorial import Testimony
from testimonies.models.public import NameForm, PlaceRelation, Witness

MOST = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ][^\W\d_]+)*")
# The inner alphabet of `folding`, put into letters that people type.
_CYRILLIC = str.maketrans("abvgdeZziklmnoprstufhTCSy", "абвгдежзиклмнопрстуфхцчшы")
_ENGLISH = {"Z": "zh", "S": "sh", "C": "ch", "T": "ts"}
_SCHOLARLY = {"Z": "ž", "S": "š", "C": "č", "T": "c"}
# What Russian writes as one letter, or otherwise behind a vowel.
_JOINED = tuple(
    (re.compile(sound), letter)
    for sound, letter in (("SC", "щ"), ("ia", "я"), ("iu", "ю"), ("io", "ё"), ("(?<=[aeouяюё])i", "й"))
)


@dataclass(frozen=True)
class Named:
    """One name with the spellings that lead to it as well."""

    what: str
    name: str
    spellings: tuple[str, ...]


def found_under(testimony: Testimony) -> list[Named]:
    """The names under which readers will find it once it is published, and those only: a hidden place is not one."""
    return [*voice(testimony.witness), *places(testimony), *tags(testimony)]


def voice(witness: Witness | None) -> Iterator[Named]:
    """The witness; a label for somebody unnamed is found by its words and has no spellings."""
    if witness:
        unnamed = witness.naming == Witness.Naming.NOT_NAMED_IN_SOURCE
        forms = held(witness.forms.all())
        yield Named(_("Voice"), witness.name, () if unnamed else spellings(witness.name, forms))


def places(testimony: Testimony) -> Iterator[Named]:
    """The places that readers see."""
    placements = testimony.placements.select_related("place", "public_place")
    for place in dict.fromkeys(one.shown for one in placements if one.shown):
        relations = {PlaceRelation(one.relation).label for one in placements if one.shown == place}
        what = _("Place (%(relations)s)") % {"relations": ", ".join(sorted(map(str, relations)))}
        yield Named(what, place.name, spellings(place.name, held(place.forms.all())))


def tags(testimony: Testimony) -> Iterator[Named]:
    """The tags, by their synonyms: a tag is a word of one language, and spelt in other letters it is no word."""
    for tag in testimony.tags.order_by("name").prefetch_related("forms"):
        yield Named(_("Tag"), tag.name, tuple(form for form in held(tag.forms.all()) if form != tag.name)[:MOST])


def held(forms: Iterable[NameForm]) -> list[str]:
    """The forms that the record has."""
    return [form.text for form in forms]


def spellings(name: str, forms: list[str]) -> tuple[str, ...]:
    """Other ways of writing a name that find it: first those that are held, then those that are likely."""
    likely = [way(name) for way in WAYS]
    found = {one.casefold(): one for one in reversed([*forms, *(one for one in likely if leads_to(one, name))])}
    found.pop(name.casefold(), None)
    return tuple(reversed(found.values()))[:MOST]


def leads_to(spelling: str, name: str) -> bool:
    """Whether whoever types the spelling finds the name: word by word they share a key."""
    typed, written = _WORD.findall(spelling), _WORD.findall(name)
    return len(typed) == len(written) and all(
        meets(keys(one), keys(other)) for one, other in zip(typed, written, strict=True)
    )


def in_letters(letters: Callable[[str], str]) -> Callable[[str], str]:
    """A way to write a name: each word by its likeliest reading, with its capital."""

    def write(name: str) -> str:
        return _WORD.sub(lambda match: written(match[0]), name)

    def written(word: str) -> str:
        readings = keys(word).readings
        spelt = letters(readings[0]) if readings else word
        return spelt[:1].upper() + spelt[1:] if word[:1].isupper() else spelt

    return write


def cyrillic(reading: str) -> str:
    """A reading in Russian letters."""
    for sound, letter in _JOINED:
        reading = sound.sub(letter, reading)
    return reading.translate(_CYRILLIC)


def english(reading: str) -> str:
    """A reading as English newspapers write it."""
    return "".join(_ENGLISH.get(letter, letter) for letter in reading)


def scholarly(reading: str) -> str:
    """A reading with the accents of scholarly Latin."""
    return "".join(_SCHOLARLY.get(letter, letter) for letter in reading)


def plain(name: str) -> str:
    """A name without the accents of Latin letters, as somebody types it who has no such keys."""
    return "".join(parts[0] if (parts := unicodedata.normalize("NFD", one))[0].isascii() else one for one in name)


def without_accents(reading: str) -> str:
    """A reading in plain Latin letters."""
    return plain(scholarly(reading))


WAYS: tuple[Callable[[str], str], ...] = (
    plain,
    in_letters(cyrillic),
    in_letters(english),
    in_letters(without_accents),
    in_letters(scholarly),
)

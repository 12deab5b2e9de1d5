"""The sets by which a harvester may ask for a part of the archive: SETS, a table.

A set is `wave.x`, `place.x` (a country), `source.x` or `language.x`. There is no colon in it, which would make it part
of a hierarchy.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from testimonies import languages, texts
from testimonies.models.public import Identifier, Place, Publication, PublicationPlace, Source, Wave, today

from .errors import BadArgument, NoRecordsMatch

MARK: Final = "."
Pairs = Iterable[tuple[Any, Any]]


class Named(NamedTuple):
    """A set with its name."""

    spec: str
    name: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of set.

    `names` gives the keys and names that come after a key, in order; `members` is the condition on events of the log
    whose publication is in the set; `held_by` gives the keys of some publications. `is_known` says whether there is
    or was such a set.
    """

    name: str
    names: Callable[[str], Pairs]
    members: Callable[[str], Q]
    held_by: Callable[[Sequence[int]], Pairs]
    is_known: Callable[[str], bool]


def waves(after: str) -> Pairs:
    """Waves that are spoken of."""
    return Wave.objects.listed().filter(slug__gt=after).order_by("slug").values_list("slug", "name")


def countries(after: str) -> Pairs:
    """Countries to which testimonies are bound."""
    listed = Place.objects.listed().filter(kind=Place.Kind.COUNTRY, identifier__gt=after)
    return listed.order_by("identifier").values_list("identifier", "name")


def sources(after: str) -> Pairs:
    """Sources from which words were taken."""
    listed = Source.objects.filter(Exists(Publication.objects.listed().filter(source=OuterRef("pk"))))
    return listed.filter(identifier__gt=after).order_by("identifier").values_list("identifier", "title")


def spoken(after: str) -> Pairs:
    """Languages in which words are printed."""
    listed = Publication.objects.listed().filter(language__gt=after).order_by("language")
    tags = listed.values_list("language", flat=True).distinct()
    return ((tag, languages.name(tag)) for tag in tags)


def of_waves(keys: Sequence[int]) -> Pairs:
    """The waves of some publications."""
    return Publication.waves.through.objects.filter(publication__in=keys).values_list("publication_id", "wave__slug")


def of_countries(keys: Sequence[int]) -> Pairs:
    """The countries of some publications, in whatever relation."""
    bound = PublicationPlace.objects.filter(publication__in=keys, place__kind=Place.Kind.COUNTRY)
    return bound.order_by("place__identifier").values_list("publication_id", "place__identifier").distinct()


def column(name: str) -> Callable[[Sequence[int]], Pairs]:
    """The function that gives one column of some publications."""
    return lambda keys: Publication.objects.filter(pk__in=keys).values_list("pk", name)


def in_wave(key: str) -> Q:
    """Publications that speak of a wave."""
    through = Publication.waves.through.objects
    return Q(Exists(through.filter(publication=OuterRef("publication"), wave__slug=key)))


def in_country(key: str) -> Q:
    """Publications that are bound to a country."""
    bound = PublicationPlace.objects.filter(publication=OuterRef("publication"), place__identifier=key)
    return Q(Exists(bound.filter(place__kind=Place.Kind.COUNTRY)))


def is_language(key: str) -> bool:
    """Whether the key is the tag of a language, as the archive writes it."""
    try:
        return languages.standardise(key) == key
    except ValueError:
        return False


def minted(kind: str) -> Callable[[str], bool]:
    """The function that asks the ledger whether a key was ever published."""
    return lambda key: Identifier.objects.find(kind, key) is not None


SETS: Final = (
    Kind("wave", waves, in_wave, of_waves, minted(Identifier.Kind.WAVE)),
    Kind("place", countries, in_country, of_countries, minted(Identifier.Kind.PLACE)),
    Kind(
        "source",
        sources,
        lambda key: Q(publication__source__identifier=key),
        column("source__identifier"),
        minted(Identifier.Kind.SOURCE),
    ),
    Kind("language", spoken, lambda key: Q(publication__language=key), column("language"), is_language),
)
GONE: Final = ~Q(publication__state=Publication.State.LISTED)
KINDS: Final = {kind.name: kind for kind in SETS}


def condition(spec: str) -> Q:
    """The condition on events that a set makes, which what is deleted meets too: nobody remembers where it belonged.

    Raises BadArgument for what can be no set, and NoRecordsMatch for one that never was.
    """
    name, _, key = spec.partition(MARK)
    if name not in KINDS or not key:
        raise BadArgument(f"A set is one of {', '.join(f'{one}{MARK}…' for one in KINDS)}; ListSets names them all.")
    if not KINDS[name].is_known(key):
        raise NoRecordsMatch("There is no such set.")
    return KINDS[name].members(key) | GONE | Q(publication__review_on__lt=today())


def sets_of(keys: Sequence[int]) -> dict[int, list[str]]:
    """The sets of some publications (a query for each kind of set)."""
    found: dict[int, list[str]] = {key: [] for key in keys}
    for kind in SETS:
        for publication, key in kind.held_by(keys):
            if key:
                found[publication].append(f"{kind.name}{MARK}{key}")
    return found


def named_after(spec: str, limit: int) -> list[Named]:
    """The next sets after one, or the first; a query for each kind of set that is reached."""
    return list(islice(_every(spec), limit))


def _every(spec: str) -> Iterator[Named]:
    name, _, key = spec.partition(MARK)
    reached = [one.name for one in SETS].index(name) if name else 0
    for place, kind in enumerate(SETS[reached:]):
        for found, label in kind.names("" if place else key):
            yield Named(f"{kind.name}{MARK}{found}", texts.clean(label))

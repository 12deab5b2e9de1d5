"""The facets: by what testimonies can be narrowed. To add one, write its functions and a row of `FACETS`.

A value stands in the address by its identifier or slug. Whatever is counted or named here is a set of listed
publications, or a record that one of them refers to.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from testimonies import languages
from testimonies.models.public import Place, Publication, PublicationPlace, Source, Tag, Wave, Witness

UNKNOWN = "unknown"

Publications = Any  # a queryset of publications
Words = Any  # text, or text that is translated when it is shown

_YEAR = re.compile(r"-?\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, with the number of publications that have it."""

    key: str
    label: Words
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One row of the table. `name` stands in the address, `label` on the page.

    `having` is the condition of publications that have any of the given values, `lacking` of those without any (None
    where each has one), which are chosen by the value "unknown" and called `unknown`. `values` counts the values of
    some publications in the order in which they are shown; `labels` names values by their keys, those that exist.
    """

    name: str
    label: Words
    having: Callable[[Sequence[str]], Q]
    values: Callable[[Publications], list[Value]]
    labels: Callable[[Sequence[str]], dict[str, Words]]
    lacking: Q | None = None
    unknown: Words = ""

    def condition(self, chosen: Sequence[str]) -> Q:
        """The publications that have any of the chosen values: choices within a facet widen it."""
        if self.lacking is None or UNKNOWN not in chosen:
            return self.having(chosen)
        known = [key for key in chosen if key != UNKNOWN]
        return self.having(known) | self.lacking if known else self.lacking

    def counted(self, publications: Publications) -> list[Value]:
        """The values that any of the publications has, with their numbers (one query)."""
        values = self.values(publications)
        known = [value for value in values if value.key]
        unknown = [Value(UNKNOWN, self.unknown, value.count) for value in values if not value.key]
        return [*known, *unknown] if self.unknown else known

    def named(self, keys: Sequence[str]) -> dict[str, Words]:
        """The labels of those among the keys that exist (one query at most)."""
        unknown = {UNKNOWN: self.unknown} if self.unknown and UNKNOWN in keys else {}
        return self.labels(keys) | unknown


def having_places(keys: Sequence[str]) -> Q:
    """Bound in any relation to a place or to one that lies in it."""
    return Q(pk__in=PublicationPlace.objects.filter(place__identifier__in=keys).values("publication"))


def place_values(publications: Publications) -> list[Value]:
    """Places, each publication counted once whatever its relations."""
    rows = publications.values_list("placements__place__identifier", "placements__place__name")
    return _most_first(rows.annotate(count=Count("pk", distinct=True)))


def having_waves(keys: Sequence[str]) -> Q:
    """Speaking of a wave."""
    return Q(pk__in=Publication.waves.through.objects.filter(wave__slug__in=keys).values("publication"))


def wave_values(publications: Publications) -> list[Value]:
    """Waves in their own order."""
    rows = publications.values_list("waves__slug", "waves__name", "waves__order")
    counted = rows.annotate(count=Count("pk"))
    return [Value(key or "", label, count) for key, label, _order, count in sorted(counted, key=_by_order)]


def having_tags(keys: Sequence[str]) -> Q:
    """Bearing a tag."""
    return Q(pk__in=Publication.tags.through.objects.filter(tag__slug__in=keys).values("publication"))


def tag_values(publications: Publications) -> list[Value]:
    """Tags."""
    rows = publications.values_list("tags__slug", "tags__name")
    return _most_first(rows.annotate(count=Count("pk")))


def having_sources(keys: Sequence[str]) -> Q:
    """Taken from a source."""
    return Q(source__identifier__in=keys)


def source_values(publications: Publications) -> list[Value]:
    """Sources by publisher and title."""
    rows = publications.values_list("source__identifier", "source__publisher", "source__title")
    counted = rows.annotate(count=Count("pk"))
    return _most_first((key, _source_label(publisher, title), count) for key, publisher, title, count in counted)


def source_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Listed sources by publisher and title."""
    rows = Source.objects.listed().filter(identifier__in=keys).values_list("identifier", "publisher", "title")
    return {key: _source_label(publisher, title) for key, publisher, title in rows}


def having_witnesses(keys: Sequence[str]) -> Q:
    """Words of a voice."""
    return Q(witness__identifier__in=keys)


def witness_values(publications: Publications) -> list[Value]:
    """Voices."""
    rows = publications.values_list("witness__identifier", "witness__name")
    return _most_first(rows.annotate(count=Count("pk")))


def having_languages(keys: Sequence[str]) -> Q:
    """Printed in a language."""
    return Q(language__in=keys)


def language_values(publications: Publications) -> list[Value]:
    """Languages of print."""
    counted = publications.values_list("language").annotate(count=Count("pk"))
    return _most_first((tag, languages.name(tag), count) for tag, count in counted)


def language_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Languages that any listed publication is printed in."""
    held = Publication.objects.listed().filter(language__in=keys).values_list("language", flat=True).distinct()
    return {tag: languages.name(tag) for tag in held.order_by()}


def having_years_spoken(keys: Sequence[str]) -> Q:
    """Spoken in a year."""
    return Q(year_spoken__in=_years(keys))


def year_spoken_values(publications: Publications) -> list[Value]:
    """Years of speaking, the earliest first."""
    return _by_year(publications.values_list("year_spoken").annotate(count=Count("pk")))


def having_years_printed(keys: Sequence[str]) -> Q:
    """Printed in a year."""
    return Q(year_printed__in=_years(keys))


def year_printed_values(publications: Publications) -> list[Value]:
    """Years of printing, the earliest first."""
    return _by_year(publications.values_list("year_printed").annotate(count=Count("pk")))


def year_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Whatever can be a year."""
    return {key: key for key in keys if _YEAR.fullmatch(key)}


def labels_of(model: Any, key: str) -> Callable[[Sequence[str]], dict[str, Words]]:
    """The function that names listed records of a vocabulary by their identifiers or slugs."""

    def labels(keys: Sequence[str]) -> dict[str, Words]:
        return dict(model.objects.listed().filter(**{f"{key}__in": keys}).values_list(key, "name"))

    return labels


FACETS: tuple[Facet, ...] = (
    Facet(
        name="place",
        label=_("Place"),
        having=having_places,
        lacking=~Q(pk__in=PublicationPlace.objects.values("publication")),
        unknown=pgettext_lazy("place", "Not said"),
        values=place_values,
        labels=labels_of(Place, "identifier"),
    ),
    Facet(
        name="wave",
        label=_("Wave spoken of"),
        having=having_waves,
        lacking=~Q(pk__in=Publication.waves.through.objects.values("publication")),
        unknown=pgettext_lazy("wave", "None"),
        values=wave_values,
        labels=labels_of(Wave, "slug"),
    ),
    Facet(name="tag", label=_("Tag"), having=having_tags, values=tag_values, labels=labels_of(Tag, "slug")),
    Facet(
        name="source",
        label=_("Source"),
        having=having_sources,
        lacking=Q(source=None),
        unknown=pgettext_lazy("source", "Not named"),
        values=source_values,
        labels=source_labels,
    ),
    Facet(
        name="witness",
        label=_("Witness"),
        having=having_witnesses,
        values=witness_values,
        labels=labels_of(Witness, "identifier"),
    ),
    Facet(
        name="language",
        label=_("Language"),
        having=having_languages,
        values=language_values,
        labels=language_labels,
    ),
    Facet(
        name="year",
        label=_("Year spoken"),
        having=having_years_spoken,
        lacking=Q(year_spoken=None),
        unknown=pgettext_lazy("year", "Not known"),
        values=year_spoken_values,
        labels=year_labels,
    ),
    Facet(
        name="printed",
        label=_("Year printed"),
        having=having_years_printed,
        lacking=Q(year_printed=None),
        unknown=pgettext_lazy("year", "Not known"),
        values=year_printed_values,
        labels=year_labels,
    ),
)


def _most_first(rows: Iterable[tuple[Any, Any, int]]) -> list[Value]:
    """Values by their number, equals by their label."""
    return [
        Value(key or "", label, count) for key, label, count in sorted(rows, key=lambda row: (-row[2], row[1] or ""))
    ]


def _by_order(row: tuple[Any, Any, Any, int]) -> tuple[bool, Any, str]:
    return (row[0] is None, row[2], row[1] or "")


def _by_year(rows: Iterable[tuple[int | None, int]]) -> list[Value]:
    """Years in their order, what has none at the end."""
    ordered = sorted(rows, key=lambda row: (row[0] is None, row[0]))
    return [
        Value("" if year is None else str(year), "" if year is None else str(year), count) for year, count in ordered
    ]


def _years(keys: Sequence[str]) -> list[int]:
    return [int(key) for key in keys if _YEAR.fullmatch(key)]


def _source_label(publisher: str | None, title: str | None) -> str:
    return f"{publisher}: {title}" if publisher else title or ""

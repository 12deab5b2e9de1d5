"""The facets: by what testimonies can be narrowed. To add one, write a row here and its values in `entries`.

The index holds and counts the values (`entries`), each by the identifier or slug by which it stands in the address;
here they get their names, and only records that a listed publication refers to have one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from testimonies import dates, languages
from testimonies.models.public import Place, Publication, Source, Tag, Wave, Witness

from .entries import COARSE

UNKNOWN = "unknown"

Words = Any  # text, or text that is translated when it is shown
Remembered = dict[tuple[str, str], Any]  # labels by facet and key

MOST_REMEMBERED = 50_000  # labels, so that whoever reads all of a large archive does not fill the memory

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR = re.compile(r"-?\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, with the number of publications that have it."""

    key: str
    label: Words
    count: int = 0

    @property
    def is_entered(self) -> bool:
        """Whether the label is what editors wrote, rather than a number or a word of the interface."""
        return isinstance(self.label, str) and not self.label.isdecimal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One row of the table. `name` stands in the address and in the index, `label` on the page.

    `labels` names values by their keys, those that exist, in their own order, in which they are shown unless the
    `most_first` is. Testimonies without a value are chosen by the value "unknown", called `unknown`; it is None where
    there are no such. One that is not `offered` narrows where it is chosen, and is not counted.
    """

    name: str
    label: Words
    labels: Callable[[Sequence[str]], dict[str, Words]]
    unknown: Words | None = None
    most_first: bool = True
    offered: bool = True

    def named(self, keys: Sequence[str], remembered: Remembered) -> dict[str, Words]:
        """The labels of those among the keys that exist (one query at most).

        They are `remembered` one by one, None for what does not exist; where they have an order of their own, those
        that were asked for together.
        """
        unknown = {} if self.unknown is None or UNKNOWN not in keys else {UNKNOWN: self.unknown}
        known = [key for key in keys if key not in unknown]
        if not self.most_first:
            together = (self.name, ",".join(sorted(known)))
            if together not in remembered:
                remembered[together] = self.labels(known) if known else {}
            return remembered[together] | unknown
        if new := [key for key in known if (self.name, key) not in remembered]:
            if len(remembered) > MOST_REMEMBERED:
                remembered.clear()
                new = known
            found = self.labels(new)
            remembered.update({(self.name, key): found.get(key) for key in new})
        labels = {key: remembered[self.name, key] for key in known}
        return {key: label for key, label in labels.items() if label is not None} | unknown

    def in_order(self, values: Iterable[Value]) -> list[Value]:
        """The values as they are shown; what is not known stands last."""
        known: list[Value] = []
        unknown: list[Value] = []
        for value in values:
            (unknown if value.key == UNKNOWN and self.unknown is not None else known).append(value)
        if self.most_first:
            known.sort(key=lambda value: (-value.count, str(value.label)))
        return [*known, *unknown]


def referred_to(model: Any, by: str) -> Any:
    """The records of a vocabulary that a listed publication refers to in its field `by`; cheap for a few of them."""
    return model.objects.filter(Exists(Publication.objects.listed().filter(**{by: OuterRef("pk")})))


def labels_of(model: Any, key: str, by: str) -> Callable[[Sequence[str]], dict[str, Words]]:
    """The function that names the records of a vocabulary by their identifiers or slugs."""

    def labels(keys: Sequence[str]) -> dict[str, Words]:
        return dict(referred_to(model, by).filter(**{f"{key}__in": keys}).values_list(key, "name"))

    return labels


def source_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Listed sources by publisher and title."""
    rows = referred_to(Source, "source").filter(identifier__in=keys)
    named = rows.values_list("identifier", "publisher", "title")
    return {key: f"{publisher}: {title}" if publisher else title for key, publisher, title in named}


named_language = lazy(languages.name, str)


def language_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Languages that any listed publication is printed in."""
    return {tag: named_language(tag) for tag in keys if Publication.objects.listed().filter(language=tag).exists()}


def year_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Whatever can be a year, in the order of time."""
    return {key: key for key in sorted(filter(_YEAR.fullmatch, keys), key=int)}


def week_labels(keys: Sequence[str]) -> dict[str, Words]:
    """Whatever can be the Monday of a week, in the order of time; then what is known less exactly."""
    mondays = sorted(key for key in keys if _DAY.fullmatch(key) and is_monday(key))
    coarse = {COARSE: _("Known less exactly")} if COARSE in keys else {}
    return {key: dates.words(key) for key in mondays} | coarse


def is_monday(day: str) -> bool:
    """Whether a week may begin on a day."""
    try:
        return date.fromisoformat(day).weekday() == 0
    except ValueError:
        return False


CHECKS = {
    "found": _("Found word for word in the source"),
    "differs": _("Differs from the source"),
    "no_snapshot": _("Not checked: no copy of the source is held"),
    "not_told": _("Not said"),
}


def check_labels(keys: Sequence[str]) -> dict[str, Words]:
    """The results that a check can have."""
    return {key: CHECKS[key] for key in CHECKS if key in keys}


PLACES = labels_of(Place, "identifier", "places")

FACETS: tuple[Facet, ...] = (
    Facet(name="place", label=_("Place"), labels=PLACES, unknown=pgettext_lazy("place", "Not said")),
    Facet(name="described_as_from", label=_("Described as from"), labels=PLACES, offered=False),
    Facet(name="spoken_at", label=_("Spoken at"), labels=PLACES, offered=False),
    Facet(name="speaks_of", label=_("Speaking of"), labels=PLACES, offered=False),
    Facet(
        name="wave",
        label=_("Wave of migration"),
        labels=labels_of(Wave, "slug", "waves"),
        unknown=pgettext_lazy("wave", "None"),
        most_first=False,
    ),
    Facet(name="tag", label=_("Tag"), labels=labels_of(Tag, "slug", "tags"), unknown=pgettext_lazy("tag", "None")),
    Facet(name="source", label=_("Source"), labels=source_labels, unknown=pgettext_lazy("source", "Not named")),
    Facet(name="witness", label=_("Witness"), labels=labels_of(Witness, "identifier", "witness")),
    Facet(name="language", label=_("Language"), labels=language_labels),
    Facet(
        name="year",
        label=_("Year spoken"),
        labels=year_labels,
        unknown=pgettext_lazy("year", "Not known"),
        most_first=False,
    ),
    Facet(
        name="printed",
        label=_("Year printed"),
        labels=year_labels,
        unknown=pgettext_lazy("year", "Not known"),
        most_first=False,
    ),
    Facet(name="check", label=_("Quotation"), labels=check_labels),
    *(
        Facet(
            name=name,
            label=label,
            labels=week_labels,
            unknown=pgettext_lazy("week", "Not known"),
            most_first=False,
            offered=False,
        )
        for name, label in (
            ("week_printed", _("Printed in the week from")),
            ("week_spoken", _("Spoken in the week from")),
            ("week_happened", _("Happened in the week from")),
        )
    ),
)

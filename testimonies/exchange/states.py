"""What a testimony says, apart from how it is stored: as the archive holds it, or as a row wants it.

Two states are compared value by value; records stand in them as `Record`, so that a voice is compared and not its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from testimonies.models.editorial import Testimony

from .columns import FAMILIES, FIELDS, OF_THE_SOURCE, RECORDS, SOURCES, TAGS
from .matching import Known, Record

# The reverse name of each family's rows, and the kinds of the records they lead to.
ROWS = {
    "quote": "segments",
    "place": "placements",
    "wave": "wave_mentions",
    "translation": "translations",
    "contributor": "contributions",
}
KINDS = {attribute: kind for _prefix, kind, attribute in RECORDS} | dict.fromkeys(SOURCES, "source")


@dataclass
class State:
    """What a testimony says. `version` and `status` are those of the row that it was read from."""

    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tags: frozenset[Record] = frozenset()
    pk: int | None = None
    version: int | None = None
    status: str = Testimony.Status.DRAFT

    def copy(self) -> State:
        """A state that can be changed without changing this one."""
        return State(dict(self.values), dict(self.parts), self.tags, self.pk, self.version, self.status)

    def differences(self, other: State) -> list[str]:
        """The names of the columns, without their numbers, in which two states differ."""
        values = [name for name, value in self.values.items() if value != other.values[name]]
        parts = [family for family, rows in self.parts.items() if rows != other.parts[family]]
        return [*values, *parts, *([TAGS] if self.tags != other.tags else [])]


def defaults() -> State:
    """What a testimony says of which nothing is said."""
    values = {name: Testimony._meta.get_field(name).get_default() for name in FIELDS}  # type: ignore[union-attr]
    return State(values | dict.fromkeys(KINDS), {family: [] for family in FAMILIES})


def part_defaults(family: str) -> dict[str, Any]:
    """A part of which nothing is said."""
    spec = (FAMILIES | OF_THE_SOURCE)[family]
    part = {name: spec.model._meta.get_field(name).get_default() for name in spec.fields}
    return part | dict.fromkeys(attribute for _after, _kind, attribute in spec.records) | dict.fromkeys(spec.sources)


def states(keys: Collection[int] | Iterable[int], known: Known) -> dict[int, State]:
    """The states of some testimonies, by their primary keys."""
    return {one.pk: state_of(one, known) for one in with_parts(Testimony.objects.filter(pk__in=list(keys)))}


def with_parts(testimonies: Any) -> Any:
    """Testimonies with everything that an exchange file tells of them, in few queries."""
    return testimonies.prefetch_related(*ROWS.values(), "tags").order_by("pk")


def state_of(testimony: Testimony, known: Known) -> State:
    """The state of a testimony that was read `with_parts`."""
    values = {name: getattr(testimony, name) for name in FIELDS}
    for attribute, kind in KINDS.items():
        values[attribute] = _known(known, kind, getattr(testimony, f"{attribute}_id"))
    parts = {family: [_part(family, row, known) for row in rows_of(testimony, family)] for family in FAMILIES}
    tags = frozenset(known.by_pk["tag", tag.pk] for tag in testimony.tags.all())
    return State(values, parts, tags, testimony.pk, testimony.version, testimony.status)


def rows_of(testimony: Testimony, family: str) -> list[Any]:
    """The rows of a family in an order that does not depend on what files leave out, such as the order of waves."""
    rows = getattr(testimony, ROWS[family]).all()
    return sorted(rows, key=lambda row: (getattr(row, "order", 0), row.pk))


def _part(family: str, row: Any, known: Known) -> dict[str, Any]:
    spec = FAMILIES[family]
    part = {name: getattr(row, name) for name in spec.fields}
    part |= {
        attribute: _known(known, kind, getattr(row, f"{attribute}_id")) for _after, kind, attribute in spec.records
    }
    return part | {name: _known(known, "source", getattr(row, f"{name}_id")) for name in spec.sources}


def _known(known: Known, kind: str, pk: int | None) -> Record | None:
    return known.by_pk[kind, pk] if pk is not None else None

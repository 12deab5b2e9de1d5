"""The page of places: a map, and beside it the same numbers as a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from testimonies.drawing import map as drawing
from testimonies.reading.lists import Group, Line, places
from testimonies.reading.narrowing import Narrowing
from testimonies.reading.pieces import Link

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class View:
    """One frame that the map may have: its name, its address, whether it is this one."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """The map and the list of places.

    `address` gives, for the key of a place, where its circle and its line lead. `unplaced` have no coordinates,
    `outside` lie beyond the frame; `unknown` counts the testimonies that name no place.
    """

    narrowing: Narrowing
    map: drawing.Map | None
    views: tuple[View, ...]
    groups: tuple[Group, ...]
    address: Address
    unplaced: tuple[Line, ...]
    outside: tuple[Line, ...]
    unknown: int
    unknown_url: str
    is_indexed: bool


def places_page(
    records: Iterable[Any],
    *,
    frame: drawing.Frame,
    address: Address,
    **rest: Any,
) -> PlacesPage:
    """Return the page of places; each record has the number of its testimonies as `held`."""
    known = list(records)
    lines = {one.identifier: line(one.identifier, one.name, one.held) for one in known}
    shown = drawn(known)
    sheet = drawing.draw(frame, shown) if shown else None
    return PlacesPage(
        map=sheet,
        groups=places(known, len(known)).groups,
        address=address,
        unplaced=tuple(lines[one.identifier] for one in innermost(known) if one.latitude is None),
        outside=tuple(lines[one.key] for one in (sheet.outside if sheet else ())),
        **rest,
    )


def innermost(records: Iterable[Any]) -> list[Any]:
    """Return the places of which something is held, but none that another of them lies in: its number counts that."""
    counted = {one.pk: one for one in records if one.held}
    wider: set[Any] = set()
    for one in counted.values():
        parent = one.parent_id
        while parent is not None and parent not in wider:
            wider.add(parent)
            parent = counted[parent].parent_id if parent in counted else None
    return [one for key, one in counted.items() if key not in wider]


def drawn(records: Iterable[Any]) -> list[drawing.Place]:
    """Return the innermost places that have coordinates, as they are drawn."""
    return [to_draw(one) for one in innermost(records) if one.latitude is not None]


def to_draw(one: Any) -> drawing.Place:
    """Return a place as it is drawn."""
    return drawing.Place(one.identifier, one.name, float(one.longitude), float(one.latitude), one.held)


def line(identifier: str, name: str, count: int) -> Line:
    """Return a place in a list, without its other names."""
    return Line(link=Link("place", identifier, name), count=count)


__all__ = ["PlacesPage", "View", "drawn", "innermost", "places_page", "to_draw"]

"""Places on a map: frame, land, circles by number, names that do not run into one another, an inset where they crowd.

Land is one shape; of borders only those of the five republics are drawn (`preparing` says from what and why).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any, Final

from .labelling import Rectangle, placed
from .projecting import Box, Point, Projection, bounds, clipped, conic, equal_earth

WIDE: Final = 1000
LAND: Final = Path(__file__).with_name("land.json")

# The sizes of a drawing on a wide page, and on a telephone, where everything else gets smaller by three.
AT_WIDE: Final = (17.0, 25.0)  # height of letters, radius of the largest circle
AT_NARROW: Final = (38.0, 42.0)
INSET: Final = (300.0, 230.0)  # in units of its own
ENLARGED: Final = 2.6
MOST_LOOKED_AT: Final = 300  # places, the largest first, of which one may lie in the middle of a crowd
CROWD: Final = 4  # so many places within what an inset shows make one

SHARE_OF_ISLE: Final = 3.0  # units: islands that are smaller are not drawn


@dataclass(frozen=True, slots=True)
class Place:
    """A place to be drawn, with the number that its circle shows."""

    key: str
    name: str
    east: float
    north: float
    count: int

    @property
    def text(self) -> str:
        """What is written beside it; a place that is only marked has no number."""
        return f"{self.name} {self.count}" if self.count else self.name


@dataclass(frozen=True, slots=True)
class Pin:
    """A circle, and where its name stands (`label` is None where there is no room for it)."""

    place: Place
    x: float
    y: float
    radius: float
    label: Rectangle | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: a projection, and a box in its plane."""

    projection: Projection
    box: Box
    scale: str  # which land: "near" or "far"

    @property
    def height(self) -> float:
        """In units of the drawing."""
        left, top, right, bottom = self.box
        return round(WIDE * (bottom - top) / (right - left), 1)

    def point(self, east: float, north: float) -> Point:
        """Where a place lies on the drawing."""
        left, top, right, _bottom = self.box
        x, y = self.projection(east, north)
        return (x - left) / (right - left) * WIDE, (y - top) / (right - left) * WIDE

    def holds(self, place: Place, margin: float = 0.0) -> bool:
        """Whether a place lies on the drawing."""
        x, y = self.point(place.east, place.north)
        return margin <= x <= WIDE - margin and margin <= y <= self.height - margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing. `land` and `borders` are the data of SVG paths."""

    width: float
    height: float
    land: str
    borders: str
    pins: tuple[Pin, ...] = ()
    letters: float = AT_WIDE[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """A part of the map, enlarged: what it shows of the sheet, and in which corner it has room, if in any."""

    sheet: Sheet
    shows: Rectangle
    corner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map on a wide page and on a telephone, the same places on both; `outside` are those that it does not show."""

    wide: Sheet
    narrow: Sheet
    inset: Inset | None
    outside: tuple[Place, ...]


def draw(frame: Frame, places: Iterable[Place]) -> Map:
    """The map of a frame with the places that lie in it."""
    known = sorted(places, key=lambda one: (-one.count, one.name, one.key))
    shown = [one for one in known if frame.holds(one)]
    inset = inset_of(frame, shown)
    taken = inset_takes(inset, frame)
    crowd = {one.place.key for one in inset.sheet.pins} if inset else set()
    wide = pins(frame, shown, AT_WIDE, unnamed=crowd, taken=taken)
    narrow = pins(frame, shown, AT_NARROW, unnamed=crowd)
    land, borders = paths(frame)
    whole: dict[str, Any] = {"width": WIDE, "height": frame.height, "land": land, "borders": borders}
    return Map(
        wide=Sheet(**whole, pins=wide, letters=AT_WIDE[0]),
        narrow=Sheet(**whole, pins=narrow, letters=AT_NARROW[0]),
        inset=inset,
        outside=tuple(one for one in known if not frame.holds(one)),
    )


def draw_small(frame: Frame, places: Iterable[Place]) -> Sheet:
    """The map in the size of a telephone alone, without an inset."""
    shown = sorted((one for one in places if frame.holds(one)), key=lambda one: (-one.count, one.name, one.key))
    land, borders = paths(frame)
    return Sheet(
        width=WIDE,
        height=frame.height,
        land=land,
        borders=borders,
        pins=pins(frame, shown, AT_NARROW),
        letters=AT_NARROW[0],
    )


# Frames


@lru_cache(maxsize=1)
def republics() -> Frame:
    """The five republics; Crimea is outside."""
    return Frame(conic, widened(bounds(outline()), 0.025), "near")


def outline() -> list[Point]:
    """The points of the borders of the five republics, in the plane."""
    return [conic(*point) for line in lines("near", "borders") for point in line]


def around(places: Sequence[Place]) -> Frame:
    """The smallest frame that holds the republics and the places: the republics, Asia and Europe, or the earth."""
    if all(republics().holds(one, margin=10) for one in places):
        return republics()
    if any(not (-25 <= one.east <= 170 and 0 <= one.north <= 75) for one in places):
        return world()
    points = [*outline(), *(conic(one.east, one.north) for one in places)]
    return Frame(conic, flattened(widened(bounds(points), 0.06)), "far")


@lru_cache(maxsize=1)
def world() -> Frame:
    """The whole earth but Antarctica."""
    return Frame(
        equal_earth, widened(bounds([equal_earth(*one) for one in ((-180, 0), (180, 0), (0, -57), (0, 84))])), "far"
    )


def widened(box: Box, share: float = 0.0) -> Box:
    """A box with a margin, as a share of its width."""
    left, top, right, bottom = box
    margin = share * (right - left)
    return left - margin, top - margin, right + margin, bottom + margin


def flattened(box: Box) -> Box:
    """A box that is neither a ribbon nor a tower."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    more_height, more_width = max(0.5 * width - height, 0) / 2, max(height / 0.8 - width, 0) / 2
    return left - more_width, top - more_height, right + more_width, bottom + more_height


# Land


@lru_cache(maxsize=1)
def held() -> dict[str, dict[str, list[list[float]]]]:
    """The prepared shapes."""
    found: dict[str, dict[str, list[list[float]]]] = json.loads(LAND.read_text(encoding="utf-8"))
    return found


def lines(scale: str, kind: str) -> list[list[Point]]:
    """Rings of land, or borders, as points east and north."""
    return [list(zip(line[::2], line[1::2], strict=True)) for line in held()[scale][kind]]


@lru_cache(maxsize=32)
def paths(frame: Frame) -> tuple[str, str]:
    """Land and borders as data of SVG paths, in whole units."""
    on_sheet = frame.projection is equal_earth
    seen: Box = (-40, -40, WIDE + 40, frame.height + 40)
    # Where the cone is cut open, and where it would go on to the south for ever, there is nothing to be seen.
    known: Box = (-180, -90, 180, 90) if on_sheet else (-105, -20, 180, 84)
    rings = []
    for ring in lines(frame.scale, "land"):
        points = [frame.point(*point) for point in clipped(ring, known)]
        drawn = thinned(clipped(points, seen)) if points else []
        if len(drawn) > 2 and is_seen(drawn):
            rings.append(path(drawn) + "z")
    borders = [[frame.point(*point) for point in line] for line in lines(frame.scale, "borders")]
    return "".join(rings), "".join(path(thinned(line)) for line in borders)


def is_seen(points: Sequence[Point]) -> bool:
    """Whether an island is large enough to be drawn."""
    left, top, right, bottom = bounds(points)
    return right - left > SHARE_OF_ISLE or bottom - top > SHARE_OF_ISLE


def thinned(line: Sequence[Point]) -> list[tuple[int, int]]:
    """A line in whole units, without points that lie on the way from one to the next."""
    points: list[tuple[int, int]] = []
    for x, y in line:
        here = (round(x), round(y))
        if points and max(abs(here[0] - points[-1][0]), abs(here[1] - points[-1][1])) < 2:
            continue
        points.append(here)
    return points


def path(points: Sequence[tuple[int, int]]) -> str:
    """The data of a path: the first point, then steps."""
    (x, y), steps = points[0], []
    for one in points[1:]:
        steps.append(f"{one[0] - x} {one[1] - y}")
        x, y = one
    return f"M{points[0][0]} {points[0][1]}" + ("l" + " ".join(steps).replace(" -", "-") if steps else "")


# Circles and names


def pins(
    frame: Frame,
    places: Sequence[Place],
    sizes: tuple[float, float],
    *,
    unnamed: Iterable[str] = (),
    taken: Sequence[Rectangle] = (),
) -> tuple[Pin, ...]:
    """The circles, the largest first, so that none hides a smaller one; names where there is room."""
    return labelled([(one, *frame.point(one.east, one.north)) for one in places], frame.height, sizes, unnamed, taken)


def labelled(
    located: Sequence[tuple[Place, float, float]],
    height: float,
    sizes: tuple[float, float],
    unnamed: Iterable[str] = (),
    taken: Sequence[Rectangle] = (),
    width: float = WIDE,
    most: int = 0,
) -> tuple[Pin, ...]:
    """The circles of places at these points, with their names; the largest stands for `most`."""
    letters, largest = sizes
    most = most or max((place.count for place, _x, _y in located), default=1)
    bare = [Pin(place, round(x, 1), round(y, 1), radius(place.count, most, largest)) for place, x, y in located]
    hidden = set(unnamed)
    texts = ["" if pin.place.key in hidden else pin.place.text for pin in bare]
    spots = placed([(pin.x, pin.y, pin.radius) for pin in bare], texts, letters, (width, height), taken)
    return tuple(Pin(pin.place, pin.x, pin.y, pin.radius, spot) for pin, spot in zip(bare, spots, strict=True))


def radius(count: int, most: int, largest: float) -> float:
    """Areas stand to one another as numbers do, but none is too small to be seen and met."""
    return round(max(largest * sqrt(count / max(most, 12)), largest / 5), 1)


# The inset


def inset_of(frame: Frame, places: Sequence[Place]) -> Inset | None:
    """What lies where places crowd most, enlarged; None where they do not, and on the map of the world."""
    if frame.projection is equal_earth:
        return None
    width, height = (one / ENLARGED for one in INSET)
    points = [(one, *frame.point(one.east, one.north)) for one in places]
    best: list[tuple[Place, float, float]] = []
    for _one, x, y in points[:MOST_LOOKED_AT]:
        near = [one for one in points if abs(one[1] - x) <= 0.42 * width and abs(one[2] - y) <= 0.42 * height]
        best = near if len(near) > len(best) else best
    if len(best) < CROWD:
        return None
    left, top, right, bottom = bounds([(x, y) for _one, x, y in best])
    shows = Rectangle((left + right - width) / 2, (top + bottom - height) / 2, width, height)
    inside = [one for one in points if shows.holds(one[1], one[2])]
    enlarged = [(one, (x - shows.x) * ENLARGED, (y - shows.y) * ENLARGED) for one, x, y in inside]
    unit = (frame.box[2] - frame.box[0]) / WIDE
    corner_x, corner_y = frame.box[0] + shows.x * unit, frame.box[1] + shows.y * unit
    part = Frame(frame.projection, (corner_x, corner_y, corner_x + width * unit, corner_y + height * unit), frame.scale)
    land, borders = paths(part)
    sheet = Sheet(
        width=INSET[0],
        height=INSET[1],
        land=land,
        borders=borders,
        pins=labelled(enlarged, INSET[1], AT_WIDE, width=INSET[0], most=max(one.count for one in places)),
    )
    crowded = {one[0].key for one in inside}
    free = [
        corner
        for corner, room in corners(frame).items()
        if not any(room.holds(x, y, 14) for one, x, y in points if one.key not in crowded) and not room.meets(shows)
    ]
    return Inset(sheet=sheet, shows=shows, corner=free[0] if free else "")


def corners(frame: Frame) -> dict[str, Rectangle]:
    """The corners in which an inset may lie, those first that are mostly empty."""
    width, height = INSET
    right, low = WIDE - width, frame.height - height
    return {
        "south-east": Rectangle(right, low, width, height),
        "north-east": Rectangle(right, 0, width, height),
        "south-west": Rectangle(0, low, width, height),
        "north-west": Rectangle(0, 0, width, height),
    }


def inset_takes(inset: Inset | None, frame: Frame) -> tuple[Rectangle, ...]:
    """What an inset leaves no room for."""
    if inset is None:
        return ()
    return (corners(frame)[inset.corner], inset.shows) if inset.corner else (inset.shows,)

"""How `land.json` was made, to be run by hand: python -m testimonies.drawing.preparing FOLDER

FOLDER is the unpacked npm package world-atlas (2.0.2): Natural Earth 4.1.0, which is in the public domain, as TopoJSON.
Land is taken as one shape, without any border; of borders only those of the five republics, so that the drawing takes
no side elsewhere. `near` is Central Asia at 1:50,000,000, `far` the whole earth but Antarctica at 1:110,000,000.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import hypot
from pathlib import Path
from typing import Any, Final

from testimonies.drawing.projecting import Box, clipped

REPUBLICS: Final = ("398", "417", "762", "795", "860")  # ISO 3166-1: Kazakhstan, Kyrgyzstan, Tajikistan …
AROUND: Final[Box] = (36.7, 25.0, 105.0, 66.0)  # degrees: what the frame of the republics may show, without Crimea
WITHOUT_ANTARCTICA: Final[Box] = (-180.0, -58.0, 180.0, 84.0)

Point = tuple[float, float]
Line = list[Point]


def prepared(folder: Path) -> dict[str, dict[str, list[list[float]]]]:
    """The contents of `land.json`: rings of land, and lines between countries, as numbers east, north, east, north."""
    return {
        "near": part(folder / "countries-50m.json", 0.012, AROUND),
        "far": part(folder / "countries-110m.json", 0.1, WITHOUT_ANTARCTICA),
    }


def part(path: Path, least: float, box: Box) -> dict[str, list[list[float]]]:
    """Land and borders of one file, without bends of less than `least` degrees, cut to a box."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [straightened(arc, least) for arc in decoded(topology)]
    coast = {index for ring in rings_of(topology["objects"]["land"]) for index in numbers(ring)}
    countries = topology["objects"]["countries"]["geometries"]
    bounding = {
        index
        for country in countries
        if country.get("id") in REPUBLICS
        for ring in rings_of(country)
        for index in numbers(ring)
    }
    land = (piece for ring in rings_of(topology["objects"]["land"]) for piece in cut(joined(ring, arcs), box))
    return {
        "land": [flat(ring) for ring in land if len(ring) > 3],
        "borders": [flat(arcs[index]) for index in sorted(bounding - coast)],
    }


def decoded(topology: Any) -> Iterator[Line]:
    """The arcs in degrees: they stand as differences of whole numbers (TopoJSON 1.0, section 2.1.3)."""
    (across, along), (east, north) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        places = accumulate(arc, lambda last, step: [last[0] + step[0], last[1] + step[1]])
        yield [(x * across + east, y * along + north) for x, y in places]


def rings_of(shape: Any) -> Iterator[list[int]]:
    """The rings of a geometry, as the numbers of its arcs."""
    if shape["type"] == "GeometryCollection":
        for one in shape["geometries"]:
            yield from rings_of(one)
    polygons = {"Polygon": lambda: [shape["arcs"]], "MultiPolygon": lambda: shape["arcs"]}
    for polygon in polygons.get(shape["type"], list)():
        yield from polygon


def numbers(ring: Iterable[int]) -> Iterator[int]:
    """The numbers of arcs; one that is gone along backwards stands as its complement."""
    return (index if index >= 0 else ~index for index in ring)


def joined(ring: Iterable[int], arcs: list[Line]) -> Line:
    """One ring of its arcs."""
    whole: Line = []
    for index in ring:
        whole += (arcs[index] if index >= 0 else arcs[~index][::-1])[bool(whole) :]
    return whole


def straightened(line: Line, least: float) -> Line:
    """A line without its small bends (Douglas and Peucker 1973); its ends stay."""
    if len(line) < 3:
        return line
    (x0, y0), (x1, y1) = line[0], line[-1]
    length = hypot(x1 - x0, y1 - y0)

    def away(point: Point) -> float:
        x, y = point
        if not length:
            return hypot(x - x0, y - y0)
        return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length

    far = max(range(1, len(line) - 1), key=lambda index: away(line[index]))
    if away(line[far]) < least:
        return [line[0], line[-1]]
    return straightened(line[: far + 1], least)[:-1] + straightened(line[far:], least)


def cut(ring: Line, box: Box) -> Iterator[Line]:
    """What of a ring lies in a box; one that goes on beyond 180° is cut there and goes on at the other side."""
    whole = [ring[0]]
    for x, y in ring[1:]:
        turns = round((whole[-1][0] - x) / 360)
        whole.append((x + 360 * turns, y))
    for turn in (-360, 0, 360):
        yield clipped([(x + turn, y) for x, y in whole], box)


def flat(line: Line) -> list[float]:
    """Hundredths of a degree: half a mile."""
    return [round(number, 2) for point in line for number in point]


if __name__ == "__main__":
    made = json.dumps(prepared(Path(sys.argv[1])), separators=(",", ":"))
    Path(__file__).with_name("land.json").write_text(made + "\n", encoding="utf-8")

"""The map: where places lie on it, what it shows of the earth, and names that do not run into one another."""

import json
import re
from itertools import combinations, pairwise
from math import cos, hypot, radians

import pytest

from testimonies.drawing import map as drawing
from testimonies.drawing.labelling import Rectangle, around, placed
from testimonies.drawing.map import Place
from testimonies.drawing.preparing import cut, straightened
from testimonies.drawing.projecting import Point, clipped, conic, equal_earth

TOWNS = [
    Place("almaty", "Almaty", 76.91, 43.25, 41),
    Place("bishkek", "Bishkek", 74.59, 42.87, 30),
    Place("osh", "Osh", 72.80, 40.53, 12),
    Place("andijan", "Andijan", 72.34, 40.78, 3),
    Place("uzgen", "Uzgen", 73.30, 40.77, 1),
    Place("fergana", "Fergana", 71.79, 40.39, 5),
    Place("uralsk", "Uralsk", 51.37, 51.23, 7),
    Place("ashgabat", "Ashgabat", 58.38, 37.95, 2),
]
ISTANBUL = Place("istanbul", "Istanbul", 28.95, 41.01, 2)
LIMA = Place("lima", "Lima", -77.03, -12.05, 1)
SIMFEROPOL = Place("simferopol", "Simferopol", 34.10, 44.95, 1)


def step(east: float, north: float, by: Point) -> float:
    """How long a small step is on the conic map, on a globe of radius 1."""
    x0, y0 = conic(east, north)
    x1, y1 = conic(east + by[0], north + by[1])
    return hypot(x1 - x0, y1 - y0)


def test_conic_projection_is_conformal_and_true_along_its_parallels():
    assert conic(67.5, 46) == pytest.approx((0, 0))
    assert conic(70, 46)[0] > 0 > conic(67.5, 47)[1]
    small = 1e-4
    for north in (38, 52):
        assert step(60, north, (small, 0)) == pytest.approx(radians(small) * cos(radians(north)), rel=1e-5)
    for east, north in ((50, 55), (80, 37)):
        along, across = step(east, north, (0, small)), step(east, north, (small, 0))
        assert across / cos(radians(north)) == pytest.approx(along, rel=1e-5)


def test_equal_earth_is_as_published():
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(180, 0)[0] == pytest.approx(2.70663, abs=1e-5)
    assert equal_earth(0, 90)[1] == pytest.approx(-1.31736, abs=1e-5)


def test_frame_of_the_republics_holds_them_and_not_crimea():
    frame = drawing.republics()
    assert all(frame.holds(town) for town in TOWNS)
    assert not frame.holds(SIMFEROPOL)
    # Nor is any of it in the part of the land that is kept for this frame.
    assert min(east for ring in drawing.lines("near", "land") for east, _north in ring) > 36.65


def test_only_borders_of_the_five_republics_are_held():
    for scale in ("near", "far"):
        points = [point for line in drawing.lines(scale, "borders") for point in line]
        assert all(46 < east < 88 and 35 < north < 56 for east, north in points)


def test_frame_follows_the_places():
    assert drawing.around(TOWNS) is drawing.republics()
    wider = drawing.around([*TOWNS, ISTANBUL])
    assert all(wider.holds(town, margin=10) for town in [*TOWNS, ISTANBUL])
    assert drawing.around([*TOWNS, LIMA]) is drawing.world()
    assert drawing.world().holds(LIMA)
    assert drawing.around([]) is drawing.republics()


def test_land_of_the_earth_is_cut_where_the_sheet_ends():
    for ring in drawing.lines("far", "land"):
        for (east, _north), (next_east, _next) in pairwise(ring):
            assert abs(east - next_east) < 180


@pytest.mark.parametrize("sizes", [drawing.AT_WIDE, drawing.AT_NARROW])
def test_no_name_touches_another_name_a_circle_or_the_edge(sizes):
    crowd = [
        Place(f"p{number}", f"Town {number}", 66 + number % 9 * 0.7, 40 + number // 9 * 0.5, 1 + number % 7)
        for number in range(60)
    ]
    frame = drawing.republics()
    pins = drawing.pins(frame, crowd, sizes)
    named = [pin for pin in pins if pin.label]
    assert 5 < len(named) < 60
    assert not any(one.label.meets(other.label) for one, other in combinations(named, 2))
    for pin in named:
        assert pin.label.x >= 0
        assert pin.label.x + pin.label.width <= drawing.WIDE
        assert pin.label.y >= 0
        assert pin.label.y + pin.label.height <= frame.height
        others = [around((one.x, one.y, one.radius)) for one in pins if one is not pin]
        assert not any(pin.label.meets(other) for other in others)


def test_the_first_name_has_the_choice():
    one, two = placed([(50, 50, 5), (60, 50, 5)], ["first", "second"], 10, (200, 100))
    assert one is not None
    assert two is not None
    assert not one.meets(two)
    assert placed([(50, 50, 5)], ["too long for this sheet"], 10, (60, 60)) == [None]


def test_circles_grow_by_area_and_none_is_too_small_to_be_met():
    one, four = drawing.radius(25, 100, 20), drawing.radius(100, 100, 20)
    assert (one, four) == (10, 20)
    assert drawing.radius(1, 10_000, 20) == 4


def test_crowded_places_get_an_inset_with_their_names():
    map_ = drawing.draw(drawing.republics(), TOWNS)
    assert {pin.place.key for pin in map_.inset.sheet.pins} >= {"osh", "andijan", "uzgen", "fergana"}
    assert all(pin.label for pin in map_.inset.sheet.pins)
    crowd = {pin.place.key for pin in map_.inset.sheet.pins}
    assert all((pin.label is None) == (pin.place.key in crowd) for pin in map_.wide.pins)
    room = drawing.corners(drawing.republics())[map_.inset.corner]
    assert not any(room.holds(pin.x, pin.y) for pin in map_.wide.pins)
    assert not any(pin.label.meets(room) for pin in map_.wide.pins if pin.label)


def test_places_that_do_not_crowd_have_none():
    assert drawing.draw(drawing.republics(), [TOWNS[0], TOWNS[-1]]).inset is None
    assert drawing.draw(drawing.republics(), []).wide.pins == ()


def test_every_place_is_drawn_or_said_to_be_outside():
    map_ = drawing.draw(drawing.republics(), [*TOWNS, ISTANBUL, LIMA])
    for sheet in (map_.wide, map_.narrow):
        assert {pin.place.key for pin in sheet.pins} == {town.key for town in TOWNS}
    assert {place.key for place in map_.outside} == {"istanbul", "lima"}


def test_drawing_is_small():
    for frame in (drawing.republics(), drawing.around([*TOWNS, ISTANBUL]), drawing.world()):
        land, borders = drawing.paths(frame)
        assert len(land) + len(borders) < 16_000
        assert re.fullmatch(r"(M-?\d+ -?\d+(l[-\d ]+)?z?)+", land + borders)


def test_rings_are_cut_to_a_box_and_at_the_end_of_the_world():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert set(clipped(square, (1, 1, 9, 2))) == {(1, 1), (4, 1), (4, 2), (1, 2)}
    assert clipped(square, (5, 5, 9, 9)) == []
    pieces = list(cut([(179.0, 0.0), (-179.0, 0.0), (-179.0, 2.0), (179.0, 2.0)], (-180, -90, 180, 90)))
    assert sorted(sorted({x for x, _y in piece}) for piece in pieces if piece) == [[-180, -179], [179, 180]]


def test_straightening_keeps_ends_and_large_bends():
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]
    assert straightened(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0)]


def test_land_is_held_in_numbers_only():
    held = json.loads(drawing.LAND.read_text(encoding="utf-8"))
    assert {scale: sorted(kinds) for scale, kinds in held.items()} == {
        "near": ["borders", "land"],
        "far": ["borders", "land"],
    }
    assert Rectangle(0, 0, 1, 1).meets(Rectangle(0.5, 0.5, 1, 1))

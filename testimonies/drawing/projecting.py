"""From degrees to the plane: the projections of the maps, and cutting shapes to a box."""

from collections.abc import Callable, Iterable, Sequence
from math import asin, cos, log, pi, radians, sin, sqrt, tan
from typing import Final

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top or bottom, right, the other
Projection = Callable[[float, float], Point]

_SOUTHERN, _NORTHERN = radians(38), radians(52)
_EAST, _NORTH = radians(67.5), radians(46)


def _isometric(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


_CONE: Final = log(cos(_SOUTHERN) / cos(_NORTHERN)) / log(_isometric(_NORTHERN) / _isometric(_SOUTHERN))
_SCALE: Final = cos(_SOUTHERN) * _isometric(_SOUTHERN) ** _CONE / _CONE
_MIDDLE: Final = _SCALE / _isometric(_NORTH) ** _CONE


def conic(east: float, north: float) -> Point:
    """Lambert's conformal conic projection, true along 38° and 52° N, its middle at 67.5° E, 46° N (Snyder 1987, 107).

    For Asia and Europe: further south than 30° S, or west of 110° W, there is nothing to be seen on it.
    """
    distance = _SCALE / _isometric(radians(north)) ** _CONE
    angle = _CONE * (radians(east) - _EAST)
    return distance * sin(angle), distance * cos(angle) - _MIDDLE


_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(east: float, north: float) -> Point:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018)."""
    angle = asin(sqrt(3) / 2 * sin(radians(north)))
    two, six = angle**2, angle**6
    slope = _A[0] + 3 * _A[1] * two + six * (7 * _A[2] + 9 * _A[3] * two)
    x = 2 * sqrt(3) * radians(east) * cos(angle) / (3 * slope)
    return x, -angle * (_A[0] + _A[1] * two + six * (_A[2] + _A[3] * two))


def clipped(ring: Sequence[Point], box: Box) -> list[Point]:
    """What of a ring lies in a box, as one ring (Sutherland and Hodgman 1974); pieces may hang together by its edge."""
    left, low, right, high = box
    points = list(ring)
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, low, 1), (1, high, -1)):
        points = _on_one_side(points, axis, bound, sign)
    return points


def _on_one_side(ring: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for index, point in enumerate(ring):
        before = ring[index - 1]
        is_in, was_in = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
        if is_in != was_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((bound, other) if axis == 0 else (other, bound))
        if is_in:
            kept.append(point)
    return kept


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box around points."""
    across, along = zip(*points, strict=True)
    return min(across), min(along), max(across), max(along)

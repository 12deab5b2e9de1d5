"""Names beside circles, none of which touches another name, a circle or the edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

# Of the height of letters: how wide a letter of the archive's serif is at most on average, and how high a line is.
LETTER: Final = 0.6
LINE: Final = 1.15
GAP: Final = 0.25
# More names than these nobody reads on one sheet.
MOST: Final = 120


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Rectangle") -> bool:
        """Whether the two have any part in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point lies in it, or not further from it than the margin."""
        return (
            self.x - margin <= x <= self.x + self.width + margin
            and self.y - margin <= y <= self.y + self.height + margin
        )


Circle = tuple[float, float, float]


def placed(
    circles: Sequence[Circle],
    texts: Sequence[str],
    letters: float,
    size: tuple[float, float],
    taken: Sequence[Rectangle] = (),
) -> list[Rectangle | None]:
    """Where each text stands beside its circle; the first come has the choice. None where there is no room."""
    squares = [around(circle) for circle in circles]
    filled = [*taken, *squares]
    found: list[Rectangle | None] = []
    for circle, own, text in zip(circles, squares, texts, strict=True):
        spot = None
        if text and len(filled) < len(taken) + len(squares) + MOST:
            choice = list(spots(circle, text, letters))
            reach = hull(choice)
            near = [one for one in filled if one is not own and one.meets(reach)]
            spot = next((one for one in choice if is_free(one, near, size)), None)
        if spot:
            filled.append(spot)
        found.append(spot)
    return found


def hull(rectangles: Sequence[Rectangle]) -> Rectangle:
    """The smallest rectangle around others."""
    left, top = min(one.x for one in rectangles), min(one.y for one in rectangles)
    right, low = max(one.x + one.width for one in rectangles), max(one.y + one.height for one in rectangles)
    return Rectangle(left, top, right - left, low - top)


def around(circle: Circle) -> Rectangle:
    """The square around a circle."""
    x, y, radius = circle
    return Rectangle(x - radius, y - radius, 2 * radius, 2 * radius)


def is_free(spot: Rectangle, filled: Sequence[Rectangle], size: tuple[float, float]) -> bool:
    """Whether nothing is there yet, and all of it lies on the sheet."""
    width, height = size
    if spot.x < 2 or spot.y < 2 or spot.x + spot.width > width - 2 or spot.y + spot.height > height - 2:
        return False
    return not any(spot.meets(one) for one in filled)


def spots(circle: Circle, text: str, letters: float) -> Iterator[Rectangle]:
    """Where a name may stand: to the right, to the left, above, below, then at the corners."""
    x, y, radius = circle
    width, height = round(len(text) * letters * LETTER, 1), letters * LINE
    near = radius + letters * GAP
    aslant = 0.72 * radius + letters * 0.1
    left, right = x - near - width, x + near
    for corner_x, corner_y in (
        (right, y - height / 2),
        (left, y - height / 2),
        (x - width / 2, y - radius - height),
        (x - width / 2, y + radius),
        (x + aslant, y - aslant - height),
        (x + aslant, y + aslant),
        (x - aslant - width, y - aslant - height),
        (x - aslant - width, y + aslant),
    ):
        yield Rectangle(round(corner_x, 1), round(corner_y, 1), width, round(height, 1))

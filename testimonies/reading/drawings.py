"""The small drawings beside a record: where, and when."""

from collections.abc import Callable
from dataclasses import dataclass

from testimonies.drawing import map as mapping
from testimonies.reading.weeks import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """What is drawn beside a record; either may be missing. `address` gives where the circle of a place leads."""

    map: mapping.Sheet | None = None
    address: Callable[[str], str] | None = None
    chart: Chart | None = None


NOTHING = Drawings()

"""The page of the timeline."""

from dataclasses import dataclass

from testimonies.reading.lists import Group
from testimonies.reading.narrowing import Narrowing
from testimonies.reading.weeks import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """The timeline, and the list of waves below it."""

    narrowing: Narrowing
    chart: Chart
    groups: tuple[Group, ...]
    is_indexed: bool

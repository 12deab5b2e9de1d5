"""An invented archive of any size, the same for everybody who names the same seed.

`records` makes public records one by one; `fill` writes an archive of them into the database. What a record says does
not depend on the size: the first two thousand of a million are those of two thousand.
"""

from collections.abc import Iterator
from typing import Any

from .testimony import record
from .words import FREQUENT
from .world import World

SEED = 1

__all__ = ["FREQUENT", "SEED", "fill", "records"]


def records(size: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Public records of schema 1, in constant memory."""
    world = World(seed)
    return (record(world, number) for number in range(size))


def fill(size: int, seed: int = SEED) -> None:
    """Write an archive of this size straight into an empty database, as years of publishing would."""
    from .filling import write_archive  # models need Django set up; records do not

    write_archive(size, seed)

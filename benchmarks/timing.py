"""Times of something done many times, and how far the memory went."""

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds at which half, 95 and 99 of a hundred were done."""

    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Spread":
        """The spread of some times, by the nearest rank."""
        ordered = sorted(one * 1000 for one in seconds)
        return cls(*(ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99)))

    def __str__(self) -> str:
        return " / ".join(f"{one:.1f}" if one < 100 else f"{one:.0f}" for one in (self.p50, self.p95, self.p99))


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took by the clock and in processor time, all threads together."""

    wall: Spread
    cpu: Spread


def timed(acts: Iterable[Callable[[], Any]]) -> Timed:
    """Do one after another."""
    walls, cpus = [], []
    for act in acts:
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    return Timed(Spread.of(walls), Spread.of(cpus))


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_of(folder: Path) -> float:
    """The size of all files in a folder, in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000

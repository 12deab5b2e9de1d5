"""Times of something done many times, and how far the memory went."""

import resource
import threading
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


class OwnMemory(threading.Thread):
    """Looks every 20 ms how much memory is this process's own; `most` is what it held at most, in megabytes.

    Pages of files do not count: an engine maps the files that it merges, and the system takes those pages back
    whenever anybody needs the memory.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._is_over = threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self._is_over.wait(0.02):
            self.most = max(self.most, in_status("RssAnon"))

    def __enter__(self) -> "OwnMemory":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self.join()


def in_status(name: str) -> float:
    """What Linux tells of this process, in megabytes; 0 elsewhere."""
    status = Path("/proc/self/status")
    told = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in told if line.startswith(f"{name}:")), 0.0)


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    return in_status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_of(folder: Path) -> float:
    """The size of all files in a folder, in megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000

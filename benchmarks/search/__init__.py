"""Search on invented archives: every goal, with what was measured beside it.

    ./run bench search --sizes 10000,100000 --keep

Each size has an archive of its own. With DATABASE_URL, which must name an empty PostgreSQL, one size can be measured.
`--keep` writes the tables to RESULTS.md, in the place of those that the same command made before.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import fold

from . import table

RESULTS = Path(__file__).parent.parent / "RESULTS.md"
STAGES = ("fill", "build", "ask", "page", "publish")


def main(arguments: list[str]) -> None:
    """Measure, print, and keep what was measured where that is asked for."""
    parser = argparse.ArgumentParser(prog="./run bench search")
    parser.add_argument("--sizes", default="10000,100000", help="numbers of testimonies, with commas")
    parser.add_argument("--keep", action="store_true", help="write the tables to benchmarks/RESULTS.md")
    asked = parser.parse_args(arguments)
    lines = []
    for line in report([int(size) for size in asked.sizes.split(",")]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        lines.append(line)
    if asked.keep:
        keep(f"./run bench search --sizes {asked.sizes}{on_postgresql()}", lines)


def on_postgresql() -> str:
    """What the heading says of the database."""
    return " on PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else ""


def report(sizes: list[int]) -> Iterator[str]:
    """All tables, line by line as they are measured."""
    day = datetime.now(UTC).date().isoformat()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores, load before {load}."
    yield from ("", "Folding", "", table.HEAD, *map(str, table.fold_goals(fold.rates())))
    for size in sizes:
        stages = measure(size)
        yield from ("", f"{size:,} testimonies", "", table.HEAD, *map(str, table.goals(size, stages)))
        yield from ("", *table.questions(stages["ask"], stages["page"]["bare"]))


def measure(size: int) -> dict[str, dict[str, Any]]:
    """Every stage of one size, on an archive that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
        environment = os.environ | {"ARCHIVE_DATA": folder}
        return {name: stage(name, size, environment) for name in STAGES}


def stage(name: str, size: int, environment: dict[str, str]) -> dict[str, Any]:
    """Run one stage in a process of its own; what it measured."""
    sys.stderr.write(f"{size:,}: {name} …\n")
    line = [sys.executable, "-m", "benchmarks.stage", "search", name, str(size)]
    done = subprocess.run(line, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def keep(command: str, lines: list[str]) -> None:
    """Write a section under the command, in the place of the one that it had."""
    sections = RESULTS.read_text().split("\n## ") if RESULTS.exists() else ["# What was measured\n"]
    heading = f"`{command}`"
    others = [section for section in sections[1:] if section.splitlines()[0] != heading]
    body = "\n".join([heading, "", *lines])
    RESULTS.write_text("\n## ".join([sections[0].rstrip() + "\n", *(f"{one.strip()}\n" for one in (*others, body))]))

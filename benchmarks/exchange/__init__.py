"""Importing and exporting invented testimonies: how long it takes, and how much memory.

    ./run bench exchange --rows 10000 --keep

Each stage has a process of its own on an archive that is thrown away. With DATABASE_URL, which must name an empty
PostgreSQL, it measures there. `--keep` writes the table to RESULTS.md, in the place of the one before.
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
from typing import Any

from benchmarks.search import keep, on_postgresql

# The goals: the brief's two minutes and 300 MB for the whole of an import, 10,000 rows.
SECONDS, MEGABYTES = 120, 300
STAGES = {
    "make": "the file is made",
    "look": "looked through (new)",
    "carry": "imported (new), looked through again first",
    "again": "imported again: nothing changes",
    "export": "exported",
    "undo": "undone",
}


def main(arguments: list[str]) -> None:
    """Measure, print, and keep what was measured where that is asked for."""
    parser = argparse.ArgumentParser(prog="./run bench exchange")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--format", choices=["csv", "xlsx", "json"], default="csv")
    parser.add_argument("--keep", action="store_true", help="write the table to benchmarks/RESULTS.md")
    asked = parser.parse_args(arguments)
    lines = []
    for line in report(asked.rows, asked.format):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        lines.append(line)
    if asked.keep:
        keep(f"./run bench exchange --rows {asked.rows} --format {asked.format}{on_postgresql()}", lines)


def report(rows: int, form: str) -> Iterator[str]:
    """The table, line by line as it is measured."""
    day = datetime.now(UTC).date().isoformat()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores, load before {load}."
    yield from ("", f"{rows:,} rows, goals {SECONDS} s and {MEGABYTES} MB", "")
    yield "| step | seconds | processor seconds | memory, MB | |"
    yield "| --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
        environment = os.environ | {"ARCHIVE_DATA": folder}
        for name, what in STAGES.items():
            done = stage(name, rows, form, environment)
            kept = done["wall"] <= SECONDS and done["memory"] <= MEGABYTES
            figures = f"{done['wall']:.1f} | {done['cpu']:.1f} | {done['memory']:.0f}"
            yield f"| {what}{done['more']} | {figures} | {'kept' if kept else 'MISSED'} |"


def stage(name: str, rows: int, form: str, environment: dict[str, str]) -> dict[str, Any]:
    """Run one stage in a process of its own; what it measured."""
    line = [sys.executable, "-m", "benchmarks.stage", "exchange", name, str(rows), form]
    done = subprocess.run(line, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

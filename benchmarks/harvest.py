"""A whole harvest of an invented archive, over the wire, beside a bare WSGI application that sends the same bytes.

    ./run bench harvest --records 10000 --keep

One worker of the real server answers one harvester, which reads every part and asks for the next. With DATABASE_URL,
which must name an empty PostgreSQL, it measures there. `--keep` writes the table to RESULTS.md, in the place of the
one before.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.search import keep, on_postgresql, stage
from benchmarks.server import Server

FORMATS = ("oai_dc", "datacite", "mods", "testimony")
# What the harvester does in passing; reading the parts as XML would cost it more than the server takes to make them.
TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)<")
DEEP = 10  # of so many parts, the first and the last are compared


@dataclass(frozen=True, slots=True)
class Taken:
    """One harvest: its records, its requests, the bytes of their answers, and the seconds that each took."""

    records: int
    size: int
    seconds: list[float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / sum(self.seconds)

    @property
    def slowing(self) -> float:
        """How much longer the last parts took than the first."""
        whole = self.seconds[:-1] or self.seconds  # the last part may be a small one
        return sum(whole[-DEEP:]) / sum(whole[:DEEP])


def main(arguments: list[str]) -> None:
    """Measure, print, and keep what was measured where that is asked for."""
    parser = argparse.ArgumentParser(prog="./run bench harvest")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--formats", default=",".join(FORMATS), help="prefixes, with commas")
    parser.add_argument("--keep", action="store_true", help="write the table to benchmarks/RESULTS.md")
    asked = parser.parse_args(arguments)
    lines = []
    for line in report(asked.records, asked.formats.split(",")):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        lines.append(line)
    if asked.keep:
        which = "" if asked.formats == parser.get_default("formats") else f" --formats {asked.formats}"
        keep(f"./run bench harvest --records {asked.records}{which}{on_postgresql()}", lines)


def report(records: int, prefixes: list[str]) -> Iterator[str]:
    """The table, line by line as it is measured."""
    day = datetime.now(UTC).date().isoformat()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    yield f"{day}, Python {platform.python_version()}, {os.cpu_count()} cores, load before {load}."
    yield ""
    yield "| harvest | requests | MB | requests a second | records a second | of bare WSGI | last parts / first |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
        environment = os.environ | {"ARCHIVE_DATA": folder}
        stage("fill", records, environment)
        body = Path(folder) / "part.xml"
        memory = []
        for prefix in prefixes:
            with Server("archive.wsgi:application", environment) as server:
                body.write_bytes(ask(server.connection(), first(prefix)))
                idle = server.memory()
                taken = harvest(server.connection(), prefix)
                memory.append((prefix, idle, server.memory()))
            if taken.records != records:
                raise SystemExit(f"{taken.records} records were harvested.")
            with Server("benchmarks.bare:application", environment | {"BARE_BODY": str(body)}) as server:
                bare = repeat(server.connection(), len(taken.seconds))
            yield (
                f"| {prefix} | {len(taken.seconds)} | {taken.size / 1_000_000:.1f} | {taken.rate:.1f} "
                f"| {taken.records / sum(taken.seconds):,.0f} | {taken.rate / bare.rate:.1%} | {taken.slowing:.2f} |"
            )
        yield ""
        yield "| harvest | memory of the worker after one part, MB | after the whole |"
        yield "| --- | --- | --- |"
        yield from (f"| {prefix} | {idle:.0f} | {after:.0f} |" for prefix, idle, after in memory)


def first(prefix: str) -> str:
    """The address of the first part."""
    return f"/oai?verb=ListRecords&metadataPrefix={prefix}"


def harvest(connection: HTTPConnection, prefix: str) -> Taken:
    """Take everything, part by part."""
    address, records, size, seconds = first(prefix), 0, 0, []
    while address:
        began = time.perf_counter()
        body = ask(connection, address)
        seconds.append(time.perf_counter() - began)
        records += body.count(b"<header>")
        size += len(body)
        token = TOKEN.search(body)
        asked = {"verb": "ListRecords", "resumptionToken": token[1].decode()} if token else {}
        address = f"/oai?{urlencode(asked)}" if asked else ""
    return Taken(records, size, seconds)


def repeat(connection: HTTPConnection, times: int) -> Taken:
    """Ask the same so many times."""
    size, seconds = 0, []
    for _ in range(times):
        began = time.perf_counter()
        size += len(ask(connection, "/oai"))
        seconds.append(time.perf_counter() - began)
    return Taken(0, size, seconds)


def ask(connection: HTTPConnection, address: str) -> bytes:
    """One answer."""
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{address} answered {response.status}")
    return body

"""The whole archive as files, on invented archives: how long it takes, and that its memory does not grow.

    ./run bench export --sizes 1000,10000

Each size has an archive of its own, and each export a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from benchmarks.timing import peak_memory


def main(arguments: list[str]) -> None:
    """Measure each size, twice: the same state has to give the same bytes."""
    parser = argparse.ArgumentParser(prog="./run bench export")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of testimonies, with commas")
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.stage:
        stage(asked.stage, int(asked.sizes))
        return
    print("| testimonies | seconds | a second | peak memory, MB | files, MB | same bytes |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in map(int, asked.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
            environment = os.environ | {"ARCHIVE_DATA": folder}
            in_a_process("fill", size, environment)
            first, second = (in_a_process("write", size, environment) for _ in range(2))
        same = "yes" if first["digests"] == second["digests"] else "NO"
        seconds, memory, files = first["seconds"], max(first["memory"], second["memory"]), first["size"] / 1_000_000
        print(f"| {size:,} | {seconds:.1f} | {size / seconds:,.0f} | {memory:.0f} | {files:.1f} | {same} |")


def in_a_process(name: str, size: int, environment: dict[str, str]) -> dict[str, float]:
    """Run one stage in a process of its own; what it measured."""
    code = f"from benchmarks.export import main; main(['--stage', '{name}', '--sizes', '{size}'])"
    line = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    done = subprocess.run(line, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def stage(name: str, size: int) -> None:
    """Fill an archive, or export it."""
    import time

    from django.core.management import call_command

    from benchmarks import corpus
    from testimonies.dataset import writing

    if name == "fill":
        call_command("migrate", verbosity=0)
        corpus.fill(size)
        print("{}")
        return
    before = time.perf_counter()
    export = writing.write()
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - before,
                "memory": peak_memory(),
                "size": sum(file.size for file in export.files),
                "digests": [file.sha256 for file in export.files],
            }
        )
    )

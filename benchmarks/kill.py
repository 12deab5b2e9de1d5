"""kill -9 at random moments of publishing and indexing: does the index that is left answer as a new one does?

    ./run bench kill --times 100

With DATABASE_URL, which must name an empty PostgreSQL, the archive is there.
"""

import argparse
import logging
import sys
import time

from django.core.management import call_command


def main(arguments: list[str]) -> None:
    """Kill so many times and say when it was; the first index that is not right ends it with its seed."""
    parser = argparse.ArgumentParser(prog="./run bench kill")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0, help="of the first; the others follow")
    asked = parser.parse_args(arguments)
    from testimonies.models.public import LogHead, Publication
    from testimonies.tests.search import killing

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    moments = killing.kill_often(asked.times, asked.seed)
    for moment, times in sorted(moments.items()):
        sys.stdout.write(f"killed {moment}: {times}\n")
    listed, number = Publication.objects.listed().count(), LogHead.objects.get().number
    sys.stdout.write(
        f"{moments.total()} kills in {time.monotonic() - began:.0f} s, {listed} testimonies listed, log at {number}: "
        "each time the index answered as one made from nothing.\n"
    )

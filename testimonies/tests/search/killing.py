"""kill -9 at random moments of publishing and indexing, and whether what is left answers as a new index does.

`./run bench kill --times 100` does it a hundred times; the tests do it a few times.
"""

import logging
import os
import random
import select
import signal
import time
from collections import Counter

from django.db import connections

from testimonies.search import entering, follow

from .contents import contents
from .series import Series

log = logging.getLogger(__name__)

STEPS = 400  # a process that nobody kills ends by itself
LONGEST = 0.6  # seconds until it is killed
LONGEST_COMMIT = 0.03
MOMENTS = {b"": "before anything", b"(": "while writing", b"c": "in a commit", b"m": "while merging", b")": "elsewhere"}


def kill(seed: int) -> str:
    """Kill a process that publishes; when that was, in a word. Raises AssertionError where the index is not right."""
    chance = random.Random(seed)
    connections.close_all()
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        publish_for_ever(seed, writes)
    os.close(writes)
    try:
        moment = wait(chance, reads)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.set_blocking(reads, False)
    for state in iter(lambda: os.read(reads, 1) if ready(reads) else b"", b""):
        moment = state
    os.close(reads)
    follow._held.clear()
    followed = follow.up_to_date()
    with follow.turn("making"):
        fresh = follow.made(None)
    assert contents(followed) == contents(fresh), seed
    return MOMENTS[moment]


def ready(reads: int) -> bool:
    """Whether there is something to read, or the end."""
    return bool(select.select([reads], [], [], 0)[0])


def wait(chance: random.Random, reads: int) -> bytes:
    """Wait until some moment: any, or one in the middle of a commit."""
    wanted = chance.choice([b"", b"c", b"c"])
    until = time.monotonic() + chance.uniform(0, LONGEST)
    state = b""
    while time.monotonic() < until or (wanted and state != wanted):
        if ready(reads):
            state = os.read(reads, 1)
            if not state:
                break
    time.sleep(chance.uniform(0, LONGEST_COMMIT) if wanted else 0)
    return state


def publish_for_ever(seed: int, writes: int) -> None:
    """What the child does: a series of acts, and now and then another index; it tells its parent how far it is."""
    try:
        tell_moments(writes)
        series = Series(seed)
        for _ in range(STEPS):
            series.step()
            follow.up_to_date()
            if series.chance.random() < 0.1:
                follow.make_anew()
    except Exception:
        log.exception("the child failed")
    finally:
        os._exit(0)  # nothing of the parent may go on here


def tell_moments(writes: int) -> None:
    """Say when the engine begins to write, to commit, to merge, and when it has done."""
    begin = entering.open_writer

    class Writer:
        def __init__(self, index):
            os.write(writes, b"(")
            self.writer = begin(index)

        def __getattr__(self, name):
            return getattr(self.writer, name)

        def commit(self):
            os.write(writes, b"c")
            self.writer.commit()
            os.write(writes, b"m")

        def wait_merging_threads(self):
            self.writer.wait_merging_threads()
            os.write(writes, b")")

    setattr(entering, "open_writer", Writer)  # noqa: B010


def kill_often(times: int, first: int = 0) -> Counter[str]:
    """Kill so many times; how often at which moment."""
    return Counter(kill(seed) for seed in range(first, first + times))

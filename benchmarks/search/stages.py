"""The stages of measuring one size, each in a process of its own so that its memory and its caches are its own.

    python -m benchmarks.stage search fill 10000

Each prints what it measured as one line of JSON. The archive is the one that ARCHIVE_DATA and DATABASE_URL name.
"""

import hashlib
import itertools
import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from benchmarks import corpus, pages
from benchmarks.timing import OwnMemory, peak_memory, size_of, timed

from .questions import COMMON, DEEP, QUESTIONS, Question

ROUNDS = 60  # how often each question is asked
PUBLISHED = 12
PAGES = {
    "common": "/testimonies/?q=bread",
    "middle": "/testimonies/?q=suitcase",
    "deep": "/testimonies/?q=bread&page=500",
    "facets": "/testimonies/?q=bread&language=en",
}

Measured = dict[str, Any]


def fill(size: int) -> Measured:
    """Write the archive."""
    from testimonies import watch

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    wall, cpu = time.perf_counter(), time.process_time()
    corpus.fill(size)
    watch.know_the_tables()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "memory": peak_memory()}


def build(size: int) -> Measured:
    """Make the index on one core."""
    from testimonies.search import follow

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {random.choice(sorted(os.sched_getaffinity(0)))})
    wall, cpu = time.perf_counter(), time.process_time()
    with OwnMemory() as held:
        follow.make_anew()
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "memory": held.most or peak_memory(),
        "mapped": peak_memory(),
        "megabytes": size_of(Path(settings.ARCHIVE_DATA) / "search"),
    }


def ask(size: int) -> Measured:
    """Ask the engine every kind of question, in turn, so that what else the machine does is spread over all."""
    acts = {one.name: engine(one) for one in QUESTIONS}
    answers = {name: act() for name, act in acts.items()}
    times: dict[str, Any] = {}
    rounds = ROUNDS if size < 1_000_000 else ROUNDS // 2
    for name, act in acts.items():
        times[name] = asdict(timed(itertools.repeat(act, rounds))) | {"total": answers[name].total}
    return {"questions": times, "memory": peak_memory(), "digest": digest(answers)}


def digest(answers: dict[str, Any]) -> str:
    """The same for archives that answer every question alike: totals, order of the page, counts of all facets."""
    said = [
        (name, found.total, found.keys, {facet: sorted(one.items()) for facet, one in sorted(found.counts.items())})
        for name, found in answers.items()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def engine(question: Question) -> Callable[[], Any]:
    """The engine's part of one question: matches, total, counts of every facet of the page, and the best twenty."""
    from testimonies.search import asking, follow, names, queries
    from testimonies.search import question as asked
    from testimonies.search.parse import parse
    from testimonies.search.query import counted_facets

    nodes = parse(question.typed).nodes
    facets = counted_facets(asked.Question(chosen=question.chosen))

    def act() -> Any:
        held = follow.up_to_date()
        lookup = queries.Lookup(held.languages, names.current().matching)
        return asking.ask(
            held.searcher,
            nodes,
            question.chosen,
            lookup,
            sort=question.sort,
            offset=question.offset,
            limit=20,
            facets=facets,
        )

    return act


def page(size: int) -> Measured:
    """Whole pages beside a bare Django page, in processor time of one request."""
    logging.disable(logging.CRITICAL)
    with override_settings(ROOT_URLCONF="benchmarks.pages", WATCH_THE_LOG=False):
        from archive.wsgi import django

        bare = pages.cpu(django, itertools.repeat("/hello/"))
        made = {}
        for name, address in PAGES.items():
            if name == "deep" and size < 2 * DEEP.offset / corpus.FREQUENT[COMMON.typed]:
                continue
            cpu = pages.cpu(django, (f"{address}&n={number}" for number in itertools.count()))
            made[name] = {"cpu": cpu, "times": cpu / bare, "sql": pages.sql(django, f"{address}&n=-1")}
        return {"bare": bare, "pages": made, "memory": peak_memory()}


def publish(size: int) -> Measured:
    """Publish testimonies one by one, each found before the next."""
    from testimonies import publishing
    from testimonies.search import follow
    from testimonies.tests import making

    logging.disable(logging.CRITICAL)
    follow.up_to_date()
    drafts = [making.a_testimony(f"We shared the bread and the tea number {number}.") for number in range(PUBLISHED)]

    def act(draft: Any) -> None:
        publishing.publish(draft, by=None)
        follow.up_to_date()

    return asdict(timed([lambda draft=draft: act(draft) for draft in drafts]))  # type: ignore[misc]


STAGES: dict[str, Callable[[int], Measured]] = {
    "fill": fill, "build": build, "ask": ask, "page": page, "publish": publish,
}  # fmt: skip


def main(arguments: list[str]) -> None:
    """Run the stage that was named."""
    name, size = arguments
    measured = STAGES[name](int(size))
    connection.close()
    sys.stdout.write(json.dumps(measured) + "\n")

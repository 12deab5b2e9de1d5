"""The stages of an import and an export, each in a process of its own so that its memory is its own.

    python -m benchmarks.stage exchange look 10000 csv

Each prints what it measured as one line of JSON. The archive is the one that ARCHIVE_DATA and DATABASE_URL name.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from benchmarks.corpus.words import language, passage
from benchmarks.timing import peak_memory

OF_ONE_SOURCE, OF_ONE_VOICE, PLACES, TAGS = 25, 3, 300, 80


def main(arguments: list[str]) -> None:
    """Run the stage that is named, and print what it took."""
    name, rows, form = arguments
    act = STAGES[name]
    wall, cpu = time.perf_counter(), time.process_time()
    more = act(int(rows), form)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "memory": peak_memory()}
    sys.stdout.write(json.dumps(took | {"more": f" ({more})" if more else ""}) + "\n")


def file_of(form: str) -> Path:
    """Where the file of this archive lies."""
    return Path(settings.ARCHIVE_DATA) / f"rows.{form}"


def make(rows: int, form: str) -> str:
    """An empty archive, and a file of invented testimonies."""
    from testimonies.exchange.exporting import FORMATS

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    data = FORMATS[form].write([row(number) for number in range(rows)])
    file_of(form).write_bytes(data)
    return f"{len(data) / 1_000_000:.1f} MB"


def row(number: int) -> dict[str, str]:
    """One invented testimony; it does not depend on how many others there are."""
    rng = random.Random(number)
    source, voice = number // OF_ONE_SOURCE, number // OF_ONE_VOICE
    there, elsewhere = voice % PLACES, rng.randrange(PLACES)
    day = f"{1990 + source % 30}-{1 + source % 12:02}-{1 + source % 28:02}"
    return {
        "key": f"bench-{number:06}",
        "quote_1": "\n\n".join(words(rng, "en") for _ in range(rng.randrange(1, 4))),
        "quote_1_introduction": f"According to voice {voice}",
        "quote_2": words(rng, "ru"),
        "quote_2_joined_by": "omission",
        "source_title": f"Article {source}",
        "source_publisher": f"The Courier {source % 20}",
        "source_date": day,
        "source_url": f"https://courier.example/{source}",
        "witness_name": f"Voice {voice}",
        "witness_described_as": f"Voice {voice} from place {there}",
        "place_1": f"Place {there}",
        "place_1_within": f"Country {there % 5}",
        "place_2": f"Place {elsewhere}",
        "place_2_relation": "speaks_of",
        "place_2_within": f"Country {elsewhere % 5}",
        "tags": "; ".join(f"Tag {one}" for one in sorted(rng.sample(range(TAGS), 3))),
        "spoken": day[:7],
        "basis_label": "Printed",
        "basis_kind": "already_published",
        "basis_statement": "Invented for measuring.",
        "translation_1": words(rng, "ru"),
        "translation_1_language": "ru",
    }


def words(rng: random.Random, spoken: str) -> str:
    """A paragraph."""
    return passage(rng, language(spoken), rng.randrange(20, 80), [])


def look(rows: int, form: str) -> str:
    """Hand the file in and look through it."""
    from testimonies.exchange import running

    batch = running.hand_in(file_of(form).read_bytes(), called="rows", form=form)
    running.step(batch)
    if batch.state != batch.State.READY:
        raise SystemExit(f"{batch.faults} {list(batch.rows.exclude(faults=[]).values_list('faults', flat=True)[:3])}")
    return ""


def carry(rows: int, form: str) -> str:
    """Import what was looked through."""
    from testimonies.exchange import running
    from testimonies.models.editorial import ImportBatch, Testimony

    batch = ImportBatch.objects.latest("pk")
    running.confirm(batch)
    running.step(batch)
    if Testimony.objects.count() != rows:
        raise SystemExit(f"{Testimony.objects.count()} testimonies were imported.")
    return ""


def again(rows: int, form: str) -> str:
    """Hand the same file in again, and import it."""
    from testimonies.models.editorial import ImportBatch, Testimony

    lines = Testimony.history.count()
    look(rows, form)
    carry(rows, form)
    changed = ImportBatch.objects.latest("pk").rows.exclude(outcome="same").count()
    if changed or Testimony.history.count() != lines:
        raise SystemExit(f"{changed} rows were not the same the second time.")
    return ""


def export(rows: int, form: str) -> str:
    """Export everything."""
    from testimonies.exchange import exporting
    from testimonies.models.editorial import Testimony

    return f"{len(exporting.export(Testimony.objects.all(), form)) / 1_000_000:.1f} MB"


def undo(rows: int, form: str) -> str:
    """Take the first import back."""
    from testimonies.exchange import undoing
    from testimonies.models.editorial import ImportBatch, Testimony

    undoing.undo(ImportBatch.objects.earliest("pk"))
    if Testimony.objects.exists():
        raise SystemExit("Testimonies are left.")
    return ""


STAGES: dict[str, Callable[[int, str], Any]] = {
    "make": make,
    "look": look,
    "carry": carry,
    "again": again,
    "export": export,
    "undo": undo,
}

"""How long it takes to verify words in an archive of many testimonies, some of them with earlier editions.

./run bench verify --size 10000
"""

import argparse
import copy
import hashlib
import itertools
import json
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management import call_command

from benchmarks import corpus
from benchmarks.timing import Spread, peak_memory

ROUNDS = 100
CORRECTED = 20  # every so many-th testimony has a second edition
SEED = 7


def main(arguments: list[str]) -> None:
    """Fill an archive, and verify words of every kind."""
    parser = argparse.ArgumentParser(prog="./run bench verify")
    parser.add_argument("--size", type=int, default=10_000, help="number of testimonies")
    asked = parser.parse_args(arguments)
    from testimonies import watch
    from testimonies.search import follow
    from testimonies.verifying import verify

    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    corpus.fill(asked.size)
    corrected = list(correct(asked.size))
    watch.know_the_tables()
    began = time.process_time()
    follow.make_anew()
    say(f"{asked.size:,} testimonies, {len(corrected):,} of them of two editions; index made in "
        f"{time.process_time() - began:.1f} s of processor time")  # fmt: skip
    rng = random.Random(SEED)
    for name, words in kinds(asked.size, corrected, rng).items():
        walls, answers = [], Counter[str]()
        for _round in range(ROUNDS):
            pasted = words()
            began = time.perf_counter()
            answers[verify(pasted, naan="99999").kind] += 1
            walls.append(time.perf_counter() - began)
        say(f"{name:32} {Spread.of(walls)!s:>22} ms   {dict(answers)}")
    say(f"memory {peak_memory():.0f} MB")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def correct(size: int) -> Iterator[tuple[int, str]]:
    """Give some testimonies a second edition with other words in a passage; yields their keys and the former words."""
    from testimonies.models.public import Edition, Passage, Publication

    for key in range(1, size + 1, CORRECTED):
        first = Edition.objects.get(publication=key)
        record: Any = copy.deepcopy(first.record)
        passage = record["segments"][0]["passages"][0]
        former = passage["text"]
        number = Publication.objects.get(pk=key).passages_numbered + 1
        passage |= {"text": f"Then everything went otherwise, number {key}.", "id": f"p{number}", "ours": []}
        digest = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
        second = Edition.objects.create(
            publication_id=key, number=2, published_at=first.published_at, record=record, digest=digest
        )
        Passage.objects.bulk_create(
            Passage(
                edition=second,
                number=one.number if one.order > 1 else number,
                order=one.order,
                text=one.text if one.order > 1 else passage["text"],
                language=one.language,
                translates=one.translates,
            )
            for one in first.passages.all()
        )
        Publication.objects.filter(pk=key).update(current_edition=second, passages_numbered=number)
        yield key, former


def kinds(size: int, corrected: list[tuple[int, str]], rng: random.Random) -> dict[str, Callable[[], str]]:
    """What is pasted, by its kind."""
    from testimonies.models.public import Passage

    def passage() -> str:
        while True:
            key = rng.randint(1, size)
            held = Passage.objects.filter(edition__publication=key, translates=None).order_by("-edition", "order")
            text: str = rng.choice(held[:3]).text
            if len(text.split()) > 6:
                return text

    def altered() -> str:
        words = passage().split()
        words[len(words) // 2] = "elephants"
        return " ".join(words)

    def shuffled() -> str:
        words = list(itertools.chain(passage().split(), passage().split()))
        rng.shuffle(words)
        return " ".join(words)

    def few() -> str:
        words = passage().split()
        start = rng.randint(0, len(words) - 5)
        return " ".join(words[start : start + 5])

    return {
        "a passage, word for word": passage,
        "five words of one": few,
        "a word altered": altered,
        "words of an earlier edition": lambda: rng.choice(corrected)[1],
        "the words of two, shuffled": shuffled,
        "twenty passages at once": lambda: "\n\n".join(passage() for _one in range(20)),
        "words that nobody said": lambda: " ".join(f"zz{rng.random()}" for _word in range(30)),
    }

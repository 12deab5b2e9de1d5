"""What the log tells, entered in the index: which entries an event may have changed, and their writing."""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import tantivy

from testimonies.models.public import Publication, PublicationEvent

from .entries import entries
from .index import SCHEMA, document
from .opened import Held, clear_left_over, reloaded

BATCH: Final = 1000
EVENTS_AT_ONCE: Final = 20_000
MEMORY: Final = 64_000_000

Key = TypeVar("Key")


def take_in(held: Held) -> Held:
    """Take in what the log has beyond the index, in commits that each end at a number; the caller holds the turn."""
    rows = ("number", "publication", "subject")
    while events := list(PublicationEvent.objects.after(held.number).values_list(*rows)[:EVENTS_AT_ONCE]):
        clear_left_over(held)
        with writing(held.index) as writer:
            for keys in in_batches(affected(events)):
                write(writer, keys, anew=False)
            mark(writer, events[-1][0])
        held = reloaded(held)
    return held


def affected(events: Iterable[tuple[int, int | None, str]]) -> list[int]:
    """The publications whose entries an event may have changed.

    Besides those that the events name: where a voice or a source was changed, all that come from it. Names of places,
    waves and tags stand in no entry.
    """
    events = list(events)
    touched = {publication for _, publication, _ in events if publication}
    subjects = {subject.partition(":")[::2] for _, publication, subject in events if not publication}
    for kind in ("witness", "source"):
        addresses = [address for found, address in subjects if found == kind]
        for some in in_batches(addresses):
            named = Publication.objects.filter(**{f"{kind}__identifier__in": some})
            touched.update(named.values_list("pk", flat=True))
    return sorted(touched)


def enter_all_listed(writer: tantivy.IndexWriter) -> Iterator[int]:
    """Enter everything listed in an empty index; gives the number of entries so far, batch by batch."""
    done = last = 0
    listed = Publication.objects.listed().order_by("pk").values_list("pk", flat=True)
    while keys := list(listed.filter(pk__gt=last)[:BATCH]):
        write(writer, keys, anew=True)
        done, last = done + len(keys), keys[-1]
        yield done


def write(writer: tantivy.IndexWriter, keys: Sequence[int], *, anew: bool) -> None:
    """Replace the entries of these publications; those that are not listed any more have none."""
    if not anew:
        # By a query: `delete_documents_by_term` takes a number for a signed one, and finds nothing.
        writer.delete_documents_by_query(tantivy.Query.term_set_query(SCHEMA, "key", list(keys)))
    for entry in entries(keys):
        writer.add_document(document(entry))


def mark(writer: tantivy.IndexWriter, number: int) -> None:
    """Say, in the same commit, which number of the log has been taken in."""
    writer.delete_documents_by_term("kind", "marker")
    marker = tantivy.Document()
    marker.add_text("kind", "marker")
    marker.add_unsigned("number", number)
    writer.add_document(marker)


def open_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """The engine's writer: one core is enough, the other one answers meanwhile."""
    return index.writer(heap_size=MEMORY, num_threads=1)


@contextlib.contextmanager
def writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed at the end, or not at all."""
    writer = open_writer(index)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


@contextlib.contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let the garbage collector come less often: what an entry is made of dies by itself (a sixth of the time)."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def in_batches(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The same keys, a batch at a time."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]

"""The index follows the publication log: catching up, making anew, and taking the old one's place whole.

The index is a pure function of the log up to a number, which a marker document holds and every commit replaces. Before
a question is answered that number is compared with the log's; what is missing is read and taken in under a file lock,
by whichever process comes first. So nothing has to be told anything, and a crash leaves an index that is behind, never
one that is wrong. Each server keeps its own under ARCHIVE_DATA/search; what is damaged, foreign, or made by other rules
of folding is made anew in a folder of its own and then takes the old one's place.
"""

import contextlib
import fcntl
import json
import logging
import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tantivy
from django.conf import settings

from testimonies.models.public import LogHead, Publication, PublicationEvent

from .entries import entries
from .index import RULES, SCHEMA, document, languages

BATCH: Final = 1000
EVENTS_AT_ONCE: Final = 20_000
MEMORY: Final = 64_000_000
# An archive of this many testimonies is indexed while somebody waits, a larger one beside the answers.
SMALL: Final = 5000

Progress = Callable[[int, int], None]

log = logging.getLogger("archive.search")
_threads = threading.Lock()
_held: dict[Path, "Held"] = {}


class IndexBeingMade(Exception):
    """Raised while a large archive has no index yet that could answer."""


class IndexDamaged(Exception):
    """Raised when a folder does not hold a whole index of ours."""


@dataclass(slots=True)
class Held:
    """An open index. `made_at` is the number of the log at which it was begun, `number` the one it has taken in."""

    folder: Path
    index: tantivy.Index
    epoch: str
    made_at: int
    number: int = -1
    searcher: Any = None
    languages: Sequence[str] = ()

    def reload(self) -> None:
        """See what has been committed, here or by another process."""
        self.index.reload()
        searcher = self.index.searcher()
        self.number = marked(searcher)
        self.languages = languages(searcher)
        self.searcher = searcher


def up_to_date() -> Held:
    """The index, with everything taken in that the log holds at this moment (one query where it was so already).

    Raises IndexBeingMade where a large archive has none yet.
    """
    number, epoch = LogHead.objects.values_list("number", "epoch").get(pk=1)
    held = current(epoch, number)
    if held is None:
        held = first_index()
    if held.number >= number:
        return held
    with turn("catching-up"):
        held.reload()
        erased = take_in(held)
    return without_what_was_erased(held) if erased else held


def without_what_was_erased(held: Held) -> Held:
    """The engine keeps the words of what it deleted; only another index does not hold them."""
    if Publication.objects.listed().count() <= SMALL:
        return make_anew()
    begin_to_make_anew()
    return held


def current(epoch: str, number: int) -> Held | None:
    """The index in use, opened or reloaded when another process has gone on; None where there is none to use."""
    root = place()
    try:
        name = (root / "current").read_text()
    except FileNotFoundError:
        return None
    with _threads:
        held = _held.get(root)
        try:
            if held is None or held.folder.name != name:
                held = _held[root] = opened(root / name)
            elif held.number < number:
                held.reload()
        except (IndexDamaged, OSError, ValueError) as damage:
            log.warning("index damaged: it is made anew", extra={"error": type(damage).__name__})
            _held.pop(root, None)
            return None
    return held if held.epoch == epoch and held.number <= number else None


def place() -> Path:
    """Where this server keeps its index."""
    root = Path(settings.ARCHIVE_DATA) / "search"
    root.mkdir(exist_ok=True)
    return root


def opened(folder: Path) -> Held:
    """The index in a folder; raises IndexDamaged where it is not whole, or made by other rules."""
    try:
        facts = json.loads((folder / "made.json").read_text())
        if facts["rules"] != RULES:
            raise IndexDamaged("It was made by other rules.")
        held = Held(folder, tantivy.Index(SCHEMA, str(folder)), facts["epoch"], facts["made_at"])
    except (OSError, ValueError, KeyError) as damage:
        raise IndexDamaged(str(damage)) from damage
    held.reload()
    return held


def marked(searcher: tantivy.Searcher) -> int:
    """The number of the log that the index has taken in."""
    found = searcher.search(tantivy.Query.term_query(SCHEMA, "kind", "marker"), 1).hits
    if not found:
        raise IndexDamaged("It has no marker.")
    return int(searcher.doc(found[0][1])["number"][0])


@contextlib.contextmanager
def turn(what: str, *, wait: bool = True) -> Iterator[bool]:
    """One process of this server at a time; without `wait` False where it is another's turn."""
    with (place() / f"{what}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def take_in(held: Held) -> bool:
    """Take in what the log has beyond the index, in commits that each end at a number; the caller holds the turn.

    Says whether there was an erasure among it.
    """
    erased = False
    while events := list(PublicationEvent.objects.after(held.number).values_list(*EVENT)[:EVENTS_AT_ONCE]):
        with writing(held.index) as writer:
            for keys in in_batches(affected(events)):
                write(writer, keys, anew=False)
            mark(writer, events[-1][0])
        held.reload()
        erased = erased or any(kind == PublicationEvent.Kind.ERASED for _, kind, _, _ in events)
    return erased


EVENT: Final = ("number", "kind", "publication", "subject")


def affected(events: Iterable[tuple[int, str, int | None, str]]) -> list[int]:
    """The publications whose entries an event may have changed.

    A vocabulary event of a voice or a source changes the entries of their publications; names of places, waves and
    tags stand in no entry.
    """
    touched = {publication for _, _, publication, _ in events if publication}
    subjects = {subject.partition(":")[::2] for _, _, publication, subject in events if subject and not publication}
    for kind in ("witness", "source"):
        addresses = [address for found, address in subjects if found == kind]
        named = Publication.objects.filter(**{f"{kind}__identifier__in": addresses})
        touched.update(named.values_list("pk", flat=True))
    return sorted(touched)


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


@contextlib.contextmanager
def writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """A writer whose work is committed at the end, or not at all."""
    writer = index.writer(heap_size=MEMORY, num_threads=1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()


def first_index() -> Held:
    """Make the first index: at once for a small archive, beside the answers for a large one."""
    if Publication.objects.listed().count() <= SMALL:
        return make_anew()
    begin_to_make_anew()
    raise IndexBeingMade


def begin_to_make_anew() -> None:
    """Make the index anew beside the answers."""
    threading.Thread(target=make_anew_if_nobody_does, name="index", daemon=True).start()


def make_anew_if_nobody_does() -> None:
    """Make the index anew, unless another process is at it."""
    with turn("making", wait=False) as ours:
        if ours:
            made(None)


def make_anew(progress: Progress | None = None) -> Held:
    """Make the index anew and put it in the old one's place; `progress` is told how many of how many are done."""
    with turn("making"):
        return made(progress)


def made(progress: Progress | None) -> Held:
    """Make an index in a folder of its own; the caller holds the turn."""
    root = place()
    number, epoch = LogHead.objects.values_list("number", "epoch").get(pk=1)
    folder = root / secrets.token_hex(8)
    folder.mkdir()
    (folder / "made.json").write_text(json.dumps({"rules": RULES, "epoch": epoch, "made_at": number}))
    index = tantivy.Index(SCHEMA, str(folder))
    total = Publication.objects.listed().count()
    done = 0
    with writing(index) as writer:
        for keys in listed_in_batches():
            write(writer, keys, anew=True)
            done += len(keys)
            if progress:
                progress(done, total)
        mark(writer, number)
    held = opened(folder)
    with turn("catching-up"):
        erased = take_in(held)
        if not erased:
            take_place(root, folder)
    if erased:  # while this one was made: it may hold the words
        shutil.rmtree(folder)
        return made(progress)
    with _threads:
        _held[root] = held
    log.info("index made", extra={"count": done})
    return held


def take_place(root: Path, folder: Path) -> None:
    """Let the folder be the index in use, and delete the others."""
    draft = root / f"current-{folder.name}"
    draft.write_text(folder.name)
    draft.replace(root / "current")
    for other in root.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def listed_in_batches() -> Iterator[list[int]]:
    """The keys of everything listed, in their order."""
    last = 0
    while keys := list(
        Publication.objects.listed().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield keys
        last = keys[-1]


def in_batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """The same keys, a batch at a time."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]

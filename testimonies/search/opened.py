"""An open index: what it was made by, how far it has followed the log, and whether its files are whole.

The engine notices a file that is cut short, not one with other bytes in the middle: from that it answers wrongly, or
ends the question with a panic. But it ends every file with a checksum of what stands before (CRC-32), so the files are
read once when a process meets them. They are never written again under their name.
"""

import contextlib
import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import tantivy

from testimonies.models.public import PublicationEvent

from . import asking, index

# What a segment consists of; one with deleted documents has a file of those beside it.
PARTS: Final = ("fast", "fieldnorm", "idx", "pos", "store", "term")
SUFFIXES: Final = frozenset(f".{part}" for part in (*PARTS, "del"))
WRITERS_LOCK: Final = ".tantivy-writer.lock"
# At the end of each file of the engine: the length of its footer, and this.
TAIL: Final = struct.Struct("<II")
MAGIC: Final = 1337
AT_ONCE: Final = 1 << 20

Seen = Mapping[str, tuple[int, int, int]]  # the files that were found whole, as they stood on the disk then


class IndexDamaged(Exception):
    """Raised when a folder does not hold a whole index of ours."""


@dataclass(frozen=True, slots=True)
class Held:
    """An open index as it stands at a number of the log; nothing in it changes, so that threads may share it.

    `made_at` is the number at which it was begun. With `holds_erased` words of an emptied edition are still somewhere
    in its files, though in no answer.
    """

    folder: Path
    index: tantivy.Index
    epoch: str
    made_at: int
    number: int = -1
    searcher: Any = None
    languages: Sequence[str] = ()
    files: Seen = field(default_factory=dict)
    holds_erased: bool = False

    def words(self, start: str = "") -> Iterable[tuple[str, int]]:
        """The words that begin so, with the number of entries that hold them; none that was erased.

        The engine cannot tell the words of what it deleted from others: while it holds erased ones it gives none.
        """
        return () if self.holds_erased else asking.words(self.searcher, start)


def opened(folder: Path) -> Held:
    """The index in a folder; raises IndexDamaged where it is not whole, or made by other rules."""
    with damage_named():
        facts = json.loads((folder / "made.json").read_text())
        if facts["rules"] != index.RULES:
            raise IndexDamaged("It was made by other rules.")
        files = whole_files(folder)
        (folder / WRITERS_LOCK).open("a").close()  # or nobody can write to it
        held = Held(
            folder=folder,
            index=tantivy.Index(index.SCHEMA, str(folder)),
            epoch=str(facts["epoch"]),
            made_at=int(facts["made_at"]),
            files=files,
        )
    return reloaded(held)


def reloaded(held: Held) -> Held:
    """The same index with everything that has been committed, here or by another process.

    Raises IndexDamaged where that is not whole. The caller holds the turn: nobody writes meanwhile.
    """
    with damage_named():
        files = whole_files(held.folder, known=held.files)
        held.index.reload()
        searcher = held.index.searcher()
        number, languages = marked(searcher), asking.languages(searcher)
    since = max(held.made_at, held.number)
    erased = held.holds_erased or PublicationEvent.objects.erasing().after(since).exists()
    return replace(held, number=number, searcher=searcher, languages=languages, files=files, holds_erased=erased)


@contextlib.contextmanager
def damage_named() -> Iterator[None]:
    """Call whatever the engine or a folder raises where something is amiss by one name."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error) as damage:
        raise IndexDamaged(f"{type(damage).__name__}: {damage}") from damage
    except BaseException as panic:
        if type(panic).__module__ != "pyo3_runtime":
            raise
        raise IndexDamaged(str(panic)) from panic


def marked(searcher: tantivy.Searcher) -> int:
    """The number of the log that the index has taken in."""
    found = searcher.search(tantivy.Query.term_query(index.SCHEMA, "kind", "marker"), 1).hits
    if not found:
        raise IndexDamaged("It has no marker.")
    return int(searcher.doc(found[0][1])["number"][0])


def clear_left_over(held: Held) -> None:
    """Delete what a process that was killed in a commit has left: the engine would stumble over it in the next one.

    The caller holds the turn, and has just reloaded.
    """
    for path in held.folder.iterdir():
        if path.suffix in SUFFIXES and path.name not in held.files:
            path.unlink()


def whole_files(folder: Path, *, known: Seen = MappingProxyType({})) -> Seen:
    """The files that the index consists of; raises where one is missing or not as it was written.

    Those that are `known` to be whole are read again only where they were touched since.
    """
    seen = {}
    for name in files_of(json.loads((folder / "meta.json").read_text())):
        status = (folder / name).stat()
        seen[name] = (status.st_ino, status.st_size, status.st_mtime_ns)
        if known.get(name) != seen[name] and not is_whole(folder / name):
            raise IndexDamaged(f"{name} is not as it was written.")
    return seen


def files_of(meta: dict[str, Any]) -> Iterator[str]:
    """The names of the files of every segment."""
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{part}" for part in PARTS)
        if deleted := segment["deletes"]:
            yield f"{name}.{deleted['opstamp']}.del"


def is_whole(path: Path) -> bool:
    """Whether the checksum at the end of a file is that of what stands before."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        length, magic = TAIL.unpack(held[-TAIL.size :])
        end = len(held) - TAIL.size - length
        if magic != MAGIC or end < 0:
            return False
        wanted = json.loads(held[end : -TAIL.size])["crc"]
        found = 0
        for start in range(0, end, AT_ONCE):
            found = zlib.crc32(held[start : min(start + AT_ONCE, end)], found)
        return bool(found == wanted)

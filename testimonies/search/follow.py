"""The index follows the publication log: catching up, answering, making anew, and taking the old one's place whole.

The index is a pure function of the log up to a number, which a marker document holds and every commit replaces. Before
a question is answered that number is compared with the log's; what is missing is read and taken in under a file lock,
by whichever process comes first. So nothing has to be told anything, and a crash leaves an index that is behind, never
one that is wrong. Each server keeps its own under ARCHIVE_DATA/search; what is damaged, foreign, or made by other rules
of folding is made anew in a folder of its own and then takes the old one's place. So is one from which words were
erased, because the engine keeps the words of what it deleted.
"""

import contextlib
import fcntl
import json
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, TypeVar

import tantivy
from django.conf import settings
from django.db import connections

from testimonies.models.public import LogHead, Publication

from .entering import collecting_seldom, enter_all_listed, mark, take_in, writing
from .index import RULES, SCHEMA
from .opened import Held as Held
from .opened import IndexDamaged, damage_named, opened, reloaded, whole_files

# An archive of this many testimonies is indexed while somebody waits, a larger one beside the answers.
SMALL: Final = 5000

Progress = Callable[[int, int], None]
Answer = TypeVar("Answer")

log = logging.getLogger("archive.search")
_held: dict[Path, Held] = {}
_maker: threading.Thread | None = None
# A forked process opens its own.
os.register_at_fork(after_in_child=_held.clear)


class IndexBeingMade(Exception):
    """Raised while a large archive has no index yet that could answer, and where another process is making it."""


# Asking


def answering(ask: Callable[[Held], Answer]) -> Answer:
    """What `ask` finds in the index, which has taken in everything that the log holds at this moment.

    Where asking fails and the files prove damaged, the index is made anew and asked once more; any other failure is
    passed on. Raises IndexBeingMade where a large archive has no index that could answer.
    """
    held = up_to_date()
    try:
        return ask(held)
    except BaseException:  # a panic of the engine is no Exception
        if is_still_whole(held):
            raise
    _held.pop(place(), None)
    return ask(up_to_date())


def up_to_date() -> Held:
    """The index, with everything taken in that the log holds at this moment (one query where it was so already).

    Raises IndexBeingMade where a large archive has none yet.
    """
    number, epoch = LogHead.objects.values_list("number", "epoch").get(pk=1)
    held = _held.get(place())
    if held is None or (held.number, held.epoch) != (number, epoch) or held.folder.name != name_in_use():
        held = caught_up()
    return anew(held) if held is None or held.holds_erased else held


def catch_up() -> None:
    """Take in what has just been published, before the editor's click returns; a failure is left to the next search."""
    try:
        up_to_date()
    except IndexBeingMade:
        pass
    except Exception:
        log.exception("index could not be caught up")


# Catching up


def caught_up() -> Held | None:
    """The index in use, opened where it was not, with everything taken in; None where there is none that could."""
    root = place()
    with turn("catching-up"):
        # Under the turn, so that what it is compared with is not older than the index.
        number, epoch = LogHead.objects.values_list("number", "epoch").get(pk=1)
        try:
            held = in_use(root)
            if held is None or held.epoch != epoch or held.number > number:
                return None
            _held[root] = held if held.number == number else with_all_taken_in(held)
        except IndexDamaged as damage:
            log.warning("index damaged: it is made anew", exc_info=damage)
            _held.pop(root, None)
            remove(root / "current")
            return None
        return _held[root]


def with_all_taken_in(held: Held) -> Held:
    """The index with everything taken in; as it stands where it cannot be written, because no disk is endless.

    What is behind finds less, and shows nothing more: whoever asks looks up what was found among what is listed.
    """
    try:
        return take_in(held)
    except (OSError, ValueError):
        if not is_still_whole(held):
            raise IndexDamaged("It was damaged while it was written.") from None
        log.exception("index could not be written")
        return reloaded(held)


def in_use(root: Path) -> Held | None:
    """The index that `current` names, with all that was committed to it; None where nothing is named."""
    name = name_in_use()
    if not name:
        if (root / "current").exists():
            raise IndexDamaged("The name of its folder is none.")
        return None
    held = _held.get(root)
    if held is not None and held.folder.name == name:
        return reloaded(held)
    clear_away(root, but=name)
    return opened(root / name)


def name_in_use() -> str:
    """The name of the folder that holds the index in use; empty where there is none."""
    try:
        name = (place() / "current").read_text()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.isalnum() else ""


def is_still_whole(held: Held) -> bool:
    """Whether what the index consists of is on the disk as it was written."""
    try:
        with damage_named():
            whole_files(held.folder)
    except IndexDamaged:
        return False
    return True


def place() -> Path:
    """Where this server keeps its index."""
    root = Path(settings.ARCHIVE_DATA) / "search"
    root.mkdir(exist_ok=True)
    return root


@contextlib.contextmanager
def turn(what: str, *, wait: bool = True) -> Iterator[bool]:
    """One process of this server at a time; without `wait` False where it is another's turn."""
    with lock_file(place() / f"{what}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def lock_file(path: Path) -> IO[str]:
    """A lock's file; what stands in its place and cannot be opened is taken away."""
    try:
        return path.open("w")
    except (IsADirectoryError, PermissionError) as error:
        log.warning("lock of the index cannot be opened: it is put anew", exc_info=error)
        remove(path)
        return path.open("w")


# Making anew


def anew(held: Held | None) -> Held:
    """An index made anew: at once for a small archive, beside the answers for a large one.

    Meanwhile `held` answers, from which words were erased; without one IndexBeingMade is raised.
    """
    if is_small():
        with turn("making"):
            return anothers() or fresh()
    begin_to_make_anew()
    if held is None:
        raise IndexBeingMade
    return held


def anothers() -> Held | None:
    """The index that another process has made while this one waited for its turn."""
    held = caught_up()
    return None if held is None or held.holds_erased else held


def is_small() -> bool:
    """Whether the archive is indexed in a moment."""
    return not Publication.objects.listed().order_by("pk")[SMALL : SMALL + 1].exists()


def begin_to_make_anew() -> None:
    """Make the index anew beside the answers, unless this process is at it."""
    global _maker
    if _maker is None or not _maker.is_alive():
        _maker = threading.Thread(target=make_anew_beside, name="index", daemon=True)
        _maker.start()


def make_anew_beside() -> None:
    """Make the index anew, unless another process is at it or has just done so."""
    try:
        with turn("making", wait=False) as ours:
            if ours and anothers() is None:
                fresh()
    except Exception:
        log.exception("index could not be made")
    finally:
        connections.close_all()


def make_anew(progress: Progress | None = None, *, wait: bool = True) -> Held:
    """Make the index anew and put it in the old one's place; `progress` is told how many of how many are done.

    Raises IndexBeingMade where another process is at it and `wait` is not wanted.
    """
    with turn("making", wait=wait) as ours:
        if not ours:
            raise IndexBeingMade
        return fresh(progress)


def fresh(progress: Progress | None = None) -> Held:
    """A new index in the old one's place; the caller holds the turn."""
    while True:
        held = made(progress)
        with turn("catching-up"):
            held = take_in(held)
            if not held.holds_erased:
                take_place(held)
                return held
        remove(held.folder)  # words were erased while it was made, and may be in it


def made(progress: Progress | None) -> Held:
    """A new index of all that is listed, in a folder of its own; the caller holds the turn."""
    root = place()
    clear_away(root, but=name_in_use(), ours=True)
    number, epoch = LogHead.objects.values_list("number", "epoch").get(pk=1)
    folder = root / secrets.token_hex(8)
    folder.mkdir()
    (folder / "made.json").write_text(json.dumps({"rules": RULES, "epoch": epoch, "made_at": number}))
    total = Publication.objects.listed().count() if progress else 0
    with collecting_seldom(), writing(tantivy.Index(SCHEMA, str(folder))) as writer:
        for done in enter_all_listed(writer):
            if progress:
                progress(done, total)
        mark(writer, number)
    return opened(folder)


def take_place(held: Held) -> None:
    """Let this index be the one in use, and delete the others; the caller holds both turns."""
    root = place()
    draft = root / f"current-{held.folder.name}"
    draft.write_text(held.folder.name)
    draft.replace(root / "current")
    _held[root] = held
    clear_away(root, but=held.folder.name, ours=True)
    log.info("index made", extra={"number": held.number})


def clear_away(root: Path, *, but: str, ours: bool = False) -> None:
    """Delete all other folders, unless somebody is making an index: what a killed process left holds words too."""
    with contextlib.nullcontext(True) if ours else turn("making", wait=False) as free:
        for other in list(root.iterdir()) if free else ():
            if other.name not in (but, "current") and other.suffix != ".lock":
                try:
                    remove(other)
                except OSError:
                    log.exception("old index could not be deleted")


def remove(path: Path) -> None:
    """Delete a file or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

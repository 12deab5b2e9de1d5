"""The number of the publication log, in memory that all server processes share.

Every public answer is a function of the log up to a number, so the number decides whether a reader's copy
still holds. Asking the database for it would cost more than the answer; here it is 20 bytes of a mapped file.

The file holds: number (8 bytes), epoch (8 bytes: which of several lives of the archive; zeros: not known) and
a CRC-32 of both, by which a reader notices a half-written state. Writers take turns by a file lock.
"""

import fcntl
import mmap
import os
import struct
import zlib
from pathlib import Path
from typing import Final

from django.conf import settings

UNKNOWN: Final = bytes(8)

_LAYOUT = struct.Struct("<Q8sL")
_maps: dict[Path, tuple[int, mmap.mmap]] = {}  # path → (inode, map)


def read() -> tuple[int, bytes]:
    """The number and the epoch. An epoch of zeros says that nobody has written them yet."""
    path = settings.ARCHIVE_DATA / "loghead"
    _, memory = _maps.get(path) or _open(path)
    return _unpack(memory) or _read_in_turn(path, memory)


def write(number: int, epoch: bytes, *, back: bool = False) -> None:
    """Tell all processes of this machine the number.

    Within an epoch the number only grows, so that who read it a moment ago cannot put it back. `back` allows
    it, for a database that was itself put back.
    """
    if len(epoch) != len(UNKNOWN):
        raise ValueError("An epoch has eight bytes.")
    path = settings.ARCHIVE_DATA / "loghead"
    memory = _current(path)
    with path.open("r+b") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        held = _unpack(memory)
        if held is None or held[1] != epoch or held[0] < number or back:
            memory[: _LAYOUT.size] = _pack(number, epoch)


def _pack(number: int, epoch: bytes) -> bytes:
    return _LAYOUT.pack(number, epoch, zlib.crc32(number.to_bytes(8, "little") + epoch))


def _unpack(memory: mmap.mmap) -> tuple[int, bytes] | None:
    """None while somebody is writing."""
    held = memory[: _LAYOUT.size]
    number, epoch, check = _LAYOUT.unpack(held)
    return (number, epoch) if zlib.crc32(held[:16]) == check else None


def _read_in_turn(path: Path, memory: mmap.mmap) -> tuple[int, bytes]:
    """Wait for the writer. If one died in the middle, nobody knows the number until the next one writes."""
    with path.open("rb") as turn:
        fcntl.flock(turn, fcntl.LOCK_SH)
        return _unpack(memory) or (0, UNKNOWN)


def _current(path: Path) -> mmap.mmap:
    """The map of the file that is there now, which may be another one after a restore."""
    inode, memory = _maps.get(path) or _open(path)
    try:
        same = path.stat().st_ino == inode
    except FileNotFoundError:
        same = False
    return memory if same else _open(path)[1]


def _open(path: Path) -> tuple[int, mmap.mmap]:
    """Map the file, made with number 0 and an unknown epoch when missing."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_size < _LAYOUT.size:
            os.pwrite(descriptor, _pack(0, UNKNOWN), 0)
        entry = (os.fstat(descriptor).st_ino, mmap.mmap(descriptor, _LAYOUT.size))
    finally:
        # The map keeps a duplicate of the descriptor, and with it the lock, unless that is given back first.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)
    _maps[path] = entry
    return entry

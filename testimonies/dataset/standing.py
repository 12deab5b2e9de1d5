"""Which export stands, and whether it may be served: it holds words, and words may be withdrawn.

An export is served as long as the publication log, since its number, tells of nothing but new testimonies and
editions. Whatever else happened, a withdrawal, an erasure, a name that was changed, ends it at that very moment, on
every server, without anything being told; then another one is made.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from testimonies.models.public import LogHead, PublicationEvent, today

# What may happen without a word of the export having to go.
HARMLESS: Final = (PublicationEvent.Kind.PUBLISHED, PublicationEvent.Kind.RENEWED)
# An editor who corrects ten records in a row makes one export necessary, not ten.
QUIET: Final = timedelta(minutes=1)
LONGEST_WITHOUT: Final = timedelta(hours=1)
# New testimonies alone can wait so long for the next export.
EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export, as its list of contents names it."""

    form: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Export:
    """The files of one state of the archive."""

    folder: Path
    number: int
    epoch: str
    at: datetime
    until: date | None
    counts: Mapping[str, int]
    files: tuple[File, ...]

    def path(self, file: File) -> Path:
        """Where a file lies."""
        return self.folder / file.name

    def named(self, name: str) -> File | None:
        """The file of a name, or the newest of a form."""
        return next((file for file in self.files if name in (file.name, file.form)), None)


def place() -> Path:
    """Where exports lie: beside the database, not among what is served by its name."""
    return Path(settings.ARCHIVE_DATA) / "exports"


def held() -> Export | None:
    """The export on this server, whatever has happened since; None where there is none that is whole."""
    try:
        name = (place() / "current").read_text(encoding="ascii")
        folder = place() / name
        told: dict[str, Any] = json.loads((folder / "contents.json").read_text(encoding="utf-8"))
        return Export(
            folder=folder,
            number=told["number"],
            epoch=told["epoch"],
            at=datetime.fromisoformat(told["at"]),
            until=date.fromisoformat(told["until"]) if told["until"] else None,
            counts=told["counts"],
            files=tuple(File(**one) for one in told["files"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def served() -> Export | None:
    """The export, if readers may have it now (two queries at most)."""
    export = held()
    return export if export and ended_at(export) is None else None


def ended_at(export: Export) -> datetime | None:
    """Since when an export may not be served; None as long as it may."""
    head = LogHead.objects.get(pk=1)
    if export.epoch != head.epoch or export.number > head.number:
        return head.at  # another life of the archive
    if export.until and export.until < today():
        return timezone.now() - QUIET  # a review is due: the clock hides, whether anybody noticed or not
    since = PublicationEvent.objects.after(export.number).exclude(kind__in=HARMLESS)
    return since.values_list("at", flat=True).first() if export.number < head.number else None


def is_due() -> bool:
    """Whether another export is to be made now: the old one may not be served, or is a day behind."""
    head, export, now = LogHead.objects.get(pk=1), held(), timezone.now()
    if export is None:
        return True
    ended = ended_at(export)
    if ended is None:
        return export.number < head.number and now - export.at > EVERY
    return now - head.at >= QUIET or now - ended > LONGEST_WITHOUT


def discard() -> None:
    """Delete the files of an export that may not be served any more; its list of contents says what there was."""
    export = held()
    if export and ended_at(export) is not None:
        for file in export.files:
            export.path(file).unlink(missing_ok=True)


def clear_away(*, but: str) -> None:
    """Delete the folders of all exports but one."""
    for folder in place().glob("log-*"):
        if folder.name != but:
            shutil.rmtree(folder, ignore_errors=True)

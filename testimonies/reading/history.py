"""The editions of a testimony, the newest first, with what changed from each to the next, word by word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_noop

from testimonies import languages, quotation
from testimonies.models.public import Edition
from testimonies.reading import quoted
from testimonies.reading.pieces import Day, day
from testimonies.reading.remembered import gettext as _

# The parts of a record that are compared as wholes: a reader is told that they changed, and reads them in the editions.
PARTS = (
    (gettext_noop("title"), ("title",)),
    (gettext_noop("voice"), ("witness",)),
    (gettext_noop("places"), ("places",)),
    (gettext_noop("waves"), ("waves",)),
    (gettext_noop("tags"), ("tags",)),
    (gettext_noop("dates"), ("dates", "events")),
    (
        gettext_noop("language"),
        ("language_printed", "language_spoken", "mode", "wording", "original_words_held"),
    ),
    (gettext_noop("source"), ("source",)),
    (gettext_noop("where in the source"), ("locator",)),
    (gettext_noop("notes"), ("context_note", "content_note", "lineage", "peculiarities")),
    (gettext_noop("rights and basis"), ("rights", "basis")),
    (gettext_noop("people who contributed"), ("contributors", "collection")),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: in both editions ("same"), only in the earlier ("gone") or only in the later ("new")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How one text changed: the quoted words or a translation, in the language `tag`."""

    label: str
    tag: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionEntry:
    """One edition of the history. `emptied` says when its words were taken out; `compared_with` is the edition before.

    `protects` says that the change protected somebody: then nothing else is said of it. `is_silent` says that a later
    change did: what earlier editions changed is not shown either, for the words side by side would tell.
    """

    number: int
    on: Day
    is_current: bool
    change_note: str
    emptied: Day | None
    protects: bool
    is_silent: bool
    compared_with: int | None
    differences: tuple[Difference, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The history of a testimony. `title` is that of the current edition."""

    identifier: str
    title: str
    entries: tuple[EditionEntry, ...]


def history_page(editions: Iterable[Edition], *, identifier: str, current_number: int) -> HistoryPage:
    """Return the history from all editions of a publication, in any order."""
    rows = sorted(editions, key=lambda edition: edition.number)
    entries = _entries([None, *rows], current_number)
    title = next((row.record["title"] for row in rows if row.number == current_number and row.record), "")
    return HistoryPage(identifier=identifier, title=title, entries=tuple(reversed(entries)))


def since(editions: Iterable[Edition], *, current_number: int) -> tuple[EditionEntry, ...]:
    """Return what changed after the first of some editions, step by step, the newest first."""
    rows = sorted(editions, key=lambda edition: edition.number)
    return tuple(reversed(_entries(rows, current_number)))


def _entries(rows: Sequence[Edition | None], current_number: int) -> list[EditionEntry]:
    """Return a line for each edition but the first, compared with the one before it."""
    protecting = max((row.number for row in rows[1:] if row and row.protects), default=0)
    return [_entry(row, before, current_number, protecting) for before, row in pairwise(rows) if row]


def _entry(edition: Edition, before: Edition | None, current_number: int, protecting: int) -> EditionEntry:
    """Return one line of the history; `protecting` is the number of the last edition that protected somebody."""
    pair = None
    if before and before.record and edition.record and edition.number > protecting:
        pair = (before.record, edition.record)
    return EditionEntry(
        number=edition.number,
        on=day(edition.published_at),
        is_current=edition.number == current_number,
        change_note=edition.change_note,
        emptied=day(edition.emptied_at) if edition.emptied_at else None,
        protects=edition.protects,
        is_silent=edition.number < protecting,
        compared_with=before.number if before and pair else None,
        differences=_differences(*pair) if pair else (),
        changed=_changed(*pair) if pair else (),
    )


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the texts that changed."""
    before, after = _texts(old), _texts(new)
    return tuple(
        Difference(label, tag, _runs(before.get((label, tag), ""), after.get((label, tag), "")))
        for label, tag in dict.fromkeys((*before, *after))
        if before.get((label, tag)) != after.get((label, tag))
    )


def _texts(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Return every text of a record that is compared word by word."""
    texts = {(_("The words"), record["language_printed"]): quoted.words_of(record)}
    for one in record["translations"]:
        label = _("Translation: %(language)s") % {"language": languages.name(one["language"])}
        texts[label, one["language"]] = "\n\n".join(passage["text"] for passage in one["passages"])
    return texts


def _runs(before: str, after: str) -> tuple[Run, ...]:
    """Return the word differences of two texts."""
    return tuple(Run(span.kind, span.text) for span in quotation.compare(before, after))


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the other parts that changed, by name."""
    return tuple(_(label) for label, keys in PARTS if any(old.get(key) != new.get(key) for key in keys))

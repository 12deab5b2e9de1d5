"""A plan to a change: everything in one transaction, each record with the first line of its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from testimonies.folding import fold_text
from testimonies.models.editorial import (
    ExchangeKey,
    ImportBatch,
    ImportedRecord,
    QuoteSegment,
    Testimony,
    TestimonyTag,
)
from testimonies.models.public import Contribution, Derivation, RecordedQuerySet, Source, Tag, Vocabulary, Witness

from .columns import DESCRIBED, FAMILIES
from .matching import Record
from .planning import CHUNK, Outcome, Plan, PlannedRow
from .states import State, rows_of

Tell = Callable[[int], None]
# What others lead to comes first.
ORDER = ImportedRecord.KINDS


class Overtaken(Exception):
    """Raised where somebody saved a testimony between the planning and the writing of its change."""


class Writer:
    """Writes one plan. `work` belongs into a transaction: a process that dies in it leaves the archive as it was.

    Words are folded before it begins, since on SQLite nobody else can save anything until it ends.
    """

    def __init__(self, plan: Plan, batch: ImportBatch, tell: Tell = lambda _done: None) -> None:
        self.plan, self.batch, self.tell = plan, batch, tell
        self.reason = str(_("Import %(number)d") % {"number": batch.pk})
        self.done = 0
        self.folded = {row.number: folded(_wanted(row)) for row in plan.rows if row.outcome == Outcome.CREATES}

    def work(self) -> None:
        """Records first, then the testimonies that need them, in chunks, then keys."""
        for kind in ORDER:
            self.make(kind, [record for record in self.plan.new if record.kind == kind])
        created = (row for row in self.plan.rows if row.outcome == Outcome.CREATES)
        while some := list(islice(created, CHUNK)):
            self.create(some)
            self.count(len(some))
        for row in self.plan.rows:
            if row.outcome == Outcome.CHANGES:
                self.change(row)
                self.count(1)
        keyed = [(one, {f"{one.kind}_id": one.pk}) for one in self.plan.keyed]
        self.enter(ExchangeKey, [ExchangeKey(kind=one.kind, key=one.key, **leads_to) for one, leads_to in keyed])

    def count(self, rows: int) -> None:
        """Say how far it is."""
        self.done += rows
        self.tell(self.done)

    def make(self, kind: str, records: list[Record]) -> None:
        """Make the records of a kind, those that others lie in first."""
        while records:
            later = [one for one in records if (parent := one.given.get("parent")) and parent.is_new]
            now = [one for one in records if one not in later] if later else records
            rows = [DESCRIBED[kind].model(**_by_attribute(DESCRIBED[kind].model, one.given)) for one in now]
            self.enter_records(kind, rows)
            for record, row in zip(now, rows, strict=True):
                record.pk = row.pk
            records = later
            self.enter(ImportedRecord, [ImportedRecord(batch=self.batch, kind=kind, record=row.pk) for row in rows])
            if kind == "source":
                self.make_parts_of(now)

    def enter_records(self, kind: str, rows: list[Any]) -> None:
        """Enter new records; a tag is given its address as it is saved."""
        for row in rows:
            if isinstance(row, Vocabulary):
                row.folded = fold_text(" ".join(row.names()))
        if kind == "tag":
            for row in rows:
                self.save(row, {})
        else:
            self.enter(DESCRIBED[kind].model, rows)

    def enter(self, model: Any, rows: list[Any]) -> None:
        """Enter new rows together, with their history where they have one."""
        if isinstance(model._default_manager.all(), RecordedQuerySet):
            model.objects.enter_many(rows, by=self.batch.by, reason=self.reason)
        else:
            model._base_manager.bulk_create(rows, batch_size=CHUNK)

    def make_parts_of(self, sources: list[Record]) -> None:
        """Who made the sources, and what they derive from."""
        for family, model in (("source_contributor", Contribution), ("source_derivation", Derivation)):
            rows: list[Any] = []
            for source in sources:
                for number, part in enumerate(source.parts.get(family, [])):
                    more = {"order": number} if model is Contribution else {}
                    rows.append(model(**_by_attribute(model, {"source": source, **part, **more})))
            self.enter(model, rows)

    def create(self, rows: list[PlannedRow]) -> None:
        """Make testimonies with their parts."""
        made = [
            Testimony(
                author=self.batch.by,
                version=1,
                folded=self.folded.pop(row.number),
                **_by_attribute(Testimony, _wanted(row).values),
            )
            for row in rows
        ]
        take_languages(made)
        lines = Testimony.objects.enter_many(made, by=self.batch.by, reason=self.reason)
        for line, row in zip(lines, rows, strict=True):
            line.tags_then = ", ".join(sorted(tag.name for tag in _wanted(row).tags))
        tagged = [line for line in lines if line.tags_then]
        Testimony.history.model.objects.bulk_update(tagged, ["tags_then"], batch_size=100)
        both = list(zip(made, rows, strict=True))
        for family, spec in FAMILIES.items():
            parts = [
                spec.model(testimony_id=testimony.pk, **_of_part(family, number, part))
                for testimony, row in both
                for number, part in enumerate(_wanted(row).parts[family])
            ]
            self.enter(spec.model, parts)
        tags = [(testimony, tag) for testimony, row in both for tag in _by_name(_wanted(row).tags)]
        self.enter(TestimonyTag, [TestimonyTag(content_object=testimony, tag_id=tag.pk) for testimony, tag in tags])
        keys = [ExchangeKey(kind="testimony", key=row.key, testimony_id=testimony.pk) for testimony, row in both]
        self.enter(ExchangeKey, keys)
        for testimony, row in both:
            row.testimony, row.version, row.wanted = testimony.pk, testimony.version, None

    def change(self, row: PlannedRow) -> None:
        """Change a draft, record by record: each keeps its history. Raises Overtaken."""
        wanted = _wanted(row)
        testimony = Testimony.objects.select_for_update(of=("self",)).get(pk=row.testimony)
        if testimony.version != row.version or testimony.status != Testimony.Status.DRAFT:
            raise Overtaken
        self.save(testimony, _by_attribute(Testimony, wanted.values))
        for family in FAMILIES:
            self.change_parts(testimony, family, wanted.parts[family])
        testimony.tags.set(Tag.objects.filter(pk__in=[tag.pk for tag in wanted.tags]))
        folded = fold_text(" ".join(testimony.words_to_find()))
        # Neither a version nor a line of the history: it only makes the new words findable.
        Testimony._base_manager.filter(pk=testimony.pk).update(folded=folded)
        row.version, row.wanted = testimony.version, None

    def change_parts(self, testimony: Testimony, family: str, wanted: list[dict[str, Any]]) -> None:
        """Let the parts of a testimony be these. Words are changed in place, so that their history goes on."""
        spec = FAMILIES[family]
        rows, new = rows_of(testimony, family), [_of_part(family, number, part) for number, part in enumerate(wanted)]
        if [{name: getattr(row, name) for name in part} for row, part in zip(rows, new, strict=False)] == new and len(
            rows
        ) == len(new):
            return
        kept = min(len(rows), len(new)) if spec.model is QuoteSegment else 0
        for row in rows[kept:]:
            row._history_user = self.batch.by
            row.delete()
        for row, part in zip(rows[:kept], new[:kept], strict=True):
            if any(getattr(row, name) != value for name, value in part.items()):
                self.save(row, part)
        for part in new[kept:]:
            self.save(spec.model(testimony=testimony), part)

    def save(self, row: Any, values: dict[str, Any]) -> None:
        """Save a row with these values and a line of its history."""
        for name, value in values.items():
            setattr(row, name, value)
        row._history_user, row._change_reason = self.batch.by, self.reason
        row.save()


def take_languages(testimonies: list[Testimony]) -> None:
    """Give new testimonies the language of their source where the file says none, as saving one by one would."""
    without = [one for one in testimonies if not one.language_printed and one.source_id]
    held = Source.objects.in_bulk({one.source_id for one in without}) if without else {}
    for one in without:
        one.language_printed = held[one.source_id].language


def folded(wanted: State) -> str:
    """The words by which a new testimony is found at the desk."""
    testimony = Testimony()
    # What its name is made of, so that the database is not asked for it.
    if (source := wanted.values["source"]) is not None:
        testimony.source = Source(title=source.name, publisher=(source.held or source.given).get("publisher", ""))
    if (witness := wanted.values["witness"]) is not None:
        testimony.witness = Witness(name=witness.name)
    return fold_text(" ".join([*testimony.words_to_find(), *(part["text"] for part in wanted.parts["quote"])]))


def _wanted(row: PlannedRow) -> State:
    """What a row wants; a row that is written wants something."""
    if row.wanted is None:
        raise ValueError(row.number)
    return row.wanted


def _by_attribute(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Values as a model takes them: records by their primary keys."""
    return {
        model._meta.get_field(name).attname: value.pk if isinstance(value, Record) else value
        for name, value in values.items()
    }


def _of_part(family: str, number: int, part: dict[str, Any]) -> dict[str, Any]:
    """The values of a part at its place among the others."""
    return _by_attribute(FAMILIES[family].model, part) | (
        {"order": number} if FAMILIES[family].model is QuoteSegment else {}
    )


def _by_name(tags: Iterable[Record]) -> list[Record]:
    return sorted(tags, key=lambda tag: tag.name)

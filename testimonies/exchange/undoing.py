"""Taking an import back while nothing of it was edited or published: the archive is then as it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from testimonies.models.editorial import ImportBatch, ImportedRecord, ImportRow, Testimony

from .columns import DESCRIBED
from .writing import ORDER

MOST_REASONS = 20
_CHUNK = 500


class Touched(ValueError):
    """Raised with the reasons why an import is not undone."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons[:MOST_REASONS]))
        self.reasons = reasons


def reasons_against(batch: ImportBatch) -> list[str]:
    """Why an import cannot be undone, in sentences; none where it can."""
    return [*_of_testimonies(batch), *_of_records(batch)]


def _of_testimonies(batch: ImportBatch) -> Iterator[str]:
    rows = batch.rows.filter(outcome=ImportRow.Outcome.CREATES).select_related(
        "testimony__witness", "testimony__source"
    )
    for row in rows.exclude(testimony=None).exclude(testimony__version=models.F("version")):
        yield _("Row %(row)d: “%(testimony)s” was edited or published since.") % {
            "row": row.number, "testimony": row.testimony}  # fmt: skip
    keys = set(rows.values_list("testimony_id", flat=True)) - {None}
    for testimony in Testimony.objects.filter(pk__in=used(Testimony, keys)):
        yield _("Something refers to “%(testimony)s” by now.") % {"testimony": testimony}


def _of_records(batch: ImportBatch) -> Iterator[str]:
    for kind, keys in made_by(batch).items():
        model = DESCRIBED[kind].model
        if not hasattr(model, "history"):
            continue
        for some in _in_chunks(keys):
            lines = model.history.filter(id__in=some).order_by().values("id").annotate(lines=models.Count("history_id"))
            for record in model.objects.filter(pk__in=[one["id"] for one in lines if one["lines"] > 1]):
                yield _("“%(record)s” (%(kind)s) was edited since.") % {
                    "record": record, "kind": model._meta.verbose_name}  # fmt: skip


@transaction.atomic
def undo(batch: ImportBatch) -> int:
    """Take away what an import made, with its history; what others use by now stays, and is counted.

    Raises Touched where something was edited or published. Drafts that the import changed stay changed: their
    history has what they were.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != batch.State.DONE:
        raise Touched([_("It was not imported, or was undone already.")])
    if reasons := reasons_against(batch):
        raise Touched(reasons)
    rows = batch.rows.filter(outcome=ImportRow.Outcome.CREATES)
    testimonies = set(rows.values_list("testimony_id", flat=True)) - {None}
    # Those of other imports too, which met what this one had made.
    for some in _in_chunks(testimonies):
        ImportRow.objects.filter(testimony__in=some).update(testimony=None)
    take_away(Testimony, testimonies)
    kept = sum(_take_away_unused(kind, keys) for kind, keys in made_by(batch).items())
    batch.made.all().delete()
    batch.state = batch.State.UNDONE
    batch.save(update_fields=["state"])
    return kept


def made_by(batch: ImportBatch) -> dict[str, set[int]]:
    """What an import made beside testimonies, in the order in which it can be taken away."""
    made: dict[str, set[int]] = {kind: set() for kind in reversed(ORDER)}
    for one in ImportedRecord.objects.filter(batch=batch):
        made[one.kind].add(one.record)
    return made


def _take_away_unused(kind: str, keys: set[int]) -> int:
    """Take away what nobody uses, until no more of it can go (places lie in one another); how many stay."""
    model = DESCRIBED[kind].model
    while keys and (free := keys - used(model, keys)):
        take_away(model, free)
        keys = keys - free
    return len(keys)


def used(model: Any, keys: Iterable[int]) -> set[int]:
    """Those records that something leads to which would not go with them."""
    found: set[int] = set()
    for relation in _relations(model):
        stays = relation.on_delete is not models.CASCADE or relation.related_model._meta.auto_created
        if stays and relation.related_model is not ImportRow:
            for some in _in_chunks(keys):
                found |= set(_rows(relation, some).order_by().values_list(relation.field.attname, flat=True))
    return found


def take_away(model: Any, keys: Iterable[int]) -> None:
    """Delete rows with what belongs to them and with their history, without a trace: they never were anybody's."""
    for some in _in_chunks(keys):
        for relation in _relations(model):
            if relation.on_delete is models.CASCADE:
                parts = _rows(relation, some)
                _forget(relation.related_model, parts.values_list("pk", flat=True))
                parts._raw_delete(parts.db)
        _forget(model, some)
        whole = model._base_manager.filter(pk__in=some)
        whole._raw_delete(whole.db)


def _forget(model: Any, keys: Any) -> None:
    if hasattr(model, "history"):
        lines = model.history.model.objects.filter(id__in=list(keys))
        lines._raw_delete(lines.db)


def _relations(model: Any) -> Iterator[Any]:
    """What leads to a record, the lines of histories apart."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not hasattr(relation.related_model, "history_date"):
            yield relation


def _rows(relation: Any, keys: list[int]) -> Any:
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})


def _in_chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]

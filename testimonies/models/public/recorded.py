"""Records of which every change is told: to the history, and to the log where readers see it."""

from typing import Any

from django.db import models


class RecordedQuerySet(models.QuerySet[Any]):
    """Rows that are saved one by one: what writes many at once passes by `save`, the history and the log."""

    def update(self, **kwargs: Any) -> int:
        """Refuse: no history row would be written."""
        raise TypeError(f"{self.model.__name__} is saved record by record, so that its history is whole.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse, as `update` does."""
        self.update()

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse, as `update` does."""
        self.update()

    def enter_many(self, records: list[Any], *, by: Any, reason: str) -> list[Any]:
        """Enter new rows together, each with the first line of its history; those lines are returned.

        `save` is passed by: what it fills is filled by the caller, and nothing that readers see may lead to the rows.
        """
        models.QuerySet.bulk_create(self, records, batch_size=500)
        if not hasattr(self.model, "history"):
            return []
        lines: list[Any] = self.model.history.bulk_history_create(
            records, batch_size=500, default_user=by, default_change_reason=reason
        )
        return lines


_FromQuerySet = models.Manager.from_queryset(RecordedQuerySet)


class RecordedManager(_FromQuerySet):
    """The door to records whose history is whole."""

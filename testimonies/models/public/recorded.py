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


RecordedManager = models.Manager.from_queryset(RecordedQuerySet)

"""Who has the page of a testimony open, so that two editors see each other."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from .testimony import Testimony

# The page says every half minute that it is still open.
PRESENT_FOR = timedelta(seconds=90)
KEPT_FOR = timedelta(days=1)


class PresenceManager(models.Manager["Presence"]):
    """Notes who is there, and tells who else is."""

    def note(self, testimony: Testimony, user: Any) -> None:
        """Somebody has the page open now; what is long past is forgotten on the way."""
        now = timezone.now()
        self.filter(testimony=testimony, seen_at__lt=now - KEPT_FOR).delete()
        self.update_or_create(testimony=testimony, user=user, defaults={"seen_at": now})

    def others(self, testimony: Testimony, user: Any) -> list["Presence"]:
        """Everybody else who has it open, by the day's order."""
        present = self.filter(testimony=testimony, seen_at__gt=timezone.now() - PRESENT_FOR)
        return list(present.exclude(user=user).select_related("user").order_by("user_id"))


class Presence(models.Model):
    """One editor at the page of one testimony."""

    testimony = models.ForeignKey(Testimony, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["testimony", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.testimony}"

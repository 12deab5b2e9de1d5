"""What the pages of the form for witnesses show."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# What may be wrong with the form itself; nothing that was typed is lost by any of them.
FAULTS = {
    "old": _("This form was open for very long. What you wrote stands below: please send it again."),
    "fast": _("That was very fast. What you wrote stands below: please look at it again, and send it."),
    "twice": _("This form was sent already, and we have it. If you meant to send another one, send it again."),
    "busy": _(
        "Very many have written just now. What you wrote stands below: please send it in an hour, or write to us by "
        "mail."
    ),
}


@dataclass(frozen=True)
class AskPage:
    """The form, a token for it, and what was wrong with the last one."""

    form: Any
    token: str
    fault: str

    @property
    def told(self) -> Any:
        """The fault in words."""
        return FAULTS.get(self.fault, "")


@dataclass(frozen=True)
class Sent:
    """The receipt."""

    receipt: str

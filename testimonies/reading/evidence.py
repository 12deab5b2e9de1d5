"""How a value is known, in words: stated in the source, inferred (and why), or from elsewhere (and from where)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from testimonies.reading.pieces import Link


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one value is known. `source` is the other source it comes from, to be linked after the sentence."""

    kind: str
    sentence: str
    source: Link | None = None


def evidence(basis: Mapping[str, Any] | None) -> Evidence | None:
    """Return the basis of a value in words, or None where the record gives none."""
    if not basis:
        return None
    source = basis.get("source")
    link = (
        Link("source", source["identifier"], source.get("title") or source["identifier"]) if source else None
    )
    return Evidence(
        kind=basis["kind"], sentence=_sentence(basis["kind"], _reason(basis.get("reason"))), source=link
    )


def _sentence(kind: str, reason: str) -> str:
    """Return the sentence of one kind of basis."""
    with_reason, without = {
        "stated": (_("Stated in the source: %(reason)s"), _("Stated in the source.")),
        "inferred": (_("Inferred by the editors: %(reason)s"), _("Inferred by the editors.")),
        "coarsened": (_("Less exact than it is known: %(reason)s"), _("Less exact than it is known.")),
    }.get(kind, (_("From another source: %(reason)s"), _("From another source.")))
    return with_reason % {"reason": reason} if reason else without


def _reason(text: str | None) -> str:
    """Return a reason as a sentence that can end a line."""
    reason = (text or "").strip()
    return reason if not reason or reason[-1] in ".!?…" else f"{reason}."

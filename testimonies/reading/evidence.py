"""How a value is known, in words: stated in the source, inferred (and why), or from elsewhere (and from where)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from testimonies.reading.pieces import Link, ended
from testimonies.reading.remembered import gettext

# With a reason, and without. A coarsened value is given less exactly than the editors know it, so as to protect.
SENTENCES = {
    "stated": (_("Stated in the source: %(reason)s"), _("Stated in the source.")),
    "inferred": (_("Inferred by the editors: %(reason)s"), _("Inferred by the editors.")),
    "elsewhere": (_("From another source: %(reason)s"), _("From another source:")),
    "coarsened": (_("Less exact than it is known: %(reason)s"), _("Less exact than it is known.")),
}


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
    with_reason, without = SENTENCES.get(basis["kind"], SENTENCES["elsewhere"])
    reason, source = ended(basis["reason"]), basis["source"]
    return Evidence(
        kind=basis["kind"],
        sentence=gettext(with_reason) % {"reason": reason} if reason else gettext(without),
        source=Link("source", source["identifier"], source["title"]) if source else None,
    )

"""Publications of others that cite a testimony, and the form by which a researcher registers one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from testimonies.models.public import CitingWork
from testimonies.reading.asking import FAULTS
from testimonies.reading.pieces import sentence


@dataclass(frozen=True, slots=True)
class CitedIn:
    """One publication, and what it cites: an edition, and a passage ("p3") where one is named."""

    reference: str
    year: int
    kind: str
    address: str
    edition: int
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPage:
    """The form, a token for it, and what was wrong with the last one."""

    identifier: str
    title: str
    form: Any
    token: str
    fault: str = ""

    @property
    def told(self) -> Any:
        """The fault in words."""
        return FAULTS.get(self.fault, "")


@dataclass(frozen=True, slots=True)
class Registered:
    """What is told after the form was sent."""

    identifier: str
    receipt: str


def cited_in(works: Iterable[CitingWork]) -> tuple[CitedIn, ...]:
    """Return publications as a page lists them."""
    return tuple(
        CitedIn(
            reference=work.reference,
            year=work.year,
            kind=sentence(work.get_kind_display()),
            address=work.address,
            edition=work.edition,
            passage=f"p{work.passage}" if work.passage else "",
        )
        for work in works
    )

"""The checks on the page of a testimony: its quotation, its likes, what it is found under, what readers will see."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from testimonies.checking import duplicates, found_under, leaks, quotations
from testimonies.models.editorial import Testimony
from testimonies.models.public import Source, Witness


@dataclass(frozen=True)
class Alike:
    """A record that may be the same, with the way to it."""

    sentence: str
    name: str
    detail: str
    address: str


@dataclass(frozen=True)
class Checks:
    """All that the page shows of them."""

    quotation: quotations.Report
    likenesses: list[Alike]
    found_under: list[found_under.Named]
    matrix: list[leaks.Row]


def checks(testimony: Testimony) -> Checks:
    """The checks of a testimony as it is saved."""
    return Checks(
        quotation=quotations.report(testimony),
        likenesses=[alike(one) for one in duplicates.likenesses(testimony)],
        found_under=found_under.found_under(testimony),
        matrix=leaks.leak_matrix(testimony),
    )


def alike(likeness: duplicates.Likeness) -> Alike:
    """A likeness with the address of the record's page."""
    record = likeness.record
    address = reverse(f"admin:testimonies_{record._meta.model_name}_change", args=(record.pk,))
    return Alike(likeness.sentence, str(record), detail(record), address)


def detail(record: Any) -> str:
    """What tells it from others of its name."""
    if isinstance(record, Witness):
        return record.described_as
    if isinstance(record, Source):
        return record.date_as_printed or record.date
    return str(record.get_status_display())

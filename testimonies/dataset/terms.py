"""What goes with every copy of the data: of which state it is, what may be done with it, and how it is cited."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings

from .snapshot import Moment
from .tables import TABLES

# In English alone: the bytes of an export do not depend on who asks for it.
TERMS: Final = (
    "The quoted words are the sources': the rights in them are said with each testimony (rights_of_words). The "
    "archive's own descriptions may be used under the licence named here. A press quotation is a press quotation: "
    "the voice was not asked by the archive, and nothing may be added to it. Testimonies can be withdrawn: whoever "
    "keeps a copy should look at the list of withdrawn ones (withdrawn) from time to time, take out what stands in "
    "it, and not try to find out who speaks."
)


def about(moment: Moment) -> dict[str, str | int]:
    """What every file says of itself."""
    archive = settings.ARCHIVE
    day = moment.at.date().isoformat()
    return {
        "archive": archive["name"],
        "address": f"{archive['url']}/",
        "log": moment.number,
        "date": day,
        "terms": TERMS,
        "licence_of_descriptions": archive["licence_url"],
        "citation": (
            f"{archive['name']}, all public testimonies as of number {moment.number} of its publication log ({day}). "
            f"{archive['url']}/data/"
        ),
        "contact": archive["contact"],
    }


def readme(moment: Moment) -> str:
    """The same to be read, with the tables."""
    return "\n".join([*lines(moment), ""])


def lines(moment: Moment) -> Iterator[str]:
    """The lines of the read-me."""
    told = about(moment)
    yield from (str(told["archive"]), "", f"All public testimonies as of number {told['log']} of the publication log,")
    yield from (f"{told['date']}, from {told['address']}", "", "Cite as", f"    {told['citation']}", "", "Terms")
    yield f"    {told['terms']}"
    yield f"    Licence of the descriptions: {told['licence_of_descriptions']}"
    yield f"    Questions, and requests of witnesses: {told['contact']}"
    yield from ("", "Tables (UTF-8; texts that a spreadsheet would take for formulas begin with an apostrophe)")
    for table in TABLES:
        yield from ("", f"{table.name}.csv", f"    {table.about}")
        yield from (f"    {name} ({kind.lower()}): {what}" for name, kind, what in table.columns)

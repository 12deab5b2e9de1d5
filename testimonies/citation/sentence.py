"""The citation in one plain sentence, as it stands under every testimony."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from testimonies import dates


def sentence(
    record: Mapping[str, Any],
    *,
    archive: str,
    edition: int,
    published_at: datetime,
    permalink: str,
    passage: str = "",
) -> str:
    """Return the citation of a testimony, or of one passage of it ("p3"), in the active language.

    `permalink` is the whole address of the testimony or of one edition, without a fragment.
    """
    witness, source = record["witness"]["name"], _source(record["source"])
    quoted = _("%(witness)s, quoted in %(source)s.")
    if record["wording"] != "verbatim":
        quoted = _("%(witness)s, retold by the archive from %(source)s.")
    if not source:
        quoted = _("%(witness)s.")
    held = _("%(archive)s, edition %(number)s, %(date)s.")
    if passage:
        held = _("%(archive)s, edition %(number)s, %(date)s, passage %(passage)s.")
    told = {
        "witness": witness,
        "source": source,
        "archive": archive,
        "number": edition,
        "date": date_format(published_at.astimezone(UTC), "j F Y"),
        "passage": passage,
    }
    return f"{quoted % told} {held % told} {permalink}{f'#{passage}' if passage else ''}"


def _source(source: Mapping[str, Any]) -> str:
    """Return the source by authors, title, publisher and date; empty where the record withholds it."""
    authors = _names([one["name"] for one in source["contributions"] if one["role"] == "author"])
    printed = dates.words(source["date"]) if source["date"] else ""
    title = f"“{source['title']}”" if source["title"] else ""
    return ", ".join(part for part in (authors, title, source["publisher"], printed) if part)


def _names(names: list[str]) -> str:
    """Return the authors as a reader expects them: all up to three, then the first and others."""
    if len(names) > 3:
        return _("%(name)s and others") % {"name": names[0]}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)

"""The description of an ARK: who, what, when, where (ERC, the Electronic Resource Citation of the ARK scheme)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from testimonies.reading.pieces import Day, day


@dataclass(frozen=True, slots=True, kw_only=True)
class ArkInfo:
    """What an ARK stands for, and what the archive promises of it. `permalink` is a whole address."""

    ark: str
    identifier: str
    who: str
    what: str
    when: Day
    edition: int
    permalink: str


def ark_info(
    record: Mapping[str, Any],
    *,
    naan: str,
    identifier: str,
    edition_number: int,
    published_at: datetime,
    permalink: str,
) -> ArkInfo:
    """Return the description of the testimony's ARK from the record of its current edition."""
    return ArkInfo(
        ark=f"ark:/{naan}/{identifier}",
        identifier=identifier,
        who=record["witness"]["name"],
        what=record["title"],
        when=day(published_at),
        edition=edition_number,
        permalink=permalink,
    )

"""What is said of ARKs: of one, who, what, when, where (ERC, the scheme's Electronic Resource Citation); of all."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage:
    """What the page about the archive says of its ARKs: their number, and whether that is only for trying out."""

    naan: str
    is_for_tests: bool


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

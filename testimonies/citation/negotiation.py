"""Which representation of a testimony an Accept header asks for (RFC 9110, 12.5.1): HTML unless it is plain.

Nothing is ever refused: whoever asks for what there is not gets the page, and with it the links to what there is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from testimonies.citation.formats import FORMATS

HTML = ""
PAGES = ("text/html", "application/xhtml+xml")
LONGEST = 1000

# The first row of a media type stands for it.
BY_TYPE = {form.media_type: form.key for form in reversed(tuple(FORMATS.values()))}

_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")


@lru_cache(maxsize=1024)
def negotiated(accept: str) -> str:
    """The key of the format, or HTML (""), for the value of an Accept header.

    Only a media type that is named in full asks for a format. It must be wanted more than HTML, and no less than
    anything (`*/*`): naming it was the more specific wish.
    """
    if len(accept) > LONGEST:
        return HTML
    wanted = dict(_read(accept))
    kind = max(FORMATS.values(), key=lambda form: wanted.get(form.media_type, 0)).media_type
    page = max(wanted.get(one, 0) for one in PAGES)
    anything = max((quality for one, quality in wanted.items() if "*" in one), default=0)
    quality = wanted.get(kind, 0)
    return BY_TYPE[kind] if quality > page and quality >= anything else HTML


def _read(accept: str) -> Iterator[tuple[str, float]]:
    """The media types with how much each is wanted; what cannot be read asks for nothing."""
    for part in accept.split(","):
        kind, *parameters = (one.strip().lower() for one in part.split(";"))
        quality = next((one[2:].strip() for one in parameters if one.startswith("q=")), "1")
        yield kind, float(quality) if _QUALITY.fullmatch(quality) else 0

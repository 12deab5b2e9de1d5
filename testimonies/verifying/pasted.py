"""What somebody has pasted: stretches of it that may be the quotation, the whole first."""

import re
from collections.abc import Iterator

from testimonies.analysis import analyse

# Fewer words than these stand in too many texts for an answer to mean anything.
FEWEST_WORDS = 3
MOST_STRETCHES = 5

# Signs of quotation, each with what may close it.
_PAIRS = (
    ("“", "”"),
    ("„", "“”"),
    ("«", "»"),
    ("»", "«"),
    ("\"", "\""),
    ("‘", "’"),
    ("‹", "›"),
    ("「", "」"),
    ("『", "』"),
)  # fmt: skip
_QUOTED = [re.compile(rf"{opening}([^{opening}{closing}]*)[{closing}](?!\w)") for opening, closing in _PAIRS]
# A line that says who spoke or where it was printed, under the words; a name with a colon before them.
_SIGNATURE = re.compile(r"\n\s*(?:[—–―]|--)[^\n]{1,200}\s*$")
_SPEAKER = re.compile(r"^\s*[^\n:“„«\"]{1,60}:\s+")
_QUOTE_SIGNS_OF_MAIL = re.compile(r"^[>|]+ ?", re.MULTILINE)
_LETTERS = re.compile(r"\w")


def stretches(text: str) -> Iterator[str]:
    """Yield what may be the quotation: the whole, then without what stands around it, then what is in its marks."""
    whole = _QUOTE_SIGNS_OF_MAIL.sub("", text).strip()
    seen = {""}
    quoted = [match[1].strip() for pattern in _QUOTED for match in pattern.finditer(whole)]
    quoted.sort(key=len, reverse=True)
    around = _SPEAKER.sub("", _SIGNATURE.sub("", whole))
    for one in (whole, around, *quoted[:MOST_STRETCHES]):
        if _letters(one) not in seen and count_words(one) >= FEWEST_WORDS:
            seen.add(_letters(one))
            yield one


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len({token.position for token in analyse(text)})


def _letters(text: str) -> str:
    """Return what makes two stretches the same."""
    return "".join(_LETTERS.findall(text)).casefold()

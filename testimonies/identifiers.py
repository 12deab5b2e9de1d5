"""Permanent identifiers: minting them, reading them as people type them, recognising mistyped ones.

An identifier is eight characters of the NOID "extended digits" alphabet (digits and consonants without "l",
so that no word and no look-alike comes out by chance): a letter, six characters drawn at random, and the
check character of the NOID Check Digit Algorithm (NOID, section "NCDA"), computed over the seven characters
before it.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
LENGTH = 8
# The number under which anybody may make ARKs for trying out: it belongs to nobody, and they do not last.
TEST_NAAN = "99999"

_LETTERS = ALPHABET[10:]
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_FORM = re.compile(f"[{_LETTERS}][{ALPHABET}]{{{LENGTH - 1}}}")
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_SEPARATORS = re.compile(r"[\s\-_\u2010-\u2015\u2212]+")
# Longer input is no identifier; reading on would only let a stranger make us work.
_LONGEST_TYPED = 64


class Chooser(Protocol):
    """What `mint` asks of a source of randomness: `secrets`, or a seeded `random.Random` in tests."""

    def choice(self, seq: Sequence[str], /) -> str:
        """Return one element of the sequence."""


def mint(rng: Chooser = secrets) -> str:
    """Return a new identifier. Whether it was given out before is the ledger's business."""
    stem = rng.choice(_LETTERS) + "".join(rng.choice(ALPHABET) for _ in range(LENGTH - 2))
    return stem + check_character(stem)


def check_character(stem: str) -> str:
    """Return the NCDA check character: the sum of each value times its place (from 1), modulo 29.

    29 is prime and larger than any place, hence every single wrong character and every swap of two is
    noticed. Raises KeyError for a character outside the alphabet.
    """
    return ALPHABET[sum(place * _VALUES[character] for place, character in enumerate(stem, 1)) % len(ALPHABET)]


def is_wellformed(text: str) -> bool:
    """Return whether this is an identifier, letter for letter, with the right check character."""
    return _FORM.fullmatch(text) is not None and check_character(text[:-1]) == text[-1]


def normalise(text: str) -> str:
    """Return what somebody typed as it would be printed: any case, hyphens, spaces, o for 0, i or l for 1.

    The answer need not be well-formed. Text longer than 64 characters comes back empty.
    """
    if len(text) > _LONGEST_TYPED:
        return ""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SEPARATORS.sub("", plain).translate(_LOOK_ALIKES)


def candidates(text: str) -> list[str]:
    """Return the identifiers that may have been meant: one slip of the keyboard away from the text.

    A slip is two neighbours swapped, one character wrong, lost or added. The likelier slips come first; an
    identifier that is well-formed already has no candidates.
    """
    typed = normalise(text)
    if is_wellformed(typed) or not LENGTH - 1 <= len(typed) <= LENGTH + 1:
        return []
    return list(dict.fromkeys(filter(is_wellformed, _one_slip_away(typed))))


def _one_slip_away(typed: str) -> Iterator[str]:
    """Yield every text of an identifier's length that one slip turns into `typed`."""
    places = range(len(typed))
    if len(typed) == LENGTH:
        yield from (typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in places[:-1])
        yield from (typed[:i] + character + typed[i + 1 :] for i in places for character in ALPHABET)
    elif len(typed) > LENGTH:
        yield from (typed[:i] + typed[i + 1 :] for i in places)
    else:
        yield from (typed[:i] + character + typed[i:] for i in range(len(typed) + 1) for character in ALPHABET)

"""Opening the letters that came through the public form."""

import json
from dataclasses import dataclass

from django.conf import settings

from testimonies import encryption, identifiers, pointers
from testimonies.models.public import CitingLetter, Letter

from .testimony import Testimony


@dataclass(frozen=True)
class Said:
    """What a letter says: of which testimony, who asks, how they can be answered, and why."""

    testimony: str = ""
    who: str = ""
    reply: str = ""
    ground: str = ""


def said_in(letter: Letter) -> Said:
    """What stands in a letter; raises DecryptionError where no key of ours opens it."""
    return Said(**json.loads(encryption.decrypt(letter.sealed)))


@dataclass(frozen=True)
class CitedAs:
    """What a letter says of a publication that cites a testimony, and how its sender can be answered."""

    kind: str = ""
    reference: str = ""
    year: int | None = None
    address: str = ""
    reply: str = ""


def cited_as(letter: CitingLetter) -> CitedAs:
    """What stands in a letter; raises DecryptionError where no key of ours opens it."""
    return CitedAs(**json.loads(encryption.decrypt(letter.sealed)))


def meant_by(said: Said) -> Testimony | None:
    """The testimony whose address or identifier the letter gives, where there is one."""
    identifier = identifier_in(said)
    return Testimony.objects.filter(publication__identifier=identifier).first() if identifier else None


def identifier_in(said: Said) -> str:
    """The identifier that the letter seems to give, in whatever spelling."""
    if pointer := pointers.read(said.testimony, naan=settings.ARCHIVE["naan"]):
        return pointer.name
    return identifiers.normalise(said.testimony.partition("?")[0].strip().rstrip("/").rpartition("/")[2])

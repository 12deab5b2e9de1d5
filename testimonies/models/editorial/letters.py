"""Opening the letters that came through the public form."""

import json
from dataclasses import dataclass

from testimonies import encryption, identifiers
from testimonies.models.public import Letter

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


def meant_by(said: Said) -> Testimony | None:
    """The testimony whose address or identifier the letter gives, where there is one."""
    identifier = identifiers.normalise(said.testimony.partition("?")[0].strip().rstrip("/").rpartition("/")[2])
    return Testimony.objects.filter(publication__identifier=identifier).first() if identifier else None

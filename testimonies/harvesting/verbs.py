"""The six verbs and their arguments, as data (OAI-PMH 2.0, section 4)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .errors import BadArgument, BadVerb


@dataclass(frozen=True, slots=True)
class Verb:
    """The arguments of a verb; with the `exclusive` one no other may be given, and nothing is required."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    exclusive: str = ""

    @property
    def known(self) -> tuple[str, ...]:
        """Every argument that it takes."""
        return (*self.required, *self.optional, *filter(None, [self.exclusive]))


SELECTING: Final = Verb(("metadataPrefix",), ("from", "until", "set"), "resumptionToken")
VERBS: Final[Mapping[str, Verb]] = {
    "GetRecord": Verb(("identifier", "metadataPrefix")),
    "Identify": Verb(),
    "ListIdentifiers": SELECTING,
    "ListMetadataFormats": Verb(optional=("identifier",)),
    "ListRecords": SELECTING,
    "ListSets": Verb(exclusive="resumptionToken"),
}
# How the schema of the protocol wants them written; what is written otherwise cannot be repeated in an answer.
WRITTEN: Final = {
    "metadataPrefix": re.compile(r"[A-Za-z0-9\-_.!~*'()]+"),
    "set": re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*"),
}
ANYTHING: Final = re.compile(r"[^\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """A verb with arguments that it takes."""

    verb: str
    arguments: Mapping[str, str]

    def get(self, name: str) -> str:
        """An argument; empty where it was not given."""
        return self.arguments.get(name, "")


def read(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question that was asked. Raises BadVerb or BadArgument with a sentence."""
    given = list(pairs)
    named = [value for name, value in given if name == "verb"]
    if not named:
        raise BadVerb("Name a verb, such as verb=Identify.")
    if len(named) > 1:
        raise BadVerb("Name one verb, once.")
    if named[0] not in VERBS:
        raise BadVerb(f"There is no such verb. The verbs are {', '.join(VERBS)}.")
    others = [(name, value) for name, value in given if name != "verb"]
    check(named[0], others)
    return Question(named[0], dict(others))


def check(name: str, given: list[tuple[str, str]]) -> None:
    """Refuse what the verb does not take, what was given twice, what is missing, and what is not well written."""
    verb, names = VERBS[name], [one for one, _ in given]
    if any(one not in verb.known for one in names):
        raise BadArgument(f"{name} takes {' and '.join(verb.known) or 'no arguments'}, and nothing else.")
    if repeated := [one for one in verb.known if names.count(one) > 1]:
        raise BadArgument(f"{repeated[0]} is given more than once.")
    if verb.exclusive in names and len(names) > 1:
        raise BadArgument(f"With {verb.exclusive} no other argument is given.")
    if verb.exclusive not in names and (missing := [one for one in verb.required if one not in names]):
        raise BadArgument(f"{missing[0]} is missing.")
    for one, value in given:
        if len(value) > LONGEST or not WRITTEN.get(one, ANYTHING).fullmatch(value):
            raise BadArgument(f"{one} is not written as it should be.")

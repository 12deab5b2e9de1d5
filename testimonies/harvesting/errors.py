"""What a harvester is told when it cannot be answered (OAI-PMH 2.0, section 3.6): one class a code."""

from typing import ClassVar


class ProtocolError(Exception):
    """Raised with a sentence for whoever reads the harvester's log."""

    code: ClassVar[str]
    # Whether the question may be repeated in the answer: what is no argument has no place there.
    repeats_arguments: ClassVar[bool] = True


class BadVerb(ProtocolError):
    """None of the six verbs, none at all, or more than one."""

    code = "badVerb"
    repeats_arguments = False


class BadArgument(ProtocolError):
    """An argument that is missing, unknown, repeated or not written as it should be."""

    code = "badArgument"
    repeats_arguments = False


class BadResumptionToken(ProtocolError):
    """A token that is none of ours, of another list, or too old."""

    code = "badResumptionToken"


class CannotDisseminateFormat(ProtocolError):
    """A format that there is not."""

    code = "cannotDisseminateFormat"


class IdDoesNotExist(ProtocolError):
    """An identifier under which nothing was ever published."""

    code = "idDoesNotExist"


class NoRecordsMatch(ProtocolError):
    """An empty list."""

    code = "noRecordsMatch"


class NoSetHierarchy(ProtocolError):
    """Nothing is published, so there are no sets."""

    code = "noSetHierarchy"

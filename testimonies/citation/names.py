"""Names as citations need them: whole, or with the family name apart where that is no guess."""

import re
from dataclasses import dataclass

# "Ann Onymous", "Ann B. Onymous": what stands last is the family name where given names are printed first.
_PLAIN = re.compile(r"(?P<given>[^\W\d_][\w'’\-]+(?: [^\W\d_]\.)*) (?P<family>[^\W\d_][\w'’\-]+)")
# In these languages the family name is printed first, and nothing in the name says so.
_FAMILY_FIRST = frozenset(("hu", "ja", "ko", "vi", "zh"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed. `family` and `given` are empty where the name is cited whole."""

    whole: str
    family: str = ""
    given: str = ""
    is_organisation: bool = False

    @property
    def inverted(self) -> str:
        """As it is sorted: "Onymous, Ann"; a name that is cited whole stays so."""
        return f"{self.family}, {self.given}" if self.family else self.whole

    @property
    def undivided(self) -> str:
        """As `inverted`, with a comma behind a whole name, so that neither Zotero nor EndNote takes it apart."""
        return self.inverted if self.family else f"{self.whole},"


def whole(name: str, *, is_organisation: bool = False) -> Name:
    """A name that is not taken apart: every voice has one display name, never a first and a last."""
    return Name(name, is_organisation=is_organisation)


def of_agent(name: str, kind: str, language: str) -> Name:
    """The name of a person or an organisation as a source in `language` prints it.

    Of people only two words, or two with initials between, are taken apart: in anything longer it would be a guess
    which belong to the family name, and in some languages it stands first.
    """
    match = _PLAIN.fullmatch(name)
    if kind == "organisation" or match is None or language.split("-")[0] in _FAMILY_FIRST:
        return whole(name, is_organisation=kind == "organisation")
    return Name(name, match["family"], match["given"])

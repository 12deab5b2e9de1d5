"""How many spellings of one name meet, and how many names that are not the same: the open fold cases.

The cases are forms with a language and a group; the forms of a group are one name. Groups whose names begin with x-
are near misses, which must stay apart. Aliases are left out, since editors enter them, and inflected forms, which are
the stemmer's.
"""

import csv
import itertools
import time
from dataclasses import dataclass
from pathlib import Path

from testimonies.folding import Keys, keys, meets
from testimonies.search.names import KINDS, Named, Names
from testimonies.search.parse import parse
from testimonies.search.suggest import offers

CASES = Path(__file__).parent.parent / "testimonies" / "tests" / "data" / "fold-cases.tsv"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, folded without knowing its language, as it is when somebody types it."""

    text: str
    group: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the pairs of one name that meet, numbers of pairs of different names that do; then what readers get."""

    pairs: int
    loose: float
    loose_false: int
    shape: float
    shape_false: int
    at_once: float
    with_offers: float
    microseconds: float


def forms() -> list[Form]:
    """The cases."""
    with CASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    left_out = ("alias", "inflected")
    kept = [row for row in rows if not any(one in row["language_script"] for one in left_out)]
    return [Form(row["form"], row["group"], keys(row["form"])) for row in kept]


def rates() -> Rates:
    """Measure."""
    known = forms()
    pairs, loose, shape, loose_false, shape_false = 0, 0, 0, 0, 0
    for one, other in itertools.combinations(known, 2):
        is_loose = meets(one.keys, other.keys)
        is_shape = is_loose or not one.keys.shape.isdisjoint(other.keys.shape)
        if one.group != other.group:
            loose_false, shape_false = loose_false + is_loose, shape_false + is_shape
        elif not one.group.startswith("x-"):
            pairs, loose, shape = pairs + 1, loose + is_loose, shape + is_shape
    at_once, offered = found([one for one in known if not one.group.startswith("x-")])
    return Rates(pairs, loose / pairs, loose_false, shape / pairs, shape_false, at_once, offered, cost(known))


def found(known: list[Form]) -> tuple[float, float]:
    """An archive of voices, each under the first form of its name: the share of other forms that find theirs.

    First at once, then where an offer that is followed counts too.
    """
    first = {one.group: one for one in reversed(known)}
    voices = Voices([Named("witness", group, one.text, one.text) for group, one in first.items()])
    typed = [one for one in known if one is not first[one.group]]
    at_once = [one for one in typed if one.group in voices.found(one.text)]
    offered = [one for one in typed if one not in at_once and one.group in voices.offered(one.text)]
    return len(at_once) / len(typed), (len(at_once) + len(offered)) / len(typed)


class Voices:
    """An archive that holds nothing but names of voices."""

    def __init__(self, called: list[Named]) -> None:
        self.names = Names({kind: lambda kind: called if kind == "witness" else [] for kind in KINDS})

    def found(self, text: str) -> set[str]:
        """The voices of which a name has every word."""
        words = [word for node in parse(text).nodes for word in str(node).split()]
        held = [{one.key for one in self.names.matching(word, ["witness"])} for word in words]
        return set.intersection(*held) if held else set()

    def offered(self, text: str) -> set[str]:
        """The voices that any of the offers finds."""
        made = offers(parse(text), self.names, dict, lambda other: bool(self.found(other)))
        return {key for offer in made for key in self.found(offer.text)}


def cost(known: list[Form]) -> float:
    """Microseconds of processor time to fold a word that is in no cache."""
    words = [f"{one.text}{number}" for number in range(10) for one in known]
    began = time.process_time()
    for word in words:
        keys.__wrapped__(word)
    return (time.process_time() - began) / len(words) * 1_000_000

"""What may be held already: the same words, the same source, the same voice. A warning, which joins nothing by itself.

Each question is answered by an index: the words are compared within one source, sources by the key of their address,
voices by the keys of their names. Of witnesses whose names are hidden only the name that readers know is compared.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from testimonies import texts
from testimonies.folding import fold_text
from testimonies.models.editorial import QuoteSegment, Testimony
from testimonies.models.public import Source, Witness, WitnessNameKey

# In hundredths; of rapidfuzz's token-set ratio on folded words, and before folding.
NEAR = 90
_ALIKE = 70
# Of fewer words than these each has to have its like: "We left." stands in many a longer quotation.
_FEW = 5
MOST_COMPARED = 2_000
MOST_SHOWN = 5


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same, and why."""

    record: Any
    sentence: str


def likenesses(testimony: Testimony) -> list[Likeness]:
    """What may be the same as the testimony, its source or its witness."""
    same = list(same_page(testimony.source)) if testimony.source else []
    sources = [testimony.source, *(one.record for one in same)] if testimony.source else []
    voices = same_name(testimony.witness, sources) if testimony.witness else ()
    return [*near_words(testimony, sources), *same, *voices]


def near_words(testimony: Testimony, sources: list[Source]) -> Iterator[Likeness]:
    """Other testimonies from the source, or from another entry of it, with nearly the same words."""
    own = words_of(QuoteSegment.objects.filter(testimony=testimony)).get(testimony.pk, "")
    if not own or not sources:
        return
    others = Testimony.objects.filter(source__in=sources).exclude(pk=testimony.pk).order_by("-pk")
    newest = list(others.values_list("pk", flat=True)[:MOST_COMPARED])
    held = words_of(QuoteSegment.objects.filter(testimony__in=newest))
    # Folding costs more than comparing: only those that are alike as they stand are folded.
    alike = process.extract(own, held, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=4 * MOST_SHOWN)
    folded = fold_text(own)
    near = [key for words, _score, key in alike if are_near(folded, fold_text(words))]
    found = Testimony.objects.filter(pk__in=near).select_related("witness", "source").order_by("pk")
    for one in found[:MOST_SHOWN]:
        yield Likeness(one, _("The same source has nearly the same words."))


def words_of(segments: QuerySet[QuoteSegment]) -> dict[int, str]:
    """The source's own words of some segments, in small letters, by their testimonies."""
    words: dict[int, list[str]] = defaultdict(list)
    for key, text in segments.order_by("testimony", "order", "pk").values_list("testimony", "text"):
        words[key].append(texts.source_words(text).casefold())
    return {key: " ".join(found) for key, found in words.items()}


def are_near(one: str, other: str) -> bool:
    """Whether two folded texts have nearly the same words, in whatever order."""
    few = min(len(set(one.split())), len(set(other.split()))) < _FEW
    ratio = fuzz.token_sort_ratio if few else fuzz.token_set_ratio
    return bool(other) and ratio(one, other) >= NEAR


def same_page(source: Source) -> Iterator[Likeness]:
    """Other sources whose address leads to the same page."""
    if source.address_key:
        others = Source.objects.filter(address_key=source.address_key).exclude(pk=source.pk).order_by("pk")
        for one in others[:MOST_SHOWN]:
            yield Likeness(one, _("Another source with the same address."))


def same_name(witness: Witness, sources: list[Source]) -> Iterator[Likeness]:
    """Other voices whose names may be spellings of one name; those heard in the same source first."""
    own = list(WitnessNameKey.objects.filter(witness=witness).values_list("key", flat=True))
    spelt = [key for key in own if not key.startswith("~")]
    found: dict[int, str] = {}
    for keys, sentence in (
        (spelt, _("Another voice whose name may be the same.")),
        ([key for key in own if key.startswith("~")], _("Another voice with a name that sounds alike.")),
    ):
        rows = WitnessNameKey.objects.filter(key__in=keys).exclude(witness=witness).values_list("witness", flat=True)
        for key in rows.distinct().order_by("witness")[: 20 * MOST_SHOWN]:
            found.setdefault(key, sentence)
    heard = Testimony.objects.filter(witness__in=found, source__in=sources).values_list("witness", flat=True)
    here = set(heard)
    ranked = sorted(found, key=lambda key: key not in here)
    voices = Witness.objects.in_bulk(list(islice(ranked, MOST_SHOWN)))
    for key in ranked[:MOST_SHOWN]:
        yield Likeness(voices[key], found[key])

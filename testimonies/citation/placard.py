"""What a link to a testimony shows of it as a picture: the words, and in any case whose, from where and of when.

Whether they may stand alone at all is for editors to say, of each testimony.
"""

from django.utils.translation import gettext as _

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.lettering.placard import LEFT_OUT, Placard


def placard(item: Item) -> Placard | None:
    """The placard of an item; None of what is no one person's words, or cannot be told or drawn in full."""
    if item.wording != "verbatim" or item.voice.is_collective or not (_outlet(item) and _date(item)):
        return None
    made = Placard(
        words=f" {LEFT_OUT} ".join(" ".join(one.text for one in segment.passages) for segment in item.segments),
        tag=item.language,
        whose=item.voice.name.whole,
        whence=_whence(item),
        held=f"{item.archive} · {item.permalink.partition('://')[2]}",
    )
    return made if made.can_be_set else None


def _whence(item: Item) -> str:
    """What it is, who brought it and when, in a line; what was invented for show is called so."""
    told = ", ".join((wording.kind(item), _outlet(item), _date(item)))
    return " ".join((_("Invented sample."), told)) if item.is_sample else told


def _outlet(item: Item) -> str:
    """Who printed the words, or in what; nothing where the source is withheld."""
    return item.source.publisher or item.source.title


def _date(item: Item) -> str:
    """The day of printing; of a recorded interview that of speaking, where it is known."""
    spoken = item.spoken.words if item.source.is_interview else ""
    return spoken or item.source.date.words

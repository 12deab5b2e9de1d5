"""The words that several formats share: what an item is, where it was quoted, which rights its parts have."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from testimonies.citation.item import Item, Rights
from testimonies.citation.names import Name

# What an item is, by the kind of its source. Only a recorded interview is an interview.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "press_article": gettext_noop("Press quotation"),
        "broadcast": gettext_noop("Quotation in a broadcast"),
        "web_page": gettext_noop("Quotation on a web page"),
        "book": gettext_noop("Quotation in a book"),
        "document": gettext_noop("Quotation in a document"),
        "interview": gettext_noop("Interview"),
        "letter": gettext_noop("Letter"),
    }
)

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "quotation": gettext_noop("Quoted words"),
        "translation": gettext_noop("Translation"),
        "description": gettext_noop("Description by the archive"),
        "portrait": gettext_noop("Portrait"),
        "scan": gettext_noop("Scan"),
    }
)


def kind(item: Item) -> str:
    """What the item is: "Press quotation", "Interview"."""
    if item.wording != "verbatim":
        return _("Paraphrase by the archive")
    return _(KINDS[item.source.kind]) if item.source.kind in KINDS else _("Quotation")


def names(given: tuple[Name, ...], *, at_most: int = 3) -> str:
    """Names in the printed order: all up to so many, else the first and others."""
    told = [name.whole for name in given]
    if len(told) > at_most:
        return _("%(name)s and others") % {"name": told[0]}
    if len(told) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(told[:-1]), "last": told[-1]}
    return "".join(told)


def printed(item: Item) -> str:
    """The source of the words in a line: authors, title, publisher, date of printing; empty where it is withheld."""
    source = item.source
    title = f"“{source.title}”" if source.title else ""
    return ", ".join(filter(None, (names(source.authors), title, source.publisher, source.date.words)))


def quoted_in(item: Item) -> str:
    """Where the words were quoted; nothing of an interview, which is itself the source, or where it is withheld."""
    line = "" if item.source.is_interview else printed(item)
    return _("Quoted in: %(source)s") % {"source": line} if line else ""


def rights(item: Item) -> tuple[str, ...]:
    """A line for each part of which something is known."""
    told = ((one, item.quotation_rights if one.part == "quotation" else one.uri) for one in item.rights)
    return tuple(part(one, uri) for one, uri in told if uri or one.holder)


def part(one: Rights, uri: str) -> str:
    """What may be done with one part, and whose it is."""
    name = _(PARTS[one.part]) if one.part in PARTS else one.part.replace("_", " ")
    return f"{name}: {', '.join(filter(None, (uri, one.holder)))}"


def described() -> str:
    """What the archive itself wrote."""
    return _(PARTS["description"])


def notes(item: Item) -> tuple[str, ...]:
    """Lines for reference managers, "Name: value" each, of what they have no field for."""
    spoken_at = [one.name for one in item.places if one.relation == "spoken_at"]
    lines = (
        # Zotero hands this on to citation styles, which print it where "interview" would stand.
        "" if item.source.is_interview else f"Genre: {kind(item)}",
        quoted_in(item),
        _("Name: a pseudonym") if item.voice.is_pseudonym else "",
        # Zotero reads this line into the place of an event.
        f"Place: {'; '.join(spoken_at)}" if spoken_at else "",
        f"Version: {item.edition}",
        f"ARK: {item.ark}",
    )
    return tuple(line for line in lines if line)

"""STYLES, the table of citations for people, in the language of the interface: one row and one function a style.

A recorded interview is cited as an interview, as citeproc does it from our CSL-JSON. Words that a source prints are
cited as quoted there: the day of printing stands with the source, never as the day of speaking, and whoever the
source says collected them is no interviewer (docs/decisions/0020-citations.md). Titles keep their letters: no style
changes the case of somebody else's words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from markupsafe import Markup, escape

from testimonies import dates
from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.moments import Moment, in_style, moment
from testimonies.citation.names import Name
from testimonies.citation.quoting import curled, in_double, in_single, unmarked

Dated = Callable[[Moment], str]

_ENDED = re.compile(r"[.?!…][’”]*(?:</i>)?$")
_STAYS_SMALL = re.compile(r"https?:|n\.d\.")
_HOLDS_ITS_COMMA = re.compile(r"(?:[,.?!…][’”]+|,)$")


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `key` stands in addresses; `write` gives HTML in which nothing but titles is marked, as italic."""

    key: str
    name: str | Promise
    write: Callable[[Item], Markup]


def plain(citation: Markup) -> str:
    """The citation without italics."""
    return str(citation.striptags())


def brief(item: Item) -> str:
    """What copied words bring along, before the address: voice, source, archive and edition."""
    cited = quoted(item, escape(wording.printed(item))) if is_quoted(item) else asked(item, at_most=2)
    return plain(sentences(listed(voice(item), cited), listed(item.archive, edition(item, british))))


# The styles


def chicago_note(item: Item) -> Markup:
    """Chicago, a note: everything between commas."""
    when, which = american(item.spoken), edition(item, american)
    if is_quoted(item):
        cited = quoted(item, printed(item, american, at_most=2))
        told = listed(voice(item), when, cited, passage(item), which)
    else:
        named = listed(voice(item), in_double(item.title, ","), asked(item, at_most=2))
        told = listed(named, which, when or _("n.d."), passage(item))
    return ended(listed(told, item.archive, item.cited_address))


def chicago(item: Item) -> Markup:
    """Chicago, an entry of a bibliography: sentence by sentence."""
    when, which = american(item.spoken), edition(item, american)
    if is_quoted(item):
        told = sentences(voice(item), when, quoted(item, printed(item, american)), passage(item), which)
    else:
        named = sentences(voice(item), in_double(item.title, "."), asked(item))
        told = spaced(named, sentences(which, when or _("n.d."), passage(item)))
    return spaced(told, sentences(item.archive, item.cited_address))


def apa(item: Item) -> Markup:
    """APA: the date behind the voice is that of speaking; that of printing stands behind who printed."""
    begun = sentences(voice(item), bracketed(backwards(item.spoken) or _("n.d.")))
    source = item.source
    if is_quoted(item):
        by = spaced(people(source.authors, _initialled, " & "), bracketed(backwards(source.date)))
        cited = quoted(item, listed(by, unmarked(source.title), italic(source.publisher)))
        told = sentences(f"[{wording.kind(item)}]", cited)
    else:
        what = f"[{wording.kind(item)}]"
        if names := people(item.interviewers, _initialled, " & "):
            role = _("Interviewers") if len(item.interviewers) > 1 else _("Interviewer")
            what = bracketed(listed(names, role))
        told = sentences(spaced(italic(unmarked(item.title)), what))
    return spaced(begun, told, ended(held(item, american)), item.cited_address)


def mla(item: Item) -> Markup:
    """MLA: what is held where stands between commas at the end."""
    container = capital(listed(passage(item), edition(item, abbreviated)))
    if is_quoted(item):
        cited = quoted(item, printed(item, abbreviated, at_most=2))
        begun = sentences(voice(item), abbreviated(item.spoken), cited)
        return spaced(begun, ended(listed(container, item.archive, item.cited_address)))
    begun = sentences(voice(item), in_double(item.title, "."), asked(item, at_most=2))
    return spaced(begun, ended(listed(container, abbreviated(item.spoken), item.archive, item.cited_address)))


def harvard(item: Item) -> Markup:
    """Harvard (Cite Them Right): the year behind the voice is that of speaking."""
    source = item.source
    begun = spaced(voice(item), bracketed(item.spoken.year or item.spoken.words or _("no date")))
    found = sentences(held(item, british), _("Available at: %(address)s") % {"address": item.cited_address})
    if is_quoted(item):
        by = people(source.authors, _sorted_with_initials)
        titled = in_single(source.title) if source.title else Markup()
        year = bracketed(source.date.year or source.date.words)
        cited = listed(spaced(by, year, titled) if by else spaced(titled, year), italic(source.publisher))
        return spaced(ended(listed(begun, quoted(item, listed(cited, day_and_month(source.date))))), found)
    told = listed(asked(item), british(item.spoken) if item.spoken.plain != item.spoken.year else "")
    return spaced(sentences(spaced(begun, in_single(item.title)), told), found)


def iso690(item: Item) -> Markup:
    """ISO 690: names in capitals, but not a label that stands for somebody unnamed."""
    source = item.source
    name = item.voice.name.whole
    begun = escape(name.upper()) if item.voice.is_named and not item.voice.is_pseudonym else voice(item)
    where = _("Available at: %(address)s") % {"address": item.cited_address}
    if is_quoted(item):
        cited = sentences(people(source.authors, _in_capitals), unmarked(source.title), italic(source.publisher))
        cited = spaced(cited, ended(british(source.date)))
        told = sentences(begun, british(item.spoken), quoted(item, cited))
        archive = escape(_("In: %(archive)s [online]")) % {"archive": italic(item.archive)}
        return spaced(told, sentences(archive, listed(edition(item, british), passage(item))), where)
    titled = escape(_("%(title)s [online]")) % {"title": italic(curled(item.title))}
    return spaced(sentences(begun, titled, asked(item), british(item.spoken), held(item, british)), where)


ROWS = (
    Style("chicago", gettext_lazy("Chicago, bibliography"), chicago),
    Style("chicago-note", gettext_lazy("Chicago, note"), chicago_note),
    Style("apa", "APA", apa),
    Style("mla", "MLA", mla),
    Style("harvard", "Harvard", harvard),
    Style("iso690", "ISO 690", iso690),
)

STYLES: Mapping[str, Style] = MappingProxyType({row.key: row for row in ROWS})


# What they have in common


def is_quoted(item: Item) -> bool:
    """Whether there is a source to be named in which the words are quoted; an interview is itself the source."""
    return not item.source.is_interview and bool(item.source.title or item.source.publisher)


def voice(item: Item) -> Markup:
    """Whose words they are; that a name is none is said."""
    name = {"name": item.voice.name.whole}
    return escape(_("%(name)s [pseudonym]") if item.voice.is_pseudonym else "%(name)s") % name


def quoted(item: Item, source: Markup) -> Markup:
    """Where they are quoted, or what the archive retells."""
    words = _("quoted in %(source)s") if item.wording == "verbatim" else _("retold by the archive from %(source)s")
    return escape(words) % {"source": source}


def printed(item: Item, dated: Dated, *, at_most: int = 10) -> Markup:
    """The source, as American styles have it: authors, “title,” publisher, date of printing."""
    source = item.source
    title = in_double(source.title, ",") if source.title else ""
    return listed(people(source.authors, at_most=at_most), title, italic(source.publisher), dated(source.date))


def asked(item: Item, *, at_most: int = 10) -> Markup:
    """By whom an interview was made; what else an item is that names no source."""
    if not item.source.is_interview:
        return escape(wording.kind(item))
    if not item.interviewers:
        return escape(_("interview"))
    return escape(_("interview by %(names)s")) % {"names": people(item.interviewers, at_most=at_most)}


def edition(item: Item, dated: Dated) -> Markup:
    """The edition with its day."""
    on = moment(f"{item.edition_published:%Y-%m-%d}")
    return escape(_("edition %(number)s (%(date)s)")) % {"number": item.edition, "date": dated(on)}


def passage(item: Item) -> Markup:
    """The passage, where one is cited."""
    return escape(_("passage %(name)s")) % {"name": item.passage} if item.passage else Markup()


def held(item: Item, dated: Dated) -> Markup:
    """Archive, edition and passage."""
    return listed(item.archive, edition(item, dated), passage(item))


# Names


def people(
    names: tuple[Name, ...], form: Callable[[Name], str] | None = None, last: str = "", *, at_most: int = 10
) -> Markup:
    """Names in a row, in the printed order unless a form is given; of more than so many the first."""
    told = [form(name) if form else name.whole for name in names]
    if not told:
        return Markup()
    if len(told) > at_most:
        return escape(_("%(name)s et al.")) % {"name": told[0]}
    *first, final = told
    if not first:
        return escape(final)
    both = last or pgettext("between the last two names", " and ")
    return escape(f"{', '.join(first)}{',' if len(first) > 1 else ''}{both}{final}")


def _initialled(name: Name) -> str:
    return f"{_initials(name)} {name.family}" if name.family else name.whole


def _sorted_with_initials(name: Name) -> str:
    return f"{name.family}, {_initials(name)}" if name.family else name.whole


def _in_capitals(name: Name) -> str:
    return f"{name.family.upper()}, {name.given}" if name.family else name.whole.upper()


def _initials(name: Name) -> str:
    return " ".join("-".join(f"{part[0]}." for part in one.split("-") if part) for one in name.given.split())


# Dates


def american(when: Moment) -> str:
    """October 2, 2021."""
    return in_style(when, pgettext("day in a citation, Chicago", "F j, Y"), "F Y")


def backwards(when: Moment) -> str:
    """2021, October 2."""
    return in_style(when, pgettext("day in a citation, APA", "Y, F j"), pgettext("month in a citation, APA", "Y, F"))


def british(when: Moment) -> str:
    """2 October 2021."""
    return in_style(when, pgettext("day in a citation, Harvard", "j F Y"), "F Y")


def abbreviated(when: Moment) -> str:
    """2 Oct. 2021: months of more than four letters are cut."""
    if len(when.plain) < 7:
        return british(when)
    year, number, *day = when.parts[0]
    month = {3: _("Mar."), 4: _("Apr.")}.get(number) or dates.in_pattern(date(year, number, 1), "N")
    return " ".join((*map(str, day), month, str(year)))


def day_and_month(when: Moment) -> str:
    """2 October: the year was said before."""
    return (
        in_style(when, pgettext("day in a citation, its year said before", "j F"), "F") if len(when.plain) > 4 else ""
    )


# Punctuation


def italic(text: str) -> Markup:
    """A title that stands for itself."""
    return Markup("<i>%s</i>") % text if text else Markup()


def bracketed(text: str | Markup) -> Markup:
    """In round brackets, where there is anything."""
    return Markup("(%s)") % text if text else Markup()


def capital(text: str | Markup) -> Markup:
    """With a capital, at the beginning of a sentence."""
    safe = escape(text)
    return safe[:1].upper() + safe[1:]


def ended(text: str | Markup) -> Markup:
    """With a full stop, if there is anything and it has none."""
    safe = escape(text)
    return safe if not safe or _ENDED.search(safe) else safe + "."


def spaced(*parts: str | Markup) -> Markup:
    """What there is, with spaces between."""
    return Markup(" ").join(part for part in parts if part)


def listed(*parts: str | Markup) -> Markup:
    """What there is, with commas between, but none behind a title that brings its own."""
    made = Markup()
    for part in filter(None, parts):
        made += (" " if _HOLDS_ITS_COMMA.search(made) else ", ") + escape(part) if made else escape(part)
    return made


def sentences(*parts: str | Markup) -> Markup:
    """What there is, each a sentence."""
    told = (part if _STAYS_SMALL.match(part) else capital(part) for part in parts if part)
    return spaced(*map(ended, told))

"""BibTeX and BibLaTeX. Neither knows interviews: `@misc` says the least that is wrong."""

import re

from testimonies.citation import wording
from testimonies.citation.item import Item
from testimonies.citation.names import Name

# What TeX takes for commands, by what it prints for it.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_TO_ESCAPE = re.compile("|".join(re.escape(character) for character in _SPECIAL))

Fields = dict[str, str]


def write_bibtex(item: Item) -> bytes:
    """An entry for BibTeX, in UTF-8."""
    dated = item.spoken.parts[0] if item.spoken.plain else ()
    parts = (item.archive, f"edition {item.edition}", f"{item.edition_published:%Y-%m-%d}", item.ark)
    held = ", ".join(filter(None, parts))
    return entry(
        item,
        {
            "howpublished": escaped(wording.quoted_in(item) or wording.kind(item)),
            "year": str(dated[0]) if dated else "",
            "month": str(dated[1]) if len(dated) > 1 else "",
            "note": escaped(held),
            "url": item.cited_address,
        },
    )


def write_biblatex(item: Item) -> bytes:
    """An entry for BibLaTeX: dates in EDTF, that of printing as the original one."""
    return entry(
        item,
        {
            "date": item.spoken.edtf if item.spoken.plain or item.spoken.is_about else "",
            "origdate": "" if item.source.is_interview else item.source.date.plain,
            "type": escaped(wording.kind(item)),
            "howpublished": escaped(wording.quoted_in(item)),
            "organization": braced(item.archive),
            "version": str(item.edition),
            "langid": item.language,
            "eprint": item.ark,
            "eprinttype": "ark" if item.ark else "",
            "url": item.cited_address,
            "note": escaped("; ".join(wording.rights(item))),
        },
    )


def entry(item: Item, fields: Fields) -> bytes:
    """The entry: who, what, and the fields of the dialect that are known."""
    made = {
        "author": people((item.voice.name,)),
        "title": braced(item.title),
        "interviewer": people(item.interviewers),
        "translator": people(item.translators),
        **fields,
        "keywords": escaped(", ".join(item.keywords)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in made.items() if value]
    return "\n".join((f"@misc{{{item.key},", *lines, "}", "")).encode()


def people(names: tuple[Name, ...]) -> str:
    """Names; a whole one in braces of its own, so that it is not taken apart."""
    return " and ".join(escaped(one.inverted) if one.family else braced(one.whole) for one in names)


def braced(text: str) -> str:
    """Text of which neither case nor order is changed."""
    return f"{{{escaped(text)}}}"


def escaped(text: str) -> str:
    """Text on one line as TeX prints it."""
    return _TO_ESCAPE.sub(lambda match: _SPECIAL[match[0]], " ".join(text.split()))

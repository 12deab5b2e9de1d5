"""The edition as plain text: its title, its words in their passages, what stands between them, and its address.

Double brackets are the archive's: what it left out, and what it says of the words. What the reporter says between them
stands in a line of its own, which begins with a dash and names the reporter.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from testimonies import languages
from testimonies.citation import wording
from testimonies.citation.item import Item, Segment


def write(item: Item) -> bytes:
    """The text in UTF-8."""
    return ("\n\n".join(paragraphs(item)) + "\n").encode()


def paragraphs(item: Item) -> Iterator[str]:
    """What stands between empty lines; what is not quoted is told apart, and the head says how."""
    yield f"{item.title}\n{legend()}"
    if item.is_sample:
        yield ours(_("This is an invented sample, not a testimony."))
    if item.passage:
        yield item.words
    else:
        for segment in item.segments:
            yield from joined(segment)
            yield from (one.text for one in segment.passages)
        for translation in item.translations:
            yield ours(_("Translation: %(language)s") % {"language": languages.name(translation.language)})
            yield from (one.text for one in translation.passages)
    yield "\n".join(filter(None, ("--", wording.quoted_in(item), held(item), *wording.rights(item), words_at(item))))


def legend() -> str:
    """How what is not quoted can be told from the words."""
    return _("[[Double brackets]]: the archive's own words. A line that begins “— The reporter:”: the reporter's.")


def ours(said: str) -> str:
    """What the archive says, marked as its own."""
    return f"[[{said}]]"


def joined(segment: Segment) -> Iterator[str]:
    """What stands before a run of quoted words."""
    if segment.joined_by:
        yield "[[…]]"
    if segment.introduction:
        yield _("— The reporter: %(words)s") % {"words": segment.introduction}


def words_at(item: Item) -> str:
    """The address of the edition, also in the file of the testimony: what is kept will not change with it."""
    return f"{item.edition_permalink}{f'#{item.passage}' if item.passage else ''}"


def held(item: Item) -> str:
    """Where the words are held, and in which edition."""
    told = {"archive": item.archive, "number": item.edition, "date": f"{item.edition_published:%Y-%m-%d}"}
    return _("%(archive)s, edition %(number)s, %(date)s") % told

"""TEI P5: the edition with its passages, what the archive put in, and where everything comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from testimonies.citation import wording
from testimonies.citation.item import Item, Passage, Segment, Translation
from testimonies.citation.markup import XML, Element, add, in_language, namespace, root, written

ADDRESS = "http://www.tei-c.org/ns/1.0"
TEI = namespace("", ADDRESS)
ID = f"{{{XML}}}id"


def write(item: Item) -> bytes:
    """The document."""
    made = root(f"{TEI}TEI")
    header(made, item)
    body = add(add(made, f"{TEI}text"), f"{TEI}body")
    in_language(body, item.language)
    quoted = add(body, f"{TEI}div", type="quotation" if item.wording == "verbatim" else item.wording)
    for segment in item.segments:
        run(quoted, segment)
    for translation in item.translations:
        translated(body, translation)
    # Indenting would put white space into the words.
    return written(made, indented=False)


def header(parent: Element, item: Item) -> None:
    """What is known of the document."""
    made = add(parent, f"{TEI}teiHeader")
    described(made, item)
    profile = add(made, f"{TEI}profileDesc")
    abstract = add(profile, f"{TEI}abstract")
    add(abstract, f"{TEI}p", item.description)
    used = add(profile, f"{TEI}langUsage")
    for tag in dict.fromkeys((item.language, *(one.language for one in item.translations))):
        add(used, f"{TEI}language", tag, ident=tag)
    if item.keywords:
        keywords = add(add(profile, f"{TEI}textClass"), f"{TEI}keywords")
        for word in item.keywords:
            add(keywords, f"{TEI}term", word)
    changed = add(made, f"{TEI}revisionDesc")
    edition = _("Edition %(number)s") % {"number": item.edition}
    add(changed, f"{TEI}change", edition, when=f"{item.edition_published:%Y-%m-%d}", n=str(item.edition))


def described(parent: Element, item: Item) -> None:
    """Title, edition, publication and source."""
    made = add(parent, f"{TEI}fileDesc")
    titled = add(made, f"{TEI}titleStmt")
    in_language(add(titled, f"{TEI}title", item.title), "en")
    add(titled, f"{TEI}author", item.voice.name.whole, ref=item.voice.address)
    for role, name in (
        *(("interviewer", one) for one in item.interviewers),
        *(("translator", one) for one in item.translators),
    ):
        responsible = add(titled, f"{TEI}respStmt")
        add(responsible, f"{TEI}resp", role)
        add(responsible, f"{TEI}name", name.whole)
    add(add(made, f"{TEI}editionStmt"), f"{TEI}edition", str(item.edition), n=str(item.edition))
    published = add(made, f"{TEI}publicationStmt")
    add(published, f"{TEI}publisher", item.archive)
    published[-1].set(ID, "archive")
    add(published, f"{TEI}date", when=f"{item.edition_published:%Y-%m-%d}")
    if item.ark:
        add(published, f"{TEI}idno", item.ark, type="ARK")
    add(published, f"{TEI}idno", item.edition_permalink, type="URI")
    available = add(published, f"{TEI}availability")
    for line in wording.rights(item):
        add(available, f"{TEI}p", line)
    sourced = add(made, f"{TEI}sourceDesc")
    source = item.source
    bibl = add(sourced, f"{TEI}bibl", type=source.kind)
    for name in source.authors:
        add(bibl, f"{TEI}author", name.whole)
    if source.title:
        in_language(add(bibl, f"{TEI}title", source.title), source.language)
    if source.publisher:
        add(bibl, f"{TEI}publisher", source.publisher)
    if source.date:
        add(bibl, f"{TEI}date", source.date.words, when=source.date.plain)
    if source.url:
        add(bibl, f"{TEI}ptr", target=source.url)
    if not len(bibl):
        bibl.text = wording.kind(item)


def run(parent: Element, segment: Segment) -> None:
    """A run of quoted words, with what stands before it."""
    if segment.joined_by:
        add(parent, f"{TEI}p")
        add(parent[-1], f"{TEI}gap", reason=segment.joined_by, resp="#archive")
    if segment.introduction:
        add(parent, f"{TEI}p", segment.introduction, rend="introduction")
    quote = add(parent, f"{TEI}quote")
    paragraphs(quote, segment.passages)


def translated(parent: Element, translation: Translation) -> None:
    """The words in another language, passage by passage."""
    made = add(parent, f"{TEI}div", type="translation", subtype="machine" if translation.by_machine else "")
    in_language(made, translation.language)
    paragraphs(made, translation.passages)


def paragraphs(parent: Element, passages: Iterable[Passage]) -> None:
    """Passages under their names; what the archive put in is marked as supplied by it."""
    for passage in passages:
        made = add(parent, f"{TEI}p", corresp=f"#{passage.of}" if passage.of else "")
        made.set(ID, passage.identifier)
        end, last = 0, None
        for start, stop in passage.ours:
            _text(made, last, passage.text[end:start])
            last = add(made, f"{TEI}supplied", passage.text[start:stop], resp="#archive")
            end = stop
        _text(made, last, passage.text[end:])


def _text(parent: Element, last: Element | None, text: str) -> None:
    """Put text behind the last child, or first."""
    if last is None:
        parent.text = text
    else:
        last.tail = text

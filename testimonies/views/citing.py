"""What researchers and their tools take along: citations, files, the head of a page, typed links, unAPI."""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from testimonies import identifiers
from testimonies.citation import json_ld, page_metadata, signposting
from testimonies.citation.formats import FORMATS, UNAPI, Format
from testimonies.citation.item import Item, item_of
from testimonies.citation.styles import STYLES, brief
from testimonies.forms import CiteForm, readable
from testimonies.lettering.placard import Placard
from testimonies.models.public import Edition, Publication
from testimonies.reading.citing import Choice, CiteBox, Cited, Head
from testimonies.views import addresses, answer, standing
from testimonies.views.errors import NotHere


@answer.read_only
def file(request: HttpRequest, identifier: str, form: str) -> HttpResponse:
    """One edition, or a passage of it, in one format; the current edition where none is named."""
    found = asked_for(identifier, CiteForm(request.GET))
    if isinstance(found, HttpResponse):
        return found
    if form not in FORMATS:
        raise no_such_format(found, FORMATS.values())
    return written(found, FORMATS[form])


@answer.read_only
def linkset(request: HttpRequest, identifier: str) -> HttpResponse:
    """The typed links of a testimony or an edition, and of its files, in one document (RFC 9264)."""
    found = asked_for(identifier, CiteForm(request.GET))
    if isinstance(found, HttpResponse):
        return found
    response = HttpResponse(signposting.linkset(found), content_type=signposting.LINKSET)
    response["X-Robots-Tag"] = "noindex"
    return response


@answer.read_only
def unapi(request: HttpRequest) -> HttpResponse:
    """unAPI, revision 1: which formats there are, of everything or of one testimony; and one testimony in one."""
    asked, wanted = request.GET.get("id", ""), request.GET.get("format", "")
    if not asked:
        return formats_of("")
    found = asked_for(identifier_in(asked), CiteForm({}))
    if isinstance(found, HttpResponse):
        return found
    if not wanted:
        return formats_of(asked, status=HTTPStatus.MULTIPLE_CHOICES)
    if wanted not in UNAPI:
        raise no_such_format(found, UNAPI.values())
    return written(found, UNAPI[wanted])


def no_such_format(item: Item, forms: Iterable[Format]) -> NotHere:
    """The list of the formats that there are."""
    return NotHere(tuple((str(one.name), item.file(one.key)) for one in forms), _("It is held in these formats:"))


def formats_of(asked: str, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The list of formats."""
    listed = ElementTree.Element("formats", {"id": asked} if asked else {})
    for name, form in UNAPI.items():
        ElementTree.SubElement(listed, "format", {"name": name, "type": form.media_type})
    document = ElementTree.tostring(listed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type="application/xml", status=status)


def identifier_in(address: str) -> str:
    """What follows the last slash of a permalink or an ARK."""
    return identifiers.normalise(address.rstrip("/").rpartition("/")[2])


def asked_for(identifier: str, form: CiteForm) -> Item | HttpResponse:
    """What is to be cited, or the answer that every address gives instead; raises NotHere where there is no such."""
    publication = standing.find(identifier)
    if left := standing.in_memory_of(publication):
        return left
    if not form.is_valid():
        raise NotHere
    asked = form.cleaned_data
    held, current = standing.edition_of(publication, asked["edition"])
    if instead := standing.emptied(publication, held, current) or standing.instead_of(publication, of_file=True):
        return instead
    item = item_in(publication, held, is_edition=asked["edition"] is not None)
    try:
        return item.of_passage(asked["passage"]) if asked["passage"] else item
    except KeyError:
        raise NotHere from None


def item_in(publication: Publication, edition: Edition, *, is_edition: bool = False) -> Item:
    """What every format and header is a function of."""
    return item_of(
        edition.record or {},
        identifier=publication.identifier,
        edition=edition.number,
        published=publication.first_published_at,
        edition_published=edition.published_at,
        is_edition=is_edition,
    )


def written(item: Item, form: Format) -> HttpResponse:
    """The item as a file: shown where the browser can show it, named where it is kept."""
    response = HttpResponse(form.write(item), content_type=form.content_type)
    response["Content-Disposition"] = f'inline; filename="{item.key}.{form.extension}"'
    response["X-Robots-Tag"] = "noindex"
    return answer.with_links(response, signposting.links_of_file(item, holds_words=form.holds_words))


def head_of(item: Item, placard: Placard | None = None) -> Head:
    """What the head of the page tells tools, and those who show a link to it."""
    tags = page_metadata.tags(item, placard)
    return Head(
        schemas=page_metadata.SCHEMAS,
        tags=tuple((kind, name, escape(content).replace("\n", Markup("&#10;"))) for kind, name, content in tags),
        data=json_ld.embedded(item),
    )


def box_of(item: Item, path: str, form: CiteForm) -> CiteBox:
    """The box under a testimony; `path` is that of the page. A passage that there is not is said not to be there."""
    form.is_valid()
    asked, cited, unknown = form.cleaned_data, item, ""
    if "passage" in form.errors:
        unknown = readable(form.data["passage"], 20)
    elif asked["passage"]:
        try:
            cited = item.of_passage(asked["passage"])
        except KeyError:
            unknown = asked["passage"]
    style = asked["style"]
    return CiteBox(
        styles=styles_of(cited, path, style),
        choices=choices_of(item, cited.passage, path, style),
        brief=brief(item),
        shared=shared(cited),
        letter=letter(cited),
        files=tuple((str(one.name), cited.file(one.key), one.media_type) for one in FORMATS.values()),
        passage=cited.passage,
        words=cited.words if cited.passage else "",
        unknown=unknown,
    )


def shared(item: Item) -> str:
    """The address that is handed on: of the edition that was read, or of a passage in it."""
    return f"{item.edition_permalink}#{item.passage}" if item.passage else item.edition_permalink


def letter(item: Item) -> str:
    """The address of a letter that hands it on (RFC 6068): title, edition and address, none of the words."""
    edition = _("edition %(number)s") % {"number": item.edition}
    body = "\r\n".join((item.title, f"{item.archive}, {edition}", shared(item)))
    return f"mailto:?{urlencode({'subject': item.title, 'body': body}, quote_via=quote)}"


def styles_of(item: Item, path: str = "", chosen: str = "") -> tuple[Cited, ...]:
    """The citation in every style, each with the page that shows it."""
    passage = [("passage", item.passage)] if item.passage else []
    return tuple(
        Cited(
            key=one.key,
            name=str(one.name),
            citation=one.write(item),
            address=f"{addresses.with_query(path, [*passage, ('style', one.key)])}#cite",
            is_chosen=one.key == chosen,
        )
        for one in STYLES.values()
    )


def choices_of(item: Item, chosen: str, path: str, style: str) -> tuple[Choice, ...]:
    """The whole and each passage of it."""
    usual = [] if style == next(iter(STYLES)) else [("style", style)]
    whole = Choice(_("the whole"), f"{addresses.with_query(path, usual)}#cite", not chosen)
    return (
        whole,
        *(
            Choice(name, f"{addresses.with_query(path, [('passage', name), *usual])}#cite", name == chosen)
            for name in item.passage_names
        ),
    )

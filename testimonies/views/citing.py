"""A testimony, an edition or a passage as a file for reference managers, libraries and machines."""

from django.http import HttpRequest, HttpResponse

from testimonies.citation.formats import FORMATS, Format
from testimonies.citation.item import Item, item_of
from testimonies.forms import CiteForm
from testimonies.models.public import Edition, Publication
from testimonies.views import answer, standing
from testimonies.views.errors import NotHere


@answer.read_only
def file(request: HttpRequest, identifier: str, form: str) -> HttpResponse:
    """One edition, or a passage of it, in one format; the current edition where none is named."""
    publication = standing.find(identifier)
    asked = CiteForm(request.GET)
    if not asked.is_valid():
        raise NotHere
    if left := standing.in_memory_of(publication):
        return left
    held, current = standing.edition_of(publication, asked.cleaned_data["edition"])
    if instead := standing.emptied(publication, held, current) or standing.instead_of(publication):
        return instead
    item = item_in(publication, held, is_edition=bool(asked.cleaned_data["edition"]))
    if passage := asked.cleaned_data["passage"]:
        try:
            item = item.of_passage(passage)
        except KeyError:
            raise NotHere from None
    if form not in FORMATS:
        raise NotHere(others(item))
    return written(item, FORMATS[form])


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
    return response


def others(item: Item) -> tuple[tuple[str, str], ...]:
    """The formats that there are."""
    return tuple((form.name, item.file(form.key)) for form in FORMATS.values())

"""A testimony to be kept: one file that needs no other, with all that it takes to read and to cite an edition."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from testimonies.forms import CiteForm
from testimonies.models.public import PublicationEvent
from testimonies.reading.saved import styles
from testimonies.views import answer, citing, standing
from testimonies.views.testimony import page_of


@answer.read_only
def save(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """The copy of an edition: the same bytes whenever it is asked for, whatever was published since."""
    found = standing.edition_at(identifier, number)
    if isinstance(found, HttpResponse):
        return found
    publication, edition, _current = found
    item = citing.item_in(publication, edition, is_edition=True)
    told = publication.events.filter(kind=PublicationEvent.Kind.PUBLISHED, edition=number).order_by("number")
    shown = {
        "page": page_of(item, edition, number, path="", asked=CiteForm({})),
        "logged": told.values_list("number", flat=True).first(),
        "styles": styles,
        "url": whole,
    }
    response = HttpResponse(render_to_string("saved.html", shown, using="jinja2"))
    response["Content-Disposition"] = f'attachment; filename="testimony-{identifier}-edition-{number}.html"'
    response["X-Robots-Tag"] = "noindex"
    return response


def whole(name: str, *arguments: object) -> str:
    """The address of a page with scheme and host, in the language of the copy."""
    return f"{settings.ARCHIVE['url']}{reverse(name, args=arguments)}"

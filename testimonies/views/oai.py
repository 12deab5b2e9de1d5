"""The door of harvesters: OAI-PMH 2.0 (openarchives.org), and the schema of the archive's own format."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from markupsafe import Markup

from testimonies.citation import datacite, dublin_core, mods
from testimonies.citation.item import Item, item_of
from testimonies.harvesting import Held, MetadataFormat, Repository, answer, datestamps, whole
from testimonies.views import addresses
from testimonies.views import answer as answers


@csrf_exempt
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester, whose question comes in the address or as a form; what is wrong with it is said in XML."""
    if request.method not in ("GET", "HEAD", "POST"):
        return answers.other_method(request, answers.READING_AND_FORMS)
    pairs = [(name, value) for given in (request.GET, request.POST) for name, many in given.lists() for value in many]
    shown = {"page": answer(pairs, repository()), "written": datestamps.written, "metadata": metadata}
    response = HttpResponse(render_to_string("oai.xml", shown, using="jinja2"), content_type="text/xml; charset=utf-8")
    # It says when it was sent; and a whole harvest would push every page that is read out of the caches.
    response["Cache-Control"] = "no-cache"
    return response


@answers.read_only
def schema(request: HttpRequest) -> HttpResponse:
    """The schema of the archive's own format."""
    document = ElementTree.tostring(whole.schema(), encoding="utf-8", xml_declaration=True)
    return HttpResponse(document, content_type="application/xml")


def repository() -> Repository:
    """The archive as the settings name it."""
    formats = (replace(one, schema=urljoin(settings.ARCHIVE["url"], one.schema)) for one in METADATA_FORMATS)
    return Repository(
        name=settings.ARCHIVE["name"],
        address=addresses.whole(reverse("oai")),
        contact=settings.ARCHIVE["contact"],
        domain=urlsplit(settings.ARCHIVE["url"]).hostname or "localhost",
        formats={one.prefix: one for one in formats},
    )


def metadata(held: Held, one: MetadataFormat) -> Markup:
    """A record in a format, with all that it needs to stand alone."""
    return Markup(ElementTree.tostring(one.write(held), encoding="unicode"))  # noqa: S704  # made as a tree


def of_item(write: Callable[[Item], Element]) -> Callable[[Held], Element]:
    """The function that writes a record as a citation format does."""

    def written(held: Held) -> Element:
        return write(item(held))

    return written


def item(held: Held) -> Item:
    """The current edition, as every citation of the testimony has it."""
    if held.record is None or held.published is None or held.edition_published is None:
        raise ValueError("A deleted record has no metadata.")
    return item_of(
        held.record,
        identifier=held.identifier,
        edition=held.edition,
        published=held.published,
        edition_published=held.edition_published,
    )


def whole_record(held: Held) -> Element:
    """The whole public record."""
    return whole.element(
        held, permalink=addresses.permalink(held.identifier), schema=addresses.whole(reverse("schema"))
    )


METADATA_FORMATS: Final = (
    MetadataFormat("oai_dc", dublin_core.SCHEMA, dublin_core.OAI_DC_ADDRESS, of_item(dublin_core.element)),
    MetadataFormat("datacite", datacite.SCHEMA, datacite.ADDRESS, of_item(datacite.element)),
    MetadataFormat("mods", mods.SCHEMA, mods.ADDRESS, of_item(mods.element)),
    MetadataFormat("testimony", "/schemas/record-1.xsd", whole.NAMESPACE, whole_record),
)

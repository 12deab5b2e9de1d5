"""What can be asked of the API, version 1: each address with its view and the shape of its answer."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI, Router

from testimonies.models.public import AddressedVocabulary, Place, Source, Tag, Wave, Witness

from . import schemas, testimonies, verifying, vocabulary
from .door import posted, read_only

VERSION: Final = "1"
ADDRESS: Final = f"api/v{VERSION}/"
VERIFY: Final = "api_verify"

api = NinjaAPI(
    title=settings.ARCHIVE["name"],
    version=VERSION,
    openapi_url=None,
    docs_url=None,
    default_router=Router(by_alias=True),
)

# Address, view, shape of the answer, name, one line about it.
OPERATIONS: Final[tuple[tuple[str, Callable[..., HttpResponse], Any, str, str], ...]] = (
    ("testimonies/", testimonies.found, schemas.Found, "testimonies", "Browse and search testimonies"),
    ("testimonies/{identifier}/", testimonies.testimony, schemas.Testimony, "testimony", "A testimony"),
    (
        "testimonies/{identifier}/editions/",
        testimonies.editions,
        schemas.Editions,
        "editions",
        "The editions of a testimony",
    ),
    (
        "testimonies/{identifier}/editions/{number:number}/",
        testimonies.edition,
        schemas.Edition,
        "edition",
        "An edition",
    ),
    (
        "testimonies/{identifier}/editions/{number:number}/passages/",
        testimonies.passages,
        schemas.Passages,
        "passages",
        "The passages of an edition",
    ),
    (
        "testimonies/{identifier}/passages/{passage}/",
        testimonies.passage,
        schemas.OnePassage,
        "passage",
        "A passage",
    ),
)

# Model, name of the list, shapes of the list and of one record.
VOCABULARIES: Final[tuple[tuple[type[AddressedVocabulary], str, Any, Any], ...]] = (
    (Witness, "witnesses", schemas.Witnesses, schemas.Witness),
    (Place, "places", schemas.Places, schemas.Place),
    (Wave, "waves", schemas.Waves, schemas.Wave),
    (Source, "sources", schemas.Sources, schemas.Source),
    (Tag, "tags", schemas.Tags, schemas.TagRecord),
)


def listing(model: type[AddressedVocabulary], name: str) -> Callable[..., HttpResponse]:
    """The view of a list."""

    def view(request: HttpRequest) -> HttpResponse:
        return vocabulary.page(model, name, request)

    view.__doc__ = f"The {name} that listed testimonies have, fifty to a page, in the order of their addresses."
    return view


def one_of(model: type[AddressedVocabulary]) -> Callable[..., HttpResponse]:
    """The view of one record."""
    if model.address_field == "slug":

        def by_slug(request: HttpRequest, slug: str) -> HttpResponse:
            """One record by its slug, as long as a listed testimony has it."""
            return vocabulary.record(model, slug)

        return by_slug

    def by_identifier(request: HttpRequest, identifier: str) -> HttpResponse:
        """One record by its identifier, as long as a listed testimony has it."""
        return vocabulary.record(model, identifier)

    return by_identifier


def register() -> None:
    """Enter all operations, those of testimonies first and what is posted last."""
    for address, view, shape, name, summary in OPERATIONS:
        add(address, view, shape, name, summary)
    for model, name, many, one in VOCABULARIES:
        add(f"{name}/", listing(model, name), many, name, f"All {name}")
        address = f"{name}/{{{model.address_field}}}/"
        add(address, one_of(model), one, str(model._meta.model_name), f"A {model._meta.verbose_name}")
    api.post(
        "/verify/",
        response=schemas.Verified,
        operation_id="verify",
        url_name=VERIFY,
        summary="Verify a quotation",
    )(verifying.verify)


def add(address: str, view: Callable[..., HttpResponse], shape: Any, name: str, summary: str) -> None:
    """Enter one operation."""
    api.get(f"/{address}", response=shape, operation_id=name, url_name=f"api_{name}", summary=summary)(view)


def addresses() -> Iterator[URLPattern]:
    """The addresses of the operations, each behind the door of the API."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            door = posted if pattern.name == VERIFY else read_only
            yield path(f"{ADDRESS}{pattern.pattern}", door(pattern.callback), name=str(pattern.name))


register()

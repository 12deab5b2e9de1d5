"""Witnesses, places, waves, sources and tags: what testimonies share, each with how many have it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from testimonies import problems
from testimonies.dataset import records
from testimonies.models.public import AddressedVocabulary, Identifier
from testimonies.search import count_of

from .door import Instead, data
from .testimonies import elsewhere

PER_PAGE = 50
LONGEST_CURSOR = 100


def page(model: type[AddressedVocabulary], name: str, request: HttpRequest) -> HttpResponse:
    """One page of a list, in the order of identifiers or slugs; `after` is that behind which it begins.

    Any text will do as one, so that nobody learns by it which there are.
    """
    after = request.GET.get("after", "")[:LONGEST_CURSOR]
    readable = records.readable(model)
    total = readable.count()
    behind = readable.filter(**{f"{model.address_field}__gt": after}) if after else readable
    held = list(behind[: PER_PAGE + 1])
    shown = held[:PER_PAGE]
    following = urlencode({"after": shown[-1].address}) if len(held) > PER_PAGE else ""
    return data(
        {
            "total": total,
            "next": f"{records.address(f'api_{name}')}?{following}" if following else None,
            name: counted(model, shown),
        }
    )


def record(model: type[AddressedVocabulary], address: str) -> HttpResponse:
    """One record; where it was merged the way to the other, where nothing listed has it any more that it is gone."""
    found = records.readable(model).filter(**{model.address_field: address}).first()
    if found is None:
        raise Instead(absent(model, address))
    return data(counted(model, [found])[0])


def counted(model: type[AddressedVocabulary], found: list[Any]) -> list[dict[str, Any]]:
    """The records described, each with the number of its testimonies; the facet of that name counts them."""
    counts = count_of(str(model._meta.model_name), [one.address for one in found])
    return [{**records.DESCRIBED[model](one), "testimonies": counts.get(one.address, 0)} for one in found]


def absent(model: type[AddressedVocabulary], address: str) -> HttpResponse:
    """What is told of an address without a record; raises NotHere where there never was one."""
    entry = Identifier.objects.find(model.identifier_kind, address)
    if entry is None or entry.redirects_to:
        return elsewhere(entry)
    return problems.problem(
        HTTPStatus.GONE,
        kind=problems.GONE,
        title=_("No longer here"),
        detail=_("No public testimony refers to this any more. The address is not given to anything else."),
    )

"""What the search box offers while somebody types: names of what is listed, as JSON."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from testimonies.search import names
from testimonies.search.names import Named
from testimonies.search.parse import FIELDS
from testimonies.search.suggest import type_ahead
from testimonies.views import answer

AT_MOST = 8


@answer.read_only
def suggest(request: HttpRequest) -> JsonResponse:
    """The voices, places, waves, tags and sources of which a name begins as typed."""
    found = type_ahead(names.current(), request.GET.get("q", ""), AT_MOST)
    response = JsonResponse({"names": [shown(one) for one in found]}, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response


def shown(named: Named) -> dict[str, str]:
    """One suggestion; `form` is the name that was meant where it is not the one that the archive uses."""
    # A script without a language tells a browser nothing, and misleads some (testimonies.jinja.lang).
    tag = "" if named.tag.startswith("und") else named.tag
    return {
        "kind": named.kind,
        "label": str(FIELDS[named.kind]),
        "name": named.name,
        "form": "" if named.form == named.name else named.form,
        "lang": tag,
        "url": reverse(named.kind, args=[named.key]),
    }

"""How the API answers: to reading alone, in JSON, with a problem (RFC 9457) for whatever goes wrong."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from testimonies import problems
from testimonies.search import IndexBeingMade

View = Callable[..., HttpResponseBase]

METHODS = "GET, HEAD, OPTIONS"


class Instead(Exception):
    """Raised where something else is to be answered: a tombstone, the way to another record."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


class NotHere(Instead):
    """Raised where nothing is held, hidden or never there alike; `meant` are addresses that may have been meant."""

    def __init__(self, *meant: str) -> None:
        members: dict[str, Any] = {"meant": list(meant)} if meant else {}
        super().__init__(problems.problem(HTTPStatus.NOT_FOUND, **members))


def data(values: Mapping[str, Any]) -> JsonResponse:
    """An answer that is no problem."""
    response = JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response


def read_only(view: View) -> View:
    """Answer GET and HEAD, say what may be asked (OPTIONS), refuse every other method that there is or will be."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": METHODS})
        if request.method not in ("GET", "HEAD"):
            refused = problems.problem(HTTPStatus.METHOD_NOT_ALLOWED)
            refused["Allow"] = METHODS
            return refused
        # The library knows GET; of HEAD the server sends the headers alone.
        method, request.method = request.method, "GET"
        try:
            return view(request, *arguments, **named)
        except Instead as instead:
            return instead.response
        except Http404:
            return problems.problem(HTTPStatus.NOT_FOUND)
        except IndexBeingMade:
            busy = problems.problem(HTTPStatus.SERVICE_UNAVAILABLE)
            busy["Retry-After"] = problems.RETRY_AFTER
            return busy
        finally:
            request.method = method

    return answer


@read_only
def nothing(request: HttpRequest, **named: str) -> HttpResponseBase:
    """What stands at every address of the API that is none."""
    raise NotHere

"""How the API answers: to reading, or to what is posted to be looked at, and in JSON.

Whatever goes wrong is a problem (RFC 9457).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from testimonies import problems
from testimonies.search import IndexBeingMade

View = Callable[..., HttpResponseBase]

READING = "GET, HEAD, OPTIONS"
POSTING = "OPTIONS, POST"


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
    def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return other_method(request, READING)
        # The library knows GET; of HEAD the server sends the headers alone.
        method, request.method = request.method, "GET"
        try:
            return answer(view, request, *arguments, **named)
        finally:
            request.method = method

    return door


def posted(view: View) -> View:
    """Answer POST alone, to programs on pages of other sites too; neither what was sent nor the answer is kept."""

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "POST":
            response = answer(view, request, *arguments, **named)
            response["Cache-Control"] = "no-store"
            return response
        response = other_method(request, POSTING)
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = POSTING
            response["Access-Control-Allow-Headers"] = "Content-Type"
        return response

    return door


def answer(view: View, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
    """The answer of a view, or the problem that it meets."""
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


def other_method(request: HttpRequest, methods: str) -> HttpResponse:
    """Which methods the address answers, said to whoever asks that (OPTIONS); the others are refused."""
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": methods})
    refused = problems.problem(HTTPStatus.METHOD_NOT_ALLOWED)
    refused["Allow"] = methods
    return refused


@read_only
def nothing(request: HttpRequest, **named: str) -> HttpResponseBase:
    """What stands at every address of the API that is none."""
    raise NotHere

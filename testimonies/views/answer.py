"""How public views answer: a page from a template, read only, the same for everybody."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from testimonies.reading.absence import error_page
from testimonies.search import IndexBeingMade

RETRY_AFTER = "60"  # seconds
READING = "GET, HEAD, OPTIONS"
READING_AND_FORMS = "GET, HEAD, OPTIONS, POST"

View = Callable[..., HttpResponseBase]


def page(template: str, shown: Any = None, *, status: int = HTTPStatus.OK, indexed: bool = True) -> HttpResponse:
    """Render a public template; what is not `indexed` is kept out of search engines."""
    # Without the request: no token, session or account can get into a page that caches keep for everybody.
    response = HttpResponse(render_to_string(template, {"page": shown}, using="jinja2"), status=status)
    if not indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def with_links(response: HttpResponse, links: Iterable[object]) -> HttpResponse:
    """The same answer with more links in its header (RFC 8288)."""
    told = [response["Link"]] if response.has_header("Link") else []
    response["Link"] = ", ".join([*told, *map(str, links)])
    return response


def error(status: int, suggestions: tuple[tuple[str, str], ...] = (), before: str = "") -> HttpResponse:
    """The page that says why there is nothing else."""
    return page("error.html", error_page(status, suggestions, before), status=status)


def read_only(view: View) -> View:
    """Answer GET, HEAD and OPTIONS, refuse the rest; nothing can be changed here, so no form token is asked for.

    While a large archive has no index yet, whatever needs it asks to be tried again (503).
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            try:
                return view(request, *arguments, **named)
            except IndexBeingMade:
                return busy()
        return other_method(request, READING)

    return answer


def busy() -> HttpResponse:
    """What is said while a large archive has no index yet."""
    later = error(HTTPStatus.SERVICE_UNAVAILABLE)
    later["Retry-After"] = RETRY_AFTER
    return later


def other_method(request: HttpRequest, methods: str) -> HttpResponse:
    """Which methods the address answers, said to whoever asks that (OPTIONS); the others are refused."""
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": methods})
    refused = error(HTTPStatus.METHOD_NOT_ALLOWED)
    refused["Allow"] = methods
    return refused

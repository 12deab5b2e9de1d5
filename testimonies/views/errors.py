"""Why a request has no other answer, in words. Whether a record is hidden or never was makes no difference.

Programs are told the same as problem details.
"""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from jinja2 import TemplateError

from testimonies import problems
from testimonies.views import answer

Suggestions = tuple[tuple[str, str], ...]


class NotHere(Http404):
    """Raised where nothing is held; `suggestions` are (text, path) pairs: what may have been meant.

    `before` stands before them, where it is something else that they are.
    """

    def __init__(self, suggestions: Suggestions = (), before: str = "") -> None:
        super().__init__()
        self.suggestions = suggestions
        self.before = before


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read, or is larger than anything that a page here takes."""
    if isinstance(exception, RequestDataTooBig):
        return told(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return told(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request is not accepted."""
    return told(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is held at the address."""
    why = (exception.suggestions, exception.before) if isinstance(exception, NotHere) else ()
    return told(request, HTTPStatus.NOT_FOUND, *why)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something is broken, perhaps the pages themselves; no database is asked."""
    try:
        return told(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except (TemplateError, NoReverseMatch, ValueError):
        sentence = _("Something went wrong. It has been noted; please try again in a while.")
        return HttpResponse(f"{sentence}\n", status=500, content_type="text/plain; charset=utf-8")


def told(request: HttpRequest, status: int, suggestions: Suggestions = (), before: str = "") -> HttpResponse:
    """The error as whoever asks can read it."""
    if problems.is_for_programs(request):
        return problems.problem(status)
    return answer.error(status, suggestions, before)

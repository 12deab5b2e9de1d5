"""Why a program gets no other answer: problem details (RFC 9457), in the words that the error pages have.

Under the addresses of programs every error is one of these, whichever part of the site says it.
"""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from testimonies.reading.absence import error_page

MEDIA_TYPE: Final = "application/problem+json"
PROGRAMS: Final = "/api/"
RETRY_AFTER: Final = "60"  # seconds

# What the archive says beside a status → the anchor of its explanation on the page about the API.
WITHDRAWN: Final = "withdrawn"
EMPTIED: Final = "emptied"
GONE: Final = "gone"
UNDER_REVIEW: Final = "under-review"


def is_for_programs(request: HttpRequest) -> bool:
    """Whether whoever asks expects data, errors too."""
    return request.path_info.startswith(PROGRAMS)


def problem(status: int, *, kind: str = "", title: str = "", detail: str = "", **members: Any) -> JsonResponse:
    """The problem of a status; one of a `kind` has a title and a sentence of its own, and what `members` add."""
    words = error_page(status)
    told = {
        "type": f"{settings.ARCHIVE['url']}{PROGRAMS}v1/#{kind}" if kind else "about:blank",
        "title": title or words.title,
        "status": status,
        "detail": detail or words.sentence,
        **members,
    }
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})

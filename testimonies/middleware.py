"""What happens to every request before and after its view: log line, bad input, copies still good, the desk.

Public pages touch no session, message or account, and set no cookie: those parts run under /admin/ only.
"""

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from simple_history.middleware import HistoryRequestMiddleware

from testimonies import loghead, tongues
from testimonies.citation.negotiation import negotiated

Next = Callable[[HttpRequest], HttpResponseBase]

DESK = "/admin/"
HEALTH = "/health/"
# What programs on pages of other sites may read: nothing there knows who asks.
FOR_PROGRAMS = ("/api/", "/data/")
# Ten thousand letters of any script, as addresses spell them; the search reads the first of them and says so.
LONGEST_QUERY = 2**17
LONGEST_PATH = 2048
KNOWN_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"))
PAGE_PARTS = frozenset((".py", ".html", ".xml", ".txt", ".css", ".js", ".svg", ".mo"))

# A shared cache may keep a page for a minute without asking: that is how late a withdrawal may reach it.
PUBLIC = "public, max-age=0, s-maxage=60, must-revalidate"


def on_desk(request: HttpRequest) -> bool:
    """Whether the address belongs to the editors."""
    return request.path_info.startswith(DESK)


class RequestLog:
    """One line for each request that a view or an error page answered, without anything its sender typed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.log = logging.getLogger("archive.request")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write what it was by the name of its route."""
        started = time.perf_counter()
        number = secrets.token_hex(8)
        request.log_number = number  # type: ignore[attr-defined]  # Django's own lines hand the request on
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            response["X-Request-ID"] = number  # lets a reader tell us which line of the log is theirs
        match = request.resolver_match
        self.log.info(
            "request",
            extra={
                "method": request.method if request.method in KNOWN_METHODS else "other",
                "route": match.view_name or match.route if match else None,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "request": number,
                # The account only if the view asked for it: looking it up here would cost a query.
                "user": getattr(getattr(request, "_cached_user", None), "pk", None),
            },
        )
        return response


class Compressed(GZipMiddleware):
    """Sends texts to readers compressed, a quarter of their length; pictures and files are so already, or streamed.

    Readers are sent no secret that stands beside what somebody typed, from whose length it could be guessed (BREACH):
    so nothing is added by chance either, and the same page has the same bytes. What the desk sends has secrets.
    """

    max_random_bytes = 0
    TEXTS = re.compile(r"text/|application/[\w.+-]*(json|xml|javascript)")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the text if its reader takes that; say to caches that it depends on the reader."""
        is_text = self.TEXTS.match(response.get("Content-Type", "text/"))
        if on_desk(request) or not is_text or not isinstance(response, HttpResponse):
            return response
        if response.content or response.status_code == HTTPStatus.NOT_MODIFIED:
            patch_vary_headers(response, ["Accept-Encoding"])
        return super().process_response(request, response)


class Language:
    """Speaks the language that the address names, error pages too; on the desk, what the editor's browser prefers.

    Nothing else decides it for readers, no cookie and no header: a link shows everybody the same, and caches may
    keep it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in that language, and leave none behind for the next request of the thread."""
        if on_desk(request):
            with translation.override(translation.get_language_from_request(request)):
                return self.get_response(request)
        with translation.override(tongues.of(request.path_info)), tongues.asked_for(request.get_full_path()):
            return self.get_response(request)


class BadInput:
    """Refuses, before anything reads it, what no page can mean: the error page says so with status 400."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer unless the address or the size is impossible."""
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or len(request.path_info) > LONGEST_PATH:
            raise BadRequest("The address is too long.")
        # PostgreSQL stores no NUL: a lookup with one would fail in the database.
        if "\x00" in request.path_info or "\x00" in query or "%00" in query:
            raise BadRequest("The address holds a NUL character.")
        if _size(request) > settings.REQUEST_MAX_SIZE:
            raise RequestDataTooBig("The request is too large.")
        return self.get_response(request)


def _size(request: HttpRequest) -> int:
    """The announced length of the body; what is announced wrongly counts as none, as Django reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


class ConditionalRequest:
    """Answers 304 from the number of the publication log, before any view, template or query.

    A public page is a function of its address, of the format that is asked for, of the log up to a number, of the
    release and of the day. The number is read before the view runs: a page made while somebody publishes gets the
    older tag, and is asked for again. Only 200 answers carry a tag, so a withdrawn page can never be confirmed by one.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.key = hashlib.sha256(f"{settings.SECRET_KEY} entity tags".encode()).digest()
        self.build = build()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """304 when the reader's copy still holds; otherwise the page with its tag."""
        if request.method not in ("GET", "HEAD") or not _is_public(request):
            return self.get_response(request)
        number, epoch = loghead.read()
        if epoch == loghead.UNKNOWN:  # nobody watches the log yet, so nothing can be promised
            return self.get_response(request)
        tag = self.tag(request, number, epoch)
        if tag in _offered(request):
            return _with_tag(HttpResponseNotModified(), tag)
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            if response.status_code == HTTPStatus.OK:
                _with_tag(response, tag)
            elif response.status_code in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND):
                response["Cache-Control"] = PUBLIC  # browsers keep an unmarked 301 for ever
        return response

    def tag(self, request: HttpRequest, number: int, epoch: bytes) -> str:
        """A weak entity tag that tells a stranger nothing: a keyed digest."""
        day = int(time.time() // 86400)
        form = negotiated(request.headers.get("Accept", ""))
        parts = (self.build, epoch.hex(), str(number), str(day), request.get_host(), request.get_full_path(), form)
        digest = hashlib.blake2b("\n".join(parts).encode(), key=self.key, digest_size=12)
        return f'W/"{digest.hexdigest()}"'


def build() -> str:
    """A digest of what else decides how a page looks: the code, its templates, the settings.

    By contents, not by times of change, so that several servers agree.
    """
    return hashlib.sha256(repr((settings.ARCHIVE, settings.LANGUAGES)).encode() + page_parts()).hexdigest()


@cache
def page_parts() -> bytes:
    """A digest of the files that decide how a page looks, as they stood when this process first asked."""
    digest = hashlib.sha256()
    for folder in ("archive", "testimonies", "templates", "static"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in PAGE_PARTS and "tests" not in path.parts:
                digest.update(_name_and_contents(path))
    return digest.digest()


def _name_and_contents(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() + path.name.encode()


def _is_public(request: HttpRequest) -> bool:
    return not (on_desk(request) or request.path_info.startswith(HEALTH))


def _offered(request: HttpRequest) -> list[str]:
    """The tags the reader holds. `*` is none of ours: it would confirm a page that is gone."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "").split(",")
    return [tag if tag.startswith("W/") else f"W/{tag}" for part in held if (tag := part.strip())]


def _with_tag(response: Any, tag: str) -> Any:
    response["ETag"] = tag
    response["Cache-Control"] = PUBLIC
    return response


class OtherSites:
    """Lets programs on pages of other sites read what is made for programs (CORS, Fetch standard), errors too.

    Everybody gets the same headers, whatever site asks: an answer that varied would be kept by no cache.
    """

    HEADERS = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Range, ETag, Retry-After",
    }
    PREFLIGHT = {
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "86400",
    }

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say who may read the answer."""
        response = self.get_response(request)
        if request.path_info.startswith(FOR_PROGRAMS):
            for name, value in {**self.HEADERS, **(self.PREFLIGHT if request.method == "OPTIONS" else {})}.items():
                response.setdefault(name, value)  # where something is posted, the view has said otherwise
        return response


class CacheHeaders:
    """Editors' answers and errors stay in no cache; signing out clears a shared computer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark what must not be kept; other public answers pass."""
        response = self.get_response(request)
        if on_desk(request):
            response["Cache-Control"] = "no-store"
            # With `no-referrer` browsers send forms with "Origin: null", and the CSRF check refuses them.
            response["Referrer-Policy"] = "same-origin"
            if _signs_out(request):
                response["Clear-Site-Data"] = '"cache", "storage"'
            return response
        response.cookies.clear()  # Django's CSRF check would replace a broken one, of readers too
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response["Cache-Control"] = "no-store"  # what is missing now may be published in a minute
        return response


def _signs_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name in ("account_logout", "logout")


class DeskSession(SessionMiddleware):
    """Sessions, for editors only."""

    def __call__(self, request: HttpRequest) -> Any:
        """Pass by elsewhere than on the desk."""
        return super().__call__(request) if on_desk(request) else self.get_response(request)


class SessionLimits:
    """Ends a session that was left alone, or that has lasted long enough, whatever its cookie says.

    The database keeps a session from its last saving on; so both moments are kept in the session itself.
    """

    BEGAN, SEEN = "began", "seen"
    # To write down every request would cost a writing at each: a minute is near enough.
    NOTED_EVERY = 60

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End the session of an editor, or note that it goes on."""
        if on_desk(request) and SESSION_KEY in request.session:
            self.look_at(request.session, time.time())
        return self.get_response(request)

    def look_at(self, session: SessionBase, now: float) -> None:
        """What was not there before is counted from now."""
        began, seen = session.get(self.BEGAN, now), session.get(self.SEEN, 0)
        idle = now - (seen or now)
        if idle > settings.SESSION_IDLE_AGE or now - began > settings.SESSION_LONGEST_AGE:
            session.flush()
        elif now - seen > self.NOTED_EVERY:
            session.update({self.BEGAN: began, self.SEEN: now})


class DeskAuthentication(AuthenticationMiddleware):
    """`request.user`, for editors only: a public page has none."""

    def __call__(self, request: HttpRequest) -> Any:
        """Pass by elsewhere than on the desk."""
        return super().__call__(request) if on_desk(request) else self.get_response(request)


class DeskMessages(MessageMiddleware):
    """One-time messages, for editors only."""

    def __call__(self, request: HttpRequest) -> Any:
        """Pass by elsewhere than on the desk."""
        return super().__call__(request) if on_desk(request) else self.get_response(request)


class DeskHistory:
    """Tells django-simple-history who makes a change."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.with_history: Callable[[HttpRequest], HttpResponse] = HistoryRequestMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the request remembered as the author on the desk."""
        return self.with_history(request) if on_desk(request) else self.get_response(request)

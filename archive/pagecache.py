"""A cache of public pages in front of Django: a page that was made once is sent again until the log moves on.

A public page is a function of its address, of the release and of the publication log up to a number (and of the day,
by which reviews fall due). So nothing needs to be told what has changed: when the number or the day is another one,
all pages are forgotten. What is kept, and what is answered with 304, are 200 answers that carry the entity tag of
`testimonies.middleware.ConditionalRequest`; answers to editors, errors, tombstones, redirects and files never do.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from django.middleware.gzip import re_accepts_gzip

from testimonies import loghead
from testimonies.citation.negotiation import negotiated

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Moment = tuple[int, bytes, int]

MOST_BYTES: Final = 32 * 1024 * 1024
LARGEST_PAGE: Final = 512 * 1024


class Page(NamedTuple):
    """One answer with status 200, as it was sent."""

    tag: str
    headers: Headers
    body: bytes


class Shelf:
    """The pages of one moment; the next moment gets another shelf, so that no thread can mix the two."""

    def __init__(self, moment: Moment | None) -> None:
        self.moment = moment
        self.pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self.size = 0


class PageCache:
    """A WSGI application around another; each server process has its own, so nothing is shared but the number."""

    def __init__(self, application: Application, *, most_bytes: int = MOST_BYTES) -> None:
        self.application = application
        self.most_bytes = most_bytes
        self.shelf = Shelf(None)
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Send the page that is kept, or let Django make it."""
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        # Read before the page is made: one that is made while somebody publishes counts as the older.
        number, epoch = loghead.read()
        moment = (number, epoch, int(time.time() // 86400))
        key = key_of(environ)
        shelf = self.shelf
        page = shelf.pages.get(key) if moment == shelf.moment else None
        if page is None:
            return self.make(moment, key, environ, start_response)
        if environ.get("HTTP_IF_NONE_MATCH") == page.tag:
            start_response("304 Not Modified", [pair for pair in page.headers if not describes_body(pair[0])])
            return [b""]
        start_response("200 OK", page.headers)
        return [page.body]

    def make(
        self, moment: Moment, key: tuple[str, ...], environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Django answer, and keep the answer if it may be kept."""
        answered: list[tuple[str, Headers]] = []

        def remember(status: str, headers: Headers, exc_info: Any = None) -> Any:
            answered.append((status, headers))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        body = self.application(environ, remember)
        status, headers = answered[-1]
        tag = tag_to_keep(status, headers)
        if tag is None or getattr(body, "streaming", True):
            return body
        content = b"".join(body)
        close = getattr(body, "close", None)
        if close:
            close()
        if len(content) <= LARGEST_PAGE:
            self.keep(moment, key, Page(tag, headers, content))
        return [content]

    def keep(self, moment: Moment, key: tuple[str, ...], page: Page) -> None:
        """Keep a page of this moment; forget all of another one, and the oldest when there are too many."""
        with self.lock:
            if moment != self.shelf.moment:
                self.shelf = Shelf(moment)
            shelf = self.shelf
            if key not in shelf.pages:
                shelf.pages[key] = page
                shelf.size += weight(key, page)
            while shelf.size > self.most_bytes:
                shelf.size -= weight(*shelf.pages.popitem(last=False))


def weight(key: tuple[str, ...], page: Page) -> int:
    """The bytes that a page takes, with its address: some questions are longer than their answers."""
    return len(page.body) + sum(map(len, key))


def key_of(environ: Environ) -> tuple[str, ...]:
    """What besides the moment decides a page: the address as it was asked for, with scheme and host, and the form."""
    return (
        str(environ.get("HTTP_HOST", "")),
        str(environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"])),
        str(environ["PATH_INFO"]),
        str(environ.get("QUERY_STRING", "")),
        negotiated(str(environ.get("HTTP_ACCEPT", ""))),
        "gzip" if re_accepts_gzip.search(str(environ.get("HTTP_ACCEPT_ENCODING", ""))) else "",
    )


def tag_to_keep(status: str, headers: Headers) -> str | None:
    """The entity tag of an answer that may be kept; None where it may not be."""
    named = {name.lower(): value for name, value in headers}
    varies_by = {name.strip() for name in named.get("vary", "").split(",") if name}
    if not status.startswith("200") or "set-cookie" in named or varies_by - {"Accept", "Accept-Encoding"}:
        return None
    return named.get("etag")


def describes_body(header: str) -> bool:
    """Whether a header belongs to the body that a 304 leaves out."""
    return header.lower() in ("content-encoding", "content-length", "content-type")

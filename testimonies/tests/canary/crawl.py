"""A reader who goes wherever the site leads, through the same WSGI application that is served."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize

from archive.wsgi import application

# Attributes and elements that lead on, in HTML, feeds and sitemaps.
LEADING = re.compile(r"""(?:href|src|action|data-\w*url)=["']([^"']*)["']|<loc>([^<]*)</loc>|srcset=["']([^"']*)["']""")
TAGS = [tag for tag, _name in settings.LANGUAGES]
# Facets can be combined without end: one at a time tells as much.
MOST_PARAMETERS = 1
# One other language stands for all of them, and whole pages for what is asked of them: only the catalogues differ.
PASSED_BY = re.compile("/({})/|/({})/.*[?]".format(*("|".join(tags) for tags in (TAGS[2:], TAGS[1:]))))
# A request's own marks, which differ between any two.
OF_THE_MOMENT = ("Date", "Expires", "X-Request-ID", "Content-Length", "Set-Cookie")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return dict(self.headers).get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """Status line, headers and body, as far as they can be read."""
        lines = [f"{name}: {value}" for name, value in self.headers]
        return "\n".join([str(self.status), *lines, "", self.body.decode(errors="replace")])

    def links(self, here: str) -> Iterator[str]:
        """The addresses on this site to which it leads."""
        found = [value for name, value in self.headers if name in ("Location", "Content-Location")]
        found += [part for name, value in self.headers if name == "Link" for part in re.findall("<([^>]*)>", value)]
        if self.media_type in ("text/html", "application/xml", "application/atom+xml", "text/xml", "application/json"):
            for link, place, candidates in LEADING.findall(self.body.decode()):
                found += [link or place, *(one.split()[0] for one in candidates.split(",") if one.strip())]
        for link in found:
            address = urlsplit(urldefrag(urljoin(f"{settings.ARCHIVE['url']}{here}", unescape(link)))[0])
            if f"{address.scheme}://{address.netloc}" == settings.ARCHIVE["url"]:
                link = address.path + (f"?{address.query}" if address.query else "")
                if not PASSED_BY.match(link):
                    yield link

    def on_the_page(self, here: str) -> Iterator[str]:
        """Those of the links that a reader sees: in a page, not in its header."""
        if self.media_type == "text/html":
            yield from replace(self, headers=tuple(pair for pair in self.headers if pair[0] != "Link")).links(here)


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to one request."""
    path, _, query = address.partition("?")
    environ = RequestFactory().generic(method, unquote(path), QUERY_STRING=query, headers=headers).environ
    started: list[Any] = []
    with connections_kept():
        body = application(environ, lambda *answer: started.append(answer))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
    status, answered, *_ = started[-1]
    return Answer(int(status.split()[0]), tuple(answered), content)


@contextmanager
def connections_kept() -> Iterator[None]:
    """Leave the test's transaction open, which the end of a request would close; Django's own client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def crawl(starts: Iterable[str]) -> dict[str, Answer]:
    """The answers of all addresses, and of all those to which they lead.

    Every page of the desk leads to its door, which keeps in mind where somebody wanted to go: one such stands for all.
    """
    waiting, answers = list(dict.fromkeys(starts)), {}
    doors: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address not in answers:
            answers[address] = ask(address)
            for link in answers[address].links(address):
                path, is_door, whither = link.partition("?next=")
                if is_short(link) and not (is_door and doors.setdefault(path, whither) != whither):
                    waiting.append(link)
    return answers


def is_short(address: str) -> bool:
    """Whether the address asks for few things at once."""
    return len(parse_qsl(urlsplit(address).query)) <= MOST_PARAMETERS


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address that the site can answer, with `%(name)s` for its arguments."""
    for one in (resolver or get_resolver()).url_patterns:
        # The bits of a pattern that may be written in several ways are written in the first.
        for template, _names in normalize(one.pattern.regex.pattern):
            if isinstance(one, URLResolver):
                yield from routes(one, before + template)
            else:
                yield "/" + before + template


def addresses(values: Callable[[str, str], Iterable[str]]) -> Iterator[str]:
    """Every route with every value of its arguments, which `values` gives for a route and the name of one."""
    for route in routes():
        names = re.findall(r"%\((\w+)\)s", route)
        for chosen in product(*(values(route, name) for name in names)):
            yield quote(route % dict(zip(names, chosen, strict=True)), safe="/:?=&")


def static_files() -> Iterator[str]:
    """The address of every style sheet, script and font."""
    for finder in get_finders():
        for name, _storage in finder.list([]):
            yield f"/{settings.STATIC_URL.strip('/')}/{name}"


def without_the_moment(answer: Answer) -> tuple[int, list[tuple[str, str]], bytes]:
    """An answer as it can be compared with another."""
    headers = [(name, value) for name, value in answer.headers if name not in OF_THE_MOMENT]
    return answer.status, sorted(headers), answer.body

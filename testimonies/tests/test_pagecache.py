"""Pages are made once per moment of the log, and whatever is not a whole public page is never kept."""

from collections.abc import Iterable
from typing import Any

import pytest

from archive.pagecache import Page, PageCache, weight
from testimonies import loghead

EPOCH = b"12345678"


class Site:
    """A small site that counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.now = {"number": 1}
        self.status = "200 OK"
        self.headers = [("ETag", 'W/"1"'), ("Content-Type", "text/html")]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer with the number of the request."""
        self.asked += 1
        start_response(self.status, list(self.headers))
        return Body([f"answer {self.asked}".encode()])


class Body(list):
    """What Django returns: it says whether it streams."""

    streaming = False


@pytest.fixture
def site(monkeypatch) -> Site:
    site = Site()
    monkeypatch.setattr(loghead, "read", lambda: (site.now["number"], EPOCH))
    return site


def get(cache: PageCache, path: str = "/", **environ: str) -> tuple[str, dict[str, str], bytes]:
    """The answer to one request."""
    answer: list[Any] = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": "http", "HTTP_HOST": "here", **environ}
    body = b"".join(cache(asked, lambda status, headers: answer.append((status, dict(headers)))))
    return *answer[-1], body


def test_page_is_made_once_while_the_log_stands(site):
    cache = PageCache(site)
    assert [get(cache)[2], get(cache)[2]] == [b"answer 1", b"answer 1"]


def test_every_event_of_the_log_makes_pages_anew(site):
    cache = PageCache(site)
    get(cache)
    site.now["number"] = 2
    assert get(cache)[2] == b"answer 2"


def test_page_made_while_somebody_publishes_counts_as_the_older(site):
    cache = PageCache(site)

    def publishing_meanwhile(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        site.now["number"] = 2
        return site(environ, start_response)

    cache.application = publishing_meanwhile
    get(cache)
    assert get(cache)[2] == b"answer 2"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved Permanently", "500 Internal Server Error"])
def test_what_is_not_a_page_is_not_kept(site, status):
    cache = PageCache(site)
    site.status = status
    assert [get(cache)[2], get(cache)[2]] == [b"answer 1", b"answer 2"]


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b"), ("Vary", "Cookie"), ("Vary", "Accept, Cookie")])
def test_what_is_meant_for_one_reader_is_not_kept(site, header):
    cache = PageCache(site)
    site.headers.append(header)
    assert [get(cache)[2], get(cache)[2]] == [b"answer 1", b"answer 2"]


def test_answer_without_entity_tag_is_not_kept(site):
    cache = PageCache(site)
    site.headers = []
    assert [get(cache)[2], get(cache)[2]] == [b"answer 1", b"answer 2"]


def test_host_path_query_and_scheme_tell_pages_apart(site):
    cache = PageCache(site)
    others = [
        get(cache),
        get(cache, "/other"),
        get(cache, QUERY_STRING="q=1"),
        get(cache, HTTP_HOST="there"),
        get(cache, HTTP_X_FORWARDED_PROTO="https"),
    ]
    assert [body for _, _, body in others] == [f"answer {number}".encode() for number in range(1, 6)]


def test_other_methods_reach_the_site(site):
    cache = PageCache(site)
    get(cache)
    assert get(cache, REQUEST_METHOD="HEAD")[2] == b"answer 2"


def test_copy_that_is_still_good_is_confirmed_without_the_site(site):
    cache = PageCache(site)
    get(cache)
    answer = get(cache, HTTP_IF_NONE_MATCH='W/"1"')
    assert answer == ("304 Not Modified", {"ETag": 'W/"1"'}, b"")
    assert site.asked == 1


def test_cache_does_not_outgrow_its_share(site):
    one = weight(("here", "http", "a", ""), Page("", [], b"answer 1"))
    cache = PageCache(site, most_bytes=2 * one)
    for path in "abcdef":
        get(cache, path)
    assert cache.shelf.size <= 2 * one
    assert len(cache.shelf.pages) == 2
    get(cache, "g" * 2 * one)  # an address that is longer than its page
    assert len(cache.shelf.pages) == 0


def test_every_format_of_an_address_is_kept_apart(site):
    cache = PageCache(site)
    site.headers.append(("Vary", "Accept"))
    asked = ["text/html", "application/ld+json", "*/*", "application/x-bibtex", "application/ld+json;q=0.5"]
    assert [get(cache, HTTP_ACCEPT=accept)[2] for accept in asked] == [
        b"answer 1",
        b"answer 2",
        b"answer 1",
        b"answer 3",
        b"answer 2",
    ]


def test_compressed_and_plain_pages_are_kept_apart(site):
    cache = PageCache(site)
    site.headers.append(("Vary", "Accept, Accept-Encoding"))
    asked = ["", "gzip, br", "gzip;q=1.0", "br"]
    assert [get(cache, HTTP_ACCEPT_ENCODING=taken)[2] for taken in asked] == [
        b"answer 1",
        b"answer 2",
        b"answer 2",
        b"answer 1",
    ]

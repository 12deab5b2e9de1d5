"""What holds for every public address: read only, for everybody the same, no cookie, nothing from elsewhere."""

import re
from html import unescape
from http import HTTPStatus

import pytest
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

from testimonies import urls
from testimonies.dataset import writing
from testimonies.tests import making

pytestmark = pytest.mark.django_db
# The addresses that take something in: letters of witnesses, and questions of harvesters, which are long.


def routes() -> list[URLPattern]:
    """Every public address but those for operators."""
    return [route for route in urls.urlpatterns if not str(route.pattern).startswith("health/")]


@pytest.fixture
def addresses() -> list[str]:
    """One existing address for every route that has a name."""
    publication = making.published(
        may_be_featured=True,
        read_whole=True,
        source=making.a_source(scan=making.a_picture()),
        places=[making.a_place("Aksay")],
        waves=[making.a_wave()],
        tags=[making.a_tag()],
    )
    held = {
        "witness": publication.witness,
        "place": publication.places.get(),
        "wave": publication.waves.get(),
        "source": publication.source,
        "tag": publication.tags.get(),
    }
    keys = {kind: record.address for kind, record in held.items()}
    keys["picture"] = publication.source.scan.renditions[0]["name"]
    keys["export"] = writing.write().named("sqlite").name
    found = []
    for route in routes():
        if route.name:
            named = {"number": 1, "naan": "99999", "passage": "p1", "form": "csl"}
            key = keys.get(route.name.removeprefix("api_"), publication.identifier)
            arguments = {name: named.get(name, key) for name in route.pattern.converters}
            found.append(reverse(route.name, kwargs=arguments))
    return found


def test_every_route_of_the_app_is_one_of_the_sites(addresses):
    assert len(addresses) == len([route for route in routes() if route.name]) > 20
    assert all(get_resolver().resolve(address) for address in addresses)


def test_every_address_answers_get_and_head_alike_and_sets_no_cookie(client, addresses):
    for address in filter(is_read, addresses):
        read, head = client.get(address), client.head(address)
        assert read.status_code in (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER), address
        assert head.status_code == read.status_code, address
        assert head.getvalue() == b"", address
        assert head.headers.keys() == read.headers.keys(), address
        assert not read.cookies, address
        assert set(read.get("Vary", "Accept").split(", ")) <= {"Accept", "Accept-Encoding", "accept-datetime"}, address
        read.getvalue()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "X"])
def test_every_address_refuses_whatever_is_not_reading(client, addresses, method):
    """Schemathesis sends QUERY too, and wants 405 for it."""
    client.handler.enforce_csrf_checks = True
    for address in addresses:
        if method in allowed(address):
            continue
        response = client.generic(method, address)
        assert (response.status_code, response["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, allowed(address)), address
        assert not response.cookies, address
        assert response["Cache-Control"] == "no-store"


def takes(address: str) -> bool:
    """Whether the address takes something in."""
    return resolve(address).url_name in ("ask", "cited", "oai", "verify")


def is_read(address: str) -> bool:
    """Whether the address answers to being read; programs post what they want verified, so that no address holds it."""
    return resolve(address).url_name != "api_verify"


def is_kept(address: str) -> bool:
    """Whether the answer is a file that brings along whatever it needs (tests/views/test_saving.py)."""
    return resolve(address).url_name == "save"


def allowed(address: str) -> str:
    if not is_read(address):
        return "OPTIONS, POST"
    return "GET, HEAD, OPTIONS, POST" if takes(address) else "GET, HEAD, OPTIONS"


def test_every_address_says_which_methods_it_answers(client, addresses):
    for address in addresses:
        response = client.options(address)
        assert (response.status_code, response["Allow"]) == (HTTPStatus.NO_CONTENT, allowed(address)), address
        assert response.content == b""


def test_no_view_is_left_without_its_door():
    assert [route.callback.__name__ for route in routes() if not getattr(route.callback, "csrf_exempt", False)] == []


def test_no_page_asks_anything_of_another_site(client, addresses):
    for address in addresses:
        response = client.get(address)
        if response["Content-Type"].startswith("text/html") and not is_kept(address):
            page = response.content.decode()
            assert 'src="http' not in page, address
            assert "<style" not in page, address
            assert " style=" not in page, address
            assert "<script>" not in page, address
            assert "csrf" not in page.lower(), address
        response.getvalue()


def test_policy_allows_nothing_from_elsewhere_on_every_page(client, addresses):
    for address in addresses:
        response = client.get(address)
        assert "default-src 'none'" in response["Content-Security-Policy"], address
        assert "unsafe" not in response["Content-Security-Policy"], address
        assert response["Referrer-Policy"] == "no-referrer", address
        response.getvalue()


def links(client, address: str) -> set[str]:
    """The addresses of the archive to which the page at an address leads; none where it is no page."""
    response = client.get(address, follow=True)
    assert response.status_code == HTTPStatus.OK, address
    if not response["Content-Type"].startswith("text/html"):
        response.getvalue()
        return set()
    found = re.findall(r'(?:href|src)="(?:http://testserver)?(/[^"]*)"', response.content.decode())
    return {unescape(link).split("#")[0] for link in found if not link.startswith("/static/")}


def test_every_link_on_every_page_leads_somewhere(client, addresses):
    seen = set()
    waiting = set(filter(is_read, addresses))
    while waiting:
        address = waiting.pop()
        seen.add(address)
        found = links(client, address)
        # Facets lead to one another for ever: the first choice is enough.
        waiting |= set() if "?" in address else found - seen
    assert seen > set(filter(is_read, addresses))


def test_robots_may_read_everything_but_the_desk(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n"

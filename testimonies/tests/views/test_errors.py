"""Error pages: words, a status, and nothing of what was asked for."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, path

from testimonies import urls
from testimonies.views import answer, errors


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the zhambyl bridge")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("the zhambyl bridge")


urlpatterns = [*urls.urlpatterns, path("broken/", broken), path("forbidden/", forbidden)]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.not_found, errors.server_error


@pytest.fixture
def calm(settings) -> Client:
    """A reader of a site that has faults, which are answered instead of raised."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/broken/", HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong"),
        ("/forbidden/", HTTPStatus.FORBIDDEN, "This is not open to you"),
        ("/no/such/", HTTPStatus.NOT_FOUND, "There is no such page"),
        ("/?q=%00", HTTPStatus.BAD_REQUEST, "could not be read"),
        ("/?q=" + "x" * 140_000, HTTPStatus.BAD_REQUEST, "could not be read"),
        ("/" + "x" * 2500, HTTPStatus.BAD_REQUEST, "could not be read"),
    ],
)
def test_fault_is_told_in_words_without_a_query(calm, address, status, words, caplog):
    # No database mark: a query would fail the test.
    response = calm.get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert "zhambyl" not in page
    assert "Traceback" not in page
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("fault", [NoReverseMatch("home"), ValueError("Missing staticfiles manifest entry")])
def test_broken_pages_still_say_that_something_is_broken(calm, monkeypatch, fault, caplog):
    def fail(*arguments, **named):
        raise fault

    monkeypatch.setattr(answer, "page", fail)
    response = calm.get("/broken/")
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert response.content.startswith(b"Something went wrong.")


def test_foreign_host_is_refused(calm):
    response = calm.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert b"elsewhere" not in response.content


def test_missing_page_repeats_nothing_of_its_address(calm):
    response = calm.get("/no/zhambyl%22%3E%3Cscript%3E/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert b"zhambyl" not in response.content


def test_large_form_is_refused_in_words(calm):
    response = calm.post("/testimonies/", b"x", content_type="text/plain", headers={"Content-Length": "50000000"})
    assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert b"larger than" in response.content

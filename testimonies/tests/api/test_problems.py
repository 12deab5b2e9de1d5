"""Whatever goes wrong in the API is a problem (RFC 9457), and tells no more than the page does."""

import pytest
from django.test import Client
from django.urls import path, reverse

from testimonies import publishing, urls
from testimonies.models.public import Place
from testimonies.search import IndexBeingMade
from testimonies.tests import making
from testimonies.views import errors

pytestmark = pytest.mark.django_db

READING = "GET, HEAD, OPTIONS"


def problem(response, status):
    """The problem that was answered."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    told = response.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def test_withdrawn_testimony_tells_what_its_tombstone_tells(client):
    publication = making.withdrawn("Gone loaf.")
    key = publication.identifier
    addresses = [
        reverse("api_testimony", args=[key]),
        reverse("api_editions", args=[key]),
        reverse("api_edition", args=[key, 1]),
        reverse("api_edition", args=[key, 7]),
        reverse("api_passages", args=[key, 1]),
        reverse("api_passage", args=[key, "p1"]),
    ]
    for address in addresses:
        told = problem(client.get(address), 410)
        assert told.pop("type") == "http://testserver/api/v1/#withdrawn"
        assert told.keys() == {"title", "status", "detail", "identifier", "withdrawn", "reason"}
        assert (told["identifier"], told["withdrawn"]) == (key, publication.withdrawn_at.date().isoformat())
        assert told["reason"] == "On request"


@pytest.mark.parametrize("state", ["unlisted", "overdue"])
def test_testimony_under_review_shows_no_word(client, state):
    key = getattr(making, state)("Hidden loaf.").identifier
    for rest in ("", "editions/", "editions/1/", "editions/1/passages/", "passages/p1/"):
        told = problem(client.get(f"/api/v1/testimonies/{key}/{rest}"), 404)
        assert told["type"].endswith("#under-review")
        assert "loaf" not in str(told)


def test_emptied_edition_says_when(client):
    publication = making.emptied(making.corrected(making.published("Old loaf."), "New loaf."))
    for name in ("edition", "passages"):
        told = problem(client.get(reverse(f"api_{name}", args=[publication.identifier, 1])), 410)
        assert (told["type"].rpartition("#")[2], told["edition"]) == ("emptied", 1)
        assert told["emptied"] == publication.editions.get(number=1).emptied_at.date().isoformat()
    problem(client.get(reverse("api_passage", args=[publication.identifier, "p1"])), 404)


def test_merged_records_lead_to_the_other(client):
    kept = making.published()
    given_up = making.merged(into=kept)
    response = client.get(reverse("api_testimony", args=[given_up.identifier]))
    assert (response.status_code, response["Location"]) == (301, reverse("api_testimony", args=[kept.identifier]))
    first, second = making.a_place("Aksay"), making.a_place("Aqsay")
    making.published(places=[first, second])
    old = Place.objects.get(pk=second.pk).identifier
    publishing.merge(Place.objects.get(pk=second.pk), into=Place.objects.get(pk=first.pk))
    response = client.get(reverse("api_place", args=[old]))
    first.refresh_from_db()
    assert (response.status_code, response["Location"]) == (301, reverse("api_place", args=[first.identifier]))


def test_record_that_nothing_listed_has_is_gone(client):
    publication = making.published(tags=[making.a_tag()])
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    assert problem(client.get("/api/v1/tags/bread/"), 410)["type"].endswith("#gone")


def test_hidden_record_answers_as_one_that_never_was(client):
    making.a_tag("Hidden")
    draft = making.a_testimony()
    for hidden, never in (("tags/hidden", "tags/hiddem"), (f"testimonies/{draft.pk}", "testimonies/999999")):
        answers = [client.get(f"/api/v1/{key}/") for key in (hidden, never)]
        assert problem(answers[0], 404) == problem(answers[1], 404)
        assert answers[0].headers == answers[1].headers


def test_mistyped_identifier_is_told_what_may_have_been_meant(client):
    publication = making.published()
    typed = publication.identifier.upper()
    told = problem(client.get(f"/api/v1/testimonies/{typed}/"), 404)
    assert told["meant"] == [f"http://testserver/api/v1/testimonies/{publication.identifier}/"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/nowhere",
        "/api/v2/",
        "/api/v1/testimonies",
        "/api/v1/nowhere/",
        "/api/v1/testimonies/?page=0",
        "/api/v1/testimonies/?page=2",
        "/api/v1/testimonies/?page=x",
        "/api/v1/testimonies/b0000009/",
        "/api/v1/testimonies/b0000009/editions/0/",
        "/api/v1/witnesses/1/",
    ],
)
def test_nothing_is_held_there(client, address):
    told = problem(client.get(address), 404)
    assert told["type"] == "about:blank"


@pytest.mark.parametrize("passage", ["p0", "p9", "p1x", "p", "1", "p١", "p-1", "p9999999"])
def test_passage_that_never_was_is_not_found(client, passage):
    key = making.published().identifier
    problem(client.get(f"/api/v1/testimonies/{key}/passages/{passage}/"), 404)


@pytest.mark.parametrize("address", ["/api/v1/tags/?after=%00", "/api/v1/?" + "x" * 140_000, "/api/" + "x" * 2500])
def test_what_cannot_be_read_is_told_without_a_query(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        problem(client.get(address), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "LINK"])
@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/openapi.json", "/api/v1/tags/", "/api/v1/nowhere"])
def test_nothing_but_reading_is_answered(address, method):
    response = Client(enforce_csrf_checks=True).generic(method, address)
    problem(response, 405)
    assert response["Allow"] == READING


def test_index_that_is_being_made_asks_to_be_asked_again(client, monkeypatch):
    def making_it(*arguments, **named):
        raise IndexBeingMade

    monkeypatch.setattr("testimonies.api.testimonies.search", making_it)
    response = client.get("/api/v1/testimonies/")
    problem(response, 503)
    assert response["Retry-After"] == "60"


def broken(request):
    raise RuntimeError("the zhambyl bridge")


urlpatterns = [path("api/v1/broken/", broken), *urls.urlpatterns]
handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.server_error


def test_fault_of_ours_is_a_problem_too(settings, caplog):
    settings.ROOT_URLCONF = __name__
    told = problem(Client(raise_request_exception=False).get("/api/v1/broken/"), 500)
    assert "zhambyl" not in str(told)


def test_head_tells_what_get_tells(client):
    key = making.published(tags=[making.a_tag()]).identifier
    for address in ("/api/v1/testimonies/", f"/api/v1/testimonies/{key}/", "/api/v1/tags/bread/", "/api/v1/nowhere"):
        read, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (read.status_code, b"")
        assert head.headers == read.headers


def test_pages_of_other_sites_may_read(client):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options("/api/v1/testimonies/", headers=asked)
    assert (response.status_code, response.content, response["Allow"]) == (204, b"", READING)
    assert response["Access-Control-Allow-Methods"] == READING
    for address in ("/api/v1/testimonies/", "/data/"):
        response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert response["Vary"] == "Accept-Encoding"
    assert "Access-Control-Allow-Origin" not in client.get("/testimonies/")

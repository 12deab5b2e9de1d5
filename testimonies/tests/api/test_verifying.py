"""Verifying by program: the answers of the page as plain values; what is posted is kept nowhere."""

import json
import logging

import pytest
from django.test import Client

from testimonies.search import IndexBeingMade
from testimonies.tests import making
from testimonies.tests.api.test_problems import problem
from testimonies.verifying import LONGEST

pytestmark = pytest.mark.django_db

ADDRESS, JSON = "/api/v1/verify/", "application/json"
BREAD = "We shared the bread at Aksay, and nobody asked us for papers."


def post(client, sent, **headers):
    body = sent if isinstance(sent, bytes | str) else json.dumps(sent)
    # Django's client names no type for an empty body.
    return client.post(ADDRESS, body, content_type=JSON, CONTENT_TYPE=JSON, headers=headers)


def verify(client, text):
    response = post(client, {"text": text})
    assert response.status_code == 200, response.content
    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in response
    return response.json()


def test_words_are_found_with_the_permalinks_of_where_they_stand(client):
    first = making.published(f"{BREAD}\n\nThen we slept.")
    key = making.corrected(first, f"{BREAD}\n\nThen we went on.").identifier
    told = verify(client, BREAD.replace(",", " ,"))
    permalink = f"http://testserver/testimonies/{key}/"
    assert told["place"] == {
        "identifier": key,
        "permalink": permalink,
        "ark": f"ark:/99999/{key}",
        "edition": {"number": 2, "permalink": f"{permalink}editions/2/"},
        "passages": [{"id": "p1", "permalink": f"{permalink}editions/2/#p1"}],
    }
    assert (told["kind"], told["current"], told["other_editions"]) == ("word_for_word", 2, [1])
    assert told["words"] == [{"label": "As the archive holds them", "text": BREAD, "language": "en"}]
    assert (told["differences"], told["since"], told["reason"]) == ([], None, "")
    assert "as printed" in told["sentence"]


def test_words_that_differ_are_told_apart(client):
    making.published(BREAD)
    told = verify(client, BREAD.replace("bread", "salt"))
    assert told["kind"] == "altered"
    assert [(one["kind"], one["text"]) for one in told["differences"][:3]] == [
        ("same", "We shared the "),
        ("given", "salt"),
        ("held", "bread"),
    ]
    held = "".join(one["text"] for one in told["differences"] if one["kind"] != "given")
    assert held == BREAD.removesuffix(".")


@pytest.mark.parametrize("gone", [making.withdrawn, making.unlisted, making.overdue, making.a_testimony])
def test_words_that_are_not_public_are_words_that_never_were(client, gone):
    gone(BREAD)
    told = verify(client, BREAD)
    assert told["kind"] == "not_held"
    assert told == verify(client, "The grey horse stood by the well all winter long.")


def test_withdrawn_is_said_to_an_identifier_alone(client):
    publication = making.withdrawn(BREAD)
    assert verify(client, f"{BREAD} ark:/99999/{publication.identifier}")["kind"] == "not_held"
    told = verify(client, f"ark:/99999/{publication.identifier}")
    assert (told["kind"], told["reason"]) == ("withdrawn", "On request")
    assert told["since"] == publication.withdrawn_at.date().isoformat()
    assert (told["place"]["edition"], told["words"], told["language"]) == (None, [], "")


@pytest.mark.parametrize("text", ["", "   ", "two words", "\u202e \x01"])
def test_what_is_too_short_is_told_so(client, text):
    assert verify(client, text)["kind"] == "too_short"


def test_text_as_long_as_may_be_is_read_in_any_writing(client):
    assert verify(client, "я" * LONGEST)["kind"] == "too_short"
    assert verify(client, "\U0001d538 " * (LONGEST // 2))["kind"] in ("not_held", "too_short")


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"words"',
        b'{"text": 1}',
        b'{"text": null}',
        b'{"text": ["words"]}',
        b'{"words": "words"}',
        b'{"text": "words", "more": 1}',
        b'{"text": "NUL \\u0000 here"}',
        b'{"text": "half a pair \\ud800 here"}',
        b'{"text": "\xff"}',
        b"\xff\xfe{}",
        b"[" * 200_000,
        b"9" * 10_000,
    ],
)
def test_what_cannot_be_read_is_told_without_a_query(client, sent, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = problem(post(client, sent), 400)
    assert '"text"' in told["detail"]


@pytest.mark.parametrize("size", [LONGEST + 1, 12 * LONGEST + 2000, 2_600_000])
def test_what_is_longer_than_any_testimony_is_refused(client, size, django_assert_num_queries):
    with django_assert_num_queries(0):
        told = problem(post(client, {"text": "x" * size}), 413)
    assert "20000" in told["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x", ""])
def test_other_kinds_of_content_are_refused(client, kind):
    problem(client.generic("POST", ADDRESS, b'{"text": "some more words"}', content_type=kind), 415)


def test_content_type_may_name_the_encoding(client):
    kind = "application/JSON; charset=utf-8"
    assert client.generic("POST", ADDRESS, b'{"text": ""}', content_type=kind).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_nothing_but_posting_is_answered(client, method):
    response = client.generic(method, f"{ADDRESS}?text=words")
    assert (response.status_code, response["Allow"]) == (405, "OPTIONS, POST")


def test_pages_of_other_sites_may_post(client):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    response = client.options(ADDRESS, headers={**asked, "Access-Control-Request-Headers": "content-type"})
    assert (response.status_code, response.content, response["Allow"]) == (204, b"", "OPTIONS, POST")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert response["Access-Control-Allow-Headers"] == "Content-Type"
    told = post(Client(enforce_csrf_checks=True), {"text": BREAD}, Origin="https://elsewhere.example")
    assert (told.status_code, "Set-Cookie" in told) == (200, False)


def test_what_was_posted_is_in_no_line_of_the_log(client, caplog):
    with caplog.at_level(logging.DEBUG):
        verify(client, BREAD)
        post(client, f"{{{BREAD}")
    assert caplog.records
    assert not [one for one in caplog.records if "bread" in f"{one.getMessage()} {vars(one)}"]


def test_index_that_is_being_made_asks_to_be_asked_again(client, monkeypatch):
    def making_it(*arguments, **named):
        raise IndexBeingMade

    monkeypatch.setattr("testimonies.api.verifying.verified", making_it)
    response = post(client, {"text": BREAD})
    problem(response, 503)
    assert response["Retry-After"] == "60"

"""The form for witnesses: anybody can write, nobody learns anything, machines are held off."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.db import connection

from testimonies.models.editorial import said_in
from testimonies.models.public import Letter
from testimonies.tests import making
from testimonies.views import strangers

pytestmark = pytest.mark.django_db

ASK = "/about/request/"


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


def token(seconds: float = 60) -> str:
    """One that was given out so long ago."""
    with freeze(time.time() - seconds):
        return strangers.token("asking")


@contextmanager
def freeze(moment: float) -> Iterator[None]:
    """Let it be another time of day for whoever signs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: moment)
        yield


def filled(**changes) -> dict[str, str]:
    said = {
        "asks": "withdrawal",
        "testimony": "x1y2z3",
        "who": "her brother",
        "reply": "+7 700",
        "ground": "She is afraid.",
    }
    return {**said, "website": "", "token": token(), **changes}


def send(client, **changes):
    return client.post(ASK, filled(**changes))


def test_what_is_sent_is_kept_sealed_and_opened_by_editors(client):
    answer = send(client)
    letter = Letter.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (HTTPStatus.OK, "no-store")
    assert letter.receipt in answer.content.decode()
    said = said_in(letter)
    assert (letter.asks, said.testimony, said.who, said.reply) == ("withdrawal", "x1y2z3", "her brother", "+7 700")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM testimonies_letter")
        assert "afraid" not in str(cursor.fetchall())


def test_the_page_is_fetched_and_sent_as_a_browser_does_without_a_cookie(client, monkeypatch):
    monkeypatch.setattr(strangers, "READ_FOR", -1)
    page = client.get(f"{ASK}?testimony=abc")
    assert 'value="abc"' in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    given = re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]
    client.handler.enforce_csrf_checks = True
    assert send(client, token=given).status_code == HTTPStatus.OK
    assert Letter.objects.count() == 1
    assert not client.cookies


def test_the_answer_is_the_same_whether_there_is_such_a_testimony_or_not(client):
    there = making.published().identifier
    gone = making.withdrawn().identifier
    pages = set()
    for identifier in (there, gone, "zzzzzzzz"):
        shown = client.get(ASK, {"testimony": identifier}).content.decode().replace(identifier, "")
        pages.add(re.sub(r'name="token" value="[^"]+"', "", shown))
        answer = send(client, testimony=identifier, token=token()).content.decode()
        pages.add(answer.replace(Letter.objects.latest("pk").receipt, ""))
    assert len(pages) == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"token": ""}, "was open for very long"),
        ({"token": "forged:1abc:x"}, "was open for very long"),
        ({"age": 13 * 3600}, "was open for very long"),
        ({"age": 0}, "very fast"),
        ({"who": ""}, "This field is required"),
        ({"asks": "money"}, "Select a valid choice"),
        ({"ground": "a" * 5001}, "at most 5000"),
        ({"testimony": "x\x00y"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_that_was_typed_is_lost(client, changes, told):
    if "age" in changes:
        changes = {"token": token(changes["age"])}
    answer = send(client, **{"ground": "She is <afraid>.", **changes})
    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert told in page
    assert "her brother" in page or "who" in changes
    assert "She is &lt;afraid&gt;." in page or "ground" in changes
    assert not Letter.objects.exists()


def test_a_form_is_taken_once(client):
    once = token()
    assert send(client, token=once).status_code == HTTPStatus.OK
    answer = send(client, token=once)
    assert (answer.status_code, Letter.objects.count()) == (HTTPStatus.BAD_REQUEST, 1)
    assert "sent already" in answer.content.decode()


def test_who_fills_in_what_people_do_not_see_is_thanked_and_forgotten(client):
    assert send(client, website="https://example.org").status_code == HTTPStatus.OK
    assert not Letter.objects.exists()


def test_nobody_floods_the_letterbox(client, monkeypatch):
    statuses = [send(client, token=token(60 + number)).status_code for number in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    answer = send(client, token=token(90))
    assert "archive@example.org" in answer.content.decode()
    assert "She is afraid." in answer.content.decode()
    monkeypatch.setattr(strangers, "MOST_FROM_ALL", 8)
    others = [client.post(ASK, filled(token=token(100 + one)), REMOTE_ADDR=f"192.0.2.{one}") for one in range(5)]
    assert [one.status_code for one in others] == [200] * 3 + [429] * 2


def test_a_forged_address_is_not_another_sender(client, settings):
    forged = [
        client.post(ASK, filled(token=token(60 + one)), HTTP_X_FORWARDED_FOR=f"192.0.2.{one}").status_code
        for one in range(6)
    ]
    assert forged[-1] == HTTPStatus.TOO_MANY_REQUESTS
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = client.post(ASK, filled(token=token(80)), HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.9")
    assert behind.status_code == HTTPStatus.OK


def test_no_address_of_a_sender_is_kept(client):
    client.post(ASK, filled(), REMOTE_ADDR="192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM archive_cache")
        assert "192.0.2.77" not in str(cursor.fetchall())


@pytest.mark.parametrize("make", [making.published, making.unlisted])
def test_the_page_of_a_testimony_leads_to_the_form_with_its_identifier(client, make):
    identifier = make().identifier
    page = client.get(f"/testimonies/{identifier}/").content.decode()
    address = f"{ASK}?testimony={identifier}"
    assert f'href="{address}"' in page
    assert f'value="{identifier}"' in client.get(address).content.decode()

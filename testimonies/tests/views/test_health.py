"""Health for load balancers: alive, and ready only when the database answers in time."""

import threading
import time

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import path

from testimonies.views import health

urlpatterns = [path("health/live", health.live), path("health/ready", health.ready)]

pytestmark = pytest.mark.urls("testimonies.tests.views.test_health")


@pytest.fixture(autouse=True)
def nobody_asked_yet(monkeypatch) -> None:
    monkeypatch.setattr(health, "_pending", None)


def test_alive_touches_no_database(client):
    """Without the mark of a test that may use the database, a query would fail here."""
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db(transaction=True)
def test_ready_when_the_database_answers(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


def test_not_ready_when_the_database_refuses_and_nothing_said_why(client, monkeypatch):
    def refuse(connection: BaseDatabaseWrapper) -> None:
        raise OperationalError("password authentication failed for user archive")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")


def test_not_ready_when_the_database_hangs_however_often_it_is_asked(client, monkeypatch):
    answers_at_last = threading.Event()
    asked = []

    def hang() -> bool:
        asked.append(1)
        return answers_at_last.wait(10)

    monkeypatch.setattr(health, "_ask", hang)
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    started = time.monotonic()
    assert [client.get("/health/ready").status_code for _ in range(3)] == [503, 503, 503]
    assert time.monotonic() - started < 5
    assert asked == [1]
    answers_at_last.set()
    assert health._pending is not None
    health._pending.result(timeout=5)
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_health_is_only_looked_at(client, method):
    assert getattr(client, method)("/health/live").status_code == 405


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_only_reading_is_answered(client, address):
    client.handler.enforce_csrf_checks = True
    answer = client.post(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")

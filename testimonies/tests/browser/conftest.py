"""A page in Chromium for the browser tests; it fails a test whose pages break their own security policy.

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

def test_home_page_opens(page, live_server):
    page.goto(live_server.url)
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from testimonies.tests import chromium


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Debian's Chromium, once for all tests."""
    rows_of_migrations = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps a loop in this thread, by which Django would take every query for asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # For the same reason Django opens another connection, which has to know as much as the first.
        connection._test_serialized_contents = rows_of_migrations  # type: ignore[attr-defined]
        running = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield running
        running.close()
        connections.close_all()


@pytest.fixture(autouse=True)
def one_request_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """All threads of the test server share the one connection to SQLite in memory, and with it transactions."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
        return
    lock, handle = threading.RLock(), WSGIHandler.__call__

    def one_by_one(*request: Any) -> Any:
        with lock:
            return handle(*request)

    monkeypatch.setattr(WSGIHandler, "__call__", one_by_one)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page in a context of its own."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    context = browser.new_context()
    opened = context.new_page()
    opened.on("console", note)
    # A transition between two pages of which only one has them is given up by Chromium with an error of its own.
    opened.on("pageerror", lambda error: None if "Transition" in str(error) else faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []

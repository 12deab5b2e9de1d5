"""A page in Chromium for the browser tests; it fails a test whose pages break their own security policy.

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

def test_home_page_opens(page, live_server):
    page.goto(live_server.url)
"""

import contextlib
import time
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import Error as PageIsGone

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


class Asked:
    """Counts what the server is at: no table may be emptied while it writes the last words of a closed page."""

    def __init__(self) -> None:
        self._open = self._all = 0

    def begins(self, **_told: object) -> None:
        """A request has come."""
        self._open, self._all = self._open + 1, self._all + 1

    def ends(self, **_told: object) -> None:
        """A request has been answered."""
        self._open -= 1

    def wait_until_quiet(self, seconds: float = 10) -> None:
        """Wait until nothing is being answered and nothing new has come for a moment."""
        until, known = time.monotonic() + seconds, -1
        while (self._open or self._all != known) and time.monotonic() < until:
            known = self._all
            time.sleep(0.05)


@pytest.fixture
def asked() -> Iterator[Asked]:
    """What the server is at during a test."""
    asked = Asked()
    request_started.connect(asked.begins)
    request_finished.connect(asked.ends)
    yield asked
    request_started.disconnect(asked.begins)
    request_finished.disconnect(asked.ends)


@pytest.fixture
def page(browser: Browser, asked: Asked) -> Iterator[Page]:
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
    for one in context.pages:
        with contextlib.suppress(PageIsGone):  # a tab that was killed says nothing more
            one.goto("about:blank")  # a page that is left says so to the server
    context.close()
    asked.wait_until_quiet()
    assert faults == []

"""A page in Chromium for the browser tests; it fails a test whose pages break their own security policy.

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

def test_home_page_opens(page, live_server):
    page.goto(live_server.url)
"""

from collections.abc import Iterator

import pytest
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

"""An import in a browser: a file is handed in, its report read, imported and undone; the pages keep their policy."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from testimonies.exchange import running
from testimonies.models.editorial import Testimony
from testimonies.tests.exchange.conftest import a_csv

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROW = {
    "source_title": "Bread and borders",
    "source_url": "https://courier.example/bread",
    "witness_name": "Aibek",
    "place_1": "Osh",
    "place_1_within": "Kyrgyzstan",
    "tags": "Bread; Border crossings",
}


@pytest.fixture
def desk(page: Page, live_server, client, settings, monkeypatch) -> Page:
    """A browser in which an editor is signed in, and a server that imports in its own process."""
    monkeypatch.setattr(running, "start", running.step)
    user = User.objects.create_user("editor", password=None, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/")
    return page


def test_a_file_is_imported_and_undone(desk):
    desk.get_by_role("link", name="Import", exact=True).click()
    data = a_csv(ROW, ROW | {"quote_1": "With a mark\u202e in it."}).encode()
    desk.set_input_files("input[type=file]", {"name": "voices.csv", "mimeType": "text/csv", "buffer": data})
    desk.get_by_role("button", name="Look through the file").click()
    expect(desk.get_by_text("New source: “Bread and borders”.")).to_be_visible()
    expect(desk.get_by_text("U+202E")).to_be_visible()
    desk.get_by_role("link", name="Import", exact=True).click()
    desk.get_by_role("button", name="Import now").click()
    expect(desk.get_by_text("The import has begun.")).to_be_visible()
    assert Testimony.objects.count() == 2
    desk.get_by_role("link", name="Undo").click()
    desk.get_by_role("button", name="Undo this import").click()
    expect(desk.get_by_text("It is undone")).to_be_visible()
    assert Testimony.objects.count() == 0


def test_a_file_with_faults_names_them(desk):
    desk.get_by_role("link", name="Import", exact=True).click()
    data = a_csv(ROW, ROW | {"spoken": "03/04/2022", "mode": "sung"}).encode()
    desk.set_input_files("input[type=file]", {"name": "voices.csv", "mimeType": "text/csv", "buffer": data})
    desk.get_by_role("button", name="Look through the file").click()
    expect(desk.locator("li.fault code")).to_have_text(["spoken", "mode"])
    expect(desk.get_by_role("link", name="Import", exact=True)).to_have_count(0)

"""Nobody is kept out: axe-core finds nothing on the pages of the desk, by day and by night."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.test.signals import template_rendered
from playwright.sync_api import Browser, Page, expect

from testimonies.tests import making
from testimonies.tests.accessibility import faults
from testimonies.tests.scenes import Desk

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PASSWORD = "seven steppe geese"
DESK = Path(settings.BASE_DIR) / "templates" / "desk"
# Pages that are not opened here, and why.
ELSEWHERE = {
    "403_csrf.html": "a form that another site sent",
    "429.html": "too many attempts; the same frame as the page for signing in",
    "simple_history/object_history.html": "stands in every history page of admin/object_history.html",
}


@pytest.fixture
def reader(db) -> User:
    cache.clear()
    return member("reader")


def member(name: str) -> User:
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="Archivist"))
    return user


@pytest.fixture
def scene(reader) -> Desk:
    return Desk(reader, member("aigul"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without its security policy, which axe-core does not keep; the other tests see to it."""
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(page: Page, live_server, reader) -> Page:
    """A browser in which an archivist is signed in."""
    client = Client()
    client.force_login(reader)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})
    return page


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """The names of the templates that were used."""
    names: set[str] = set()

    def note(template: Any, **_more: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def addresses(scene: Desk) -> list[str]:
    """Every kind of page that the desk has."""
    testimony = making.testimony_of(scene.publication).pk
    return [
        "",
        "review/",
        "requests/",
        "testimonies/testimony/",
        "testimonies/testimony/add/",
        f"testimonies/testimony/{testimony}/change/",
        f"testimonies/testimony/{scene.waiting.pk}/change/",
        f"testimonies/testimony/{testimony}/history/",
        f"testimonies/testimony/{scene.draft.pk}/delete/",
        f"testimonies/testimony/{testimony}/snapshot/",
        f"testimonies/testimony/{testimony}/disclose/",
        f"testimonies/testimony/{testimony}/restore/",
        f"testimonies/testimony/{testimony}/renew/",
        f"testimonies/testimony/{testimony}/withdraw/",
        f"testimonies/testimony/{testimony}/erase/",
        "testimonies/testimony/export/",
        "testimonies/importbatch/add/",
        f"testimonies/importbatch/{scene.import_batch.pk}/change/",
        f"testimonies/letter/{scene.letter.pk}/change/",
        f"testimonies/letter/{scene.letter.pk}/take_in/",
        f"testimonies/witness/{scene.witness.pk}/change/",
        f"testimonies/place/{scene.place.pk}/change/",
        f"testimonies/source/{scene.source.pk}/change/",
        f"testimonies/wave/{scene.wave.pk}/change/",
        f"testimonies/tag/{scene.tag.pk}/change/",
        f"testimonies/tag/{scene.tag.pk}/history/",
        f"testimonies/tag/{scene.tag.pk}/unmerge/",
        "testimonies/picture/add/",
        f"testimonies/picture/{scene.picture.pk}/change/",
        f"testimonies/publication/{scene.publication.pk}/change/",
        "testimonies/publicationevent/",
        f"testimonies/identity/{scene.identity.pk}/open/",
        "testimonies/accountevent/",
        f"auth/user/{scene.other.pk}/change/",
        "admin/logentry/",
        "account/password/",
        "account/factors/",
        "account/factors/totp/activate/",
        "account/factors/webauthn/add/",
        "account/factors/recovery-codes/generate/",
        "account/sessions/",
        "account/reauthenticate/",
        "nothing/here/",
    ]


def test_nothing_is_found_on_any_page_of_the_desk(desk, live_server, scene, rendered):
    found = {}
    for address in addresses(scene):
        desk.goto(f"{live_server.url}/admin/{address}")
        if "/admin/login" in desk.url or "/reauthenticate" in desk.url:
            desk.get_by_label("Password").fill(PASSWORD)
            desk.get_by_role("button", name=re.compile("Confirm|Sign in")).first.click()
            desk.goto(f"{live_server.url}/admin/{address}")
        if wrong := faults(desk):
            found[address] = wrong
    assert found == {}
    pages = {str(path.relative_to(DESK)) for path in DESK.rglob("*.html") if "{% extends" in path.read_text()}
    assert pages - rendered - set(ELSEWHERE) == {"account/login.html", "admin/testimonies/testimony/batch.html"}


def test_nothing_is_found_where_somebody_signs_in(page, live_server, reader):
    page.goto(f"{live_server.url}/admin/")
    assert faults(page) == []
    page.get_by_label("Username").fill("reader")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("not correct")).to_be_visible()
    assert faults(page) == []


def test_nothing_is_found_on_the_pages_of_a_batch(desk, live_server, scene):
    desk.goto(f"{live_server.url}/admin/testimonies/testimony/")
    desk.get_by_label("Select all objects on this page for an action").check()
    desk.get_by_label("Action:").select_option("Set the wave")
    desk.get_by_role("button", name="Go").click()
    expect(desk.get_by_role("button", name="Show what would change")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_label("inferred").check()
    desk.get_by_role("button", name="Show what would change").click()
    expect(desk.locator(".errorlist").first).to_be_visible()
    assert faults(desk) == []  # with what is missing
    desk.locator("#id_basis_reason").fill("They tell of the harvest.")
    desk.get_by_role("button", name="Show what would change").click()
    expect(desk.get_by_role("heading", name="testimonies would change")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_role("button", name=re.compile("^Change . testimonies")).click()
    expect(desk.get_by_text("testimonies were changed.")).to_be_visible()
    assert faults(desk) == []


def test_nothing_is_found_where_two_saved_or_something_is_missing(desk, live_server, scene):
    desk.goto(f"{live_server.url}/admin/testimonies/testimony/{scene.draft.pk}/change/")
    scene.draft.refresh_from_db()
    scene.draft.locator = "page 3"
    scene.draft.save()
    desk.get_by_label("Quoted words").first.fill("We baked for nobody.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("columnheader", name="Saved now")).to_be_visible()
    assert faults(desk) == []
    desk.goto(f"{live_server.url}/admin/testimonies/place/add/")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("This field is required.").first).to_be_visible()
    assert faults(desk) == []

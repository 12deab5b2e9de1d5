"""A saved copy in a real browser, opened as a file where there is no connection."""

import pytest
from playwright.sync_api import expect

from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_a_saved_copy_opens_without_a_connection_in_its_own_faces(page, live_server, tmp_path):
    source = making.a_source("Нан мен жол", url=f"https://courier.example/{'a' * 200}", language="kk")
    publication = making.published("Біз кеттік, Әйгүл қалды.", source=source, language_printed="kk")
    page.goto(f"{live_server.url}/testimonies/{publication.identifier}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save this testimony").click()
    copy = tmp_path / download.value.suggested_filename
    assert copy.name == f"testimony-{publication.identifier}-edition-1.html"
    download.value.save_as(copy)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(copy.as_uri())
    expect(page.get_by_text("Біз кеттік, Әйгүл қалды.")).to_be_visible()
    faces = page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(face => `${face.style} ${face.status}`))")
    assert sorted(faces) == ["italic loaded", *["normal loaded"] * 2]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert asked == [copy.as_uri()]

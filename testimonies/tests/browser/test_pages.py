"""The public pages in a real browser: narrow and wide, without scripts, in both colours."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from testimonies.models.public import PlaceRelation
from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajüte" * 2


@pytest.fixture
def addresses() -> list[str]:
    """A page of every kind, with words that are longer than a telephone is wide."""
    country = making.a_place("Kazakhstan", kind="country")
    town, wave, tag = making.a_place(parent=country), making.a_wave(LONG), making.a_tag("Bread")
    witness, source = making.a_witness(), making.a_source(url=f"https://example.org/{LONG}")
    publication = making.published(
        f"{LONG}\n\nWe shared [[dry]] bread.",
        witness=witness,
        source=source,
        places=[town, (PlaceRelation.SPEAKS_OF, country)],
        waves=[wave],
        tags=[tag],
    )
    for record in (town, wave, tag, source, witness):
        record.refresh_from_db()
    permalink = f"/testimonies/{publication.identifier}/"
    return [
        "/", "/testimonies/", permalink, f"{permalink}editions/", f"{permalink}editions/1/",
        "/witnesses/", f"/witnesses/{witness.identifier}/", "/places/", f"/places/{town.identifier}/",
        "/waves/", f"/waves/{wave.slug}/", "/sources/", f"/sources/{source.identifier}/",
        "/tags/", f"/tags/{tag.slug}/", "/about/", "/cite/",
        "/nothing-here/", f"/testimonies/?q={LONG}&place=nowhere",
    ]  # fmt: skip


@pytest.fixture
def permalink(addresses) -> str:
    return next(address for address in addresses if address.count("/") == 3 and address.startswith("/testimonies/"))


def test_no_page_is_wider_than_its_window(page, live_server, addresses):
    too_wide = []
    for address in addresses:
        page.goto(live_server.url + address)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append((width, address))
    assert too_wide == []


def test_a_page_takes_ten_requests_at_most_all_to_this_host(page, live_server, addresses):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        asked.clear()
        page.goto(live_server.url + address)
        page.evaluate("document.fonts.ready.then(() => true)")
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
        assert len(asked) <= 10, asked
    assert page.context.cookies() == []


def test_colours_are_chosen_and_remembered(page, live_server):
    page.goto(live_server.url)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    expect(page.get_by_role("button", name="Auto")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{live_server.url}/about/")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert page.evaluate(background) == dark
    page.get_by_role("button", name="Auto").click()
    assert page.evaluate(background) == light


def test_from_the_first_page_to_a_citation_without_scripts(browser, live_server, settings, permalink):
    settings.ARCHIVE = settings.ARCHIVE | {"url": live_server.url}
    making.published("Another loaf of bread.")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    expect(page.get_by_role("group", name="Colours")).to_be_hidden()
    page.get_by_label("Search the testimonies").fill("bread")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".standing")).to_contain_text("2 testimonies")
    narrow = page.get_by_role("navigation", name="Narrow this list")
    narrow.get_by_role("link", name="Aksay").click()
    narrow.get_by_role("link", name="Bread", exact=True).click()
    expect(page.locator(".standing")).to_contain_text("1 testimony")
    page.get_by_role("link", name="Words of Aibek").click()
    assert urlsplit(page.url).path == permalink
    expect(page.get_by_text("We shared")).to_be_visible()
    page.get_by_role("link", name="Cite passage p2").click()
    expect(page.locator(".citation:visible")).to_contain_text("Passage p2")
    with page.expect_download() as download:
        page.locator("#cite").get_by_role("link", name="RIS", exact=True).click()
    told = download.value.path().read_text(encoding="utf-8")
    assert "Aibek" in told
    assert f"{permalink}editions/1/#p2" in told
    context.close()


def test_what_is_copied_are_the_words_without_the_marks_of_the_page(page, live_server, permalink):
    page.goto(live_server.url + permalink)
    copied = page.locator("#p2 .said").evaluate(
        "element => { getSelection().selectAllChildren(element); return `${getSelection()}`; }"
    )
    assert copied == "We shared [dry] bread."


def test_the_first_key_leads_past_the_navigation(page, live_server):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()

"""The box with citations: chosen and copied with one click, remembered, and whole without script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server) -> str:
    publication = making.published("We sold the piano.\n\nThen we left.")
    return f"{live_server.url}{reverse('testimony', args=[publication.identifier])}"


def test_style_is_chosen_without_another_page_and_stays_chosen(page, address):
    page.goto(address)
    expect(page.locator(".citation:visible")).to_contain_text("October 2, 2021")
    page.get_by_role("link", name="Harvard").click()
    expect(page.locator(".citation:visible")).to_contain_text("(no date)")
    assert page.url == address
    page.reload()
    expect(page.locator(".citation:visible")).to_contain_text("(no date)")
    expect(page.get_by_role("link", name="Harvard")).to_have_attribute("aria-current", "true")
    page.goto(f"{address}?style=mla")
    expect(page.locator(".citation:visible")).to_contain_text("2 Oct. 2021")
    assert page.context.cookies() == []


def test_citation_is_copied_with_one_click_italics_and_all(page, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}?passage=p2&style=apa")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate(
        "async () => { const [one] = await navigator.clipboard.read();"
        " const text = async (type) => (await one.getType(type)).text();"
        " return [await text('text/plain'), await text('text/html')]; }"
    )
    assert copied[0] == page.locator(".citation:visible").inner_text()
    assert "#p2" in copied[0]
    assert "<i>The Steppe Courier</i>" in copied[1]


def test_box_is_whole_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name="Copy the citation")).to_be_hidden()
    page.get_by_role("link", name="APA").click()
    expect(page.locator(".citation:visible")).to_contain_text("(n.d.)")
    page.locator("#cite").get_by_role("link", name="p2", exact=True).click()
    expect(page.locator(".citation:visible")).to_contain_text("passage p2")
    expect(page.locator(".citation:visible")).to_contain_text("(n.d.)")
    context.close()

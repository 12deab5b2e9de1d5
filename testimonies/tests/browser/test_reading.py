"""What helps readers where there is script: keys, citations brought along, original or translation, leaving."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from testimonies import publishing
from testimonies.models.editorial import Translation
from testimonies.tests import making
from testimonies.tests.accessibility import faults

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

LINES = "We sold the piano to the neighbour and the neighbour sold it to the school."


@pytest.fixture(autouse=True)
def wide(page):
    page.set_viewport_size({"width": 1280, "height": 700})


@pytest.fixture
def publication():
    return making.published("\n\n".join(f"{number}. {LINES * 6}" for number in range(1, 5)))


@pytest.fixture
def address(live_server, publication) -> str:
    return f"{live_server.url}{reverse('testimony', args=[publication.identifier])}"


@pytest.fixture
def translated(live_server) -> str:
    """The address of a testimony of four passages with a translation."""
    testimony = making.a_testimony("\n\n".join(f"Отрывок {number}. {LINES * 4}" for number in range(1, 5)))
    text = "\n\n".join(f"Passage {number}. {LINES * 7}" for number in range(1, 5))
    Translation.objects.create(testimony=testimony, language="it", text=text, by_machine=True)
    publication = publishing.publish(testimony, by=None, known_to_differ=True).publication
    return f"{live_server.url}{reverse('testimony', args=[publication.identifier])}"


# Keys


def test_keys_go_from_passage_to_passage_and_into_the_search_box(page, address):
    page.goto(address)
    for key, passage in [("j", "p1"), ("j", "p2"), ("j", "p3"), ("k", "p2")]:
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=f"Passage {passage}", exact=True)).to_be_focused()
        expect(page.locator(f"#{passage} .said")).to_be_in_viewport()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search the testimonies")
    expect(box).to_be_focused()
    page.keyboard.type("jk/?")
    expect(box).to_have_value("jk/?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_go_from_result_to_result(page, live_server):
    titles = [making.published(f"Word {number}.").title for number in range(2)]
    page.goto(f"{live_server.url}/testimonies/")
    results = page.locator(".card a:visible").filter(has_text="Words of")
    expect(results).to_have_text(titles)
    page.keyboard.press("j")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(results.nth(1)).to_be_focused()


def test_keys_with_other_letters_on_them_and_modifiers(page, address):
    """The key of j is о on a Russian keyboard; with Control it is the browser's."""
    page.goto(address)
    press = "key => dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', cancelable: true, ...key}))"
    assert page.evaluate(press, {"key": "j", "ctrlKey": True})
    assert page.evaluate(press, {"key": "J", "shiftKey": True})
    expect(page.locator("body")).to_be_focused()
    assert not page.evaluate(press, {"key": "о"})
    expect(page.get_by_role("link", name="Passage p1", exact=True)).to_be_focused()


def test_keys_are_told_of_and_turned_off_on_this_device(page, address):
    page.goto(address)
    page.keyboard.press("j")
    page.keyboard.press("?")
    told = page.get_by_role("dialog", name="Keys and copying")
    expect(told).to_be_visible()
    expect(told.get_by_label("Use keys")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(page.get_by_role("link", name="Passage p1", exact=True)).to_be_focused()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("body")).to_be_focused()
    expect(told).to_be_hidden()
    page.get_by_role("contentinfo").get_by_role("button", name="Keys and copying").click()
    told.get_by_label("Use keys").check()
    told.get_by_role("button", name="Close").click()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Passage p4", exact=True)).to_be_focused()
    assert page.context.cookies() == []


def test_nobody_is_kept_out_of_the_box_of_keys_or_the_switch(browser, translated):
    context = browser.new_context(bypass_csp=True)  # axe-core is put into the page
    page = context.new_page()
    page.goto(translated)
    assert faults(page) == []
    page.keyboard.press("?")
    assert faults(page) == []
    context.close()


# Copying

COPIED = """([first, last, begin]) => {
    const text = (id) => document.querySelector(id).firstChild;
    getSelection().setBaseAndExtent(text(first), begin, text(last), text(last).length);
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(first).dispatchEvent(event);
    return [data.getData("text/plain"), data.getData("text/html")];
}"""


def test_copied_words_bring_their_citation_along(page, address, publication):
    page.goto(address)
    expect(page.get_by_text("bring a short citation along")).to_be_visible()
    plain, html = page.evaluate(COPIED, ["#p2 .said", "#p3 .said", 0])
    words, citation = plain.rsplit("\n\n", 1)
    assert words.startswith("2. We sold")
    assert words.endswith("school.")
    assert "cite" not in words
    permalink = f"http://testserver/testimonies/{publication.identifier}/editions/1/#p2"
    assert citation.startswith("Aibek, quoted in “Bread and borders”, The Steppe Courier, 2 October 2021.")
    assert "edition 1" in citation
    assert citation.endswith(permalink)
    assert f'<a href="{permalink}">' in html
    assert 'class="anchor"' not in html


def test_copied_words_of_a_translation_say_who_translated(page, translated):
    page.goto(translated)
    (plain, _html) = page.evaluate(COPIED, ["#p6 .said", "#p6 .said", 0])
    assert "by a machine" in plain
    assert plain.endswith("#p6")


def test_few_words_and_words_outside_are_copied_as_they_are(page, address):
    page.goto(address)
    assert page.evaluate(COPIED, ["#p2 .said", "#p2 .said", len(LINES * 6) - 10]) == ["", ""]
    assert page.evaluate(COPIED, ["#p2 .said", ".foot p", 0]) == ["", ""]
    assert page.evaluate(COPIED, [".foot p", ".foot p", 0]) == ["", ""]


def test_citations_are_left_behind_where_the_reader_says_so(page, address):
    page.goto(address)
    page.locator(".brings").get_by_role("button").click()
    page.get_by_label("Copied words").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    assert page.evaluate(COPIED, ["#p2 .said", "#p3 .said", 0]) == ["", ""]


# Original and translation


def test_switch_shows_either_keeps_the_place_and_is_remembered(page, translated):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(translated)
    page.evaluate("document.querySelector('#p3').scrollIntoView()")
    top = "document.querySelector('#p3').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="As printed")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#p3 .translated")).to_be_hidden()
    assert page.evaluate(top) == pytest.approx(before, abs=2)
    page.keyboard.press("t")
    expect(page.locator("#p3 > p").first).to_be_hidden()
    expect(page.locator("#p3 .translated")).to_be_visible()
    assert page.evaluate(top) == pytest.approx(before, abs=2)
    page.reload()
    expect(page.get_by_role("button", name="Translated")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Both").click()
    expect(page.locator("#p3 > p")).to_have_count(2)
    expect(page.locator("#p3 > p").first).to_be_visible()
    expect(page.locator("#p3 .translated")).to_be_visible()


def test_link_to_a_passage_that_is_not_shown_shows_it(page, translated):
    page.goto(translated)
    page.get_by_role("button", name="As printed").click()
    page.goto("about:blank")
    page.goto(f"{translated}#p7")
    expect(page.locator("#p7")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(translated)
    expect(page.locator("#p7")).to_be_hidden()


# The links of a passage


def test_links_of_a_passage_wait_for_pointer_or_focus_and_a_finger_finds_them(browser, page, address):
    page.goto(address)
    link = page.get_by_role("link", name="Cite passage p2")
    expect(link).to_have_css("opacity", "0")
    page.locator("#p2 .said").hover()
    expect(link).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(link).to_have_css("opacity", "0")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    touched = context.new_page()
    touched.goto(address)
    expect(touched.get_by_role("link", name="Cite passage p2")).to_have_css("opacity", "1")
    context.close()


# Sharing


def test_device_shares_title_and_address_and_the_printer_prints(page, address, publication):
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }; window.print = () => 0;")
    page.goto(f"{address}?passage=p2")
    page.get_by_role("button", name="with this device").click()
    permalink = f"http://testserver/testimonies/{publication.identifier}/editions/1/#p2"
    assert page.evaluate("window.shared") == {"title": publication.title, "url": permalink}
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()


# Leaving


@pytest.fixture
def elsewhere(live_server, settings) -> re.Pattern[str]:
    settings.ARCHIVE = settings.ARCHIVE | {"leave": f"{live_server.url}/health/live"}
    return re.compile("/health/live$")


@pytest.mark.parametrize("way", ["link", "keys"])
def test_page_is_left_quickly_and_the_way_back_does_not_lead_to_it(page, live_server, elsewhere, address, way):
    page.goto(f"{live_server.url}/about/")
    page.goto(address)
    if way == "link":
        page.get_by_role("link", name="Leave this page quickly").click()
    else:
        page.keyboard.press("/")
        for _ in range(3):
            page.keyboard.press("Escape")
    expect(page).to_have_url(elsewhere)
    page.go_back()
    expect(page).to_have_url(re.compile("/about/$"))


def test_escape_pressed_for_something_else_leaves_no_page(page, elsewhere, address):
    page.goto(address)
    for key in ("Escape", "Escape", "j", "Escape"):
        page.keyboard.press(key)
    held_down = "repeat => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', repeat }))"
    for is_repeated in (False, True, True):
        page.evaluate(held_down, is_repeated)
    expect(page).to_have_url(address)
    expect(page.locator("#p1 .said")).to_be_visible()


def test_words_are_gone_before_the_other_site_is_there(page, elsewhere, address):
    page.goto(address)
    page.route("**/health/live", lambda route: route.fulfill(status=204))  # to which browsers do not go
    page.get_by_role("link", name="Leave this page quickly").click()
    expect(page.locator("#p1 .said")).to_be_hidden()
    assert page.title() == ""


def test_page_without_script_has_no_button_that_does_nothing(browser, translated):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(translated)
    expect(page.get_by_role("link", name="Leave this page quickly")).to_be_visible()
    expect(page.get_by_role("link", name="by mail")).to_be_visible()
    expect(page.get_by_text("bring a short citation along")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)
    context.close()

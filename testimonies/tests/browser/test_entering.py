"""Entering a testimony in a browser: few interactions, nothing typed is lost, readers' page beside the form."""

import contextlib
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Locator, Page, expect

from testimonies.management.commands.prepare_archive import make_archivist
from testimonies.models.editorial import Draft
from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "seven steppe geese"
WORDS = "We baked for the whole street and asked nobody for papers."
ARTICLE = f"Nobody slept that night in Aksay. According to Aibek the baker: “{WORDS}” Then the wind turned."
ADDRESS = "https://courier.example/2021/bread?utm_source=x"
MOST_INTERACTIONS = 25
HALF = "We baked for the whole str"


class Counting:
    """Does what an editor does, and counts it: a click, a field filled, a key pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def fill(self, field: Locator, text: str) -> None:
        self.count += 1
        field.fill(text)

    def click(self, element: Locator) -> None:
        self.count += 1
        element.click()

    def press(self, keys: str) -> None:
        self.count += 1
        self.page.keyboard.press(keys)

    def name(self, field: str, name: str) -> None:
        """Type a name into a field of records, and make the record."""
        box = self.page.locator(f"{field} .select2-selection, {field} .select2-search__field").first
        self.click(box)
        self.count += 1
        self.page.keyboard.type(name)
        self.click(self.page.get_by_role("option", name=f"New: {name}"))
        expect(self.page.locator(f"{field} option:checked")).to_have_text(name)


def sign_in(page: Page) -> Counting:
    counting = Counting(page)
    counting.fill(page.get_by_label("Username"), "archivist")
    counting.fill(page.get_by_label("Password"), PASSWORD)
    counting.click(page.get_by_role("button", name="Sign in", exact=True))
    return counting


def open_form(page: Page) -> None:
    """Sign in, and open the form of a new testimony."""
    sign_in(page).click(page.get_by_role("link", name="New testimony"))
    page.wait_for_url("**/add/")


@pytest.fixture
def entrance(page: Page, live_server) -> Page:
    """The page for signing in."""
    make_archivist(PASSWORD)
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/admin/")
    return page


def words_of(page: Page) -> Locator:
    return page.get_by_label("Quoted words").first


def test_from_the_sign_in_to_a_published_testimony_in_few_interactions(entrance):
    page, editor = entrance, sign_in(entrance)
    editor.click(page.get_by_role("link", name="New testimony"))
    editor.fill(page.get_by_label("Address of the page"), ADDRESS)
    with page.expect_popup() as opened:
        editor.click(page.get_by_role("button", name="Enter this source"))
    source = opened.value
    assert source.locator("#id_url").input_value() == ADDRESS
    for name, value in {"title": "Bread and borders", "publisher": "The Steppe Courier", "date": "autumn 2021"}.items():
        editor.fill(source.locator(f"#id_{name}"), value)
    with source.expect_event("close"):
        editor.click(source.get_by_role("button", name="Save", exact=True))
    editor.fill(page.get_by_label("Text of the source"), ARTICLE)
    editor.fill(words_of(page), WORDS)
    editor.name(".field-witness", "Aibek")
    editor.name("#placements-0 .fieldBox.field-place", "Aksay")
    editor.click(page.locator("#placements-0").get_by_label("stated in the source"))
    with page.expect_popup() as opened:
        editor.click(page.locator("#add_id_basis"))
    basis = opened.value
    editor.fill(basis.locator("#id_label"), "Printed")
    editor.count += 1
    basis.locator("#id_kind").select_option(label="already published by the press")
    editor.fill(basis.locator("#id_statement"), "Not asked.")
    with basis.expect_event("close"):
        editor.click(basis.get_by_role("button", name="Save", exact=True))
    expect(page.locator("#id_basis option:checked")).to_have_text("Printed")
    editor.click(page.get_by_role("button", name="Publish"))
    expect(page.locator(".messagelist")).to_contain_text("Edition 1 is published.")
    assert editor.count <= MOST_INTERACTIONS, editor.count

    expect(page.locator("#quotation .result")).to_contain_text("Found word for word")
    words_of(page).fill(WORDS.replace("papers", "money"))
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#quotation .result")).to_have_class(re.compile("differs"))
    expect(page.locator("#quotation del")).to_contain_text("money")

    page.goto(page.url.rpartition("/testimony/")[0] + "/testimony/add/")
    assert page.locator("#id_basis").input_value() == ""
    page.get_by_label("Address of the page").fill("http://www.courier.example/2021/bread/")
    expect(page.locator(".answer")).to_contain_text("Held already, and chosen below: The Steppe Courier")


def test_a_killed_tab_and_an_ended_session_lose_nothing(entrance):
    page, context = entrance, entrance.context
    open_form(page)
    words_of(page).press_sequentially(HALF)
    expect(page.locator("#kept")).to_have_text(re.compile(r"^Saved \d"))
    address = page.url
    crash(page)
    Session.objects.all().delete()

    again = context.new_page()
    again.goto(address)
    sign_in(again)
    again.goto(address)
    expect(again.locator(".unsaved")).to_contain_text("You have unsaved work from")
    again.get_by_text("Compare with what is saved").click()
    expect(again.locator(".unsaved td", has_text=HALF)).to_be_visible()
    again.get_by_role("link", name="Continue").click()
    expect(words_of(again)).to_have_value(HALF)
    words_of(again).fill(WORDS)
    again.keyboard.press("Control+s")
    expect(again.locator(".messagelist")).to_contain_text("It is entered as a draft.")
    assert [(one.form, one.testimony_id, one.data[:1500]) for one in Draft.objects.all()] == []


def crash(page: Page) -> None:
    """Kill the process of the tab: no event of leaving is sent."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")


def test_a_session_that_ends_in_the_middle_of_the_form_goes_on_after_signing_in(entrance):
    page = entrance
    open_form(page)
    expect(page.locator("#segments-0")).to_be_visible()
    Session.objects.all().delete()
    words_of(page).fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#kept")).to_contain_text("Your session has ended.")
    expect(words_of(page)).to_have_value(WORDS)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in, in a new window").click()
    sign_in(opened.value)
    expect(opened.value.get_by_role("link", name="New testimony")).to_be_visible()
    opened.value.close()
    expect(page.locator("#kept")).to_have_text(re.compile(r"^Saved \d"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("It is entered as a draft.")


def test_a_lost_connection_is_said_and_made_good(entrance):
    page = entrance
    open_form(page)
    page.route("**/unsaved/**", lambda route: route.abort())
    words_of(page).fill(WORDS)
    page.keyboard.press("Control+s")
    expect(page.locator("#kept")).to_contain_text("No connection")
    expect(words_of(page)).to_have_value(WORDS)
    page.unroute("**/unsaved/**")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("It is entered as a draft.")


def test_readers_page_stands_beside_the_form_and_follows_what_is_typed(entrance):
    page = entrance
    open_form(page)
    words_of(page).fill(WORDS)
    frame = page.frame_locator(".readers iframe")
    expect(frame.locator(".words")).to_contain_text(WORDS)
    words_of(page).fill("We left.")
    expect(frame.locator(".words")).to_contain_text("We left.")
    page.get_by_role("button", name="Desktop").click()
    assert frame.locator("html").evaluate("element => element.clientWidth") >= 1200


def test_sections_are_reached_by_keys_and_names_in_any_script(entrance):
    making.a_witness("Aibek", described_as="Aibek the baker")
    page = entrance
    open_form(page)
    page.keyboard.press("Alt+2")
    expect(words_of(page)).to_be_focused()
    page.keyboard.press("Alt+3")
    expect(page.locator(".field-witness .select2-selection")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Айбек")
    expect(page.get_by_role("option", name="Aibek · Aibek the baker")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#id_witness option:checked")).to_contain_text("Aibek")


def test_a_translation_stands_passage_by_passage_beside_the_words(entrance):
    page = entrance
    open_form(page)
    words_of(page).fill("One.\n\nTwo.")
    page.keyboard.press("Alt+7")
    page.locator("#translations-group summary").first.click()
    page.locator("#translations-group .add-row a").click()
    page.locator("#id_translations-0-language").fill("ru")
    page.get_by_label("Passage 1, translated").fill("Один.")
    expect(page.locator(".uneven")).to_have_text("The words have 2 passages, the translation has 1.")
    page.get_by_label("Passage 2, translated").fill("Два.")
    expect(page.locator(".uneven")).to_be_empty()
    expect(page.locator("#id_translations-0-text")).to_have_value("Один.\n\nДва.")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("It is entered as a draft.")
    assert page.get_by_label("Passage 2, translated").input_value() == "Два."

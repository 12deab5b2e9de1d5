"""An editor's whole journey, through the browser only: enter, publish, read, correct, compare, withdraw."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from testimonies.management.commands.prepare_archive import make_archivist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "seven steppe geese"
WORDS = "We baked for the whole street and asked nobody for papers."
CORRECTED = "We baked for the whole street and asked nobody for money."


@pytest.fixture
def desk(page: Page, live_server) -> Iterator[Page]:
    """The desk, signed in, listening for faults."""
    make_archivist(PASSWORD)
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Of an answer that is no 200, Chromium always says so: the tombstone is one.
        if message.type == "error" and "410 (Gone)" not in message.text:
            errors.append(message.text)

    page.context.on("console", note)
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    yield page
    assert errors == []


def add_in_place(page: Page, field: str, **values: str) -> None:
    """Make a record in the pop-up that the "+" beside a field opens."""
    with page.expect_popup() as opened:
        page.locator(f"#add_id_{field}").click()
    popup = opened.value
    for name, value in values.items():
        element = popup.locator(f"#id_{name}")
        if element.evaluate("element => element.tagName") == "SELECT":
            element.select_option(label=value)
        else:
            element.fill(value)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#id_{field} option:checked")).to_have_text(re.compile(".+"))


def enter(page: Page, words: str) -> None:
    """A testimony of which nothing is there yet: its source, witness, town and basis are made on the way."""
    page.get_by_role("link", name="New testimony").click()
    add_in_place(page, "source", title="Bread and borders", publisher="The Steppe Courier", date="autumn 2021")
    page.get_by_label("Quoted words").first.fill(words)
    add_in_place(page, "witness", name="Aibek", described_as="Aibek the baker")
    add_in_place(page, "placements-0-place", name="Aksay")
    page.locator("#placements-0").get_by_label("stated in the source").check()
    add_in_place(
        page, "basis", label="Printed by the Courier", kind="already published by the press", statement="Not asked."
    )


def test_a_testimony_from_the_first_word_to_the_tombstone(desk, live_server):
    enter(desk, WORDS)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("Edition 1 is published.")
    expect(desk.locator(".standing .state")).to_contain_text("Published. Readers see edition 1.")

    desk.get_by_role("link", name="Read it as readers do").click()
    permalink = desk.url
    expect(desk.locator("main")).to_contain_text(WORDS)
    expect(desk.locator("main")).to_contain_text("autumn 2021")
    desk.go_back()

    desk.get_by_label("Quoted words").first.fill(CORRECTED)
    desk.get_by_label("What changed, and why").fill("The recording says money.")
    desk.get_by_role("button", name="Publish next edition").click()
    expect(desk.locator(".messagelist")).to_contain_text("Edition 2 is published.")

    desk.goto(f"{permalink}editions/")
    expect(desk.locator("main")).to_contain_text("The recording says money.")
    expect(desk.locator("main del")).to_contain_text("papers")
    expect(desk.locator("main ins")).to_contain_text("money")
    desk.goto(f"{permalink}editions/1/")
    expect(desk.locator("main")).to_contain_text(WORDS)
    desk.goto(permalink)
    expect(desk.locator("main")).to_contain_text(CORRECTED)

    desk.goto(f"{live_server.url}/admin/testimonies/testimony/")
    desk.get_by_role("link", name="Words of Aibek (The Steppe Courier)").click()
    desk.get_by_role("link", name="Withdraw", exact=True).click()
    expect(desk.locator(".warning")).to_contain_text("This cannot be undone.")
    desk.get_by_label("on request").check()
    desk.get_by_label("Note for the history").fill("He telephoned on Monday.")
    desk.get_by_role("button", name="Withdraw for good").click()
    expect(desk.locator(".standing .state")).to_contain_text("Withdrawn on request")

    answer = desk.goto(permalink)
    assert answer.status == 410
    expect(desk.locator("main")).not_to_contain_text("Aibek")
    expect(desk.locator("main")).to_contain_text(permalink.rstrip("/").rpartition("/")[2])


def test_the_desk_says_what_is_missing_and_leads_there(desk):
    desk.get_by_role("link", name="New testimony").click()
    desk.get_by_label("Quoted words").first.fill(WORDS)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("It is saved, but it cannot be published yet")
    desk.get_by_role("link", name="It has no basis for publication.").click()
    expect(desk.locator(".form-row.field-basis:not(.inline-related *) .select2-selection")).to_be_focused()


def test_two_editors_never_overwrite_each_other(desk, live_server):
    desk.get_by_role("link", name="New testimony").click()
    desk.get_by_label("Quoted words").first.fill(WORDS)
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator(".messagelist")).to_contain_text("It is entered as a draft.")
    other = desk.context.new_page()
    other.goto(desk.url)
    other.get_by_label("Quoted words").first.fill(CORRECTED)
    other.get_by_role("button", name="Save").click()
    expect(other.locator(".messagelist")).to_contain_text("Saved.")
    desk.get_by_label("Quoted words").first.fill("We baked.")
    desk.get_by_role("button", name="Save").click()
    expect(desk.locator(".errorlist.nonfield")).to_contain_text("You saved this testimony yourself on")
    # Word by word against what stood there when the page was opened.
    expect(desk.locator(".overtaken del").first).to_have_text("papers")
    expect(desk.locator(".overtaken ins").first).to_have_text("money")
    expect(desk.get_by_label("Quoted words").first).to_have_value("We baked.")
    other.reload()
    expect(other.get_by_label("Quoted words").first).to_have_value(CORRECTED)

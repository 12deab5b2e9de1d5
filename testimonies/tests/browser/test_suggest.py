"""The search box offers names while somebody types: by keyboard, by pointer, and never in the way."""

import re

import pytest
from playwright.sync_api import expect

from testimonies.models.public import PlaceNameForm
from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    """A listed place that had another name."""
    place = making.a_place("Biškek")
    PlaceNameForm.objects.create(record=place, text="Frunze", tag="ru-Latn", attested_in="general knowledge")
    making.published(places=[place], tags=[making.a_tag("Birthdays"), making.a_tag("Birds")])
    place.refresh_from_db()
    return place


@pytest.fixture
def box(page, live_server, place):
    """The search box of the home page."""
    page.goto(live_server.url)
    return page.get_by_role("combobox", name="Search the testimonies")


def test_names_are_chosen_by_keyboard(page, box, place):
    box.press_sequentially("бишк")
    expect(page.get_by_role("option")).to_have_text(["Biškek place"])
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Biškek place")
    expect(box).to_have_attribute("aria-activedescendant", page.get_by_role("option").get_attribute("id"))
    box.press("Enter")
    expect(page).to_have_url(re.compile(f"/places/{place.identifier}/$"))


def test_arrows_go_round_by_way_of_the_box(page, box):
    box.press_sequentially("bir")
    expect(page.get_by_role("option")).to_have_text(["Birds tag", "Birthdays tag"])
    for key, chosen in [("ArrowUp", ["Birthdays tag"]), ("ArrowDown", []), ("ArrowDown", ["Birds tag"])]:
        box.press(key)
        expect(page.get_by_role("option", selected=True)).to_have_text(chosen)
    expect(box).to_have_value("bir")


def test_the_form_that_was_meant_is_read_in_its_language(page, box):
    box.press_sequentially("frunz")
    expect(page.get_by_role("option")).to_have_text(["Biškek Frunze place"])
    expect(page.get_by_text("Frunze")).to_have_attribute("lang", "ru-Latn")


def test_escape_closes_and_enter_searches_what_was_typed(page, box, live_server):
    box.press_sequentially("birds")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("birds")
    box.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/testimonies/?q=birds")


def test_names_are_chosen_by_pointer(page, box):
    box.press_sequentially("birt")
    page.get_by_role("option").click()
    expect(page).to_have_url(re.compile("/tags/birthdays/$"))


def test_names_go_when_the_box_is_left_or_nothing_begins_so(page, box):
    box.press_sequentially("bird")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press_sequentially("qqq")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("bird")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_list_of_testimonies_has_them_too(page, live_server, place):
    page.goto(f"{live_server.url}/testimonies/?q=bread")
    box = page.get_by_role("combobox", name="Search the testimonies")
    expect(box).to_have_value("bread")
    box.fill("bird")
    expect(page.get_by_role("option")).to_have_text(["Birds tag"])

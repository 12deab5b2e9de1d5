"""The desk on a telephone: nothing is cut off at the side, and no field that is typed into lies under the buttons."""

import pytest
from playwright.sync_api import Page

from testimonies.management.commands.prepare_archive import make_archivist
from testimonies.tests import making
from testimonies.tests.browser.test_entering import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

CUT_OFF = """() => [...document.querySelectorAll('#content *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && getComputedStyle(one).position != 'absolute';
}).map(one => one.tagName + '.' + one.className)"""
COVERED = """() => {
    const bar = document.querySelector('.submit-row').getBoundingClientRect();
    const field = document.activeElement.getBoundingClientRect();
    return !document.activeElement.closest('.submit-row') && field.height < 300
        && field.bottom > bar.top && field.top < bar.bottom;
}"""


def test_desk_fits_a_telephone(page: Page, live_server):
    make_archivist(PASSWORD)
    testimony = making.testimony_of(making.published("We shared the bread.", tags=[making.a_tag()]))
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{live_server.url}/admin/")
    sign_in(page)
    page.wait_for_load_state("networkidle")
    form = f"testimonies/testimony/{testimony.pk}/change/"
    for address in ("", "testimonies/testimony/", "requests/", "testimonies/source/add/", form):
        page.goto(f"{live_server.url}/admin/{address}")
        assert page.evaluate(CUT_OFF) == [], address
    for _step in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED), page.evaluate("document.activeElement.id")

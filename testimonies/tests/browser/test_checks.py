"""The checks on the desk in a browser: a text is uploaded, a word is changed, a place is made coarser."""

import pytest
from django.contrib.auth.models import Group, User

from testimonies.tests import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, live_server, client):
    """A page of somebody who may publish."""
    user = User.objects.create_user("gulnara", password=None, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    session = [{"name": one.key, "value": one.value, "url": live_server.url} for one in client.cookies.values()]
    page.context.add_cookies(session)
    return page


def test_the_check_of_a_quotation_follows_the_words(desk, live_server, tmp_path):
    testimony = making.a_testimony()
    article = tmp_path / "article.html"
    article.write_text(f"<html><body><nav>Home</nav><p>She said: “{making.WORDS}”</p></body></html>")
    desk.goto(f"{live_server.url}/admin/testimonies/testimony/{testimony.pk}/change/")
    desk.get_by_role("link", name="Paste or upload its text").click()
    desk.get_by_label("Or upload it").set_input_files(article)
    desk.get_by_role("button", name="Compare").click()
    assert "Found word for word" in desk.locator("#quotation .result").inner_text()
    words = desk.locator("textarea.quoted").first
    words.fill(making.WORDS.replace("bread", "salt"))
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_role("link", name="The words differ from the source: see where.").click()
    assert desk.locator("#quotation del").inner_text().endswith("salt")
    assert desk.locator("#quotation ins").inner_text().endswith("bread")


def test_what_readers_will_see_is_chosen_beside_the_table(desk, live_server):
    country = making.a_place("Berkland", kind="country")
    testimony = making.a_testimony(places=[making.a_place("Aksay", parent=country)])
    desk.goto(f"{live_server.url}/admin/testimonies/testimony/{testimony.pk}/change/")
    desk.get_by_role("link", name="What readers will see").click()
    desk.get_by_label("Described as from Aksay").select_option(label="only the country: Berkland")
    desk.get_by_role("button", name="Keep these choices").click()
    desk.get_by_text("Field by field, as it would be published now").click()
    row = desk.locator("#readers-see tr.coarser")
    assert "Aksay, Berkland" in row.inner_text()
    assert "coarser: Berkland" in row.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(desk, live_server, width):
    testimony = making.a_testimony("W" * 300, places=[making.a_place("P" * 90)])
    desk.set_viewport_size({"width": width, "height": 900})
    for name in ("change", "disclose", "snapshot"):
        desk.goto(f"{live_server.url}/admin/testimonies/testimony/{testimony.pk}/{name}/")
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

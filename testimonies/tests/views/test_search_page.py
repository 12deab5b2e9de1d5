"""The page of results: what was found and why, what was meant, and how a search is kept."""

import re
from datetime import date
from html import unescape

import pytest

from testimonies import publishing
from testimonies.models.public import LogHead, Publication
from testimonies.search import IndexBeingMade, follow, query
from testimonies.search import question as asking
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def get(client, **query):
    return client.get("/testimonies/", query).content.decode()


def cards(page):
    return re.findall(r"<h3><a href=\"([^\"]+)\"", page)


@pytest.fixture
def archive():
    town = making.a_place("Bishkek")
    town.forms.create(text="Бишкек", tag="ky-Cyrl")
    making.published("We baked bread.", places=[town], witness=making.a_witness("Maržan"))
    making.published(
        "First we sat.\n\nThen we baked bread and sang.", tags=[making.a_tag("Songs")], language_printed="en"
    )
    return town


def test_card_shows_the_passage_that_was_found_with_the_words_marked(client, archive):
    page = get(client, q="sang")
    assert "Then we baked bread and <mark>sang</mark>." in page
    assert cards(page)[0].endswith("/#p2")


def test_card_says_why_where_the_words_are_not_in_sight(client, archive):
    assert "place: Bishkek, also called Бишкек" in unescape(get(client, q="бишкек"))
    assert "witness: Maržan, for your “Маржан”" in unescape(get(client, q="Маржан"))


def test_quotation_marks_ask_for_exactly_these_letters(client, archive):
    assert len(cards(get(client, q='"Maržan"'))) == 1
    assert cards(get(client, q='"Marzhan"')) == []


def test_keys_of_another_keyboard_are_understood_and_it_is_said(client, archive):
    page = unescape(get(client, q="<birtr"))
    assert "Nothing has “<birtr”. The same keys give “Бишкек” on another keyboard: this is shown." in page
    assert len(cards(page)) == 1
    assert 'value="Бишкек"' in page


def test_spelling_that_finds_nothing_is_offered_another_and_never_corrected(client, archive):
    page = get(client, q="bishkkekk")
    assert len(cards(page)) == 1  # doubled letters are no difference
    page = unescape(get(client, q="beread"))
    assert cards(page) == []
    assert re.search(r'Did you mean <a href="/testimonies/\?q=Bread">Bread</a>', page)


def test_offers_keep_the_filters_in_force(client, archive):
    page = unescape(get(client, q="beread", tag="songs"))
    assert '<a href="/testimonies/?q=Bread&tag=songs">Bread</a>' in page


def test_search_is_cited_with_the_number_of_the_log(client, archive):
    number = LogHead.objects.get().number
    page = unescape(get(client, q="bread", tag="songs"))
    citation = re.search(r'<p class="citation">(.*?)</p>', page)[1]
    asked = "Archive of Testimonies, search for “bread”; Tag: Songs"
    assert citation.startswith(f"{asked}: 1 testimony as of number {number} of its publication log.")
    assert f"/testimonies/?q=bread&tag=songs&as_of={number}" in citation


def test_as_of_a_number_leaves_out_what_was_published_later(client, archive):
    number = LogHead.objects.get().number
    making.published("More bread.")
    assert len(cards(get(client, q="bread"))) == 3
    page = get(client, q="bread", as_of=number)
    assert len(cards(page)) == 2
    assert f"number {number} of the publication log" in page
    assert f"as of number {number} of its publication log" in page


def test_as_of_a_number_says_nothing_of_what_was_withdrawn_since(client):
    kept, gone = making.published("Bread."), making.published("Bread, too.")
    number = LogHead.objects.get().number
    publishing.withdraw(making.testimony_of(gone), reason="on_request")
    page = get(client, q="bread", as_of=number)
    assert len(cards(page)) == 1
    assert gone.identifier not in page
    assert kept.identifier in page


def test_pages_go_on_by_a_place_in_the_order_where_their_numbers_end(client, monkeypatch):
    for module in ("testimonies.search.query", "testimonies.views.browse"):
        monkeypatch.setattr(f"{module}.DEEPEST", 40)
    keys = [making.published(f"Bread {number}.").identifier for number in range(50)]
    for sort, wanted in (("newest", keys[::-1]), ("told", keys)):
        seen, address = [], f"/testimonies/?sort={sort}"
        while address and len(seen) <= len(keys):
            page = unescape(client.get(address).content.decode())
            seen += [one.split("/")[2] for one in cards(page)]
            following = re.search(r'<a rel="next" href="([^"]+)"', page)
            address = following and following[1]
        assert seen == wanted


def test_best_matches_end_and_say_how_to_go_on(client, monkeypatch):
    for module in ("testimonies.search.query", "testimonies.views.browse"):
        monkeypatch.setattr(f"{module}.DEEPEST", 20)
    for number in range(25):
        making.published(f"Bread {number}.")
    page = unescape(get(client, q="bread"))
    assert 'The best 20 end here: <a href="/testimonies/?q=bread&sort=newest">' in page
    assert 'rel="next"' not in page


def test_usual_order_goes_without_saying():
    assert asking.Question(words="bread").order == "relevance"
    assert asking.Question(words="bread", sort="relevance").pairs() == [("q", "bread")]
    assert asking.Question(sort="newest").pairs() == []


def test_while_the_first_index_of_a_large_archive_is_made_readers_are_asked_to_come_back(client, monkeypatch):
    def being_made():
        raise IndexBeingMade

    monkeypatch.setattr(follow, "up_to_date", being_made)
    for address in ("/testimonies/", "/testimonies.csv", "/feed.atom", "/tags/"):
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "Not available just now" in response.content.decode()


def test_counts_of_everything_are_those_of_the_moment(client, archive):
    assert ">2</span>" in get(client)
    making.published("More.", tags=[making.a_tag("Roads")])
    page = get(client)
    assert re.search(r"Roads</a> <span class=\"count\">1<", page)
    Publication.objects.filter(pk__gt=0).update(review_on=date(2000, 1, 1))
    query.overdue.cache_clear()
    assert "0 testimonies" in get(client)


def test_a_number_that_the_log_has_not_reached_is_told_and_left_out(client, archive):
    number = LogHead.objects.get().number
    page = get(client, q="bread", as_of=number + 1)
    assert "The publication log has no such number yet; everything is shown." in page
    assert f"as of number {number} of" in page

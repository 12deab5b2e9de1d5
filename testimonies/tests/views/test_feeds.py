"""Feeds: of everything, of every list and of every search, and what they say of what is gone."""

import re
from xml.etree import ElementTree

import pytest

from testimonies import loghead, publishing
from testimonies.models.public import LogHead, Publication
from testimonies.tests import making
from testimonies.views import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, address: str = "/feed.atom") -> ElementTree.Element:
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The entries by their names, each of which stands once."""
    found = root.findall(f"{ATOM}entry")
    named = {one.findtext(f"{ATOM}id", ""): one for one in found}
    assert len(named) == len(found)
    return named


def name_of(publication: Publication) -> str:
    day = publication.first_published_at.date()
    return f"tag:testserver,{day}:/testimonies/{publication.identifier}/"


def test_feed_names_itself_and_everything_in_it(client):
    publication = making.published("We left.", witness=making.a_witness("Maržan"))
    root = feed(client)
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"self": "http://testserver/feed.atom", "alternate": "http://testserver/testimonies/"}
    (entry,) = entries(root).values()
    assert entry.findtext(f"{ATOM}id") == name_of(publication)
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/testimonies/{publication.identifier}/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Maržan"
    assert "We left." in entry.findtext(f"{ATOM}summary")


def test_every_list_has_a_feed_of_its_own_and_its_page_leads_there(client):
    wave, tag, place = making.a_wave(), making.a_tag(), making.a_place()
    held = making.published("Held.", waves=[wave], tags=[tag], places=[place])
    making.published("Other.", witness=making.a_witness("Umay"), source=making.a_source("Elsewhere"))
    place.refresh_from_db()
    pages = {
        f"/witnesses/{held.witness.identifier}/": "Aibek",
        f"/places/{place.identifier}/": "Aksay",
        f"/waves/{wave.slug}/": "Departures of the dry spring",
        f"/sources/{held.source.identifier}/": "Bread and borders",
        f"/tags/{tag.slug}/": "Bread",
        "/testimonies/?q=held": "“held”",
    }
    for page, name in pages.items():
        found = re.search('type="application/atom\\+xml" href="([^"]*)"', client.get(page).content.decode())
        root = feed(client, found[1])
        assert list(entries(root)) == [name_of(held)], page
        assert name in root.findtext(f"{ATOM}title"), page


def test_every_page_leads_to_the_feed_of_everything(client):
    making.published()
    for page in ("/", "/about/", "/places/"):
        assert 'type="application/atom+xml" href="/feed.atom"' in client.get(page).content.decode()


def test_entry_of_what_is_gone_is_replaced_in_every_feed(client):
    """A reader of feeds keeps what it was sent until something else comes under the same name."""
    publication = making.published("Nobody may read this any more.", witness=making.a_witness("Maržan"))
    address = f"/feed.atom?witness={publication.witness.identifier}"
    before = {one: entries(feed(client, one)) for one in ("/feed.atom", address)}
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    for one, sent in before.items():
        after = entries(feed(client, one))
        assert list(after) == list(sent) == [name_of(publication)]
        entry = after[name_of(publication)]
        text = ElementTree.tostring(entry, encoding="unicode")
        assert entry.findtext(f"{ATOM}title") == "This testimony was withdrawn"
        assert "Maržan" not in text
        assert "Nobody" not in text
        assert entry.findtext(f"{ATOM}updated") > sent[name_of(publication)].findtext(f"{ATOM}updated")


def test_what_is_under_review_or_merged_is_replaced_too(client):
    held = making.published("Held.")
    hidden, given_up = making.unlisted(), making.merged(into=held)
    titles = {name: one.findtext(f"{ATOM}title") for name, one in entries(feed(client)).items()}
    assert titles[name_of(hidden)] == "This testimony is under review"
    assert titles[name_of(given_up)] == "This testimony was found to be the same as another"
    assert len(titles) == 3


def test_what_is_gone_for_long_is_not_said_any_more(client):
    publication = making.withdrawn()
    Publication.objects.filter(pk=publication.pk).update(
        changed_at="2020-01-01T00:00Z", withdrawn_at="2020-01-01T00:00Z"
    )
    assert entries(feed(client)) == {}


def test_testimony_of_which_words_were_taken_out_is_sent_again_as_it_stands(client, monkeypatch):
    monkeypatch.setattr(feeds, "PER_PAGE", 1)
    old = making.corrected(making.published("With the name of the village."), "Without it.", protects=True)
    making.published("Newer.")
    assert name_of(old) not in entries(feed(client))
    making.emptied(old)
    entry = entries(feed(client))[name_of(old)]
    assert "Without it." in entry.findtext(f"{ATOM}summary")


def test_copy_that_still_holds_is_confirmed(client):
    head = LogHead.objects.get()
    loghead.write(head.number, bytes.fromhex(head.epoch))
    tag = client.get("/feed.atom")["ETag"]
    assert client.get("/feed.atom", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_asks_as_often_for_one_as_for_three(client, rows, django_assert_num_queries):
    tag = making.a_tag()
    for number in range(rows):
        making.published(f"Word {number}.", tags=[tag])
        making.withdrawn(f"Gone {number}.")
    client.get("/feed.atom")
    with django_assert_num_queries(5):
        client.get("/feed.atom")
    with django_assert_num_queries(5):
        client.get(f"/feed.atom?tag={tag.slug}")

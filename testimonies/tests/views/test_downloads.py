"""A search as a table, as data and as a feed: the same testimonies as on the page, and nothing else."""

import csv
import io
from xml.etree import ElementTree

import pytest

from testimonies.models.public import LogHead, Publication
from testimonies.tests import making
from testimonies.views import downloads

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def archive():
    making.unlisted("Hidden loaf.")
    making.withdrawn("Gone loaf.")
    return [
        making.published("=SUM(loaf) <b>and</b> tea", witness=making.a_witness("Maržan"), tags=[making.a_tag("Songs")]),
        making.published("Loaf.\n\nMore loaf.", spoken="2021-09"),
        making.published("Only tea."),
    ]


def table(client, **query):
    response = client.get("/testimonies.csv", query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_table_has_a_row_for_each_result(client, archive):
    rows = {row["identifier"]: row for row in table(client, q="loaf")}
    assert set(rows) == {one.identifier for one in archive[:2]}
    first, second = (rows[one.identifier] for one in archive[:2])
    assert (first["witness"], first["tags"]) == ("Maržan", "Songs")
    assert (second["words"], second["spoken"]) == ("Loaf.; More loaf.", "2021-09")
    assert first["permalink"].endswith(f"/testimonies/{first['identifier']}/")


def test_what_could_be_a_formula_is_none_in_a_table(client, archive):
    assert "'=SUM(loaf) <b>and</b> tea" in [row["words"] for row in table(client, q="loaf")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_signs_of_formulas_are_kept_apart(text):
    assert downloads.cell(text) == f"'{text}"


def test_table_is_read_in_batches(client, archive, monkeypatch, django_assert_num_queries):
    table(client)
    monkeypatch.setattr(downloads, "AT_ONCE", 2)
    with django_assert_num_queries(1 + 2):
        assert len(table(client)) == 3


def test_data_holds_the_page_and_the_counts(client, archive):
    answer = client.get("/testimonies.json", {"q": "loaf"}).json()
    assert (answer["total"], answer["log"], answer["next"]) == (2, LogHead.objects.get().number, None)
    assert answer["search"].endswith("/testimonies/?q=loaf")
    assert [one["identifier"] for one in answer["testimonies"]] == [
        row["identifier"] for row in table(client, q="loaf")
    ]
    assert {"key": "songs", "label": "Songs", "count": 1} in answer["facets"]["tag"]


def test_data_leads_from_page_to_page(client):
    keys = [making.published(f"Loaf {number}.").identifier for number in range(45)]
    seen, address = [], "/testimonies.json"
    while address and len(seen) <= len(keys):
        answer = client.get(address).json()
        seen += [one["identifier"] for one in answer["testimonies"]]
        address = answer["next"]
    assert seen == keys[::-1]


def test_feed_has_the_newest_of_a_search(client, archive):
    response = client.get("/feed.atom", {"q": "loaf", "sort": "told", "page": "7"})
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    entries = root.findall(f"{ATOM}entry")
    found = [one.find(f"{ATOM}link").get("href").split("/")[-2] for one in entries]
    gone = {one.identifier for one in Publication.objects.exclude(state="listed")}
    assert found[:2] == [one.identifier for one in archive[1::-1]]
    assert set(found[2:]) == gone  # without a word of them (test_feeds)
    assert entries[1].find(f"{ATOM}summary").text == "<p>=SUM(loaf) &lt;b&gt;and&lt;/b&gt; tea</p>"
    assert entries[1].find(f"{ATOM}author/{ATOM}name").text == "Maržan"


def test_empty_feed_was_changed_when_the_log_was(client):
    root = ElementTree.fromstring(client.get("/feed.atom?q=nothing").content)
    assert root.find(f"{ATOM}updated").text == LogHead.objects.get().at.isoformat()


@pytest.mark.parametrize("address", ["/testimonies.csv", "/testimonies.json", "/feed.atom"])
def test_page_that_cannot_be_is_not_found(client, address):
    assert client.get(address, {"page": "0"}).status_code == 404

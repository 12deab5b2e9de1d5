"""The search box leads whoever types a citation to the thing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from testimonies.tests import making

pytestmark = pytest.mark.django_db


def led_to(client, typed: str) -> str:
    """Where the search box leads; empty where it searches."""
    answer = client.get("/testimonies/", {"q": typed})
    return answer.url if answer.status_code == 302 else ""


def test_a_citation_in_any_spelling_leads_to_what_it_cites(client):
    publication = making.corrected(making.published("We stayed.\n\nThen we left."), "We stayed.\n\nThen we went.")
    one = publication.identifier
    here = f"/testimonies/{one}/"
    ways = {
        one: here,
        f" {one[:4].upper()}-{one[4:].upper()} ": here,
        f"ark:/99999/{one}": here,
        f"ARK:99999/{one[:3]}-{one[3:]}": here,
        f"archive.example/testimonies/{one}": here,
        f"http://testserver/testimonies/{one}/editions/1/": f"{here}editions/1/",
        f"{one} ed. 2": f"{here}editions/2/",
        f"{one}, edition 1, p2": f"{here}editions/1/#p2",
        f"{one} p1": f"{here}#p1",
        f"{one} p2": f"{here}editions/1/#p2",
        f"{one} p9": here,
        f"{one} ed. 9": here,
        f"{one} ed. 1 p9": f"{here}editions/1/",
        f"/witnesses/{publication.witness.identifier}/": f"/witnesses/{publication.witness.identifier}/",
        publication.witness.identifier: f"/witnesses/{publication.witness.identifier}/",
        f"places/{one}": here,
    }
    assert {typed: led_to(client, typed) for typed in ways} == ways


def test_what_cites_nothing_of_ours_is_searched_for(client):
    one = making.published().identifier
    typed = ["bread", f"{one} bread", f"“{one}” bread", "b1234566", f"ark:/12345/{one}", "edition 2", "tags/bread", ""]
    assert {led_to(client, text) for text in typed} == {""}


def test_what_is_gone_answers_for_itself(client):
    kept = making.published()
    gone, merged, hidden = making.withdrawn(), making.merged(into=kept), making.unlisted()
    assert led_to(client, f"{gone.identifier} ed. 1, p1") == f"/testimonies/{gone.identifier}/"
    assert led_to(client, merged.identifier) == f"/testimonies/{kept.identifier}/"
    assert led_to(client, f"{hidden.identifier} p1") == f"/testimonies/{hidden.identifier}/"
    making.emptied(making.corrected(kept, "Other words."), 1)
    assert led_to(client, f"{kept.identifier} ed. 1 p1") == f"/testimonies/{kept.identifier}/editions/1/"


def test_a_draft_is_no_different_from_nothing(client):
    witness = making.a_witness()
    making.a_testimony(witness=witness)
    assert witness.identifier is None
    assert led_to(client, "c1234567") == ""


def test_tables_and_feeds_are_searches_all_the_same(client):
    one = making.published().identifier
    assert [client.get(path, {"q": one}).status_code for path in ("/testimonies.csv", "/feed.atom")] == [200, 200]


def test_a_word_is_not_looked_for_in_the_ledger(client):
    making.published()
    with CaptureQueriesContext(connection) as asked:
        client.get("/testimonies/", {"q": "bread"})
    assert not [one for one in asked.captured_queries if "testimonies_identifier" in one["sql"]]

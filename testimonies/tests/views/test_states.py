"""What every address of a testimony answers in every state: one table, so that no door says what another does not."""

import pytest

from testimonies.citation.formats import FORMATS
from testimonies.models.public import Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db
SECRET = "Zhambyl hid the goat behind the stove."
RIS = FORMATS["ris"].media_type


def emptied() -> Publication:
    return making.emptied(making.published(SECRET, tags=[making.a_tag("Goats")]))


def merged() -> Publication:
    return making.merged(SECRET, into=making.published("We kept the goat."), tags=[making.a_tag("Goats")])


def made(make):
    return lambda: make(SECRET, tags=[making.a_tag("Goats")])


STATES = {
    "listed": made(making.published),
    "hidden": made(making.unlisted),
    "overdue": made(making.overdue),
    "withdrawn": made(making.withdrawn),
    "emptied": emptied,
    "merged": merged,
}

HERE, LED, MOVED, MISSING, GONE = 200, 303, 301, 404, 410
# What people are led to by a citation stays good while a testimony is under review.
PAGE = {"listed": HERE, "hidden": HERE, "overdue": HERE, "withdrawn": GONE, "emptied": HERE, "merged": MOVED}
# Programs get no record then, and no page in its place as if it were one.
FILE = PAGE | {"hidden": MISSING, "overdue": MISSING, "emptied": GONE}
RECORD = FILE | {"emptied": MISSING}

ANSWERS = {
    "/testimonies/{0}/": PAGE,
    "/ru/testimonies/{0}/": PAGE,
    "/testimonies/{0}/editions/": PAGE,
    "/testimonies/{0}/cited/": PAGE,
    "/testimonies/{0}/editions/1/": PAGE | {"emptied": GONE},
    "/testimonies/{0}/editions/1/save/": FILE,
    "/testimonies/{0}/editions/1/placard.png": FILE | {"listed": MISSING},
    **{f"/testimonies/{{0}}/cite/{form}/": FILE for form in FORMATS},
    "/testimonies/{0}/cite/ris/?edition=1": FILE,
    "/testimonies/{0}/cite/no-format/": FILE | {"listed": MISSING},
    "/testimonies/{0}/linkset/": FILE,
    "/testimonies/{0}/timegate/": RECORD | {"listed": 302},
    "/testimonies/{0}/timemap/": RECORD,
    "/unapi?id={0}": FILE | {"listed": 300},
    "/unapi?id={0}&format=ris": FILE,
    "/ark:/99999/{0}": dict.fromkeys(STATES, LED) | {"withdrawn": GONE, "merged": MOVED},
    "/ark:/99999/{0}?info": RECORD,
    "/api/v1/testimonies/{0}/": RECORD,
    "/api/v1/testimonies/{0}/editions/1/": FILE,
    # Of a record to which nothing refers that readers may read, only that: not why, nor for how long.
    "/tags/goats/": dict.fromkeys(STATES, GONE) | {"listed": HERE},
    "/api/v1/tags/goats/": dict.fromkeys(STATES, GONE) | {"listed": HERE},
}


@pytest.mark.parametrize("state", STATES)
def test_every_address_answers_as_the_state_has_it(client, state):
    publication = STATES[state]()
    answers = {address: client.get(address.format(publication.identifier)) for address in ANSWERS}
    assert {address: one.status_code for address, one in answers.items()} == {
        address: statuses[state] for address, statuses in ANSWERS.items()
    }
    if state == "listed":
        return
    for address, one in answers.items():
        assert b"hambyl" not in one.content, address
        assert not one.has_header("Memento-Datetime"), address
        if one.status_code == HERE:
            assert one["X-Robots-Tag"] == "noindex", address
            assert one["Content-Type"].startswith("text/html"), address


@pytest.mark.parametrize("state", STATES)
def test_who_asks_the_permalink_for_a_file_is_answered_as_at_the_address_of_the_file(client, state):
    publication = STATES[state]()
    for address in ("/testimonies/{0}/", "/testimonies/{0}/editions/1/"):
        answer = client.get(address.format(publication.identifier), headers={"Accept": RIS})
        expected = RECORD if address.endswith("{0}/") else FILE
        assert answer.status_code == expected[state], address
        if state in ("listed", "hidden"):
            assert "Accept" in answer["Vary"].split(", ")


@pytest.mark.parametrize("state", STATES)
def test_harvesters_are_told_of_what_was_listed_that_it_is_deleted(client, state):
    publication = STATES[state]()
    name = f"oai:testserver:{publication.identifier}"
    answer = client.get("/oai", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": name})
    told = answer.content.decode()
    assert ('status="deleted"' in told) == (state != "listed")
    assert ("<metadata>" in told) == (state == "listed")

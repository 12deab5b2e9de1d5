"""What the API tells: the same as the pages, by the same words, in as many queries for many as for one."""

import pytest
from django.urls import reverse

from testimonies import publishing
from testimonies.api import vocabulary
from testimonies.models.public import Agent, LogHead
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    making.unlisted("Hidden loaf.")
    making.withdrawn("Gone loaf.")
    making.a_testimony("Draft loaf.")
    land = making.a_place("Berkland", kind="country")
    first = making.published("Loaf.\n\nMore loaf.", places=[making.a_place(parent=land)], tags=[making.a_tag()])
    return [first, making.published("Only tea."), making.corrected(making.published("Old loaf."), "New loaf.")]


def ask(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_search_finds_what_the_page_finds(client, archive):
    answer = ask(client, "/api/v1/testimonies/", q="loaf")
    assert [one["identifier"] for one in answer["testimonies"]] == [archive[0].identifier, archive[2].identifier]
    assert (answer["total"], answer["next"], answer["log"]) == (2, None, LogHead.objects.get().number)
    assert answer["query"] == {"q": ["loaf"]}
    assert answer["page"] == "http://testserver/testimonies/?q=loaf"
    assert {"key": "bread", "label": "Bread", "count": 1} in answer["facets"]["tag"]
    assert answer["testimonies"][0]["record"] == archive[0].current_edition.record


def test_facets_narrow_as_on_the_page(client, archive):
    answer = ask(client, "/api/v1/testimonies/", tag="bread")
    assert [one["identifier"] for one in answer["testimonies"]] == [archive[0].identifier]


def test_words_that_are_not_understood_are_left_out_and_named(client, archive):
    answer = ask(client, "/api/v1/testimonies/", sort="best", limit="5", as_of="long ago")
    assert answer["total"] == 3
    assert len(answer["notes"]) == 3
    assert answer["query"] == {}


def test_pages_follow_one_another_also_while_testimonies_are_published(client):
    keys = [making.published(f"Loaf {number}.").identifier for number in range(45)]
    seen, address, facets = [], "/api/v1/testimonies/", []
    while address and len(seen) <= len(keys):
        answer = ask(client, address)
        seen += [one["identifier"] for one in answer["testimonies"]]
        facets.append(bool(answer["facets"]))
        if len(seen) == 20:
            making.published("Newer loaf.")
        address = answer["next"]
    assert seen == keys[::-1]
    assert facets == [True, False, False]


def test_pages_of_the_best_match_are_numbered(client):
    for number in range(21):
        making.published(f"Loaf {number}.")
    answer = ask(client, "/api/v1/testimonies/", q="loaf")
    assert answer["next"].endswith("?q=loaf&page=2")
    assert len(ask(client, answer["next"])["testimonies"]) == 1


def test_testimony_has_the_record_of_its_current_edition(client, archive):
    answer = ask(client, reverse("api_testimony", args=[archive[2].identifier]))
    edition = archive[2].current_edition
    assert answer["record"] == edition.record
    assert answer["edition"] == {
        "number": 2,
        "permalink": f"http://testserver/testimonies/{archive[2].identifier}/editions/2/",
        "published": edition.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "change_note": "",
        "sha256": edition.digest,
    }
    assert answer["ark"] == f"ark:/99999/{archive[2].identifier}"


def test_editions_are_listed_and_each_is_to_be_had(client, archive):
    key = archive[2].identifier
    answer = ask(client, reverse("api_editions", args=[key]))
    assert (answer["current"], [one["number"] for one in answer["editions"]]) == (2, [1, 2])
    for number in (1, 2):
        held = archive[2].editions.get(number=number)
        one = ask(client, reverse("api_edition", args=[key, number]))
        assert (one["edition"]["number"], one["record"]) == (number, held.record)


def test_edition_that_was_emptied_is_in_the_list_without_its_digest(client, archive):
    making.emptied(archive[2], 1)
    first, second = ask(client, reverse("api_editions", args=[archive[2].identifier]))["editions"]
    assert (bool(first["emptied"]), first["sha256"]) == (True, "")
    assert second["emptied"] is None


def test_passages_keep_their_names_and_tell_where_they_stand(client, archive):
    key = archive[2].identifier
    (old,) = ask(client, reverse("api_passages", args=[key, 1]))["passages"]
    (new,) = ask(client, reverse("api_passages", args=[key, 2]))["passages"]
    assert (old["id"], old["text"], new["id"], new["text"]) == ("p1", "Old loaf.", "p2", "New loaf.")
    one = ask(client, reverse("api_passage", args=[key, "p1"]))
    assert (one["editions"], one["is_current"], one["passage"]) == ([1], False, old)
    one = ask(client, reverse("api_passage", args=[key, "p2"]))
    assert (one["editions"], one["is_current"], one["passage"]) == ([2], True, new)


def test_what_testimonies_share_is_told_with_how_many_have_it(client, archive):
    place = archive[0].places.get(name="Aksay")
    answer = ask(client, reverse("api_place", args=[place.identifier]))
    assert (answer["name"], answer["within"]["name"], answer["testimonies"]) == ("Aksay", "Berkland", 1)
    for name, total in (("witnesses", 3), ("places", 2), ("waves", 0), ("sources", 3), ("tags", 1)):
        answer = ask(client, f"/api/v1/{name}/")
        assert (answer["total"], len(answer[name]), answer["next"]) == (total, total, None)


def test_where_an_event_happened_says_nothing_of_a_country_that_is_not_public(client):
    land = making.a_place("Berkland", kind="country")
    town, calendar = making.a_place("Aksay", parent=land), making.a_source("A calendar")
    wave = making.a_wave()
    wave.events.create(name="The border was opened", date="2019", source=calendar, place=town)
    making.published(waves=[wave])
    (marked,) = ask(client, "/api/v1/waves/")["waves"]
    assert marked["events"][0]["place"]["name"] == "Aksay"
    assert ask(client, reverse("api_place", args=[marked["events"][0]["place"]["identifier"]]))["within"] is None


def test_lists_go_on_behind_the_last(client, monkeypatch):
    monkeypatch.setattr(vocabulary, "PER_PAGE", 2)
    for number in range(5):
        making.published(tags=[making.a_tag(f"Tag {number}")])
    seen, address = [], "/api/v1/tags/"
    while address:
        answer = ask(client, address)
        seen += [one["slug"] for one in answer["tags"]]
        address = answer["next"]
    assert seen == [f"tag-{number}" for number in range(5)]


def test_cursor_tells_nothing_of_what_is_hidden(client):
    making.published(tags=[making.a_tag("Zeal")])
    making.a_tag("Hidden")
    hidden, never = (client.get("/api/v1/tags/", {"after": key}).json() for key in ("hidden", "hiddem"))
    assert hidden == never


@pytest.mark.parametrize("rows", [1, 3])
def test_api_asks_as_often_for_many_as_for_one(client, rows, django_assert_num_queries):
    country, calendar = making.a_place("Saryland", kind="country"), making.a_source("A calendar")
    for number in range(rows):
        wave = making.a_wave(f"Wave {number}", begins="2019", begins_source=calendar)
        wave.events.create(name="Something happened", date="2019", source=calendar)
        source, agent = making.a_source(f"Source {number}"), Agent.objects.create(name=f"Author {number}")
        source.contributions.create(agent=agent)
        source.derivations.create(agent=agent, relation="quotes")
        last = making.published(
            f"Word {number}.",
            source=source,
            places=[making.a_place(f"Town {number}", parent=country)],
            waves=[wave],
            tags=[making.a_tag(f"Tag {number}")],
        )
    key = last.identifier
    addresses = {
        "/api/v1/testimonies/": 2,
        reverse("api_testimony", args=[key]): 2,
        reverse("api_editions", args=[key]): 2,
        reverse("api_edition", args=[key, 1]): 2,
        reverse("api_passages", args=[key, 1]): 2,
        reverse("api_passage", args=[key, "p1"]): 2,
        "/api/v1/witnesses/": 4,
        "/api/v1/places/": 5,
        "/api/v1/waves/": 5,
        "/api/v1/sources/": 7,
        "/api/v1/tags/": 4,
        "/api/v1/": 1,
        "/api/v1/openapi.json": 0,
    }
    client.get("/testimonies/")  # takes in what was published, and reads the names of what is counted
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200, address


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something as its transaction does when it is committed: the number of the log is told."""

    def do(act, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*arguments, **named)

    return do


def test_copy_is_confirmed_without_a_query_until_something_is_published(client, told, django_assert_num_queries):
    publication = told(making.published)
    address = reverse("api_testimony", args=[publication.identifier])
    tag = client.get(address)["ETag"]
    with django_assert_num_queries(0):
        response = client.get(address, headers={"If-None-Match": tag})
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (304, "*")
    told(publishing.withdraw, making.testimony_of(publication), reason="on_request")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 410

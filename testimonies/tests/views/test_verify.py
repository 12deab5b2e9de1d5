"""The page for verifying: posted, answered in words, kept nowhere."""

import logging
from http import HTTPStatus

import pytest

from archive.logs import JsonLines
from testimonies.search import IndexBeingMade
from testimonies.tests import making
from testimonies.views import verify as view

pytestmark = pytest.mark.django_db

VERIFY = "/verify/"
WORDS = "We shared the bread with everybody who came."


def post(client, pasted):
    return client.post(VERIFY, {"pasted": pasted})


def main(answer) -> str:
    """The page without its frame and form, spaces made one."""
    page = answer.content.decode().split("<main")[1]
    return " ".join(page.split("<form")[0].split())


def test_the_form_is_a_page_like_others(client):
    page = client.get(VERIFY)
    assert page.status_code == HTTPStatus.OK
    assert 'method="post"' in page.content.decode()
    assert "Verify a quotation" in client.get("/").content.decode()


def test_words_that_are_held_are_answered_with_their_place(client):
    publication = making.published(WORDS)
    answer = post(client, f"“{WORDS}”")
    assert (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"]) == (200, "no-store", "noindex")
    told = main(answer)
    assert '<h2 id="verdict">Word for word</h2>' in told
    assert "stand in passage 1 of edition 1, as printed by The Steppe Courier in English." in told
    assert f'href="/testimonies/{publication.identifier}/editions/1/#p1"' in told
    assert "not that they were spoken so" in told
    assert not answer.cookies
    assert f"“{WORDS}”</textarea>" in answer.content.decode()


def test_another_edition_leads_to_what_changed(client):
    publication = making.corrected(making.published(WORDS), "We shared the salt.", note="A slip.")
    told = main(post(client, WORDS))
    assert "The same words, in another edition" in told
    assert "They do not stand in edition 2, the current one." in told
    assert f'href="/testimonies/{publication.identifier}/editions/"' in told


def test_differing_words_are_marked(client):
    making.published(WORDS)
    told = main(post(client, WORDS.replace("everybody", "somebody")))
    assert "somebody</del>" in told
    assert "everybody</ins>" in told
    assert "only in what you pasted:" in told


def test_what_is_withdrawn_is_said_to_its_identifier_alone(client):
    publication = making.withdrawn(WORDS)
    assert "This testimony was withdrawn on " in main(post(client, publication.identifier))
    never, gone = (main(post(client, words)) for words in ("The camel slept by the well all winter.", WORDS))
    assert gone == never
    assert "Not held" in gone


@pytest.mark.parametrize(
    ("pasted", "told"),
    [("", "Paste some words"), ("a" * 20_001, "at most 20000 characters"), ("one\x00two three", "Null characters")],
)
def test_what_cannot_be_read_gets_a_sentence_and_is_not_lost(client, pasted, told):
    answer = post(client, pasted)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    page = answer.content.decode()
    assert told in page
    assert 'aria-invalid="true"' in page
    assert pasted.replace("\x00", "")[:50] in page.replace("\x00", "")


def test_nothing_that_is_pasted_is_logged_or_stands_in_an_address(client):
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(JsonLines().format(record))
    logging.getLogger().addHandler(handler)
    try:
        post(client, WORDS)
        client.get(VERIFY, {"pasted": WORDS})
    finally:
        logging.getLogger().removeHandler(handler)
    assert lines
    assert not [line for line in lines if "bread" in line]
    assert WORDS not in client.get(VERIFY, {"pasted": WORDS}).content.decode()


def test_answers_to_addresses_are_said_in_words(client):
    publication = making.corrected(making.published(WORDS), "We shared the salt.")
    cases = {
        "ab": "Too short to tell",
        f"{publication.identifier} ed. 1, p1": "This is the address of a testimony: passage 1 of edition 1, published",
        f"{publication.identifier} p9": "There is no such passage in this edition.",
        f"{publication.identifier} ed. 7": "has no edition of this number",
        making.unlisted("Under review it is.").identifier: "This testimony is under review",
    }
    for pasted, told in cases.items():
        assert told in main(post(client, pasted)), pasted
    making.emptied(publication, 1)
    told = main(post(client, f"“{WORDS}” {publication.identifier} ed. 1"))
    assert "Not held" in told
    told = main(post(client, f"“{WORDS}” /testimonies/{publication.identifier}/editions/1/"))
    assert "The words of edition 1 were taken out on" in told


def test_what_is_no_quotation_is_not_called_one(client):
    making.published("A miller fed forty people.", wording="paraphrase")
    assert "There the archive tells in words of its own" in main(post(client, "A miller fed forty people"))


def test_while_a_large_archive_has_no_index_it_asks_to_be_tried_again(client, monkeypatch):
    def not_yet(*_asked: object, **_named: object) -> None:
        raise IndexBeingMade

    monkeypatch.setattr(view, "verified", not_yet)
    answer = post(client, WORDS)
    assert (answer.status_code, answer["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "60")

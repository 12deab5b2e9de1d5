"""Testimonies in lists, read from narrow rows."""

from types import SimpleNamespace

import pytest

from testimonies import publishing
from testimonies.models.public import PlaceRelation, Publication
from testimonies.reading.cards import Why, cards_of
from testimonies.reading.pieces import Link, Piece
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def newest():
    return cards_of(list(Publication.objects.listed().newest_first().values_list("pk", flat=True)))


def test_a_card_shows_the_words_and_where_they_come_from():
    place = making.a_place()
    publication = making.published("We shared the bread.", places=[place])
    (card,) = newest()
    assert card.words == (Piece("We shared the bread."),)
    assert (card.identifier, card.title) == (publication.identifier, publication.title)
    assert (card.origin, card.printed) == ("The Steppe Courier", "2 October 2021")
    place.refresh_from_db()
    assert card.places == (Link("place", str(place.identifier), "Aksay"),)


def test_what_the_archive_retells_does_not_look_like_a_quotation():
    making.published("We shared the bread.")
    making.published("They tell of bread.", wording="paraphrase")
    assert [card.is_quoted for card in newest()] == [False, True]


def test_a_place_that_is_only_spoken_of_does_not_look_like_an_origin():
    making.published(places=[(PlaceRelation.SPEAKS_OF, making.a_place())])
    assert [card.places for card in newest()] == [()]


def test_a_place_that_the_source_does_not_state_is_the_editors_own():
    testimony = making.a_testimony(places=[making.a_place("Aksay"), making.a_place("Karasu"), making.a_place("Oral")])
    inferred, elsewhere = testimony.placements.filter(place__name__in=["Aksay", "Karasu"]).order_by("place__name")
    inferred.basis, inferred.basis_reason = "inferred", "from the headline"
    elsewhere.basis, elsewhere.basis_source = "elsewhere", making.a_source("Other news")
    for one in (inferred, elsewhere):
        one.save()
    publishing.publish(testimony, by=None)
    (card,) = newest()
    assert [one.text for one in card.places] == ["Oral"]
    assert [one.text for one in card.placed] == ["Aksay", "Karasu"]


def test_cards_keep_the_order_that_they_are_asked_in():
    first, second = making.published("One."), making.published("Two.")
    assert [card.words for card in cards_of([second.pk, first.pk])] == [(Piece("Two."),), (Piece("One."),)]


def test_what_is_not_listed_has_no_card():
    hidden, listed = making.unlisted(), making.published("Two.")
    assert [card.identifier for card in cards_of([hidden.pk, listed.pk])] == [listed.identifier]


@pytest.mark.parametrize("number", [1, 3])
def test_two_queries_however_many_cards(number, django_assert_num_queries):
    keys = [making.published(places=[making.a_place()]).pk for _ in range(number)]
    with django_assert_num_queries(2):
        assert len(cards_of(keys)) == number


def test_what_was_found_is_shown_with_why(django_assert_num_queries):
    witness = making.a_witness("Aibek")
    witness.forms.create(text="Айбек", tag="kk-Cyrl")
    key = making.published("One goat.\n\nTwo [of the] goats.", witness=witness).pk
    piece, reason = SimpleNamespace, SimpleNamespace(label="", said="goats", tag="en", typed="коза")
    asked = []

    def explain(record, called):
        asked.append((record["title"], called))
        pieces = [piece(text="Two ", is_hit=False, is_ours=False), piece(text="goats", is_hit=True, is_ours=False)]
        cut = SimpleNamespace(pieces=pieces, is_cut_before=True, is_cut_after=False)
        return SimpleNamespace(passage="p2", language="ru", excerpt=cut, reasons=[reason])

    with django_assert_num_queries(3):
        (card,) = cards_of([key], explain)
    assert card.words == (Piece("… "), Piece("Two "), Piece("goats", "hit"))
    assert (card.passage, card.language, card.translated) == ("p2", "ru", "Russian")
    assert card.why == (Why("", "goats", "en", "коза"),)
    assert asked == [(card.title, (("Aibek", ""), ("Айбек", "kk-Cyrl")))]

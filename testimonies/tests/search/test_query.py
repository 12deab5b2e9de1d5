"""search(): words, order and pages."""

import pytest

from testimonies.search import PER_PAGE, Question, search
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def test_every_word_must_occur():
    both = making.published("We sold the piano and kept the goat.")
    making.published("We sold the piano.")
    making.published("We kept the goat.")
    assert search(Question(words="goat PIANO")).keys == (both.pk,)
    assert search(Question(words="goat piano tractor")).keys == ()


@pytest.mark.parametrize("words", ["Сталин", "сталин", "СТАЛИН"])
def test_letters_of_any_case_and_script_are_found(words):
    publication = making.published("Говорили: Сталин едет.", language_printed="ru")
    assert search(Question(words=words)).keys == (publication.pk,)


@pytest.mark.parametrize("words", ["%", "_", "\\", "🙂", "‮", "'; drop table", "zq" * 100, "\u200b", "…"])
def test_words_that_hold_nothing_to_look_for_find_nothing(words):
    making.published("We sold the piano.")
    assert search(Question(words=words)).total == 0


def test_name_of_a_hidden_voice_or_place_finds_nothing():
    making.withdrawn("In Zhambyl.", witness=making.a_witness("Zhambylbek"))
    making.unlisted("In Zhambyl.", witness=making.a_witness("Zhambylbek"))
    making.published(source=making.a_source("The Zhambyl papers"), source_withheld=True)
    assert [search(Question(words=words)).total for words in ("zhambyl", "Zhambylbek", "zham")] == [0, 0, 0]


def test_newest_first_is_the_usual_order():
    first, second, third = (making.published(f"Word {number}.") for number in range(3))
    assert search(Question()).keys == (third.pk, second.pk, first.pk)


def test_order_of_telling_puts_what_has_no_day_at_the_end():
    unknown = making.published(source=making.a_source(date="2020"))
    late, early = making.published(spoken="2021"), making.published(spoken="2019-05")
    assert search(Question(sort="told")).keys == (early.pk, late.pk, unknown.pk)


def test_pages_hold_everything_once():
    keys = [making.published(f"Word {number}.").pk for number in range(PER_PAGE + 5)]
    first, second, third = (search(Question(page=page)) for page in (1, 2, 3))
    assert [*first.keys, *second.keys] == keys[::-1]
    assert (len(first.keys), first.total, first.last_page, third.keys) == (PER_PAGE, PER_PAGE + 5, 2, ())


def test_question_stands_in_the_address_in_one_way_only():
    question = Question(words="goat", chosen={"tag": ("b", "a"), "place": ("x",)}, sort="told", page=3)
    assert question.pairs() == [
        ("q", "goat"),
        ("place", "x"),
        ("tag", "a"),
        ("tag", "b"),
        ("sort", "told"),
        ("page", "3"),
    ]
    assert Question().pairs() == []
    assert question.choosing("tag", "c").page == question.letting_go("tag", "a").page == 1
    assert question.letting_go("place", "x").chosen == {"tag": ("b", "a")}


def test_what_empties_a_question_is_named():
    making.published("We sold the piano.", tags=[making.a_tag("Bread")], spoken="2019")
    making.published("We kept the goat.", tags=[making.a_tag("Roads")], spoken="2020")
    question = Question(words="piano", chosen={"tag": ("roads",), "year": ("2020",)})
    assert search(question).emptied_by == (("q", 1),)
    assert search(Question(words="piano", chosen={"tag": ("roads",)})).emptied_by == (("q", 1), ("tag", 1))
    assert search(Question(words="piano", chosen={"tag": ("none",), "year": ("1850",)})).emptied_by == ()
    assert search(Question(words="piano")).emptied_by == ()


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_search_asks_as_often_for_one_as_for_thirty(rows, django_assert_num_queries):
    for number in range(rows):
        making.published(
            f"Word {number}.", places=[making.a_place(f"Town {number}")], tags=[making.a_tag(f"Tag {number}")]
        )
    search(Question())  # takes in what was published, and reads the names of what is counted
    with django_assert_num_queries(1):
        search(Question())

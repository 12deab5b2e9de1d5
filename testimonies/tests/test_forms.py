"""What stands in an address, understood as far as it can be; what cannot be is said."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from testimonies.forms import MOST_VALUES, PageForm, QuestionForm, readable
from testimonies.search import Question
from testimonies.search.parse import LONGEST


def asked(query: str) -> tuple[Question | None, list[str]]:
    form = QuestionForm(QueryDict(query))
    return form.question, form.notes


def test_everything_is_understood():
    query = "q=goat&place=b0000009&place=c0000009&year=unknown&sort=told&page=2"
    chosen = {"place": ("b0000009", "c0000009"), "year": ("unknown",)}
    assert asked(query) == (Question(words="goat", chosen=chosen, sort="told", page=2), [])


def test_empty_values_go_without_saying():
    assert asked("q=&place=&sort=&page=") == (Question(), [])
    assert asked("") == (Question(), [])
    assert asked("q=%20%20") == (Question(), [])


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "1e9", "1000000001", "9" * 400, "%D9%A1x", "1;2"])
def test_page_that_cannot_be_is_no_question(page):
    assert asked(f"page={page}")[0] is None
    assert PageForm(QueryDict(f"page={page}")).number is None


def test_unknown_order_falls_back_and_is_said():
    question, notes = asked("sort=best")
    assert question == Question()
    assert notes == ["There is no such order; this is the usual one."]


def test_unknown_parameter_is_left_out_and_said():
    question, notes = asked("plaec=osh&q=goat")
    assert question == Question(words="goat")
    assert notes == ["The archive does not know what “plaec” means; it was left out."]


def test_too_many_words_are_cut_and_said():
    question, notes = asked("q=" + "goat+" * 2000)
    assert question is not None
    assert len(question.words) == LONGEST - 1
    assert notes == ["Only the first 500 characters were looked for.", "Only the first 40 words were looked for."]


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "١٢", "9" * 30, "1e3"])
def test_number_that_no_log_has_is_left_out_and_said(number):
    question, notes = asked(f"as_of={number}&after={number}")
    assert question == Question()
    assert notes == ["The publication log has no such number; everything is shown."]


@pytest.mark.django_db
def test_place_in_an_order_goes_before_the_number_of_a_page_unless_that_is_given():
    assert asked("sort=newest&after=123&as_of=0")[0] == Question(sort="newest", after=123, as_of=0)
    assert asked("sort=newest&after=123&page=2")[0] == Question(sort="newest", page=2)


def test_hundreds_of_values_are_cut_and_said():
    question, notes = asked("&".join(f"tag=t{number}" for number in range(300)))
    assert question is not None
    assert len(question.chosen["tag"]) == MOST_VALUES
    assert notes == ["Tag: only the first 20 choices were taken."]


def test_the_same_value_twice_is_one():
    assert asked("tag=a&tag=a&tag=b") == (Question(chosen={"tag": ("a", "b")}), [])


def test_what_turns_text_round_or_cannot_be_seen_is_taken_out():
    assert readable("  goat\u202e\u0000\ud800 \u200bmilk\r\n ", 50) == "goat milk"
    assert readable("goat 🙂", 50) == "goat 🙂"
    assert readable("e\u0301", 50) == "é"


@given(st.text(), st.text(), st.text())
def test_any_text_is_either_a_question_or_a_page_that_cannot_be(words, value, page):
    data = QueryDict(mutable=True)
    data.setlist("q", [words])
    data.setlist("tag", [value, words])
    data.setlist("page", [page])
    question = QuestionForm(data).question
    assert question is None or (len(question.words) <= LONGEST and question.page >= 1)

"""Candidates for a quotation: also by the words of earlier editions, which nobody finds by searching."""

import pytest

from testimonies.search import Question, search
from testimonies.search.holding import may_hold
from testimonies.tests import making

pytestmark = pytest.mark.django_db

LONG = "Then the guard counted us twice and let the children pass before the others came."


def by_runs(words: str) -> list[int]:
    return list(next(may_hold(words)))


def by_rare_words(words: str) -> list[int]:
    _runs, rare = may_hold(words)
    return list(rare)


def test_words_of_an_earlier_edition_offer_their_testimony_and_are_found_by_no_search():
    publication = making.corrected(making.published(LONG), "Then somebody let the children pass.")
    making.published("Nothing of the kind.")
    assert by_runs(LONG) == by_runs("the guard counted us twice") == [publication.pk]
    assert search(Question(words="guard")).keys == ()
    assert search(Question(words="guar*")).keys == ()
    assert search(Question(words="somebody")).keys == (publication.pk,)


def test_a_testimony_that_holds_most_runs_comes_first():
    whole, half = making.published(LONG), making.published("Then the guard counted us twice and went away.")
    assert by_runs(LONG) == [whole.pk, half.pk]


def test_altered_words_are_found_by_the_rare_ones_among_them():
    publication = making.published(LONG)
    for number in range(4):
        making.published(f"The others came, and then {number} of us.")
    altered = "Thus Maržan’s guard has counted those twice, letting children passing before others."
    assert by_runs(altered) == []
    assert by_rare_words(altered)[0] == publication.pk


def test_nothing_hidden_is_offered():
    making.withdrawn(LONG), making.unlisted(LONG), making.overdue(LONG)
    making.emptied(making.corrected(making.published(LONG), "Then somebody let the children pass."), 1)
    assert by_runs(LONG) == by_rare_words("the guard counted us twice") == []


@pytest.mark.parametrize("words", ["", " ", "…", "a", "a a a a a a a a a", "не-бо не-бо", "'", "x" * 5000])
def test_whatever_is_asked_is_answered(words):
    making.published(LONG)
    assert all(keys in ([], [*keys]) for keys in may_hold(words))

"""The engine finds and counts what the oracle finds and counts, over an invented archive and thousands of questions."""

from unittest import mock

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import corpus
from testimonies.models.public import (
    LogHead,
    Place,
    PlaceNameForm,
    Publication,
    Tag,
    TagNameForm,
    Wave,
    WaveNameForm,
    WitnessNameForm,
)
from testimonies.search import asking, follow, names, queries
from testimonies.search.parse import parse

from .documents import FACETS, document
from .oracle import Oracle
from .questions import Questions

pytestmark = pytest.mark.django_db
SIZE = 2000


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker, tmp_path_factory):
    """An archive of its own for the whole module, with an index of its own; undone at the end."""
    folder = tmp_path_factory.mktemp("archive")
    with django_db_blocker.unblock(), override_settings(ARCHIVE_DATA=folder), transaction.atomic():
        LogHead.objects.update(epoch="0123456789abcdef")
        corpus.fill(SIZE)
        yield Archive()
        transaction.set_rollback(True)


class Archive:
    """What the tests ask: the oracle, the engine, and strategies for questions."""

    def __init__(self):
        listed = list(Publication.objects.listed().select_related("current_edition").order_by("pk"))
        self.keys = {one.pk: one.identifier for one in listed}
        self.oracle = Oracle(documents(listed), named())
        records = [one.current_edition.record for one in listed]
        self.questions = Questions(self.oracle, [passage for record in records for passage in passages(record)])
        self.orders = {
            sort: list(ordered.values_list("pk", flat=True))
            for sort, ordered in (
                ("newest", Publication.objects.listed().newest_first()),
                ("told", Publication.objects.listed().earliest_told_first()),
            )
        }

    def ask(self, nodes, chosen, sort="relevance", after=None, limit=SIZE):
        """Ask the engine for everything."""
        held = follow.up_to_date()
        lookup = queries.Lookup(held.languages, names.current().matching)
        with mock.patch.multiple(
            asking, MOST_VALUES=SIZE, MOST_OF_A_PART=SIZE
        ):  # every value, not only the most frequent
            return asking.ask(held.searcher, nodes, chosen, lookup, sort=sort, after=after, limit=limit)


def documents(listed):
    forms = {}
    for record, text, tag in WitnessNameForm.objects.values_list("record", "text", "tag"):
        forms.setdefault(record, []).append((text, tag))
    return [document(one.identifier, one.current_edition.record, forms.get(one.witness_id, [])) for one in listed]


def named():
    kinds = (
        ("place", Place, PlaceNameForm, "identifier"),
        ("wave", Wave, WaveNameForm, "slug"),
        ("tag", Tag, TagNameForm, "slug"),
    )
    found = {}
    for kind, model, forms, key in kinds:
        for pk, address, name in model.objects.listed().values_list("pk", key, "name"):
            others = forms.objects.filter(record=pk).values_list("text", "tag")
            found[kind, address] = [(name, ""), *others]
    return found


def passages(record):
    return [one["text"] for group in record["segments"] + record["translations"] for one in group["passages"]]


def compare(archive, typed, chosen):
    """Ask both and insist on the same."""
    nodes = parse(typed).nodes
    wanted = archive.oracle.answer(nodes, chosen)
    found = archive.ask(nodes, chosen)
    assert {archive.keys[key] for key in found.keys} == wanted.identifiers
    assert found.total == len(found.keys) == len(wanted.identifiers)
    assert {facet: dict(found.counts[facet]) for facet in FACETS} == wanted.counts
    return wanted.identifiers


def questions(examples):
    """The settings of a test that asks so many questions."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@questions(1200)
@given(data=st.data())
def test_whatever_is_asked(archive, data):
    compare(archive, data.draw(archive.questions.typed), data.draw(archive.questions.chosen))


@questions(800)
@given(data=st.data())
def test_one_word_in_any_spelling(archive, data):
    compare(archive, data.draw(archive.questions.word), {})


@questions(400)
@given(data=st.data())
def test_phrases(archive, data):
    compare(archive, data.draw(archive.questions.phrase), {})


@questions(400)
@given(data=st.data())
def test_facets_alone(archive, data):
    compare(archive, "", data.draw(archive.questions.chosen))


@questions(300)
@given(typed=st.text(max_size=60))
def test_anything_typed(archive, typed):
    compare(archive, typed, {})


@questions(100)
@given(data=st.data(), sort=st.sampled_from(["newest", "told"]))
def test_orders_are_those_of_the_database(archive, data, sort):
    found = archive.ask(parse(data.draw(archive.questions.typed)).nodes, {}, sort)
    held = set(found.keys)
    assert list(found.keys) == [key for key in archive.orders[sort] if key in held]


@questions(100)
@given(data=st.data())
def test_pages_that_begin_behind_a_place_are_those_with_numbers(archive, data):
    nodes, sort = parse(data.draw(archive.questions.typed)).nodes, data.draw(st.sampled_from(["newest", "told"]))
    whole = archive.ask(nodes, {}, sort).keys
    found, after = [], None
    for _page in range(len(whole) // 100 + 1):
        page = archive.ask(nodes, {}, sort, after=after, limit=100)
        assert page.total == len(whole)
        found, after = [*found, *page.keys], page.next
    assert found == [*whole]


def test_words_of_known_shares_are_found(archive):
    for word, share in corpus.FREQUENT.items():
        found = compare(archive, word, {})
        if share > 0.01:
            assert len(found) / SIZE == pytest.approx(share, rel=0.25), word

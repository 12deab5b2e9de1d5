"""Several editors at once, on connections of their own: one wins, the others are told, nothing is half done."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from testimonies import identifiers
from testimonies.models.editorial import PublicationBasis, StaleTestimony, Testimony
from testimonies.models.public import (
    Edition,
    Identifier,
    LogHead,
    Place,
    Publication,
    PublicationEvent,
    Source,
    Tag,
    Witness,
    append_event,
)
from testimonies.publishing import (
    NotPublishable,
    WrongState,
    empty_edition,
    hide_name,
    merge_testimonies,
    publish,
    renew,
    unlist_overdue,
    withdraw,
)
from testimonies.tests import making
from testimonies.tests.making import a_basis, a_place, a_source, a_tag, a_testimony, a_witness, published

# The rows that migrations make (head of the log, groups) come back after each flush.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROUNDS = range(4)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, all of them having begun at the same moment in threads of their own."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=20)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        futures = [threads.submit(run, act) for act in acts]
    return [future.exception() or future.result() for future in futures]


def assert_log_is_whole() -> None:
    """No gap, no number twice, the head at the last one, times that never go back."""
    events = list(PublicationEvent.objects.order_by("number"))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert LogHead.objects.get().number == len(events)
    assert all(earlier.at <= later.at for earlier, later in pairwise(events))


def test_twelve_writers_of_which_some_fail_leave_no_gap():
    chance = random.Random(29)
    fates = [[chance.random() < 0.3 for _ in range(6)] for _ in range(12)]
    ended = threading.Event()
    seen: list[list[int]] = []

    def write(fails: list[bool]) -> None:
        for fail in fails:
            with transaction.atomic():
                append_event(PublicationEvent.Kind.VOCABULARY, subject="tag:bread")
                transaction.set_rollback(fail)

    def watch() -> None:
        while not ended.is_set():
            seen.append(list(PublicationEvent.objects.order_by("number").values_list("number", flat=True)))

    def write_all() -> None:
        results = at_once(*(partial(write, fails) for fails in fates))
        ended.set()
        assert results == [None] * 12

    assert at_once(write_all, watch) == [None, None]
    assert_log_is_whole()
    assert PublicationEvent.objects.count() == sum(not fail for fails in fates for fail in fails)
    # Whoever follows the log never sees a number before a smaller one: commits are in the order of numbers.
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in seen)


def test_two_editors_who_publish_the_same_version_make_one_edition():
    for _ in ROUNDS:
        key = a_testimony().pk
        copies = [Testimony.objects.get(pk=key) for _ in range(3)]
        results = at_once(*(partial(publish, copy, by=None) for copy in copies))
        assert sorted(type(result).__name__ for result in results) == ["Outcome", "StaleTestimony", "StaleTestimony"]
        assert Edition.objects.filter(publication=Testimony.objects.get(pk=key).publication).count() == 1
    assert_log_is_whole()


def test_two_editors_who_save_the_same_version_do_not_overwrite_each_other():
    for _ in ROUNDS:
        key = a_testimony().pk
        copies = [Testimony.objects.get(pk=key) for _ in range(3)]
        for number, copy in enumerate(copies):
            copy.locator = f"page {number}"
        results = at_once(*(copy.save for copy in copies))
        assert sorted(map(type, results), key=str) == [type(None), StaleTestimony, StaleTestimony]
        assert Testimony.objects.get(pk=key).locator == f"page {results.index(None)}"


def test_records_that_become_public_by_several_testimonies_at_once_get_one_address():
    for number in ROUNDS:
        shared = {
            "witness": a_witness(f"Aibek {number}"),
            "source": a_source(f"Bread {number}"),
            "tags": [a_tag(f"Roads {number}"), a_tag(f"Ways {number}")],
        }
        towns = [a_place(f"Aksay {number}"), a_place(f"Osh {number}"), a_place(f"Naryn {number}")]
        drafts = [a_testimony(places=places, **shared) for places in (towns, towns[::-1], towns[1:])]
        results = at_once(*(partial(publish, draft, by=None) for draft in drafts))
        assert [type(result).__name__ for result in results] == ["Outcome"] * 3
        records = [edition.record for edition in Edition.objects.order_by("-pk")[:3]]
        assert {record["witness"]["identifier"] for record in records} == {
            Witness.objects.get(pk=shared["witness"].pk).identifier
        }
        assert {place["identifier"] for record in records for place in record["places"]} == set(
            Place.objects.filter(pk__in=[town.pk for town in towns]).values_list("identifier", flat=True)
        )
    for kind, model in (("witness", Witness), ("source", Source), ("place", Place), ("tag", Tag)):
        assert Identifier.objects.filter(kind=kind).count() == model.objects.count()
    assert_log_is_whole()


def test_a_withdrawal_holds_whoever_publishes_meanwhile():
    for _ in ROUNDS:
        publication = published()
        changed = making.testimony_of(publication)
        changed.context_note = "Something was added."
        changed.save()
        copy = making.testimony_of(publication)
        results = at_once(partial(publish, changed, by=None), partial(withdraw, copy, reason="on_request"))
        publication.refresh_from_db()
        assert isinstance(results[0], StaleTestimony) == (publication.editions.count() == 1)
        assert isinstance(results[1], Publication)
        assert (publication.state, publication.title, publication.words) == ("withdrawn", "", "")
        assert not publication.placements.exists()
    assert_log_is_whole()


def test_of_two_withdrawals_one_writes_the_tombstone():
    publication = published()
    copies = [making.testimony_of(publication) for _ in range(3)]
    results = at_once(*(partial(withdraw, copy, reason="on_request") for copy in copies))
    assert sorted(type(result).__name__ for result in results) == ["Publication", "WrongState", "WrongState"]
    assert PublicationEvent.objects.filter(kind="withdrawn").count() == 1


def test_an_edition_is_emptied_while_the_next_is_published():
    for _ in ROUNDS:
        publication = published("One.\n\nTwo.")
        changed = making.testimony_of(publication)
        changed.context_note = "Something was added."
        changed.save()
        edition = publication.editions.get()
        emptied, result = at_once(partial(empty_edition, edition), partial(publish, changed, by=None))
        assert isinstance(emptied, Edition)
        publication.refresh_from_db()
        assert publication.editions.get(number=1).record is None
        if isinstance(result, StaleTestimony):
            assert (publication.state, publication.words) == ("unlisted", "")
        else:
            assert publication.is_listed
            assert publication.current_edition.number == 2
    assert_log_is_whole()


def test_no_edition_carries_a_name_that_was_hidden_while_it_was_published():
    consent = a_basis(kind=PublicationBasis.Kind.WRITTEN_CONSENT, asked=True, date="2020-01-01")
    recording = a_source("Recording 4", kind=Source.Kind.INTERVIEW, publisher="")
    for number in ROUNDS:
        witness = a_witness(f"Zerequl{number}")
        told = {"witness": witness, "basis": consent, "source": recording}
        published(**told)
        drafts = [a_testimony(f"Words {one}.", **told) for one in range(2)]
        results = at_once(
            partial(hide_name, witness, name=f"Berk {number}", naming=Witness.Naming.PSEUDONYM),
            *(partial(publish, draft, by=None) for draft in drafts),
        )
        assert not isinstance(results[0], Exception), results
        records = Edition.objects.filter(emptied_at=None).values_list("record", flat=True)
        assert not [record for record in records if "Zerequl" in str(record)]
        assert Publication.objects.listed().filter(witness=witness).exists()
    assert_log_is_whole()


def test_several_sweeps_tell_the_log_of_a_review_once():
    overdue = [making.overdue(f"Words {number}.") for number in range(3)]
    swept = at_once(unlist_overdue, unlist_overdue, unlist_overdue)
    assert sum(swept) == len(overdue)
    assert PublicationEvent.objects.filter(kind="unlisted").count() == len(overdue)
    assert_log_is_whole()


def test_a_sweep_does_not_hide_what_is_being_renewed():
    for _ in ROUNDS:
        publication = making.overdue()
        copy = making.testimony_of(publication)
        at_once(unlist_overdue, partial(renew, copy, by=None, review_on=timezone.now().date()))
        publication.refresh_from_db()
        assert publication.is_listed


def test_two_testimonies_are_not_merged_into_each_other():
    for _ in ROUNDS:
        one, other = (making.testimony_of(published()) for _ in range(2))
        results = at_once(
            partial(merge_testimonies, one, into=other),
            partial(merge_testimonies, other, into=one),
        )
        assert sorted(type(result).__name__ for result in results) == ["Publication", "WrongState"]
        assert Publication.objects.listed().filter(pk__in=[one.publication_id, other.publication_id]).count() == 1


def test_identifiers_that_many_ask_for_at_once_are_given_once(monkeypatch):
    offered = [identifiers.mint() for _ in range(8)]
    chance = random.Random(29)
    monkeypatch.setattr(identifiers, "mint", lambda: chance.choice(offered))
    minted = at_once(*(partial(Identifier.objects.mint, Identifier.Kind.PLACE) for _ in range(8)))
    assert sorted(minted) == sorted(offered)


def test_a_tag_that_two_publish_under_one_former_address_is_refused_to_both():
    refused = (NotPublishable, WrongState)
    Identifier.objects.enter(Identifier.Kind.TAG, "roads")
    drafts = [a_testimony(tags=[a_tag("Roads")]), a_testimony(tags=[Tag.objects.get()])]
    results = at_once(*(partial(publish, draft, by=None) for draft in drafts))
    assert all(isinstance(result, refused) for result in results)
    assert not Edition.objects.exists()
    assert_log_is_whole()

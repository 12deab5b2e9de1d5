"""The publication log: numbered without gaps, written once, never shortened."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from testimonies import loghead
from testimonies.models.public import LogHead, PublicationEvent, append_event
from testimonies.tests.making import published

VOCABULARY = PublicationEvent.Kind.VOCABULARY


@pytest.mark.django_db
def test_events_are_numbered_from_the_head():
    start = LogHead.objects.get().number
    numbers = [append_event(VOCABULARY, subject="tag:bread").number for _ in range(3)]
    assert numbers == [start + 1, start + 2, start + 3]
    assert LogHead.objects.get().number == start + 3


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_event_outside_of_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        append_event(VOCABULARY)
    assert not PublicationEvent.objects.exists()


@pytest.mark.django_db
def test_times_never_go_back_though_the_clock_does():
    ahead = timezone.now() + timedelta(days=1)
    LogHead.objects.update(at=ahead)
    assert append_event(VOCABULARY).at == ahead
    assert append_event(VOCABULARY).at == ahead


@pytest.mark.django_db
def test_an_event_is_never_changed_nor_deleted():
    event = append_event(VOCABULARY)
    event.subject = "tag:forged"
    refused = (
        event.save,
        event.delete,
        PublicationEvent.objects.all().delete,
        lambda: PublicationEvent.objects.update(subject="tag:forged"),
        lambda: PublicationEvent.objects.bulk_update([event], ["subject"]),
    )
    for change in refused:
        with pytest.raises(TypeError, match="append-only"), transaction.atomic():
            change()
    assert PublicationEvent.objects.values_list("number", "subject").get() == (event.number, "")


@pytest.mark.django_db
def test_a_number_is_never_written_over():
    event = append_event(VOCABULARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationEvent(number=event.number, at=event.at, kind=VOCABULARY, subject="tag:forged").save()
    assert PublicationEvent.objects.get().subject == ""


@pytest.mark.django_db
def test_an_archive_without_a_head_publishes_nothing():
    LogHead.objects.all().delete()
    with pytest.raises(LogHead.DoesNotExist), transaction.atomic():
        published()
    assert not PublicationEvent.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_number_is_told_to_all_processes_on_commit():
    head = LogHead.objects.get()
    with transaction.atomic():
        event = append_event(VOCABULARY)
        assert loghead.read()[0] == 0
    assert loghead.read() == (event.number, bytes.fromhex(head.epoch))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_transaction_that_fails_leaves_no_gap():
    with transaction.atomic():
        append_event(VOCABULARY)
        transaction.set_rollback(True)
    with transaction.atomic():
        event = append_event(VOCABULARY)
    assert [one.number for one in PublicationEvent.objects.all()] == [event.number] == [LogHead.objects.get().number]


@pytest.mark.django_db
def test_events_after_a_number_come_in_order():
    first = append_event(VOCABULARY)
    later = [append_event(VOCABULARY), append_event(VOCABULARY)]
    assert list(PublicationEvent.objects.after(first.number)) == later

"""The watch on the publication log."""

import json
import logging

import pytest
from django.db import OperationalError, connection

from archive.logs import JsonLines
from testimonies import loghead, watch
from testimonies.dataset import writing
from testimonies.models.public import LogHead, Publication
from testimonies.tests import making

EPOCH = "0123456789abcdef"


@pytest.fixture
def head(db) -> LogHead:
    LogHead.objects.filter(pk=1).update(number=12, epoch=EPOCH)
    return LogHead.objects.get(pk=1)


def test_the_number_follows_the_database(head):
    watch.follow_the_log()
    assert loghead.read() == (12, bytes.fromhex(EPOCH))


def test_a_number_that_went_back_is_followed_and_reported(head, caplog):
    loghead.write(15, bytes.fromhex(EPOCH))
    watch.follow_the_log()
    assert loghead.read() == (12, bytes.fromhex(EPOCH))
    assert [record.message for record in caplog.records] == ["log went back without a new epoch"]


def test_a_restored_database_brings_its_epoch(head):
    loghead.write(900, bytes.fromhex("fedcba9876543210"))
    watch.follow_the_log()
    assert loghead.read() == (12, bytes.fromhex(EPOCH))


@pytest.mark.django_db(transaction=True)
def test_an_outage_of_the_database_is_survived_and_logged(monkeypatch, caplog):
    def fail() -> int:
        raise OperationalError("no route to 10.0.0.7")

    monkeypatch.setattr(watch, "unlist_overdue", fail)
    assert watch.attempt_to_hide_overdue() is False
    line = json.loads(JsonLines().format(caplog.records[0]))
    assert (line["event"], line["error"]) == ("watch failed", "OperationalError")
    assert "10.0.0.7" not in json.dumps(line)


@pytest.mark.django_db(transaction=True)
def test_what_is_overdue_is_hidden_and_counted(monkeypatch, caplog):
    monkeypatch.setattr(watch, "unlist_overdue", lambda: 3)
    with caplog.at_level(logging.INFO, "archive"):
        assert watch.attempt_to_hide_overdue() is True
    assert [(record.message, record.__dict__["count"]) for record in caplog.records] == [("unlisted for review", 3)]


@pytest.mark.django_db
def test_files_are_made_when_they_are_due_and_deleted_when_they_have_ended(monkeypatch):
    begun = []
    monkeypatch.setattr(watch.making, "start", lambda: begun.append(True))
    watch._export()
    assert begun == [True]
    publication = making.published()
    export = writing.write()
    file = export.path(export.files[0])
    watch._export()
    assert (begun, file.exists()) == ([True], True)
    making.testimony_of(publication).witness.save()
    watch._export()
    assert (begun, file.exists()) == ([True], False)  # somebody may be about to change the next


def test_tests_and_commands_start_no_watch():
    assert watch.start() is None


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows its tables by itself")
def test_publications_are_read_by_their_keys_and_not_all_of_them():
    for number in range(60):
        making.published(f"Word {number}.")
    wanted = Publication.objects.listed().filter(pk__in=range(1, 21)).order_by().values("identifier")
    assert "INDEX publication_newest" in wanted.explain()
    watch.know_the_tables()
    assert "INTEGER PRIMARY KEY" in wanted.explain()

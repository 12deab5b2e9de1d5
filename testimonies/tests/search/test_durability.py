"""Servers with folders of their own agree, and a killed one leaves an index that is behind at most."""

import os

import pytest

from . import killing
from .server import Server

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = int(os.environ.get("ARCHIVE_KILLS", "8"))


@pytest.fixture
def servers(tmp_path):
    """Two, which share the database and nothing else."""
    started = [Server(tmp_path / name) for name in ("one", "other")]
    yield started
    for server in started:
        server.stop()


def test_what_one_server_publishes_and_withdraws_the_other_finds_and_loses_at_once(servers):
    one, other = servers
    assert one("ask apricots") == other("ask apricots") == []
    for publishing, asked in ((one, other), (other, one)) * 2:
        before = asked("ask apricots")
        identifier = publishing("publish We shared apricots.")
        assert asked("ask apricots") == sorted([*before, identifier])
        assert publishing("ask apricots") == sorted([*before, identifier])
        publishing(f"withdraw {before[0] if before else identifier}")
        left = sorted({*before, identifier} - {before[0] if before else identifier})
        assert asked("ask apricots") == publishing("ask apricots") == left


def test_after_kill_9_the_index_answers_as_a_new_one():
    moments = killing.kill_often(KILLS)
    assert moments.total() == KILLS
    assert moments["in a commit"]

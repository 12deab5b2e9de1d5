"""Fixtures for every test."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from testimonies import loghead
from testimonies.dataset import standing
from testimonies.search import follow, query

# Two busy cores may take long over one example; tests that are about time measure their own processor time.
settings.register_profile("archive", deadline=None)
settings.load_profile("archive")


@pytest.fixture(autouse=True)
def own_life_of_the_log() -> None:
    """Each test starts with a log that no other test has numbered, as each starts with empty tables."""
    loghead.write(0, os.urandom(8))


@pytest.fixture(autouse=True)
def own_index(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test searches an index of its own."""
    folder = tmp_path_factory.mktemp("search")
    monkeypatch.setattr(follow, "place", lambda: folder)
    for kept in (query.overdue, query.remembered):  # a test that was undone leaves its numbers to the next
        kept.cache_clear()


@pytest.fixture(autouse=True)
def own_exports(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test makes exports in a folder of its own."""
    folder = tmp_path_factory.mktemp("exports")
    monkeypatch.setattr(standing, "place", lambda: folder)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty all tables after themselves: what migrations put there is put back before each.

    All of them or none: Django would otherwise number content types anew, and the rows put back would clash.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            marker.kwargs["serialized_rollback"] = True
        elif not {"live_server", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))

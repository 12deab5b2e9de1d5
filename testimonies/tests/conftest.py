"""Fixtures for every test."""

import os
import secrets
from pathlib import Path

import pytest
from django.db import connection
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


@pytest.fixture
def folder_of_this_test(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the archive keeps during one test. `mktemp` would look through all others for its number."""
    return tmp_path_factory.mktemp(secrets.token_hex(8), numbered=False)


@pytest.fixture(autouse=True)
def own_index(folder_of_this_test: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test searches an index of its own."""
    folder = folder_of_this_test / "search"
    folder.mkdir()
    monkeypatch.setattr(follow, "place", lambda: folder)
    for kept in (query.overdue, query.remembered):  # a test that was undone leaves its numbers to the next
        kept.cache_clear()


@pytest.fixture(autouse=True)
def own_exports(folder_of_this_test: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test makes exports in a folder of its own."""
    folder = folder_of_this_test / "exports"
    folder.mkdir()
    monkeypatch.setattr(standing, "place", lambda: folder)
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what the database has a part in is tested; the rest is tested once, on SQLite."""
    restore_what_migrations_wrote(items)
    if connection.vendor == "postgresql":
        left_out = [item for item in items if item.get_closest_marker("once") or not uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database."""
    by_fixture = not {"db", "transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))
    return by_fixture or item.get_closest_marker("django_db") is not None


def restore_what_migrations_wrote(items: list[pytest.Item]) -> None:
    """Tests that commit empty all tables after themselves: what migrations put there is put back before each.

    All of them or none: Django would otherwise number content types anew, and the rows put back would clash.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            marker.kwargs["serialized_rollback"] = True
        elif not {"live_server", "transactional_db"}.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))

"""Fixtures for every test."""

import os

import pytest
from hypothesis import settings

from testimonies import loghead

# Two busy cores may take long over one example; tests that are about time measure their own processor time.
settings.register_profile("archive", deadline=None)
settings.load_profile("archive")


@pytest.fixture(autouse=True)
def own_life_of_the_log() -> None:
    """Each test starts with a log that no other test has numbered, as each starts with empty tables."""
    loghead.write(0, os.urandom(8))

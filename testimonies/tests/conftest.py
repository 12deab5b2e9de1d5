"""Fixtures for every test."""

import os

import pytest

from testimonies import loghead


@pytest.fixture(autouse=True)
def own_life_of_the_log() -> None:
    """Each test starts with a log that no other test has numbered, as each starts with empty tables."""
    loghead.write(0, os.urandom(8))

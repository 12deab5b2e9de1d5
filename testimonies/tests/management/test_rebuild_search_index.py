"""The command that makes the index anew."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from testimonies.models.public import LogHead
from testimonies.search import follow
from testimonies.tests.making import published, withdrawn

pytestmark = pytest.mark.django_db


def rebuilt() -> list[str]:
    out = StringIO()
    call_command("rebuild_search_index", stdout=out)
    return out.getvalue().splitlines()


def test_it_tells_how_far_it_is_and_where_the_log_stands(monkeypatch):
    monkeypatch.setattr("testimonies.search.entering.BATCH", 2)
    monkeypatch.setattr("testimonies.management.commands.rebuild_search_index.EVERY", 0)
    for _ in range(3):
        published()
    withdrawn()
    *progress, last = rebuilt()
    assert [re.sub(r"[\d,]+ a second", "… a second", line) for line in progress] == [
        "2 of 3 testimonies, … a second",
        "3 of 3 testimonies, … a second",
    ]
    assert last == f"The index holds what the log says up to number {LogHead.objects.get().number}."


def test_the_new_index_takes_the_place_of_the_old_one():
    published()
    old = follow.up_to_date().folder
    rebuilt()
    new = follow.up_to_date().folder
    assert new != old
    assert [one for one in follow.place().iterdir() if one.is_dir()] == [new]


def test_an_empty_archive_has_an_index_too():
    assert rebuilt() == [f"The index holds what the log says up to number {LogHead.objects.get().number}."]


def test_one_process_at_a_time():
    with follow.turn("making"), pytest.raises(CommandError, match="Another process is making the index"):
        rebuilt()

"""The index is caught up before it answers, and made anew by itself where it cannot answer."""

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy
from django.db import connection

from testimonies import publishing
from testimonies.models.public import LogHead, Publication
from testimonies.search import entering, follow
from testimonies.search.index import SCHEMA
from testimonies.search.opened import Held, opened
from testimonies.tests import making
from testimonies.tests.making import corrected, emptied, published

pytestmark = pytest.mark.django_db


def having(word: str) -> Callable[[Held], list[int]]:
    """The question which publications have a word, by their keys."""

    def ask(held: Held) -> list[int]:
        hits = held.searcher.search(tantivy.Query.term_query(SCHEMA, "exact", word), 100).hits
        return sorted(held.searcher.fast_field_values("key", [address for _, address in hits])) if hits else []

    return ask


def found(word: str) -> list[int]:
    return follow.answering(having(word))


def words() -> set[str]:
    return {word for word, _ in follow.up_to_date().words()}


def told(caplog) -> list[str]:
    """The warnings of the log."""
    return [one.message for one in caplog.records if one.name == "archive.search" and one.levelno >= logging.WARNING]


def forget() -> None:
    """What a process that begins knows."""
    follow._held.clear()


@pytest.fixture
def archive():
    """Three publications, one of which came after the index was made and one of which has left it again."""
    first, second = published("We shared apricots."), published("We shared walnuts.")
    follow.up_to_date()
    third = published("We shared apricots and melons.")
    follow.up_to_date()
    publishing.unlist(making.testimony_of(second))
    follow.up_to_date()
    return first, second, third


def is_answered(archive) -> bool:
    first, _, third = archive
    return [found("apricots"), found("walnuts"), found("melons")] == [[first.pk, third.pk], [], [third.pk]]


# Catching up


def test_what_was_published_is_found_and_what_was_hidden_is_not(archive):
    first, second, third = archive
    assert is_answered(archive)
    publishing.renew(making.testimony_of(second), by=None, review_on=None)
    corrected(third, "We shared nothing.")
    assert [found("apricots"), found("walnuts"), found("melons")] == [[first.pk], [second.pk], []]


def test_an_index_that_is_up_to_date_costs_one_query(archive, django_assert_num_queries):
    follow.up_to_date()
    with django_assert_num_queries(1):
        assert follow.up_to_date() is follow.up_to_date.__globals__["_held"][follow.place()]


def test_a_restored_database_has_an_index_of_its_own(archive):
    before = follow.up_to_date().folder
    LogHead.objects.update(epoch="fedcba9876543210")
    assert is_answered(archive)
    assert follow.up_to_date().folder != before


def test_an_index_ahead_of_the_log_is_made_anew(archive):
    before = follow.up_to_date().folder
    LogHead.objects.update(number=1)
    assert follow.up_to_date().folder != before


def test_an_index_that_another_process_has_made_is_taken_over(archive):
    mine = dict(follow._held)
    made = follow.make_anew()
    follow._held.update(mine)
    assert follow.up_to_date().folder == made.folder
    assert is_answered(archive)


def test_what_cannot_be_written_is_behind_but_answers(archive, monkeypatch, caplog):
    def full(index):
        raise ValueError("No space left on device")

    monkeypatch.setattr(entering, "writing", full)
    published("We shared quinces.")
    assert is_answered(archive)
    assert found("quinces") == []
    assert set(told(caplog)) == {"index could not be written"}
    monkeypatch.undo()


def test_it_is_caught_up_once_it_can_be_written_again(archive, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(entering, "MEMORY", 1)  # less than the engine takes
        later = published("We shared quinces.")
        assert found("quinces") == []
    assert found("quinces") == [later.pk]


# Damage


def emptied_file(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def taken_away(path: Path) -> None:
    path.unlink()


def noise(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size + 20))


def noise_in_the_middle(path: Path) -> None:
    held = path.read_bytes()
    middle = len(held) // 3
    path.write_bytes(held[:middle] + bytes(byte ^ 0xA5 for byte in held[middle : middle + 9]) + held[middle + 9 :])


def a_folder_instead(path: Path) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)


DAMAGES = (emptied_file, cut_in_half, taken_away, noise, noise_in_the_middle, a_folder_instead)


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_happens_to_any_file_is_repaired(archive, damage, caplog, tmp_path):
    """To a file of each kind, one after another, before a process opens them."""
    root = follow.place()
    whole = tmp_path / "whole"
    shutil.copytree(root, whole)
    files = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    kinds = {path.name if path.suffix in ("", ".json", ".lock") else path.suffix: path for path in files}
    assert len(kinds) == 15
    names = list(kinds.values())
    unnoticed = []
    for name in names:
        shutil.rmtree(root)
        shutil.copytree(whole, root)
        caplog.clear()
        damage(root / name)
        forget()
        assert is_answered(archive), name
        if not told(caplog):
            unnoticed.append(name.name)
            assert published("We shared quinces.").pk in found("quinces"), name
    # Where no index is named there is none yet; locks and the engine's list of files to delete may be gone.
    assert all(name in ("current", ".managed.json") or name.endswith(".lock") for name in unnoticed)


@pytest.mark.parametrize("facts", ["", "[]", "{}", '{"rules": 1}', "{", '{"rules": null, "epoch": 3}', "\x00"])
def test_an_index_that_does_not_say_how_it_was_made_is_made_anew(archive, facts, caplog):
    (follow.up_to_date().folder / "made.json").write_text(facts)
    forget()
    assert is_answered(archive)
    assert told(caplog) == ["index damaged: it is made anew"]


@pytest.mark.parametrize("name", ["", "nowhere", "../..", "/etc", "x" * 5000, "a\nb", "current", "\x00"])
def test_a_name_that_leads_nowhere_is_repaired(archive, name):
    (follow.place() / "current").write_text(name)
    forget()
    assert is_answered(archive)
    assert follow.name_in_use().isalnum()


def test_an_index_by_other_rules_does_not_answer(archive):
    held = follow.up_to_date()
    facts = json.loads((held.folder / "made.json").read_text())
    (held.folder / "made.json").write_text(json.dumps(facts | {"rules": "others"}))
    forget()
    assert follow.up_to_date().folder != held.folder


def test_the_folder_may_be_gone(archive):
    shutil.rmtree(follow.up_to_date().folder)
    forget()
    assert is_answered(archive)


def test_damage_under_a_running_process_is_repaired_when_asking_fails(archive, caplog):
    before = follow.up_to_date()
    for path in before.folder.glob("*.fast"):
        noise_in_the_middle(path)

    def ask(held: Held) -> list[int]:
        if held is before:
            raise ValueError("Data corrupted")
        return having("apricots")(held)

    assert follow.answering(ask) == [archive[0].pk, archive[2].pk]
    assert told(caplog) == ["index damaged: it is made anew"]


def test_damage_under_a_running_process_is_noticed_when_the_log_goes_on(archive):
    for path in follow.up_to_date().folder.glob("*.idx"):
        noise_in_the_middle(path)
    published()
    assert is_answered(archive)


def test_a_question_that_fails_by_itself_costs_no_index(archive):
    before = follow.up_to_date().folder

    def ask(held: Held) -> list[int]:
        raise ValueError("It cannot be asked.")

    with pytest.raises(ValueError, match="It cannot be asked"):
        follow.answering(ask)
    assert follow.up_to_date().folder == before


def test_what_a_killed_process_left_is_cleared_away(archive):
    left = follow.place() / "0123456789abcdef"
    left.mkdir()
    (left / "half.store").write_text("We shared apricots.")
    (follow.place() / "current-0123456789abcdef").write_text("0123456789abcdef")
    forget()
    assert is_answered(archive)
    folder = follow.up_to_date().folder
    assert sorted(one.name for one in follow.place().iterdir()) == sorted(
        ["catching-up.lock", "making.lock", "current", folder.name]
    )


# Erasure


def test_erased_words_are_nowhere_in_the_index(archive):
    first, *_ = archive
    corrected(first, "We shared apricots and pomegranates.")
    assert {"apricots", "pomegranates"} <= words()
    corrected(first, "We shared apricots.")
    emptied(first, 2)
    assert "pomegranates" not in words()
    searcher = follow.up_to_date().searcher
    assert searcher.doc_freq("exact", "pomegranates") == 0
    assert found("apricots") == [first.pk, archive[2].pk]


def test_an_erasure_that_was_taken_in_by_a_process_that_died_is_finished(archive):
    first, *_ = archive
    emptied(first)
    assert follow.caught_up().holds_erased
    forget()
    held = follow.up_to_date()
    assert not held.holds_erased
    assert held.made_at == LogHead.objects.get().number


def test_words_erased_while_an_index_is_made_are_not_in_it(archive, monkeypatch):
    first, *_ = archive
    made = follow.made
    times = []

    def made_meanwhile(progress):
        held = made(progress)
        if not times:
            emptied(first)
        times.append(held.folder)
        return held

    monkeypatch.setattr(follow, "made", made_meanwhile)
    held = follow.make_anew()
    assert len(times) == 2
    assert not times[0].exists()
    assert not held.holds_erased


# Large archives


@pytest.fixture
def large(monkeypatch):
    """An archive that is not indexed while somebody waits, and a maker that does it when it is told."""
    begun = []
    monkeypatch.setattr(follow, "SMALL", 0)
    monkeypatch.setattr(follow, "begin_to_make_anew", lambda: begun.append(True))
    return begun


def test_a_large_archive_without_an_index_says_so(archive, large):
    shutil.rmtree(follow.up_to_date().folder)
    forget()
    with pytest.raises(follow.IndexBeingMade):
        found("apricots")
    assert large == [True]
    follow.make_anew()
    assert is_answered(archive)


def test_a_large_archive_goes_on_answering_while_erased_words_are_got_rid_of(archive, large):
    first, _, third = archive
    emptied(first)
    held = follow.up_to_date()
    assert held.holds_erased
    assert large == [True]
    assert found("apricots") == [third.pk]
    assert list(held.words()) == []
    follow.make_anew()
    assert "apricots" in words()
    assert not follow.up_to_date().holds_erased


def test_only_one_more_than_small_is_large(archive, monkeypatch):
    assert Publication.objects.listed().count() == 2
    monkeypatch.setattr(follow, "SMALL", 2)
    assert follow.is_small()
    monkeypatch.setattr(follow, "SMALL", 1)
    assert not follow.is_small()


@pytest.mark.django_db(transaction=True)
def test_the_index_is_made_beside_the_answers(monkeypatch):
    publication = published("We shared apricots.")
    published()
    shutil.rmtree(follow.up_to_date().folder)
    forget()
    monkeypatch.setattr(follow, "SMALL", 1)
    with pytest.raises(follow.IndexBeingMade):
        found("apricots")
    follow._maker.join(30)
    assert found("apricots") == [publication.pk]


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_make_one_index():
    publication = published("We shared apricots.")
    follow.up_to_date()
    shutil.rmtree(follow.up_to_date().folder)
    forget()
    answers = []

    def ask():
        try:
            answers.append((found("apricots"), follow.up_to_date().folder))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == 8
    assert len({folder for _, folder in answers}) == 1
    assert all(keys == [publication.pk] for keys, _ in answers)


# Publishing


@pytest.mark.django_db(transaction=True)
def test_a_publication_is_in_the_index_when_publishing_returns():
    publication = published("We shared apricots.")
    number = LogHead.objects.get().number
    assert opened(follow.place() / follow.name_in_use()).number == number
    publishing.withdraw(making.testimony_of(publication), reason=Publication.WithdrawalReason.ON_REQUEST)
    held = opened(follow.place() / follow.name_in_use())
    assert held.number == number + 1
    assert having("apricots")(held) == []


@pytest.mark.django_db(transaction=True)
def test_a_failure_of_the_index_breaks_no_publishing(monkeypatch, caplog):
    def fails(what, *, wait=True):
        raise OSError("Read-only file system")

    monkeypatch.setattr(follow, "turn", fails)
    publication = published("We shared apricots.")
    assert publication.is_listed
    assert told(caplog) == ["index could not be caught up"]
    monkeypatch.undo()


def test_what_a_process_killed_in_a_commit_left_is_not_stumbled_over(archive, tmp_path):
    """The engine names its lists of deleted documents by a number that comes again, and writes `meta.json` last."""
    folder = follow.make_anew().folder
    before = shutil.copytree(folder, tmp_path / "before")
    publishing.unlist(making.testimony_of(archive[0]))
    follow.up_to_date()
    left = [path for path in folder.glob("*.del") if not (before / path.name).exists()]
    assert left
    for path in left:
        shutil.copy(path, before)
    shutil.rmtree(folder)
    before.rename(folder)
    forget()
    assert found("apricots") == [archive[2].pk]
    assert follow.up_to_date().folder == folder

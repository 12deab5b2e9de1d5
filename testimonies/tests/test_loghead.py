"""The log's number in shared memory."""

import multiprocessing
import os
from pathlib import Path

import pytest

from testimonies import loghead

EPOCH = bytes.fromhex("0123456789abcdef")
OTHER = bytes.fromhex("fedcba9876543210")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> Path:
    settings.ARCHIVE_DATA = tmp_path
    return tmp_path / "loghead"


def test_a_new_file_knows_no_number(own_folder):
    assert loghead.read() == (0, loghead.UNKNOWN)
    assert own_folder.stat().st_size == 20


def test_what_is_written_is_read():
    loghead.write(7, EPOCH)
    assert loghead.read() == (7, EPOCH)


def test_numbers_beyond_four_bytes_are_kept():
    loghead.write(2**40, EPOCH)
    assert loghead.read() == (2**40, EPOCH)


def test_within_an_epoch_the_number_only_grows():
    loghead.write(7, EPOCH)
    loghead.write(6, EPOCH)
    assert loghead.read() == (7, EPOCH)


def test_a_database_that_was_put_back_may_take_the_number_back():
    loghead.write(7, EPOCH)
    loghead.write(6, EPOCH, back=True)
    assert loghead.read() == (6, EPOCH)


def test_a_new_epoch_starts_where_it_likes():
    loghead.write(7, EPOCH)
    loghead.write(2, OTHER)
    assert loghead.read() == (2, OTHER)


def test_an_epoch_of_another_length_is_refused():
    with pytest.raises(ValueError, match="eight bytes"):
        loghead.write(1, b"short")


def test_a_half_written_state_is_not_believed(own_folder):
    loghead.write(7, EPOCH)
    own_folder.write_bytes(b"\x08" + own_folder.read_bytes()[1:])
    assert loghead.read() == (0, loghead.UNKNOWN)


def test_the_next_writer_mends_a_half_written_state(own_folder):
    loghead.write(7, EPOCH)
    own_folder.write_bytes(b"\x08" + own_folder.read_bytes()[1:])
    loghead.write(7, EPOCH)
    assert loghead.read() == (7, EPOCH)


def test_a_file_that_was_replaced_is_found_at_the_next_write(own_folder):
    loghead.write(7, EPOCH)
    own_folder.unlink()
    loghead.write(3, EPOCH)
    assert loghead.read() == (3, EPOCH)


def count_up(folder: Path, numbers: range) -> None:
    """Run in another process: tell numbers, and read whole states in between."""
    from django.conf import settings

    settings.ARCHIVE_DATA = folder
    for number in numbers:
        loghead.write(number, EPOCH)
        told, epoch = loghead.read()
        if told < number or epoch != EPOCH:
            os._exit(1)


def test_processes_that_write_at_once_agree_on_the_greatest(settings):
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=count_up, args=(settings.ARCHIVE_DATA, range(n, 4000, 4))) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert loghead.read() == (3999, EPOCH)


def test_the_lock_is_given_back_after_the_first_look(settings):
    """A process that has only read must not keep the others waiting."""
    loghead.read()
    fork = multiprocessing.get_context("fork")
    writer = fork.Process(target=loghead.write, args=(5, EPOCH))
    writer.start()
    writer.join(timeout=5)
    assert writer.exitcode == 0
    assert loghead.read() == (5, EPOCH)

"""Whether an export may be served: not a moment longer than every word in it may be read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from testimonies import publishing
from testimonies.dataset import making as making_exports
from testimonies.dataset import standing, writing
from testimonies.models.public import LogHead, Publication
from testimonies.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication() -> Publication:
    making.published("Other words.")
    return making.corrected(making.published(), "We sold the piano.")


def files_of(export):
    """The files that lie there, but for the list of them, in which no word of a record stands."""
    return [path.name for path in export.folder.iterdir() if path.name != "contents.json"]


def withdraw(publication):
    publishing.withdraw(making.testimony_of(publication), reason="on_request")


def erase(publication):
    publishing.erase(making.testimony_of(publication), reason="on_request")


def empty_former_edition(publication):
    making.emptied(publication, 1)


def unlist(publication):
    publishing.unlist(making.testimony_of(publication))


def merge(publication):
    publishing.merge_testimonies(
        making.testimony_of(publication), into=making.testimony_of(Publication.objects.exclude(pk=publication.pk).get())
    )


def change_a_note(publication):
    publication.witness.note = "Something that should not have been said was taken out."
    publication.witness.save()


def let_a_review_fall_due(publication):
    """Nobody has noticed yet: the log says nothing."""
    Publication.objects.filter(pk=publication.pk).update(review_on=timezone.now().date())
    writing.write()
    contents = standing.held().folder / "contents.json"
    day, before = timezone.now().date().isoformat(), making.yesterday().isoformat()
    contents.write_text(contents.read_text().replace(f'"until": "{day}"', f'"until": "{before}"'))


def restore_another_archive(publication):
    LogHead.objects.update(epoch="fedcba9876543210")


@pytest.mark.parametrize(
    "act",
    [
        withdraw,
        erase,
        empty_former_edition,
        unlist,
        merge,
        change_a_note,
        let_a_review_fall_due,
        restore_another_archive,
    ],
)
def test_export_ends_when_something_in_it_is_not_to_be_read_any_more(publication, act):
    writing.write()
    assert standing.served()
    act(publication)
    assert standing.served() is None
    export = standing.held()
    standing.discard()
    assert files_of(export) == []
    made = writing.write()
    if act is not let_a_review_fall_due:
        assert standing.served() == made


def test_export_stands_while_testimonies_are_published(publication):
    export = writing.write()
    making.published("Newer words.")
    making.corrected(publication, "We sold the old piano.")
    assert standing.served() == export
    standing.discard()
    assert len(files_of(export)) == len(export.files)
    assert not standing.is_due()


def test_another_is_due_when_there_is_none_or_the_last_has_ended_and_editors_are_done(publication):
    assert standing.is_due()
    writing.write()
    assert not standing.is_due()
    withdraw(publication)
    standing.discard()
    assert not standing.is_due()  # somebody may be about to withdraw the next
    LogHead.objects.update(at=timezone.now() - timedelta(minutes=2))
    assert standing.is_due()


def test_another_is_due_a_day_after_the_last(publication, monkeypatch):
    writing.write()
    making.published("Newer words.")
    assert not standing.is_due()
    monkeypatch.setattr(standing, "EVERY", timedelta(0))
    assert standing.is_due()


@pytest.mark.parametrize("text", ["", "nowhere", "../..", "\N{SNOWMAN}"])
def test_damaged_name_of_the_export_is_as_good_as_none(own_exports, text):
    writing.write()
    (own_exports / "current").write_text(text)
    assert standing.served() is None
    assert standing.is_due()
    writing.write()
    assert standing.served()


def test_damaged_list_of_contents_is_as_good_as_none():
    (writing.write().folder / "contents.json").write_text("[]")
    assert standing.served() is None


def test_withdrawal_deletes_the_files_before_the_click_returns(publication, django_capture_on_commit_callbacks):
    export = writing.write()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(publication)
    assert files_of(export) == []


def test_an_export_is_made_in_a_process_of_its_own_and_one_at_a_time(monkeypatch):
    begun = []

    class Process:
        def __init__(self, command, **named):
            begun.append(command[1:])

        def poll(self):
            return None

    monkeypatch.setattr(making_exports, "_made", None)
    monkeypatch.setattr(making_exports.subprocess, "Popen", Process)
    making_exports.start()
    making_exports.start()
    assert [line[1:] for line in begun] == [["export_data", "--if-due"]]

"""Importing and exporting at the desk: hand in, read the report, say yes, see it done, take it back."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from testimonies.exchange import columns, exporting, reading, running, templates
from testimonies.models.editorial import ImportBatch, Testimony
from testimonies.models.public import Source
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.exchange.conftest import a_csv, planned

ADD = "/admin/testimonies/importbatch/add/"
ROW = {"source_title": "Bread and borders", "witness_name": "Aibek", "tags": "Bread"}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch, django_capture_on_commit_callbacks):
    """Steps are done at once, instead of in a process of their own that would open another database."""
    monkeypatch.setattr(running, "start", running.step)
    return django_capture_on_commit_callbacks


@pytest.fixture
def send(in_this_process) -> Any:
    """Send a form, and do what was to be done when it was saved."""

    def post(client: Any, address: str, data: dict[str, Any]) -> Any:
        with in_this_process(execute=True):
            return client.post(address, data, follow=False)

    return post


def hand_in(send, client, data: str | bytes, name: str = "voices.csv") -> Any:
    content = data.encode() if isinstance(data, str) else data
    return send(client, ADD, {"file": SimpleUploadedFile(name, content), "encoding": ""})


def act(send, client, batch: ImportBatch, name: str) -> Any:
    address = reverse(f"admin:testimonies_importbatch_{name}", args=(batch.pk,))
    send(client, address, filled(client.get(address)))
    batch.refresh_from_db()
    return client.get(reverse("admin:testimonies_importbatch_change", args=(batch.pk,)))


def page_of(client, batch: ImportBatch, query: str = "") -> Any:
    return client.get(reverse("admin:testimonies_importbatch_change", args=(batch.pk,)) + query)


def test_a_file_is_looked_through_then_imported_then_undone(editor, send):
    answer = hand_in(send, editor, a_csv(ROW, ROW))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/admin/testimonies/importbatch/{batch.pk}/change/"
    assert (batch.state, batch.by, batch.called) == ("ready", editor.user, "voices.csv")
    report = page_of(editor, batch).content.decode()
    assert "2 new" in report
    assert "New source: “Bread and borders”." in report
    assert Testimony.objects.count() == 0
    done = act(send, editor, batch, "begin").content.decode()
    assert (batch.state, Testimony.objects.count()) == ("done", 2)
    assert {one.author for one in Testimony.objects.all()} == {editor.user}
    assert f"/admin/testimonies/testimony/{Testimony.objects.first().pk}/change/" in done
    page = act(send, editor, batch, "undo")
    assert "It is undone" in said(page)
    assert (batch.state, Testimony.objects.count(), Source.objects.count()) == ("undone", 0, 0)


def test_faults_are_shown_by_row_and_column_and_nothing_can_be_imported(editor, send):
    hand_in(send, editor, a_csv(ROW, ROW | {"spoken": "soonish"}))
    batch = ImportBatch.objects.get()
    page = page_of(editor, batch)
    assert batch.state == "refused"
    assert "<code>spoken</code>" in page.content.decode()
    assert [one["label"] for one in page.context["acts"]] == ["Discard"]
    act(send, editor, batch, "begin")
    assert (batch.state, Testimony.objects.count()) == ("refused", 0)


def test_a_file_that_cannot_be_read_says_why(editor, send):
    hand_in(send, editor, "key,colour\n1,red\n")
    page = page_of(editor, ImportBatch.objects.get()).content.decode()
    assert "no column “colour”" in page
    assert "“quote_1” is missing" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("voices.doc", b"key,quote_1\n1,One.\n", "ends with .csv, .xlsx or .json"),
        ("voices.csv", b"", "empty"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_the_form(editor, send, name, content, sentence):
    assert sentence in hand_in(send, editor, content, name).content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_in_the_form(editor, send, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert "larger than" in hand_in(send, editor, a_csv(ROW)).content.decode()


def test_a_file_can_be_discarded(editor, send):
    hand_in(send, editor, a_csv(ROW))
    batch = ImportBatch.objects.get()
    act(send, editor, batch, "discard")
    assert (batch.state, batch.file.name, batch.rows.count()) == ("discarded", "", 0)


def test_an_import_that_was_cut_off_says_so_and_begins_again(editor, send, monkeypatch):
    monkeypatch.setattr(running, "start", lambda _batch: None)
    hand_in(send, editor, a_csv(ROW))
    batch = ImportBatch.objects.get()
    page = page_of(editor, batch)
    assert "It was cut off" in page.content.decode()
    assert [one["label"] for one in page.context["acts"]] == ["Begin again", "Discard"]
    monkeypatch.setattr(running, "start", running.step)
    act(send, editor, batch, "go_on")
    assert batch.state == "ready"


def test_a_page_is_shown_anew_only_while_something_is_being_done(editor, send, monkeypatch):
    monkeypatch.setattr(running, "start", lambda batch: running._lock(batch).touch())
    hand_in(send, editor, a_csv(ROW))
    batch = ImportBatch.objects.get()
    assert b'http-equiv="refresh"' in page_of(editor, batch).content
    running.step(batch)
    assert b'http-equiv="refresh"' not in page_of(editor, batch).content


def test_an_import_of_which_something_was_edited_says_why_it_stays(editor, send):
    hand_in(send, editor, a_csv(ROW))
    batch = ImportBatch.objects.get()
    act(send, editor, batch, "begin")
    Testimony.objects.get().save()
    assert "edited or published since" in page_of(editor, batch).content.decode()
    act(send, editor, batch, "undo")
    assert (batch.state, Testimony.objects.count()) == ("done", 1)


def test_a_long_report_is_cut_into_pages_and_narrowed_by_outcome(editor, send, django_assert_num_queries):
    hand_in(send, editor, a_csv(*([ROW] * 250)))
    batch = ImportBatch.objects.get()
    assert len(page_of(editor, batch).context["page"]) == 200
    assert len(page_of(editor, batch, "?page=2").context["page"]) == 50
    assert len(page_of(editor, batch, "?outcome=same").context["page"]) == 0
    assert len(page_of(editor, batch, "?outcome=remarks").context["page"]) == 1
    with django_assert_num_queries(9):
        page_of(editor, batch)


def test_words_of_a_file_are_never_markup(editor, send):
    hand_in(send, editor, a_csv({"key": "<b>k</b>", "source_title": "<script>x</script>"}), "<i>v.csv")
    page = page_of(editor, ImportBatch.objects.get()).content.decode()
    assert "<script>x" not in page
    assert "<b>k" not in page


# Exports


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_all_testimonies_are_exported_and_the_log_knows(editor, form):
    making.a_testimony("One.")
    making.a_testimony("Two.")
    address = reverse("admin:testimonies_testimony_export")
    assert "2 testimonies" in editor.get(address).content.decode()
    answer = editor.post(address, {"format": form})
    assert f'.{form}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(list(reading.read(answer.content, form).rows)) == 2
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (editor.user, f"Exported 2 as {form}.")


def test_chosen_testimonies_are_exported_from_the_list(editor):
    one, _other = making.a_testimony("One."), making.a_testimony("Two.")
    sent = {"action": "export_json", "_selected_action": [one.pk]}
    answer = editor.post("/admin/testimonies/testimony/", sent)
    assert [row["quote_1"] for row in json.loads(answer.content)] == ["One."]


def test_a_contributor_exports_nothing(contributor):
    testimony = making.a_testimony("One.")
    assert contributor.post(reverse("admin:testimonies_testimony_export"), {"format": "csv"}).status_code == 403
    sent = {"action": "export_json", "_selected_action": [testimony.pk]}
    answer = contributor.post("/admin/testimonies/testimony/", sent)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Export as" not in contributor.get("/admin/testimonies/testimony/").content.decode()


def test_words_that_a_workbook_cannot_hold_are_told_at_the_desk(editor):
    making.a_testimony("Long. " * 6_000)
    answer = editor.post(reverse("admin:testimonies_testimony_export"), {"format": "xlsx"}, follow=True)
    assert "Take CSV or JSON" in said(answer)


# Files to begin with


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_the_file_to_begin_with_can_be_imported_as_it_is(editor, form):
    answer = editor.get(reverse("admin:testimonies_importbatch_template"), {"format": form})
    plan = planned(answer.content, form)
    assert [(row.outcome, row.faults) for row in plan.rows] == [("creates", [])]
    assert templates.USUAL.split()[0] == columns.KEY

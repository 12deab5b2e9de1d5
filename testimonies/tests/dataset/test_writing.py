"""An export: what stands in it, that one state gives the same bytes, and what a killed or second writer leaves."""

import fcntl
import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from testimonies.dataset import formats, snapshot, standing, tables, writing
from testimonies.models.public import LogHead, Place, Publication, Source, Tag, Wave, Witness
from testimonies.publishing import merge
from testimonies.tests import making
from testimonies.tests.dataset import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """A testimony with all that belongs to it, in two editions; one withdrawn, one hidden, one draft."""
    calendar, land = making.a_source("A calendar"), making.a_place("Berkland", kind="country")
    made = making.published(
        "=SUM(loaf)\n\nMore tea.",
        places=[making.a_place("Aksay", parent=land, latitude=43, longitude=-7)],
        waves=[making.a_wave(begins="2019", begins_source=calendar)],
        tags=[making.a_tag()],
        spoken="2021-09",
    )
    making.corrected(made, "=SUM(bread)\n\nMore tea.", note="A word was misread.")
    making.withdrawn("Gone loaf.")
    making.unlisted("Hidden loaf.")
    making.a_testimony("Draft loaf.")
    return made


def test_export_says_what_it_holds(archive):
    export = writing.write()
    assert export.number == LogHead.objects.get().number
    for file in export.files:
        content = export.path(file).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert [file.form for file in export.files] == [form.name for form in formats.EXPORTS]
    assert all(str(export.number) in file.name for file in export.files)


def test_database_counts_what_the_site_counts(archive):
    export = writing.write()
    listed = {"witnesses": Witness, "places": Place, "waves": Wave, "sources": Source, "tags": Tag}
    expected = {name: model.objects.listed().count() for name, model in listed.items()}
    expected |= {"testimonies": Publication.objects.listed().count(), "editions": 2, "passages": 2, "withdrawn": 1}
    assert {name: len(opened.rows(export, name)) for name in expected} == expected
    assert {name: export.counts[name] for name in expected} == expected
    assert expected["places"] == 2


def test_testimony_stands_in_every_form(archive):
    export = writing.write()
    (row,) = opened.rows(export, "testimonies")
    assert (row["identifier"], row["words"], row["edition"]) == (archive.identifier, "=SUM(bread)\n\nMore tea.", 2)
    assert (row["spoken"], row["printed"], row["witness_name"]) == ("2021-09", "2021-10-02", "Aibek")
    (cells,) = opened.table(export, "testimonies")
    assert cells["words"] == "'=SUM(bread)\n\nMore tea."  # no formula
    assert {name: value for name, value in cells.items() if name != "words"} == {
        name: str(value) for name, value in row.items() if name != "words"
    }
    found = {line["kind"]: line for line in opened.lines(export)}
    assert found["testimony"]["record"] == archive.editions.get(number=2).record
    assert found["edition"]["record"] == archive.editions.get(number=1).record
    assert opened.rows(export, "passages")[0]["permalink"].endswith(f"/{archive.identifier}/editions/2/#p3")
    assert opened.table(export, "places")[0]["longitude"] in ("-7.0", "")  # a number is no formula


def test_what_testimonies_share_is_bound_by_keys_that_are_there(archive):
    export = writing.write()
    keys = {table.name: {row[table.key[0]] for row in opened.rows(export, table.name)} for table in tables.TABLES}
    (row,) = opened.rows(export, "testimonies")
    assert row["witness"] in keys["witnesses"]
    assert row["source"] in keys["sources"]
    assert {one["place"] for one in opened.rows(export, "testimony_places")} < keys["places"]
    assert {one["wave"] for one in opened.rows(export, "testimony_waves")} == keys["waves"]
    assert {one["begins_source"] for one in opened.rows(export, "waves")} < keys["sources"]


def test_merged_places_are_one_in_the_tables():
    first, second = making.a_place("Aksay"), making.a_place("Aqsay")
    making.published(places=[first, second])
    merge(Place.objects.get(pk=second.pk), into=Place.objects.get(pk=first.pk))
    export = writing.write()
    first.refresh_from_db()
    assert [row["place"] for row in opened.rows(export, "testimony_places")] == [first.identifier]


def test_withdrawn_testimony_is_a_line_without_a_word(archive):
    export = writing.write()
    gone = Publication.objects.get(state="withdrawn")
    expected = [{"identifier": gone.identifier, "withdrawn": gone.withdrawn_at.date().isoformat()}]
    assert opened.table(export, "withdrawn") == opened.rows(export, "withdrawn") == expected
    text = "\n".join(opened.everything(export))
    assert not [word for word in ("Gone loaf", "Hidden loaf", "Draft loaf") if word in text]
    assert text.count(gone.identifier) > 0


def test_one_state_gives_the_same_bytes(archive):
    first = writing.write()
    digests = [file.sha256 for file in first.files]
    again = writing.write()
    assert [file.sha256 for file in again.files] == digests
    assert not first.folder.exists()
    making.published("Other words.")
    assert not set(digests) & {file.sha256 for file in writing.write().files}


def test_archive_of_nothing_can_be_taken_away_too():
    export = writing.write()
    assert set(export.counts.values()) == {0}
    assert [line["kind"] for line in opened.lines(export)] == ["about"]


def test_every_file_says_state_and_terms_and_explains_its_columns(archive):
    export = writing.write()
    about = {row["key"]: row["value"] for row in opened.rows(export, "about")}
    assert about["log"] == str(export.number)
    assert about["date"] == export.at.date().isoformat()
    assert "withdrawn" in about["terms"]
    assert opened.lines(export)[0]["log"] == export.number
    files = opened.archive(export, "csv")
    assert f"number {export.number} of the publication log" in files["README.txt"].decode()
    explained = {(row["table"], row["column"]) for row in opened.table(export, "columns")}
    for table in tables.TABLES:
        head = files[f"{table.name}.csv"].decode().splitlines()[0].split(",")
        assert {(table.name, column) for column in head} <= explained
        assert all(len(about) > 5 for _name, _kind, about in table.columns)


def test_crate_describes_every_file_in_it(archive):
    files = opened.archive(writing.write(), "crate")
    told = json.loads(files.pop("ro-crate-metadata.json"))
    graph = {one["@id"]: one for one in told["@graph"]}
    assert told["@context"] == "https://w3id.org/ro/crate/1.1/context"
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert {one["@id"] for one in root["hasPart"]} == set(files)
    for name, content in files.items():
        assert graph[name]["@type"] == "File"
        assert graph[name]["contentSize"] == str(len(content))
        assert graph[name]["sha256"] == hashlib.sha256(content).hexdigest()
    assert root["license"]["@id"] in graph
    assert root["publisher"]["@id"] in graph


def test_archive_is_read_in_batches(archive, monkeypatch, django_assert_num_queries):
    for number in range(4):
        making.published(f"Word {number}.", witness=archive.witness, source=archive.source)
    monkeypatch.setattr(snapshot, "AT_ONCE", 2)
    with django_assert_num_queries(2 * 3 + 1):  # two for each batch, and one that finds no more
        assert len(list(snapshot.testimonies())) == 5


def test_second_writer_is_told_so_and_a_killed_one_leaves_nothing(own_exports):
    (own_exports / "making-0000").mkdir()
    with (own_exports / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(writing.Busy):
            writing.write()
        with pytest.raises(CommandError, match="Another process"):
            call_command("export_data")
    writing.write()
    assert sorted(path.name[:4] for path in own_exports.iterdir()) == ["curr", "lock", "log-"]


def test_failure_leaves_the_export_that_stands(own_exports, monkeypatch):
    before = writing.write()
    monkeypatch.setattr(formats, "sha256_of", None)
    with pytest.raises(TypeError):
        writing.write()
    assert standing.held() == before
    assert not list(own_exports.glob("making-*"))


@pytest.mark.django_db(transaction=True)
def test_what_is_read_is_of_one_moment(archive):
    with snapshot.held() as moment:
        first = next(snapshot.testimonies())
    assert moment.number == LogHead.objects.get().number
    assert first[0]["identifier"] == archive.identifier
    assert not connection.in_atomic_block
    making.published("Written after the reader has gone.")


def test_command_tells_the_digests(archive, capsys):
    call_command("export_data")
    told = capsys.readouterr().out
    assert all(file.sha256 in told for file in standing.held().files)
    call_command("export_data", "--if-due")
    assert capsys.readouterr().out == ""

"""What an import makes, matches, changes and leaves alone; twice is as good as once; undoing."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from testimonies import publishing
from testimonies.exchange import running, undoing, writing
from testimonies.folding import fold_text
from testimonies.models.editorial import (
    ExchangeKey,
    ImportBatch,
    ImportedRecord,
    PublicationBasis,
    QuoteSegment,
    Request,
    Testimony,
)
from testimonies.models.public import Agent, Place, Publication, Source, Tag, Wave, Witness
from testimonies.tests import making

from .conftest import a_csv, faults, outcomes, planned, remarks

pytestmark = pytest.mark.django_db

ARTICLE = {"source_title": "Bread and borders", "source_url": "https://courier.example/bread"}
AIBEK = {"witness_name": "Aibek", "witness_described_as": "Aibek from Osh"}


def everything() -> list[int]:
    """How many rows the archive has of all that an import writes, history included."""
    models = (Testimony, QuoteSegment, Source, Witness, Place, Wave, Tag, Agent, PublicationBasis)
    histories = [model.history.model for model in models if hasattr(model, "history")]
    return [model.objects.count() for model in (*models, *histories, ExchangeKey)]


def test_a_row_becomes_a_draft_with_everything_that_it_says(bring_in):
    row = {
        **ARTICLE,
        **AIBEK,
        "source_contributor_1": "Ann Onymous",
        "source_derivation_1": "collected_by",
        "source_derivation_1_agent": "Radio Steppe",
        "quote_1": "We shared the bread.",
        "quote_2": "Nobody asked.",
        "quote_2_joined_by": "omission",
        "place_1": "Osh",
        "place_1_within": "Osh Region; Kyrgyzstan",
        "place_1_relation": "spoken_at",
        "wave_1": "departures-1984",
        "wave_1_name": "Departures of 1984",
        "wave_1_basis": "inferred",
        "wave_1_basis_reason": "She tells of that spring.",
        "tags": "Bread; Border crossings",
        "spoken": "autumn 2021",
        "spoken_basis": "elsewhere",
        "spoken_basis_source": "almanac",
        "other_source_1_key": "almanac",
        "other_source_1_title": "The Almanac",
        "translation_1": "Мы делили хлеб.",
        "translation_1_language": "ru",
        "translation_1_translator": "Aliya",
        "basis_label": "Printed",
        "basis_kind": "already_published",
        "basis_statement": "Quoted from an article.",
        "collection": "Bread along the road",
        "contributor_1": "Bolat",
    }
    assert bring_in(a_csv(row)).state == ImportBatch.State.DONE
    testimony = Testimony.objects.get()
    assert (testimony.status, testimony.publication, testimony.version) == ("draft", None, 1)
    assert [one.text for one in testimony.segments.all()] == ["We shared the bread.", "Nobody asked."]
    assert testimony.segments.all()[1].joined_by == "omission"
    placement = testimony.placements.get()
    assert (placement.place.name, placement.relation) == ("Osh", "spoken_at")
    assert [(one.name, one.kind) for one in placement.place.ancestors()] == [
        ("Osh Region", "region"),
        ("Kyrgyzstan", "country"),
    ]
    assert testimony.wave_mentions.get().basis_reason == "She tells of that spring."
    assert sorted(testimony.tags.names()) == ["Border crossings", "Bread"]
    assert (testimony.spoken, testimony.spoken_basis_source.title) == ("2021-23", "The Almanac")
    assert testimony.translations.get().translator.name == "Aliya"
    assert testimony.basis.statement == "Quoted from an article."
    assert testimony.source.contributions.get().agent.name == "Ann Onymous"
    assert testimony.source.derivations.get().agent.name == "Radio Steppe"
    assert fold_text("Nobody asked") in testimony.folded
    line = testimony.history.get()
    assert (line.history_type, line.tags_then) == ("+", "Border crossings, Bread")
    assert Tag.objects.get(name="Border crossings").slug == "border-crossings"
    assert Publication.objects.count() == 0


def test_a_file_imported_twice_changes_nothing(bring_in):
    rows = [{**ARTICLE, **AIBEK, "tags": "Bread", "place_1": "Osh", "spoken": "autumn 2021"} for _ in range(20)]
    rows += [{**ARTICLE, "witness_name": "Unnamed voice", "witness_naming": "not_named_in_source"} for _ in range(5)]
    bring_in(a_csv(*rows))
    before = everything()
    again = bring_in(a_csv(*rows))
    assert again.state == ImportBatch.State.DONE
    assert set(outcomes(again)) == {"same"}
    assert everything() == before


def test_the_language_of_the_source_stands_where_the_file_says_none(bring_in):
    rows = [{**ARTICLE, "source_language": "ru", "language_printed": said} for said in ("", "kk")]
    rows.append(dict.fromkeys([*ARTICLE, "source_language"], "") | {"language_printed": ""})
    bring_in(a_csv(*rows))
    held = Testimony.objects.order_by("pk").values_list("language_printed", flat=True)
    assert list(held) == ["ru", "kk", ""]
    assert outcomes(bring_in(a_csv(*rows))) == ["same"] * 3
    assert outcomes(bring_in(a_csv(rows[0], rows[1] | {"language_printed": ""}))) == ["same"] * 2


def test_a_changed_row_changes_its_draft_and_writes_its_history(bring_in, django_user_model):
    editor = django_user_model.objects.create_user("editor")
    bring_in(a_csv({**ARTICLE, **AIBEK, "tags": "Bread", "place_1": "Osh"}, {**ARTICLE}))
    batch = bring_in(a_csv({"quote_1": "Other words.", "tags": "Roads"}, {}), by=editor)
    assert outcomes(batch) == ["changes", "same"]
    testimony = Testimony.objects.order_by("pk")[0]
    assert (testimony.version, testimony.segments.get().text) == (2, "Other words.")
    assert list(testimony.tags.names()) == ["Roads"]
    # What the file has no column for is left alone.
    assert testimony.placements.get().place.name == "Osh"
    assert testimony.witness.name == "Aibek"
    words = QuoteSegment.history.filter(testimony_id=testimony.pk)
    assert [(line.history_type, line.text, line.history_user) for line in words] == [
        ("~", "Other words.", editor),
        ("+", "Words 1.", None),
    ]
    assert fold_text("Other words") in testimony.folded


def test_a_part_can_be_changed_and_taken_away_by_its_columns(bring_in):
    bring_in(a_csv({"place_1": "Osh", "place_1_relation": "speaks_of", "place_2": "Aksay"}))
    bring_in(a_csv({"place_1": "Osh", "place_1_basis": "inferred", "place_1_basis_reason": "The bazaar."}))
    testimony = Testimony.objects.get()
    assert [(one.place.name, one.relation, one.basis) for one in testimony.placements.all()] == [
        ("Osh", "speaks_of", "inferred"),
        ("Aksay", "described_as_from", "stated"),
    ]
    bring_in(a_csv({"place_1": "", "place_2": "Aksay"}))
    assert [one.place.name for one in testimony.placements.all()] == ["Aksay"]


def test_a_column_whose_name_begins_like_a_record_leaves_the_record_alone(bring_in):
    bring_in(a_csv({**ARTICLE, **AIBEK}))
    batch = bring_in(a_csv({"source_withheld": "yes"}))
    assert batch.rows.get().remarks == [["", "Changes: source_withheld."]]
    assert Testimony.objects.get().source.title == "Bread and borders"


def test_a_part_that_stays_needs_no_key_where_others_have_its_name(bring_in):
    place = making.a_place("Osh")
    bring_in(a_csv({"place_1": "Osh"}))
    making.a_place("Osh")
    bring_in(a_csv({"place_1": "Osh", "place_1_relation": "speaks_of"}))
    placement = Testimony.objects.get().placements.get()
    assert (placement.place, placement.relation) == (place, "speaks_of")


def test_a_change_that_somebody_made_in_between_is_not_overwritten(bring_in, monkeypatch):
    bring_in(a_csv({}))

    def overtaken(*_args):
        raise writing.Overtaken

    batch = running.hand_in(a_csv({"quote_1": "Other words."}).encode(), called="x.csv", form="csv")
    running.step(batch)
    running.confirm(batch)
    monkeypatch.setattr(writing.Writer, "change", overtaken)
    running.step(batch)
    assert batch.state == "ready"
    assert "Nothing was imported" in batch.faults[0]
    assert QuoteSegment.objects.get().text == "Words 1."


def test_only_drafts_are_changed(bring_in):
    bring_in(a_csv({}))
    Testimony.objects.get().save()
    testimony = Testimony.objects.get()
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.save()
    assert "no draft any more" in str(faults(a_csv({"quote_1": "Other words."})))
    assert faults(a_csv({})) == []


def test_a_published_testimony_is_known_by_its_identifier_and_stays_as_it_is():
    publication = making.published("We left.")
    plan = planned(a_csv({"key": publication.identifier, "quote_1": "We left."}))
    assert [row.outcome for row in plan.rows] == ["same"]


# Matching


def test_a_source_is_met_by_its_address_however_it_is_written(bring_in):
    held = making.a_source(url="https://www.Courier.example/bread/?utm_source=x")
    bring_in(a_csv({**ARTICLE}, {"source_title": "Bread", "source_url": "http://courier.example/bread#top"}))
    assert Source.objects.get() == held


def test_a_source_is_met_by_its_identifier():
    source = making.published().source
    plan = planned(a_csv({"source_key": source.identifier}))
    assert [plan.is_clean, plan.new] == [True, []]


def test_a_merged_record_is_met_by_its_old_identifier():
    one, other = making.published().source, making.published(source=making.a_source("Other")).source
    publishing.merge(one, into=other)
    plan = planned(a_csv({"source_key": one.identifier}))
    assert plan.rows[0].wanted.values["source"].pk == other.pk


def test_two_sources_that_fit_are_not_chosen_from():
    making.a_source(url="https://courier.example/bread")
    making.a_source(url="http://courier.example/bread")
    assert [(name, said[:9]) for _row, name, said in faults(a_csv({**ARTICLE}))] == [("source_title", "2 records")]


def test_a_voice_is_met_by_name_and_description_within_one_source_only(bring_in):
    other = {"source_title": "Other", "source_url": "https://other.example/"}
    plain = {"witness_name": "Aibek", "witness_described_as": ""}
    bring_in(a_csv({**ARTICLE, **AIBEK}, {**ARTICLE, **AIBEK}, {**other, **AIBEK}, {**ARTICLE, **plain}))
    voices = list(Testimony.objects.order_by("pk").values_list("witness", flat=True))
    assert voices[0] == voices[1]
    assert len(set(voices)) == 3


def test_unnamed_voices_are_never_taken_for_one(bring_in):
    unnamed = {**ARTICLE, "witness_name": "Unnamed voice", "witness_naming": "not_named_in_source"}
    bring_in(a_csv(unnamed, unnamed))
    assert Witness.objects.count() == 2


def test_a_key_joins_voices_across_sources(bring_in):
    other = {"source_title": "Other", "source_url": "https://other.example/"}
    rows = {**ARTICLE, **AIBEK, "witness_key": "aibek"}, {**other, **AIBEK, "witness_key": "aibek"}
    bring_in(a_csv(*rows))
    assert Witness.objects.count() == 1


def test_two_keys_are_two_voices_however_alike_they_are(bring_in):
    bring_in(a_csv({**ARTICLE, **AIBEK, "witness_key": "a"}, {**ARTICLE, **AIBEK, "witness_key": "b"}))
    assert Witness.objects.count() == 2


def test_a_place_is_met_by_what_it_lies_in():
    country, other = making.a_place("Here", kind="country"), making.a_place("There", kind="country")
    held = making.a_place("Aksay", parent=country)
    making.a_place("Aksay", parent=other)
    assert [name for _row, name, _said in faults(a_csv({"place_1": "Aksay"}))] == ["place_1"]
    plan = planned(a_csv({"place_1": "Aksay", "place_1_within": "Here"}))
    assert plan.rows[0].wanted.parts["place"][0]["place"].pk == held.pk


def test_what_the_archive_holds_of_a_record_is_not_changed_by_a_file(bring_in):
    held = making.a_source(url=ARTICLE["source_url"])
    data = a_csv({**ARTICLE, "source_publisher": "Somebody Else"})
    assert (2, "source_publisher", "The archive has “The Steppe Courier” here. That stays: change it at the desk.") in (
        remarks(data)
    )
    bring_in(data)
    held.refresh_from_db()
    assert held.publisher == "The Steppe Courier"


def test_rows_that_contradict_each_other_are_named():
    data = a_csv({**ARTICLE, "source_publisher": "One"}, {**ARTICLE, "source_publisher": "Two"})
    assert faults(data) == [(3, "source_publisher", "Row 2 says “One” of the same record.")]


def test_the_dry_run_says_what_is_new():
    assert [said for _row, name, said in remarks(a_csv({**ARTICLE, **AIBEK, "tags": "Bread"})) if name] == [
        "New source: “Bread and borders”.",
        "New witness: “Aibek”.",
        "New tag: “Bread”.",
    ]


def test_a_tag_that_is_found_under_the_same_letters_is_told():
    making.a_tag("Bread")
    assert (2, "tags", "There is a tag “Bread” already.") in remarks(a_csv({"tags": "bread"}))


def test_a_source_that_is_named_by_a_key_that_nobody_describes_is_refused():
    row = {"spoken": "2021", "spoken_basis": "elsewhere", "spoken_basis_source": "nowhere"}
    assert faults(a_csv(row)) == [(2, "spoken_basis_source", "No source has the key “nowhere”.")]


def test_a_source_may_be_described_in_a_later_row():
    first = {"spoken": "2021", "spoken_basis": "elsewhere", "spoken_basis_source": "later"}
    assert faults(a_csv(first, {"source_key": "later", "source_title": "The Almanac"})) == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"spoken": "2021", "spoken_basis": "inferred"}, "spoken_basis_reason"),
        ({"spoken": "2021", "spoken_basis": "elsewhere"}, "spoken_basis_source"),
        ({"spoken": "2021", "spoken_disclosure": "coarser"}, "spoken_public"),
        ({"place_1": "Osh", "place_1_basis": "inferred"}, "place_1_basis_reason"),
        ({"place_1": "Osh", "place_1_disclosure": "coarser"}, "place_1_shown_as"),
        ({"place_1": "Osh", "place_2": "Osh"}, "place_2"),
        ({"place_1": "", "place_1_relation": "speaks_of"}, "place_1"),
        ({"place_1": "Osh", "place_1_latitude": "40.5"}, "place_1"),
        ({"wave_1": "unknown-wave"}, "wave_1_name"),
        ({"translation_1": "Слова."}, "translation_1_language"),
        ({"source_publisher": "The Courier"}, "source_title"),
        ({"basis_label": "Consent", "basis_kind": "written_consent", "basis_statement": "Yes."}, "basis"),
        (
            {"source_title": "X", "source_derivation_1": "quotes", "source_derivation_1_consulted": "yes"},
            "source_derivation_1_consulted",
        ),
    ],
)
def test_what_the_rules_of_the_archive_forbid_is_named(row, column):
    assert [name for _row, name, _said in faults(a_csv(row))] == [column]


# Steps


def test_an_archive_that_has_changed_since_the_report_is_read_again(db):
    batch = running.hand_in(a_csv({**ARTICLE}).encode(), called="x.csv", form="csv")
    running.step(batch)
    making.a_source(url=ARTICLE["source_url"])
    running.confirm(batch)
    running.step(batch)
    assert (batch.state, Testimony.objects.count()) == ("ready", 0)
    assert "changed since" in batch.faults[0]
    running.confirm(batch)
    running.step(batch)
    assert (batch.state, Source.objects.count()) == ("done", 1)


def test_the_file_is_kept_encrypted_and_deleted_when_it_is_not_needed_any_more(
    bring_in, django_capture_on_commit_callbacks
):
    batch = running.hand_in(a_csv({"quote_1": "Secret bread."}).encode(), called="x.csv", form="csv")
    storage, name = batch.file.storage, batch.file.name
    assert b"bread" not in Path(storage.path(name)).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        running.step(batch)
        running.confirm(batch)
        running.step(batch)
    assert (batch.state, storage.exists(name)) == ("done", False)


# Undoing


def test_an_import_that_nobody_touched_is_undone_without_a_trace(bring_in):
    making.published()
    before = everything()
    row = {**ARTICLE, **AIBEK, "place_1": "Osh", "place_1_within": "Kyrgyzstan", "tags": "Bread", "collection": "Bread"}
    batch = bring_in(a_csv(row, {**row, "translation_1": "Слова.", "translation_1_language": "ru"}))
    assert everything() != before
    assert undoing.undo(batch) == 0
    batch.refresh_from_db()
    assert (batch.state, everything(), ImportedRecord.objects.count()) == ("undone", before, 0)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_a_later_one_found_unchanged_is_undone(bring_in):
    first, second = bring_in(a_csv({**ARTICLE})), bring_in(a_csv({**ARTICLE}))
    undoing.undo(first)
    assert [row.testimony for row in second.rows.all()] == [None]


def test_an_import_can_be_made_again_after_it_was_undone(bring_in):
    undoing.undo(bring_in(a_csv({**ARTICLE, **AIBEK})))
    assert outcomes(bring_in(a_csv({**ARTICLE, **AIBEK}))) == ["creates"]


def test_an_import_of_which_something_was_edited_is_not_undone(bring_in):
    batch = bring_in(a_csv({**ARTICLE}, {**ARTICLE}))
    Testimony.objects.first().save()
    source = Source.objects.get()
    source.publisher = "The Courier"
    source.save()
    with pytest.raises(undoing.Touched) as touched:
        undoing.undo(batch)
    assert [reason.split(" ", 2)[1] for reason in touched.value.reasons] == ["3:", "Courier:"]
    assert Testimony.objects.count() == 2


def test_an_import_of_which_something_was_published_is_not_undone(bring_in):
    batch = bring_in(a_csv({**ARTICLE, **AIBEK}))
    testimony = Testimony.objects.get()
    testimony.basis = making.a_basis()
    testimony.save()
    publishing.publish(testimony, by=None)
    with pytest.raises(undoing.Touched):
        undoing.undo(batch)


def test_an_import_to_which_a_request_refers_is_not_undone(bring_in):
    batch = bring_in(a_csv({}))
    asked = {"asks": "correction", "received_on": "2021-01-01", "due_on": "2021-02-01", "who": "her"}
    Request.objects.create(testimony=Testimony.objects.get(), **asked)
    with pytest.raises(undoing.Touched):
        undoing.undo(batch)


def test_what_others_use_by_now_stays_when_an_import_is_undone(bring_in):
    batch = bring_in(a_csv({**ARTICLE, "tags": "Bread"}))
    making.a_testimony(source=Source.objects.get())
    assert undoing.undo(batch) == 1
    assert (Source.objects.count(), Tag.objects.count(), Testimony.objects.count()) == (1, 0, 1)


# The command


def test_a_dry_run_writes_nothing(tmp_path, capsys):
    file = tmp_path / "bread.csv"
    file.write_text(a_csv({**ARTICLE}))
    call_command("import_testimonies", str(file), "--dry-run")
    out = capsys.readouterr().out
    assert "New source: “Bread and borders”." in out
    assert "1 new, 0 changed" in out
    assert (Testimony.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_the_command_imports_whole_or_not_at_all(tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(a_csv({}, {}))
    bad.write_text(a_csv({}, {"key": "k9", "spoken": "???"}))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_testimonies", str(bad))
    assert "! spoken: " in capsys.readouterr().out
    assert Testimony.objects.count() == 0
    call_command("import_testimonies", str(good))
    assert Testimony.objects.count() == 2
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_testimonies", str(tmp_path / "none.csv"))


def test_a_place_that_is_held_in_another_script_is_pointed_at():
    making.a_place("Ош")
    said = remarks(
        a_csv({**ARTICLE, **AIBEK, "place_1": "Osh", "place_1_kind": "city", "place_1_relation": "speaks_of"})
    )
    assert [sentence for _row, name, sentence in said if name == "place_1"] == [
        "New place: “Osh”. It may be held already: Ош."
    ]


def test_every_column_stands_in_the_documentation(capsys, settings):
    call_command("import_testimonies", "--columns")
    assert capsys.readouterr().out in (Path(settings.BASE_DIR) / "docs" / "importing.md").read_text()

"""Export, import into an empty archive, export again: equal, byte for byte."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from testimonies.exchange import columns, exporting
from testimonies.models.editorial import (
    ExchangeKey,
    Identity,
    ImportBatch,
    PublicationBasis,
    QuoteSegment,
    SourceSnapshot,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import (
    Agent,
    Collection,
    Contribution,
    Derivation,
    Event,
    Place,
    Source,
    Tag,
    Wave,
    Witness,
)
from testimonies.tests import making

pytestmark = pytest.mark.django_db

# What files and spreadsheets stumble over.
ODD = [
    "=HYPERLINK(\"https://x.example\")",
    "+7 701",
    "- We left.",
    "@home",
    "'=1",
    "''=1",
    "'tis",
    "a; \"b\", c",
    "One.\n\nTwo.",
    "«Хлеб» ‘näñ’ 面包 🙂 e\u0301",
    "x\u202ey\u200bz",
    "2021-10",
    "007",
    "_x0041_",
    "yes",
    "  spaces  inside  ".strip(),
]  # fmt: skip


def a_full_archive() -> None:
    """Testimonies with everything that a file tells, odd characters where anybody might type them."""
    country = making.a_place("Kyrgyzstan", kind="country")
    region = making.a_place("Osh Region", kind="region", parent=country)
    town = making.a_place("Osh", parent=region, latitude="40.51401", longitude="72.8", geonames=7, wikidata="Q1")
    twin = making.a_place("Osh", parent=country)
    sources = [making.a_source(f"Article {number}", url=f"https://courier.example/{number}") for number in range(3)]
    twins = [making.a_source("Twin", url="https://courier.example/twin") for _ in range(2)]
    aliya, radio = Agent.objects.create(name="Aliya"), Agent.objects.create(name="Radio", kind="organisation")
    Contribution.objects.create(source=sources[0], agent=aliya, role="author", as_printed="by Aliya")
    Contribution.objects.create(source=sources[0], agent=radio, role="collector")
    Derivation.objects.create(source=sources[0], relation="collected_by", agent=radio, identified=True, note="Odd.")
    waves = [making.a_wave("Late", order=9), making.a_wave("Early", order=1)]
    voices = [making.a_witness(), making.a_witness(), making.a_witness("Somebody", naming="pseudonym", note="A.\r\nB.")]
    event = Event.objects.create(name="The flood", date="1984-05", source=sources[2])
    for number, odd in enumerate(ODD):
        testimony = making.a_testimony(
            odd,
            source=[*sources, *twins][number % 5],
            witness=voices[number % 3],
            places=[town, ("speaks_of", twin)],
            waves=waves,
            tags=[making.a_tag(f"Tag {number}"), *Tag.objects.filter(name="Tag 0")][: 1 + bool(number)],
            editors_note=odd,
            locator=odd.partition("\n")[0],
            spoken="2021-23",
            spoken_basis="elsewhere",
            spoken_basis_source=sources[1],
            happened="1984-05~",
            happened_basis="inferred",
            happened_basis_reason=odd.partition("\n")[0],
            happened_disclosure="coarser",
            happened_public="1984",
            happened_event=event,
            read_whole=True,
            review_on=date(2031, 1, 2),
            collection=Collection.objects.get_or_create(name="Bread")[0],
            basis=making.a_basis(label=f"Basis {number % 2}", date=date(2021, 1, 1)),
        )
        QuoteSegment.objects.create(testimony=testimony, order=1, text=f"Then: {odd}", joined_by="omission")
        TestimonyPlace.objects.filter(testimony=testimony, place=town).update(
            disclosure="coarser", public_place=country
        )
        TestimonyWave.objects.filter(testimony=testimony, wave=waves[0]).update(
            basis="elsewhere", basis_source=sources[number % 3]
        )
        TestimonyContribution.objects.create(testimony=testimony, agent=radio, role="interviewer")
        Translation.objects.create(testimony=testimony, language="ru", text=odd, translator=aliya, by_machine=True)
    making.published("We left.", witness=making.a_witness("Bolat"))


def cells(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]


def forget_everything() -> None:
    """An empty archive, as another one is."""
    call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_export_comes_back_as_it_was(form, bring_in):
    a_full_archive()
    first = exporting.export(Testimony.objects.all(), form)
    assert exporting.export(Testimony.objects.all(), form) == first or form == "xlsx"
    again = bring_in(first, form)
    assert list(again.rows.exclude(outcome="same").values_list("key", "remarks")) == []
    forget_everything()
    batch = bring_in(first, form)
    assert batch.state == ImportBatch.State.DONE, [*batch.faults, *batch.rows.exclude(faults=[]).values("faults")]
    assert Testimony.objects.exclude(status="draft").count() == 0
    second = exporting.export(Testimony.objects.all(), form)
    if form == "xlsx":
        assert cells(second) == cells(first)
    else:
        assert second == first
    assert Testimony.objects.count() == len(ODD) + 1
    assert Witness.objects.count() == 4
    assert Source.objects.filter(title="Twin").count() == 2
    assert Place.objects.filter(name="Osh").count() == 2


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(str.strip), max_size=5)
)
def test_names_in_one_cell_come_back(names):
    wanted = tuple(dict.fromkeys(name for name in names if name))
    assert columns.split(columns.join(wanted)) == wanted


def test_every_cell_of_a_workbook_is_text_and_none_begins_like_a_formula():
    a_full_archive()
    data = exporting.export(Testimony.objects.all(), "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}
    assert not [cell.value for cell in filled if cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    text = exporting.export(Testimony.objects.all(), "csv").decode("utf-8-sig")
    assert '"=' not in text
    assert ",=" not in text


def test_what_is_private_is_in_no_export():
    witness, source = making.a_witness(), making.a_source()
    basis = making.a_basis(assessment="Assessment zqassess.")
    making.a_testimony(witness=witness, source=source, basis=basis)
    Identity.objects.create(witness=witness, true_name="Zqtrue", contact="zqcontact", reason="zqreason")
    SourceSnapshot.objects.create(source=source, text="Snapshot zqsnap.")
    for form in ("csv", "json"):
        found = exporting.export(Testimony.objects.all(), form).lower()
        assert [word for word in (b"zqassess", b"zqtrue", b"zqcontact", b"zqreason", b"zqsnap") if word in found] == []
    private = {"assessment", "document"}
    assert not [name for name in columns.columns() if name.removeprefix("basis_") in private]


def test_no_column_reads_a_table_that_is_kept_closed():
    models = {column.field.model for column in columns.columns().values() if column.field is not None}
    assert not models & {Identity, SourceSnapshot}
    fields = {
        column.field.name
        for column in columns.columns().values()
        if getattr(column.field, "model", None) is PublicationBasis
    }
    assert fields == {"label", "kind", "asked", "date", "ended_on", "scope", "statement"}


def test_words_that_a_workbook_would_cut_off_are_refused():
    making.a_testimony("Long. " * 6_000)
    with pytest.raises(exporting.NotInWorkbooks, match="quote_1"):
        exporting.export(Testimony.objects.all(), "xlsx")
    assert exporting.export(Testimony.objects.all(), "csv")


def test_keys_are_given_once(django_assert_num_queries):
    for number in range(3):
        making.a_testimony(f"Words {number}.")
    first = exporting.export(Testimony.objects.all(), "csv")
    given_out = ExchangeKey.objects.count()
    assert exporting.export(Testimony.objects.all(), "csv") == first
    assert ExchangeKey.objects.count() == given_out


def test_an_export_asks_as_often_for_three_as_for_one(django_assert_num_queries):
    making.a_testimony("Words 1.")
    exporting.export(Testimony.objects.all(), "csv")
    with django_assert_num_queries(16):
        exporting.export(Testimony.objects.all(), "csv")
    for number in range(2):
        making.a_testimony(f"Words {number}.")
    exporting.export(Testimony.objects.all(), "csv")
    with django_assert_num_queries(16):
        exporting.export(Testimony.objects.all(), "csv")


def test_the_command_writes_a_file_that_only_its_owner_may_read(tmp_path):
    making.a_testimony()
    file = tmp_path / "all.json"
    call_command("export_testimonies", str(file), verbosity=0)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="End the name"):
        call_command("export_testimonies", str(tmp_path / "all.doc"))


def test_an_empty_archive_makes_a_file_that_says_so(tmp_path):
    assert exporting.export(Testimony.objects.all(), "csv") == b"\xef\xbb\xbfkey,quote_1\r\n"
    assert exporting.export(Testimony.objects.all(), "json") == b"[]\n"
    assert not Wave.objects.exists()

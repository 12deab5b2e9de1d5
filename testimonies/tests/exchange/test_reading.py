"""Files as spreadsheets spoil them: each is read rightly, or refused with a sentence that names row and column."""

import io
import json
import re
import zipfile
from datetime import date

import openpyxl
import pytest

from testimonies.cells import escape, unescape
from testimonies.exchange import columns, exporting, workbook
from testimonies.models.editorial import ImportBatch, Testimony
from testimonies.models.public import Source

from .conftest import a_csv, faults, planned, refusal, remarks

pytestmark = pytest.mark.django_db

CYRILLIC = "Мы делили хлеб."


def an_xlsx(*lines: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(data: bytes, name: str, change) -> bytes:
    """The workbook, with one of its members changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return file.getvalue()


def words(data: str | bytes, form: str = "csv", encoding: str = "") -> list[str]:
    plan = planned(data, form, encoding)
    assert plan.is_clean, [row.faults for row in plan.rows]
    return [row.wanted.parts["quote"][0]["text"] for row in plan.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_however_it_is_written(encoding):
    assert words(a_csv({"quote_1": CYRILLIC}).encode(encoding)) == [CYRILLIC]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_the_headings(separator):
    text = a_csv({"quote_1": "One, two; three."}, {"quote_1": "Four\nfive."}, separator=separator)
    assert words(text) == ["One, two; three.", "Four\nfive."]


def test_letters_of_windows_1251_are_refused_by_row_and_column_until_the_editor_says_so():
    data = a_csv({}, {"quote_1": CYRILLIC}).encode("windows-1251")
    assert [(row, name) for row, name, _said in faults(data)] == [(3, "quote_1")]
    assert words(data, encoding="windows-1251")[1] == CYRILLIC


def test_utf_16_without_its_mark_is_refused():
    assert "UTF-16" in refusal(a_csv({}).encode("utf-16-le"))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\r\n", b"\xff\xfe"])
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "The file is empty."


@pytest.mark.parametrize(
    ("data", "form"),
    [(b"key,quote_1\n", "csv"), (an_xlsx(["key", "quote_1"]), "xlsx"), (b"[]", "json")],
)
def test_headings_alone_are_refused(data, form):
    assert refusal(data, form) == "The file has no rows below its headings."


def test_unknown_missing_and_double_columns_are_named():
    said = refusal("key,quot_1,place_1,place_1,colour\n")
    assert "no column “quot_1”. Is “quote_1” meant?" in said
    assert "no column “colour”." in said
    assert "“quote_1” is missing" in said
    assert "“place_1” stands there 2 times" in said


def test_two_hundred_columns_are_refused_in_few_words():
    said = refusal(",".join(["key", "quote_1", *(f"thing {number}" for number in range(198))]) + "\n")
    assert "188 more columns" in said
    assert len(said) < 1000


def test_a_row_with_too_many_cells_is_named():
    assert [(row, said[:18]) for row, _name, said in faults("key,quote_1\na,One.\nb,Two, three.\n")] == [
        (3, "There are 3 cells,")
    ]


def test_a_quotation_mark_that_is_not_closed_is_named():
    assert "Row 3" in refusal('key,quote_1\na,One.\nb,"Two.\n')


def test_two_rows_with_one_key_are_named():
    assert faults(a_csv({"key": "a"}, {"key": "b"}, {"key": "a"})) == [(4, "key", "Row 2 has this key already.")]


def test_a_row_needs_a_key_and_words():
    assert [(row, name) for row, name, _said in faults(a_csv({"key": ""}, {"quote_1": ""}))] == [
        (2, "key"),
        (3, "quote_1"),
    ]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("spoken", "03/04/2022"),
        ("spoken", "soonish"),
        ("source_date", "2022-13"),
        ("language_printed", "klingonese"),
        ("source_language", "e n"),
        ("review_on", "2022-02-30"),
        ("review_on", "soon"),
        ("mode", "sung"),
        ("read_whole", "perhaps"),
        ("source_url", "no address"),
        ("place_1_latitude", "north"),
        ("source_publisher", "x" * 201),
        ("source_publisher", "two\nlines"),
        ("tags", '"not closed'),
        ("quote_1", "x" * (columns.LONGEST_TEXT + 1)),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_named(name, cell):
    data = a_csv({"source_title": "Bread", "place_1": "Aksay"} | {name: cell})
    assert [(row, column) for row, column, _said in faults(data)] == [(2, name)]


def test_a_day_in_words_is_understood_and_one_with_two_readings_is_not():
    plan = planned(a_csv({"spoken": "autumn 2022"}))
    assert plan.rows[0].wanted.values["spoken"] == "2022-23"


def test_a_quotation_of_a_hundred_thousand_characters_is_taken_and_asked_about():
    data = a_csv({"quote_1": "Long. " * 17_000})
    assert len(words(data)[0]) == 6 * 17_000 - 1
    assert remarks(data) == [(2, "quote_1", "101999 characters: is this one quotation?")]


def test_characters_that_nobody_sees_are_told():
    said = remarks(a_csv({"quote_1": "a\x07b\u202ec\u200bd"}))
    assert [(row, name, sentence.split(",")[1].split()[0]) for row, name, sentence in said] == [
        (2, "quote_1", "U+0007"),
        (2, "quote_1", "U+202E"),
        (2, "quote_1", "U+200B"),
    ]
    assert words(a_csv({"quote_1": "a\x07b"})) == ["ab"]


def test_a_key_has_no_character_that_nobody_sees():
    assert [(row, name) for row, name, _said in faults(a_csv({"key": "a\u200bb"}))] == [(2, "key")]


# XLSX


def test_what_a_spreadsheet_made_of_days_and_numbers_is_read_as_text():
    lines = ["key", "quote_1", "source_title", "source_date", "spoken"], [7, 1984.0, True, date(2021, 10, 2), 2021]
    plan = planned(an_xlsx(*lines), "xlsx")
    assert plan.is_clean
    assert plan.rows[0].key == "7"
    assert plan.rows[0].wanted.parts["quote"][0]["text"] == "1984"
    assert plan.rows[0].wanted.values["source"].given == {"title": "yes", "date": "2021-10-02"}
    assert plan.rows[0].wanted.values["spoken"] == "2021"


def test_a_formula_is_refused_and_never_worked_out():
    data = an_xlsx(["key", "quote_1"], ["a", '=HYPERLINK("https://x.example","y")'], ["b", "'=1+1"])
    assert faults(data, "xlsx") == [(2, "quote_1", "A formula stands here. Put its value in its place.")]


def test_a_formula_in_csv_is_text():
    assert words(a_csv({"quote_1": "=1+1"}, {"quote_1": "'=1+1"})) == ["=1+1", "=1+1"]


def test_an_error_of_the_spreadsheet_is_named():
    data = an_xlsx(["key", "quote_1"], ["a", "Words."], ["b", "#REF!"])
    assert (3, "quote_1", "An error of the spreadsheet stands here.") in faults(data, "xlsx")


def test_merged_cells_are_named():
    book = openpyxl.Workbook()
    for line in (["key", "quote_1", "tags"], ["a", "One.", "Bread"], ["b", "Two.", ""]):
        book.active.append(line)
    book.active.merge_cells("B3:C3")
    file = io.BytesIO()
    book.save(file)
    assert faults(file.getvalue(), "xlsx") == [(3, "quote_1", "Cells are merged here. Part them.")]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    data = an_xlsx(["key", "quote_1"], ["a", "One."])
    bomb = rezipped(data, "xl/worksheets/sheet1.xml", lambda sheet: sheet + b" " * 50_000_000)
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("It was unpacked."))
    assert "far more than it weighs" in refusal(bomb, "xlsx")


def test_a_workbook_that_is_cut_off_is_refused():
    data = an_xlsx(["key", "quote_1"], *([f"k{number}", "Words."] for number in range(500)))
    for end in (10, len(data) // 2, len(data) - 30):
        assert "cut off" in refusal(data[:end], "xlsx")


def test_a_workbook_whose_sheet_is_cut_off_is_refused():
    data = an_xlsx(["key", "quote_1"], *([f"k{number}", "Words."] for number in range(500)))
    cut = rezipped(data, "xl/worksheets/sheet1.xml", lambda sheet: sheet[: len(sheet) // 2])
    assert "broken or cut off" in refusal(cut, "xlsx")


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_entities_are_refused(member):
    def with_entity(xml: bytes) -> bytes:
        body = re.sub(rb"<\?xml.*?\?>", b"", xml)
        return b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + body

    data = rezipped(an_xlsx(["key", "quote_1"], ["a", "One."]), member, with_entity)
    assert "entities" in refusal(data, "xlsx")


def test_a_sheet_that_lies_about_its_size_is_read_by_its_cells():
    data = an_xlsx(["key", "quote_1"], ["a", "One."])
    lie = rezipped(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"A1:B2", b"A1:XFD1048576"))
    assert words(lie, "xlsx") == ["One."]


def test_a_row_a_million_rows_further_down_is_refused():
    data = an_xlsx(["key", "quote_1"], ["a", "One."])
    far = rezipped(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<row r="2"', b'<row r="999999999"').replace(b'"A2"', b'"A999999999"').replace(
            b'"B2"', b'"B999999999"'
        ),
    )  # fmt: skip
    assert "more rows or columns" in refusal(far, "xlsx")


def test_a_csv_file_called_xlsx_is_refused():
    assert "no XLSX workbook" in refusal(a_csv({}), "xlsx")


# JSON


def in_json(*rows: object) -> str:
    return json.dumps(list(rows))


def test_texts_numbers_and_yes_or_no_are_read():
    data = in_json({"key": 1, "quote_1": CYRILLIC, "read_whole": True, "locator": None, "spoken": 2021})
    wanted = planned(data, "json").rows[0].wanted
    assert (wanted.values["read_whole"], wanted.values["locator"], wanted.values["spoken"]) == (True, "", "2021")


def test_json_that_is_nested_ten_thousand_deep_is_refused():
    data = f'[{{"key": "a", "quote_1": "One."}}, {{"key": "b", "quote_1": {"[" * 10_000}{"]" * 10_000}}}]'
    assert refusal(data, "json") == "Row 2 is nested too deep. Write one text for each column."


def test_no_number_and_lists_are_named():
    data = '[{"key": "a", "quote_1": NaN}, {"key": "b", "quote_1": ["x"]}, {"key": "c", "quote_1": {"y": 1}}]'
    assert [(row, name, said[:6]) for row, name, said in faults(data, "json")] == [
        (1, "quote_1", "“NaN” "),
        (2, "quote_1", "A list"),
        (3, "quote_1", "A list"),
    ]


def test_a_name_that_stands_twice_in_an_object_is_named():
    data = '[{"key": "a", "quote_1": "One.", "quote_1": "Two."}]'
    assert faults(data, "json") == [(1, "quote_1", "This stands in the row more than once.")]


def test_a_lone_surrogate_is_replaced_and_told():
    data = '[{"key": "a", "quote_1": "x\\ud800y"}]'
    assert words(data, "json") == ["x\ufffdy"]
    assert [name for _row, name, said in remarks(data, "json") if "U+D800" in said] == ["quote_1"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"key": "a"}', "no JSON list"),
        ('[{"key": "a", "quote_1": "One."}, "b"]', "Row 2 is no object"),
        ('[{"key": "a", "quote_1": "One."}, {"key": ]', "Row 2 is no JSON (line 1"),
        ('[{"key": "a", "quote_1": "One."}', "after row 1"),
        ('[{"key": "a", "quote_1": "One."}] more', "after the end"),
    ],
)
def test_broken_json_is_refused_by_its_row(data, said):
    assert said in refusal(data, "json")


# All of them


def test_nothing_is_imported_from_a_file_with_three_bad_rows(bring_in):
    rows = [{"source_title": f"Article {number}", "tags": "Bread"} for number in range(50)]
    for number, name in ((3, "spoken"), (20, "language_printed"), (41, "mode")):
        rows[number][name] = "???"
    batch = bring_in(a_csv(*rows))
    assert batch.state == ImportBatch.State.REFUSED
    refused = batch.rows.filter(outcome="refused")
    assert [(row.number, [name for name, _said in row.faults]) for row in refused] == [
        (5, ["spoken"]),
        (22, ["language_printed"]),
        (43, ["mode"]),
    ]
    assert (Testimony.objects.count(), Source.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''=1", "'tis", "''tis", "plain", ""])
def test_what_looks_like_a_formula_is_escaped_and_comes_back(text):
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_column_has_an_example_that_it_takes():
    for column in columns.columns().values():
        columns.read(columns.numbered(column.name, 1), column.example)


def test_the_weight_of_a_real_export_is_far_from_a_bomb():
    rows = [{"key": f"k{number}", "quote_1": f"Words {number} " * 50} for number in range(2000)]
    workbook.Workbook(exporting.to_xlsx(rows))

"""Citations for people: as citeproc-js has them where it knows enough, and where it does not, as what they are."""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from django.utils import translation

from testimonies.citation.styles import STYLES, brief, plain
from testimonies.tests.citation import citeproc
from testimonies.tests.citation.citeproc import an_interview
from testimonies.tests.invented import an_item, record

ITEMS = citeproc.items()
EXPECTED = citeproc.expected()
QUOTED = ("a quotation", "a passage")
# Where ours is another on purpose: "ca." in every style for an approximate date.
OTHERWISE = {("about", "chicago"), ("about", "chicago-note"), ("about", "mla")}
WHOLE = [
    (name, style)
    for name in ITEMS
    for style in ("chicago", "chicago-note", "apa", "mla")
    if name not in QUOTED and (name, style) not in OTHERWISE
]
# These two leave out whoever asked and where the interview is held; ours adds it after the same beginning.
BEGUN = [(name, style) for name in ITEMS for style in ("harvard", "iso690") if name not in QUOTED]


def cited(style, item):
    return plain(STYLES[style].write(item))


def as_citeproc_would(citation):
    """Without what citeproc does not know: the day of the edition; in its word for it; letters in one case."""
    versions = re.sub(r"edition 2 \([^)]*\)", "version 2", unescape(str(citation)), flags=re.IGNORECASE)
    return versions.replace(" of Testimonies, version 2.", " of Testimonies.").casefold()


@pytest.mark.parametrize(("name", "style"), WHOLE)
def test_interview_is_cited_as_citeproc_cites_it(name, style):
    told = EXPECTED[name][style].replace("Retrieved http", "http").casefold()
    assert as_citeproc_would(STYLES[style].write(ITEMS[name])) == told


@pytest.mark.parametrize(("name", "style"), BEGUN)
def test_interview_begins_and_ends_as_citeproc_has_it(name, style):
    begun, found = (
        EXPECTED[name][style].casefold().replace(". 1998", "").replace(". autumn 1998", "").split("available")
    )
    if (name, style) in (("a season", "harvard"), ("straight marks", "iso690")):  # it keeps to other words and marks
        begun = begun[:4]
    ours = unescape(str(STYLES[style].write(ITEMS[name]))).casefold()
    assert ours.startswith(begun.rstrip(". "))
    assert ours.endswith(found)


def test_what_citeproc_is_said_to_make_is_what_it_makes():
    folder = os.environ.get("CITEPROC", "")
    if not shutil.which("node") or not Path(folder, "node_modules", "citeproc").is_dir():
        pytest.skip("Needs node and CITEPROC, a folder filled by testimonies/tests/citation/citeproc/fetch.")
    made = subprocess.run(
        ["node", citeproc.HERE / "cite.js", folder],
        input=json.dumps(citeproc.csl_items()).encode(),
        capture_output=True,
    )
    assert json.loads(made.stdout) == EXPECTED


IN_STYLES = {
    "chicago": "Aibek. Quoted in Ann Onymous, “Bread and borders,” The Steppe Courier, October 2, 2021. "
    "Edition 2 (November 23, 2026). Archive of Testimonies. http://testserver/testimonies/t1bek/.",
    "chicago-note": "Aibek, quoted in Ann Onymous, “Bread and borders,” The Steppe Courier, October 2, 2021, "
    "edition 2 (November 23, 2026), Archive of Testimonies, http://testserver/testimonies/t1bek/.",
    "apa": "Aibek. (n.d.). [Press quotation]. Quoted in A. Onymous (2021, October 2), Bread and borders, "
    "The Steppe Courier. Archive of Testimonies, edition 2 (November 23, 2026). http://testserver/testimonies/t1bek/",
    "mla": "Aibek. Quoted in Ann Onymous, “Bread and borders,” The Steppe Courier, 2 Oct. 2021. "
    "Edition 2 (23 Nov. 2026), Archive of Testimonies, http://testserver/testimonies/t1bek/.",
    "harvard": "Aibek (no date), quoted in Onymous, A. (2021) ‘Bread and borders’, The Steppe Courier, 2 October. "
    "Archive of Testimonies, edition 2 (23 November 2026). Available at: http://testserver/testimonies/t1bek/.",
    "iso690": "AIBEK. Quoted in ONYMOUS, Ann. Bread and borders. The Steppe Courier. 2 October 2021. "
    "In: Archive of Testimonies [online]. Edition 2 (23 November 2026). "
    "Available at: http://testserver/testimonies/t1bek/",
}


@pytest.mark.parametrize("style", STYLES)
def test_press_quotation_is_cited_as_quoted_in_the_press(style):
    assert cited(style, an_item()) == IN_STYLES[style]


BEHIND = "Archive of Testimonies, edition 2 (23 November 2026)."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Aibek, quoted in Ann Onymous, “Bread and borders”, The Steppe Courier, 2 October 2021."),
        (
            {"witness": {"naming": "pseudonym"}, "wording": "paraphrase", "source": {"publisher": "Courier"}},
            "Aibek [pseudonym], retold by the archive from Ann Onymous, “Bread and borders”, Courier, 2 October 2021.",
        ),
        ({"source": {"kind": "interview"}}, "Aibek, interview."),
        (
            {"source": {"title": "", "publisher": "", "contributions": [], "date": "", "withheld": True}},
            "Aibek, Press quotation.",
        ),
    ],
)
def test_copied_words_bring_voice_source_and_edition_along(changes, said):
    assert brief(an_item(record(**changes))) == f"{said} {BEHIND}"


@pytest.mark.parametrize("style", STYLES)
def test_edition_is_cited_by_its_own_address_and_a_passage_by_its_name_too(style):
    edition, passage = cited(style, an_item(is_edition=True)), cited(style, an_item(passage="p1"))
    assert "/testimonies/t1bek/editions/2/" in edition
    assert "#p1" not in edition
    assert "/testimonies/t1bek/editions/2/#p1" in passage
    assert "passage p1" in passage.casefold()


@pytest.mark.parametrize("style", STYLES)
def test_day_of_printing_never_stands_as_the_day_of_speaking(style):
    citation = cited(style, an_item())
    voice, source = re.split("quoted in", citation, flags=re.IGNORECASE)
    assert "2021" not in voice
    assert "2021" in source


@pytest.mark.parametrize("style", STYLES)
def test_date_that_is_only_bounded_by_the_day_of_printing_is_none(style):
    said = {"edtf": "[..2021-10-02]", "as_printed": "", "basis": None}
    assert cited(style, an_item(record(dates={"spoken": said}))) == IN_STYLES[style]


@pytest.mark.parametrize("style", STYLES)
def test_day_of_speaking_stands_with_the_voice(style):
    said = {"edtf": "2020-03-04", "as_printed": "", "basis": None}
    voice, _source = re.split("quoted in", cited(style, an_item(record(dates={"spoken": said}))), flags=re.IGNORECASE)
    assert "2020" in voice


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("identified", [True, False])
def test_newsroom_that_collected_is_no_interviewer(style, identified):
    collected = {"relation": "collected_by", "agent": "Radio Steppe", "item": "", "identified": identified}
    derived = collected | {"consulted": False, "wording": "", "note": ""}
    assert "Radio Steppe" not in cited(style, an_item(record(source={"derives_from": [derived]})))


@pytest.mark.parametrize("style", STYLES)
def test_label_of_an_unnamed_voice_is_not_taken_apart(style):
    made = record(witness={"name": "Unnamed voice (a driver)", "naming": "not_named_in_source"})
    assert cited(style, an_item(made)).startswith("Unnamed voice (a driver)")


@pytest.mark.parametrize("style", STYLES)
def test_pseudonym_is_said_to_be_one(style):
    made = record(witness={"name": "Aigul", "naming": "pseudonym"})
    assert cited(style, an_item(made)).startswith("Aigul [pseudonym]")


@pytest.mark.parametrize("style", STYLES)
def test_withheld_source_is_not_named(style):
    blank = {"title": "", "publisher": "", "date": "", "contributions": [], "identifier": None, "withheld": True}
    told = cited(style, an_item(record(source=blank, title="Words of Aibek")))
    assert "quoted in" not in told.casefold()
    assert "Words of Aibek" in told
    assert "Courier" not in told


@pytest.mark.parametrize("style", STYLES)
def test_what_the_archive_retells_is_not_called_quoted(style):
    told = cited(style, an_item(record(wording="paraphrase"))).casefold()
    assert "retold by the archive from" in told
    assert "quoted in" not in told


@pytest.mark.parametrize("style", STYLES)
def test_source_without_author_publisher_or_date_leaves_no_gap(style):
    told = cited(style, an_item(record(source={"contributions": [], "publisher": "", "date": ""})))
    assert "Bread and borders" in told
    assert not re.search(r",\s*,|\(\)|\.\s*\.|\s,|\s\.|  ", told.replace("...", ""))


@pytest.mark.parametrize("style", STYLES)
def test_names_in_languages_that_print_the_family_first_are_left_whole(style):
    authors = [{"name": "Nagy László", "role": "author", "as_printed": "", "kind": "person"}]
    told = cited(style, an_item(record(source={"contributions": authors, "language": "hu"})))
    assert "nagy lászló" in told.casefold()


@pytest.mark.parametrize("style", STYLES)
def test_nothing_in_a_record_becomes_markup(style):
    bad = "<script>alert(1)</script> & %(x)s"
    made = record(title=bad, witness={"name": bad}, source={"title": bad, "publisher": bad})
    written = str(STYLES[style].write(an_item(made)))
    assert "<script" not in written.casefold()
    assert "&amp;" in written.casefold()
    assert unescape(re.sub("</?i>", "", written)).casefold().count("<script>") >= 2


def test_several_authors_are_shortened_as_each_style_does():
    names = ["Ann Onymous", "Bo Roe", "Cy Doe"]
    authors = [{"name": name, "role": "author", "as_printed": "", "kind": "person"} for name in names]
    item = an_item(record(source={"contributions": authors}))
    assert "Ann Onymous, Bo Roe, and Cy Doe" in cited("chicago", item)
    assert "Ann Onymous et al." in cited("chicago-note", item)
    assert "A. Onymous, B. Roe, & C. Doe" in cited("apa", item)
    assert "Onymous, A., Roe, B., and Doe, C." in cited("harvard", item)


def test_interview_whose_interviewer_is_not_known_is_an_interview_all_the_same():
    assert "Interview. Edition 2" in cited("chicago", an_interview(interviewers=()))


@pytest.mark.parametrize(
    ("language", "quoted", "day"),
    [
        ("en", "“Bread and borders,” The Steppe Courier", "2 October"),
        ("ru", "«Bread and borders», The Steppe Courier", "2 октября"),
        ("kk", "«Bread and borders», The Steppe Courier", "2 қазан"),
        ("ky", "«Bread and borders», The Steppe Courier", "2 октябры"),
        ("it", "«Bread and borders», The Steppe Courier", "2 ottobre"),
    ],
)
def test_comma_and_day_stand_as_the_language_has_them(language, quoted, day):
    """Only American marks take in the comma; a day without its year has the month as running text has it."""
    with translation.override(language):
        for style in ("chicago", "chicago-note", "mla"):
            assert quoted in cited(style, an_item())
        assert f"The Steppe Courier, {day}" in cited("harvard", an_item())

"""The citation in one sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from testimonies.citation.sentence import sentence
from testimonies.tests.invented import record

ADDRESS = "https://voices.example.org/testimonies/t1bek/"


def cite(made, **changes):
    told: dict[str, Any] = {
        "archive": "Archive of Voices",
        "edition": 1,
        "published_at": datetime(2026, 11, 23, 22, tzinfo=UTC),
        "permalink": ADDRESS,
    }
    return sentence(made, **(told | changes))


def test_words_quoted_in_the_press_are_cited_with_voice_source_and_archive():
    assert cite(record()) == (
        "Aibek, quoted in Ann Onymous, “Bread and borders”, The Steppe Courier, 2 October 2021. "
        f"Archive of Voices, edition 1, 23 November 2026. {ADDRESS}"
    )


def test_a_passage_is_named_and_led_to():
    assert cite(record(), passage="p3", edition=2).endswith(
        f"Archive of Voices, edition 2, 23 November 2026, passage p3. {ADDRESS}#p3"
    )


def test_what_the_source_does_not_tell_is_left_out():
    made = record(source={"contributions": [], "publisher": "", "date": ""})
    assert cite(made).startswith("Aibek, quoted in “Bread and borders”. Archive of Voices")


def test_what_the_archive_retells_is_not_called_quoted():
    assert cite(record(wording="paraphrase")).startswith("Aibek, retold by the archive from Ann Onymous, “")


def test_a_withheld_source_is_not_named():
    made = record(source={"contributions": [], "publisher": "", "date": "", "title": "", "withheld": True})
    assert cite(made).startswith("Aibek. Archive of Voices")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ann"], "Ann, “"),
        (["Ann", "Bo"], "Ann and Bo, “"),
        (["Ann", "Bo", "Cy"], "Ann, Bo and Cy, “"),
        (["Ann", "Bo", "Cy", "Di"], "Ann and others, “"),
    ],
)
def test_many_authors_are_shortened(names, said):
    authors = [{"name": name, "role": "author", "as_printed": "", "kind": "person"} for name in names]
    assert cite(record(source={"contributions": authors})).startswith(f"Aibek, quoted in {said}")


def test_a_percent_sign_is_nothing_special():
    assert cite(record(source={"title": "100 % bread"})).startswith("Aibek, quoted in Ann Onymous, “100 % bread”")

"""Items that our citations share with citeproc-js: `expected.json` holds what it makes of their CSL-JSON.

`fetch FOLDER` gets citeproc-js, the styles and the locales (none of them is kept here) and writes `expected.json`
anew; it needs node and npm, and the tests do not.
"""

import json
from pathlib import Path
from typing import Any

from testimonies.citation import csl_json
from testimonies.citation.item import Item
from testimonies.tests.invented import an_item, record

HERE = Path(__file__).parent


def an_interview(
    spoken: str = "1998-04-17",
    *,
    title: str = "",
    interviewers: tuple[str, ...] = ("Samir Haddad",),
    kind: str = "person",
    passage: str = "",
    **witness: str,
) -> Item:
    """A recorded interview with Umay."""
    people = [{"name": name, "role": "interviewer", "as_printed": "", "kind": kind} for name in interviewers]
    source = {"kind": "interview", "title": "A long talk", "contributions": people, "publisher": "Riverside Radio"}
    said = {"edtf": spoken, "as_printed": "", "basis": None} if spoken else None
    made = record(
        title=title or "Words of Umay, as recorded by Riverside Radio",
        witness={"name": "Umay", **witness},
        source=source,
        dates={"spoken": said, "printed": None},
    )
    return an_item(made, passage=passage)


def items() -> dict[str, Item]:
    """Every case by its name."""
    return {
        "a day": an_interview(),
        "a month": an_interview("1998-04"),
        "a short month": an_interview("1998-05-02"),
        "a year": an_interview("1998"),
        "a season": an_interview("1998-23"),
        "about": an_interview("1998~"),
        "no date": an_interview(""),
        "two who asked": an_interview(interviewers=("Samir Haddad", "Linh B. Nguyen")),
        "three who asked": an_interview(interviewers=("Samir Haddad", "Linh Nguyen", "Ann-Mary Roe")),
        "a body that asked": an_interview(interviewers=("Oral History Project Team",), kind="organisation"),
        "a mononym that asked": an_interview(interviewers=("Alina",)),
        "a long name": an_interview(name="Maria de la Cruz Kowalska"),
        "a label": an_interview(name="Unnamed voice (a driver)", naming="not_named_in_source"),
        "several": an_interview(name="Unnamed voices (work and rent)", naming="not_named_in_source"),
        "other letters": an_interview(name="Маржан"),
        "marks inside": an_interview(title="Words of Umay, on “bread” and “salt”"),
        "marks in the middle": an_interview(title="Words of “Umay” on salt"),
        "straight marks": an_interview(title='Umay, on "bread" and the baker\'s salt'),
        "a question": an_interview(title="Umay: who left?"),
        "a question inside": an_interview(title="Umay: “who left?”"),
        "an ampersand": an_interview(title="Umay & the <tall> baker"),
        "a quotation": an_item(),
        "a passage": an_item(passage="p1"),
    }  # fmt: skip


def csl_items() -> dict[str, dict[str, Any]]:
    """The CSL-JSON of every case."""
    return {name: csl_json.data(item) for name, item in items().items()}


def expected() -> dict[str, dict[str, Any]]:
    """What citeproc-js has made of them."""
    told: dict[str, dict[str, Any]] = json.loads((HERE / "expected.json").read_text())
    return told

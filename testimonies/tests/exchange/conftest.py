"""Files as editors hand them in, and what is said of them."""

from collections.abc import Callable
from typing import Any

import pytest

from testimonies.exchange import planning, reading, running
from testimonies.models.editorial import ImportBatch

Handed = Callable[..., ImportBatch]


def a_csv(*rows: dict[str, str], separator: str = ",") -> str:
    """A file of these rows, quoted where it has to be; every row has a key and words unless it says otherwise."""
    rows = tuple({"key": f"k{number}", "quote_1": f"Words {number}.", **row} for number, row in enumerate(rows, 1))
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines) + "\n"


def faults(data: str | bytes, form: str = "csv", encoding: str = "") -> list[tuple[int, str, str]]:
    """Row, column and sentence of everything that is wrong with a file."""
    return [(row.number, name, said) for row in planned(data, form, encoding).rows for name, said in row.faults]


def remarks(data: str | bytes, form: str = "csv") -> list[tuple[int, str, str]]:
    """Row, column and sentence of everything that the editor is told."""
    return [(row.number, name, said) for row in planned(data, form).rows for name, said in row.remarks]


def planned(data: str | bytes, form: str = "csv", encoding: str = "") -> planning.Plan:
    """What a file would do."""
    content = data.encode() if isinstance(data, str) else data
    return planning.plan(reading.read(content, form, encoding))


def refusal(data: str | bytes, form: str = "csv") -> str:
    """Why a file is not read at all."""
    with pytest.raises(reading.Unreadable) as refused:
        planned(data, form)
    return " ".join(refused.value.sentences)


def outcomes(batch: ImportBatch) -> list[str]:
    """What the rows of a batch did."""
    return list(batch.rows.values_list("outcome", flat=True))


@pytest.fixture
def bring_in(db: None) -> Handed:
    """Hand a file in, look it through and import it, if it can be."""

    def hand_in(data: str | bytes, form: str = "csv", **more: Any) -> ImportBatch:
        content = data.encode() if isinstance(data, str) else data
        batch = running.hand_in(content, called=f"file.{form}", form=form, **more)
        running.step(batch)
        if batch.state == batch.State.READY:
            running.confirm(batch)
            running.step(batch)
        return batch

    return hand_in

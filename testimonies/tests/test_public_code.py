"""Public code touches neither the history, which editors read, nor anything that passes by the querysets."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent
TEMPLATES = APP.parent / "templates" / "public"
# The public doors and the rooms behind them, whether they are there yet or not.
PUBLIC = (
    "views", "api", "feeds", "sitemaps", "forms", "middleware", "jinja", "checks",
    "search", "citation", "harvesting", "reading", "verifying", "dataset", "problems",
)  # fmt: skip
# What leads past querysets that refuse to write many rows at once, and who may use it.
PAST_THE_QUERYSETS = {"_base_manager", "_raw_delete", "_update", "_insert", "save_base", "bulk_create_with_history"}
MAY_PASS = {
    "admin/testimony_page.py",  # the folded words, which are no fact about the testimony
    "exchange/writing.py",  # thousands of drafts at once, each with the first line of its history
    "exchange/undoing.py",  # takes away with its history what an import made and nobody edited or published
    "management/commands/rotate_keys.py",  # the same values under another key, which is no change to a record
    "publishing/merging.py",  # to find rows of models that have no manager of ours; they are saved one by one
}


def files_of(names: tuple[str, ...]) -> list[Path]:
    """The Python files of modules and packages of the app."""
    found = [[APP / f"{name}.py"] if (APP / f"{name}.py").exists() else (APP / name).rglob("*.py") for name in names]
    return sorted(path for paths in found for path in paths)


def names_in(path: Path) -> Iterator[tuple[int, str]]:
    """Every attribute that is asked for and every text, with its line; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = (node.body[0] for node in ast.walk(tree) if isinstance(node, documented))
    said = {id(first.value) for first in firsts if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, node.arg


def reaches_history(name: str) -> bool:
    """Whether an attribute, a lookup or a text that names a model leads into a history table."""
    return bool(
        re.fullmatch(r"(\w+__)?history(__\w+)?|Historical\w*|history_(date|user|type|id|change_reason)\w*", name)
    )


@pytest.mark.parametrize("path", files_of(PUBLIC), ids=lambda path: str(path.relative_to(APP)))
def test_public_code_never_touches_the_history(path):
    assert [(line, name) for line, name in names_in(path) if reaches_history(name)] == []


def test_the_check_sees_every_way_into_the_history(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(
        '"""Says history."""\n'
        "def view(witness):\n"
        '    """The history."""\n'
        "    witness.history.first()\n"
        '    getattr(witness, "history")\n'
        "    models.HistoricalWitness\n"
        '    apps.get_model("testimonies", "HistoricalWitness")\n'
        "    rows.filter(history__name=1)\n"
        '    rows.values("witness__history__name")\n'
        '    rows.order_by("history_date")\n'
    )
    assert sorted(line for line, name in names_in(planted) if reaches_history(name)) == [4, 5, 6, 7, 8, 9, 10]


def test_public_templates_never_touch_the_history():
    touching = re.compile(r"\.history\b|\[['\"]history['\"]\]|Historical")
    assert [path.name for path in TEMPLATES.rglob("*") if path.is_file() and touching.search(path.read_text())] == []


def test_nothing_passes_by_the_querysets():
    code = (path for path in APP.rglob("*.py") if not {"tests", "migrations"} & set(path.relative_to(APP).parts))
    passing = {
        str(path.relative_to(APP)) for path in code if PAST_THE_QUERYSETS & {name for _line, name in names_in(path)}
    }
    assert passing == MAY_PASS

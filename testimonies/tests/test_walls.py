"""The floor plan: that the tools refuse what the house forbids."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = Path(sys.executable).parent
# What readers meet, and the rooms behind it. Those that exist must stand in the contract of the wall.
PUBLIC = (
    "views", "api", "feeds", "sitemaps", "forms", "middleware", "jinja", "checks",
    "search", "citation", "harvesting", "reading", "verifying", "dataset", "problems",
)  # fmt: skip
WALL = "Public doors and rooms never reach what editors write, nor publishing"
FLOORS = "A module uses the floors below its own, never a neighbour, never a floor above"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / "lint-imports", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy_of_the_house(tmp_path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "testimonies", tmp_path / "testimonies", ignore=shutil.ignore_patterns("tests", "data"))
    return tmp_path


def test_the_house_as_it_stands_keeps_its_contracts(copy_of_the_house):
    assert lint_imports(copy_of_the_house).returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "from testimonies.models.editorial import Testimony",
        "from testimonies.models import editorial",
        "import testimonies.models.editorial.testimony",
        "def later():\n    from testimonies.publishing import publish",
    ],
)
def test_a_planted_violation_is_caught(copy_of_the_house, line):
    (copy_of_the_house / "testimonies" / "views" / "planted.py").write_text(f'"""Planted."""\n\n{line}\n')
    linted = lint_imports(copy_of_the_house)
    assert linted.returncode == 1
    assert f"{WALL} BROKEN" in linted.stdout


def test_a_public_model_may_not_know_an_editorial_one(copy_of_the_house):
    planted = copy_of_the_house / "testimonies" / "models" / "public" / "planted.py"
    planted.write_text('"""Planted."""\n\nfrom testimonies.models.editorial import Testimony\n')
    assert lint_imports(copy_of_the_house).returncode == 1


def test_a_module_without_a_floor_is_refused(copy_of_the_house):
    (copy_of_the_house / "testimonies" / "utils.py").write_text('"""Planted."""\n')
    linted = lint_imports(copy_of_the_house)
    assert linted.returncode == 1
    assert f"{FLOORS} BROKEN" in linted.stdout


def test_every_public_door_and_room_stands_behind_the_wall():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    wall = next(contract for contract in contracts if contract["name"] == WALL)
    there = {path.stem for path in (ROOT / "testimonies").iterdir()}
    assert set(wall["source_modules"]) == {f"testimonies.{name}" for name in PUBLIC if name in there}


@pytest.mark.parametrize(
    "line",
    [
        "from django.apps import apps",
        "from taggit.models import TaggedItem",
        "from django.contrib.contenttypes.models import ContentType",
    ],
)
def test_ways_round_the_wall_at_run_time_are_refused(line):
    linted = subprocess.run(
        [TOOLS / "ruff", "check", "--select", "TID251", "--stdin-filename", "testimonies/views/planted.py", "-"],
        cwd=ROOT,
        input=f"{line}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 1
    assert "TID251" in linted.stdout

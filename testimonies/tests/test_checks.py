"""What Django looks at when the archive starts."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks

from testimonies.tests.production import VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("in_production", "naan", "found"),
    [(True, "99999", ["testimonies.W001"]), (True, "12345", []), (False, "99999", [])],
)
def test_number_for_tests_is_flagged_in_production(settings, in_production, naan, found):
    settings.IN_PRODUCTION, settings.ARCHIVE = in_production, settings.ARCHIVE | {"naan": naan}
    assert [one.id for one in run_checks() if one.id.startswith("testimonies.")] == found


def test_production_says_so_at_its_start(tmp_path):
    """Every command of Django looks before it begins, the one that serves among them."""
    code = [sys.executable, "manage.py", "check"]
    environment = VARIABLES | {"ARCHIVE_DATA": str(tmp_path)}
    started = subprocess.run(code, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "set ARCHIVE_NAAN" in started.stderr

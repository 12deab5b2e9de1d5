"""What the settings refuse, and what they make when it is missing."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from testimonies.tests.production import VARIABLES

ROOT = Path(__file__).resolve().parent.parent.parent
DEMANDED = [name for name in VARIABLES if name != "DJANGO_SETTINGS_MODULE"]


def run(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process with no other variables than these."""
    environment = {"PATH": os.environ["PATH"], "ARCHIVE_DATA": str(folder)} | variables
    code = [sys.executable, "manage.py", "diffsettings", "--output", "hash"]
    return subprocess.run(code, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_production_starts_with_everything_it_needs(tmp_path):
    assert run(tmp_path, **VARIABLES).returncode == 0


@pytest.mark.parametrize("name", DEMANDED)
def test_production_names_what_is_missing_in_one_line(tmp_path, name):
    refusal = run(tmp_path, **{key: value for key, value in VARIABLES.items() if key != name})
    assert refusal.returncode == 2
    assert refusal.stderr.count("\n") == 1
    assert [other for other in DEMANDED if other in refusal.stderr] == [name]


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    refusal = run(tmp_path, DJANGO_SETTINGS_MODULE="archive.settings.production")
    assert refusal.returncode == 2
    assert refusal.stderr.count("\n") == 1
    assert [name for name in DEMANDED if name in refusal.stderr] == DEMANDED


def test_production_makes_no_keys_of_its_own(tmp_path):
    run(tmp_path, **VARIABLES)
    run(tmp_path, DJANGO_SETTINGS_MODULE="archive.settings.production")
    assert list(tmp_path.glob("*.key")) == []


def test_the_first_start_makes_keys_that_only_the_owner_reads(tmp_path):
    assert run(tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.glob("*.key")) == ["encryption.key", "secret.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.key")} == {0o600}


def test_the_second_start_keeps_the_keys(tmp_path):
    run(tmp_path)
    made = {path.name: path.read_text() for path in tmp_path.glob("*.key")}
    run(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.glob("*.key")} == made


def test_a_wrong_encryption_key_is_refused_without_repeating_it(tmp_path):
    refusal = run(tmp_path, ARCHIVE_ENCRYPTION_KEYS="not-a-key-5f1c")
    assert (refusal.returncode, refusal.stderr.count("\n")) == (2, 1)
    assert "ARCHIVE_ENCRYPTION_KEYS" in refusal.stderr
    assert "5f1c" not in refusal.stderr


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://somebody:pw-5f1c@host/name", "postgres://somebody:pw-5f1c@host:port/name", "://"]
)
def test_a_wrong_database_url_is_refused_without_repeating_it(tmp_path, url):
    refusal = run(tmp_path, DATABASE_URL=url)
    assert (refusal.returncode, refusal.stderr.count("\n")) == (2, 1)
    assert "DATABASE_URL" in refusal.stderr
    assert "5f1c" not in refusal.stderr


@pytest.mark.parametrize(
    ("typed", "leads_to"), [(None, "'https://"), ("https://weather.example/", "'https://weather.example/'"), ("", "''")]
)
def test_leaving_quickly_leads_where_the_operator_says_or_nowhere(tmp_path, typed, leads_to):
    told = run(tmp_path, **({} if typed is None else {"ARCHIVE_LEAVE_URL": typed})).stdout
    assert f"'leave': {leads_to}" in told


def test_leaving_quickly_never_runs_a_script(tmp_path):
    refusal = run(tmp_path, ARCHIVE_LEAVE_URL="javascript:alert(1)")
    assert (refusal.returncode, refusal.stderr.count("\n")) == (2, 1)
    assert "ARCHIVE_LEAVE_URL" in refusal.stderr


def test_a_folder_that_cannot_be_is_refused():
    refusal = run(Path("/dev/null/archive"))
    assert (refusal.returncode, refusal.stderr.count("\n")) == (2, 1)
    assert "ARCHIVE_DATA" in refusal.stderr


def test_sqlite_keeps_what_was_acknowledged_and_forgets_what_was_deleted(db):
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        held = {}
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            held[name] = cursor.fetchone()[0]
    assert held == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_nothing_that_browsers_are_told_allows_inline_code(settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["object-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {"'self'", "'none'"}


def test_no_system_check_is_silenced(settings):
    assert settings.SILENCED_SYSTEM_CHECKS == []


@pytest.mark.parametrize(
    ("variables", "groups"),
    [({}, []), (VARIABLES, ["everybody"]), (VARIABLES | {"ARCHIVE_SECOND_FACTOR": "nobody"}, [])],
    ids=["embedded", "production", "production where it is given up"],
)
def test_a_second_factor_is_demanded_in_production_unless_it_is_given_up(tmp_path, variables, groups):
    assert f"SECOND_FACTOR_GROUPS = {groups!r}" in run(tmp_path, **variables).stdout


@pytest.mark.parametrize("names", ["Editors", "nobody, Editor", "none"])
def test_a_group_that_is_none_is_refused(tmp_path, names):
    refusal = run(tmp_path, ARCHIVE_SECOND_FACTOR=names)
    assert (refusal.returncode, refusal.stderr.count("\n")) == (2, 1)
    assert "ARCHIVE_SECOND_FACTOR" in refusal.stderr

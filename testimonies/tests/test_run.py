"""The script that operators start: what it refuses in one line, and that it serves."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PREPARE = [sys.executable, "manage.py", "prepare_archive"]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """Nothing of the tests' own settings, and a data folder of its own."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "ARCHIVE_DATA": str(tmp_path / "data")}


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def run(command: list[str], environment: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env=environment | more, capture_output=True, text=True, check=False, timeout=120
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 2 and one line that holds the words."""
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == []


def test_without_arguments_it_lists_what_it_can_do(environment):
    done = run(["./run"], environment)
    assert done.returncode == 0
    assert [name for name in ("server", "test", "manage") if f"./run {name}" not in done.stdout] == []


def test_an_unknown_command_is_refused(environment):
    done = run(["./run", "fly"], environment)
    assert done.returncode == 2
    assert "./run server" in done.stderr


def test_the_script_stays_readable():
    assert len((ROOT / "run").read_text().splitlines()) <= 130


def test_a_taken_port_is_refused(environment, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert_refused(run([*PREPARE, "--port", str(port)], environment), str(port), "taken", "PORT=")


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_a_port_that_is_none_is_refused(environment, port):
    assert_refused(run([*PREPARE, f"--port={port}"], environment), "PORT")


def test_a_folder_that_cannot_be_written_is_refused(environment):
    assert_refused(run(PREPARE, environment, ARCHIVE_DATA="/dev/null/archive"), "ARCHIVE_DATA", "/dev/null/archive")


def test_a_folder_that_is_a_file_is_refused(environment, tmp_path):
    (tmp_path / "file").touch()
    assert_refused(run(PREPARE, environment, ARCHIVE_DATA=str(tmp_path / "file")), "ARCHIVE_DATA")


def test_a_wrong_address_of_the_database_is_refused(environment):
    assert_refused(run(PREPARE, environment, DATABASE_URL="mysql://pw-5f1c@host/name"), "DATABASE_URL")


def test_a_database_that_does_not_answer_is_refused(environment, port):
    url = f"postgres://archive:pw-5f1c@127.0.0.1:{port}/archive"
    done = run([*PREPARE, "--port", str(port)], environment, DATABASE_URL=url)
    assert_refused(done, "database")
    assert "5f1c" not in done.stderr


def test_a_sqlite_file_in_a_missing_folder_is_refused(environment, port):
    done = run([*PREPARE, "--port", str(port)], environment, DATABASE_URL="sqlite:////nowhere/archive.sqlite3")
    assert_refused(done, "database")


@pytest.fixture
def server(environment, port) -> Iterator[tuple[str, str]]:
    """The archive as `./run server` serves it from an empty folder: its address and what it printed before."""
    prepared = run([*PREPARE, "--port", str(port)], environment)
    assert prepared.returncode == 0, prepared.stderr
    again = run([*PREPARE, "--port", str(port)], environment)
    assert "password" not in again.stdout
    log = Path(environment["HOME"]) / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve_archive", "--port", str(port)],
            cwd=ROOT,
            env=environment | {"PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=out,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/ready")
        yield address, prepared.stdout
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    assert [line for line in log.read_text().splitlines() if not is_log_line(line)] == []


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail("The server did not answer.")


def is_log_line(line: str) -> bool:
    """JSON, of the fields that are allowed."""
    fields = {"time", "level", "event", "method", "route", "status", "ms", "request", "user"}
    return line.startswith("{") and set(json.loads(line)) <= fields


def test_an_empty_folder_becomes_an_archive_that_answers(server):
    address, printed = server
    assert len(re.findall(r"^    name +archivist\n    password +\S{20}$", printed, re.MULTILINE)) == 1
    with urlopen(f"{address}/testimonies/", timeout=5) as answer:
        html = answer.read().decode()
        assert answer.headers["Content-Security-Policy"].count("'none'") >= 4
    style = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', html)
    assert style is not None
    with urlopen(address + style[1], timeout=5) as answer:
        assert "immutable" in answer.headers["Cache-Control"]

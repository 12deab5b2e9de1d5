"""The server that the archive runs on, with one worker, as a process of its own."""

import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

STARTS_WITHIN = 60  # seconds


class Server:
    """A server of one WSGI application, for as long as the block lasts."""

    def __init__(self, application: str, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        line = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        line += ["--port", str(self.port), "--workers", "1", "--no-ws", "--log-level", "critical", application]
        self.process = subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        """Wait until it takes connections."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise SystemExit("The server did not start.")

    def __exit__(self, *raised: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)

    def connection(self) -> HTTPConnection:
        """A connection that stays open."""
        return HTTPConnection("127.0.0.1", self.port, timeout=300)

    def memory(self) -> float:
        """The most memory that a worker has held, in megabytes."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        statuses = [Path(f"/proc/{child}/status").read_text().splitlines() for child in found]
        peaks = [int(line.split()[1]) for lines in statuses for line in lines if line.startswith("VmHWM")]
        return max(peaks) / 1024

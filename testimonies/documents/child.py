"""What `confined` runs: one file from standard input to JSON on standard output, within limits."""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path


def main(kind: str, seconds: int, most_bytes: int) -> None:
    """Read standard input as a file of this kind."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    refusal = import_module("testimonies.documents.refusal")
    reader = import_module(f"testimonies.documents.{kind}")
    try:
        text, bare_pages = reader.read(sys.stdin.buffer.read())
        answer = {"text": text, "bare_pages": bare_pages}
    except MemoryError:
        answer = {"refused": "too_much"}
    except refusal.DocumentRefused as refused:
        answer = {"refused": refused.reason}
    except Exception:  # noqa: BLE001  a damaged file makes parsers fail in every way, and this process ends here
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))

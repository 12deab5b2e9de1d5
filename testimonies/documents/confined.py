"""Readers of strangers' files, each in a process of its own: a file that hangs or fills the memory harms nobody else.

The process is given the file and nothing else: no settings, no keys, no database. It may use one gigabyte and twenty
seconds, and answers in JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from testimonies.documents.refusal import SENTENCES, DocumentRefused

SECONDS = 20
BYTES = 1024**3
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Found:
    """The text of a file, and the numbers of the pages that have none."""

    text: str
    bare_pages: tuple[int, ...] = ()


def read(kind: str, content: bytes) -> Found:
    """Return the text of an "html" (in UTF-8), "docx" or "pdf" file; raises DocumentRefused."""
    limits = [str(SECONDS), str(BYTES)]
    try:
        done = subprocess.run(  # noqa: S603  our own script, and words of ours
            [sys.executable, "-I", "-X", "utf8", str(_HERE / "child.py"), kind, *limits],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            env={},
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise DocumentRefused("too_slow") from error
    if done.returncode < 0:
        raise DocumentRefused("too_slow")
    if answer.get("refused") in SENTENCES:
        raise DocumentRefused(answer["refused"])
    if "text" not in answer:
        raise DocumentRefused("damaged")
    return Found(answer["text"], tuple(answer["bare_pages"]))

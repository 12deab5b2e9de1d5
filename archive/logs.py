"""Logs: one JSON object a line, holding only fields that are named here.

A log line never holds what somebody typed, nor who or where they were: no path, query, name, address or
browser. Lines of other libraries are reduced to the logger's name, because their texts quote such things
("Not Found: /…", "Key (name)=(…) already exists").
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

# `route` is the name of the address's pattern, `user` the number of a signed-in editor's account.
FIELDS = ("method", "route", "status", "ms", "request", "user", "number", "count")
OURS = "archive"


class JsonLines(logging.Formatter):
    """Renders a record by the list of allowed fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        ours = record.name == OURS or record.name.startswith(f"{OURS}.")
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            # Our own messages are constant words; the arguments that a template would quote are left out.
            "event": record.msg if ours else record.name,
        }
        # Others hand over whole objects under such names: Django's "request" would print the address.
        line |= _ours(record) if ours else {"request": number_of(record.__dict__.get("request"))}
        if record.exc_info and record.exc_info[0] is not None:
            line |= {"error": record.exc_info[0].__qualname__, "at": _places(record.exc_info[2])}
        return json.dumps({name: value for name, value in line.items() if value is not None})


def number_of(request: object) -> str | None:
    """The number that `testimonies.middleware.RequestLog` gave to a request."""
    number = getattr(request, "log_number", None)
    return number if isinstance(number, str) else None


def _ours(record: logging.LogRecord) -> dict[str, object]:
    return {name: record.__dict__.get(name) for name in FIELDS}


def _places(trace: TracebackType | None) -> list[str]:
    """Where it went wrong, innermost last: file, line and function, without the values they worked on."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-12:]]

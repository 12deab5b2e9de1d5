"""Run one benchmark by name, on an archive of its own that is thrown away."""

import os
import sys
import tempfile
from importlib import import_module

BENCHMARKS = {
    "pages": "CPU time of public pages, beside a bare WSGI application and a bare Django page",
    "weights": "requests and bytes of a first visit to each kind of page, in Chromium, beside the goals; --keep too",
    "exchange": "importing and exporting 10,000 rows (--format csv, xlsx or json), beside its goals",
    "export": "the whole archive as files (--sizes 1000,10000): time, and memory that does not grow",
    "harvest": "a whole harvest by OAI-PMH (--records 10000) beside a bare WSGI application; --keep writes RESULTS.md",
    "kill": "kill -9 in the middle of index commits (--times 100): does what is left answer as a new index does?",
    "verify": "verifying quotations in an invented archive (--size 10000)",
    "search": "search on invented archives (--sizes 10000,100000), beside its goals; --keep writes RESULTS.md",
}


def main() -> int:
    """Run the benchmark that was named; 2 where there is none of that name."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in BENCHMARKS:
        print("./run bench NAME, where NAME is one of:")
        for known, what in BENCHMARKS.items():
            print(f"  {known:10} {what}")
        return 2
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
        os.environ["ARCHIVE_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.base")
        import django

        django.setup()
        import_module(f"benchmarks.{name}").main(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Which browser the browser tests drive; `python -m testimonies.tests.chromium` says whether there is one."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Without them Chromium looks for updates and the like, which a test machine may not allow.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str | None:
    """The executable named by CHROMIUM, else the first that is installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    found = path()
    sys.stdout.write(f"--- Browser tests: {found or 'left out, no Chromium was found'}\n")
    sys.exit(0 if found else 1)

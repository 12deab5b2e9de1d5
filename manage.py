#!/usr/bin/env python
"""Every command of the archive: `./run manage …` passes on to here."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; a wrong setting is told in one line, with exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.base")
    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(2)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

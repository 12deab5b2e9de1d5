"""Runs a command of Django on the production settings, with values that only a test would use.

python -m testimonies.tests.production manage.py check --deploy
"""

import os
import subprocess
import sys
import tempfile

VARIABLES = {
    "DJANGO_SETTINGS_MODULE": "archive.settings.production",
    "ARCHIVE_SECRET_KEY": "only-for-checks-Zq8rT2vX5bN9mK4jH7gF1dS6aP3oI0uY-with-enough-different-characters",
    "ARCHIVE_HOSTS": "archive.example.org",
    "ARCHIVE_CONTACT": "archive@example.org",
    "ARCHIVE_URL": "https://archive.example.org",
    "ARCHIVE_ENCRYPTION_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}
# Not demanded, but warned of where it is missing.
ADVISED = {"ARCHIVE_NAAN": "12345"}


def main(arguments: list[str]) -> int:
    """Run it in a data folder of its own and pass on its exit code."""
    with tempfile.TemporaryDirectory(prefix="archive-production-") as folder:
        environment = os.environ | VARIABLES | ADVISED | {"ARCHIVE_DATA": folder}
        environment.pop("DATABASE_URL", None)
        return subprocess.run([sys.executable, *arguments], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

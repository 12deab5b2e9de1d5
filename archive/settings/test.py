"""For `./run test`: a data folder that ends with the run, fast password hashes, no watching thread."""

import atexit
import os
import shutil
import tempfile

if "ARCHIVE_TEST_DATA" not in os.environ:
    # Processes that a test starts find the same folder; the one that made it takes it away.
    os.environ["ARCHIVE_TEST_DATA"] = tempfile.mkdtemp(prefix="archive-test-")
    atexit.register(shutil.rmtree, os.environ["ARCHIVE_TEST_DATA"], ignore_errors=True)
os.environ["ARCHIVE_DATA"] = os.environ["ARCHIVE_TEST_DATA"]

from archive.settings.base import *  # the folder has to be named first
from archive.settings.base import ARCHIVE, STORAGES

SECRET_KEY = "for tests only, known to everybody, and long enough for every check"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ARCHIVE = ARCHIVE | {
    "url": "http://testserver",
    "contact": "archive@example.org",
    "security": "mailto:security@example.org",
}
WATCH_THE_LOG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Without collected files WhiteNoise would warn at every start that its folder is missing.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

"""For work on the code: DEBUG on, templates and static files read afresh, no hashed names."""

from archive.settings.base import *
from archive.settings.base import STORAGES, TEMPLATES

DEBUG = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES[1]["OPTIONS"]["context_processors"].append("django.template.context_processors.debug")  # type: ignore[index]

"""The WSGI application that granian serves, and the watch on the publication log beside it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.base")

application = get_wsgi_application()

from testimonies import watch  # models can be imported only when Django is set up

watch.start()

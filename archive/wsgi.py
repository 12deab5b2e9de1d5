"""The WSGI application that granian serves: Django behind a cache of pages, and the watch on the log beside it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings.base")

django = get_wsgi_application()

from archive.pagecache import PageCache
from testimonies import watch  # models can be imported only when Django is set up

application = PageCache(django)
watch.start()

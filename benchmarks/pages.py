"""CPU time of public pages inside one process, as ratios to what stands beside them.

Each figure is the least of nine batches, in CPU microseconds of a request, so that what else the machine does counts
little. Beside them: a bare WSGI application, and a Django view that answers "hello" through all middleware. The pages
are measured twice: as Django makes them (each request asks for another query string, so that nothing kept is used),
and as the page cache sends them again.
"""

import io
import itertools
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from archive import urls as site

BATCHES = 9
REQUESTS = 60

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def hello(request: HttpRequest) -> HttpResponse:
    """The bare Django page."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *site.urlpatterns]


def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The bare WSGI application."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def main(arguments: list[str]) -> None:
    """Fill a small archive, measure, and print one table."""
    logging.disable(logging.CRITICAL)
    fill()
    with override_settings(ROOT_URLCONF=__name__, WATCH_THE_LOG=False):
        report()


def fill() -> None:
    """The seed collection is enough: a page's cost hardly depends on how many others there are."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_seed_collection", verbosity=0)


def report() -> None:
    """Measure every page and print it."""
    from archive.pagecache import PageCache
    from archive.wsgi import django

    cached = PageCache(django)
    nothing = cpu(bare, itertools.repeat("/"))
    plain = cpu(django, itertools.repeat("/hello/"))
    print("| page | SQL | made anew, CPU us | times a bare Django page | sent again, CPU us | times bare WSGI |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(f"| bare WSGI application |  | {nothing:.1f} |  |  |  |")
    print(f"| bare Django page |  | {plain:.0f} | 1.0 |  |  |")
    for name, address in pages().items():
        mark = "&" if "?" in address else "?"
        made = cpu(django, (f"{address}{mark}n={number}" for number in itertools.count()))
        sent = cpu(cached, itertools.repeat(address))
        queries = sql(django, f"{address}{mark}n=-1")
        print(f"| {name} | {queries} | {made:.0f} | {made / plain:.1f} | {sent:.1f} | {sent / nothing:.1f} |")


def pages() -> dict[str, str]:
    """The pages, by what they are."""
    from testimonies.models.public import Place, Publication, Wave, Witness

    testimony = Publication.objects.listed().newest_first().values_list("identifier", flat=True)[0]
    place = Place.objects.listed().values_list("identifier", flat=True)[0]
    witness = Witness.objects.listed().values_list("identifier", flat=True)[0]
    return {
        "home": "/",
        "testimony": f"/testimonies/{testimony}/",
        "edition": f"/testimonies/{testimony}/editions/1/",
        "history": f"/testimonies/{testimony}/editions/",
        "list": "/testimonies/",
        "search": "/testimonies/?q=russian",
        "place": f"/places/{place}/",
        "witness": f"/witnesses/{witness}/",
        "wave": f"/waves/{Wave.objects.listed().values_list('slug', flat=True)[0]}/",
        "about": "/about/",
    }


def cpu(application: Application, addresses: Iterable[str]) -> float:
    """CPU microseconds of one request: the least of the batches."""
    source = iter(addresses)
    ask(application, next(source))
    return min(batch(application, source) for _ in range(BATCHES))


def batch(application: Application, addresses: Iterable[str]) -> float:
    """CPU microseconds of one request, over a batch."""
    asked = [environ(address) for address in itertools.islice(addresses, REQUESTS)]
    began = time.process_time()
    for one in asked:
        answer(application, one)
    return (time.process_time() - began) / REQUESTS * 1_000_000


def sql(application: Application, address: str) -> int:
    """The number of queries of one request."""
    with CaptureQueriesContext(connection) as queries:
        ask(application, address)
    return len(queries)


def ask(application: Application, address: str) -> None:
    """Ask once, and insist on an answer."""
    status = answer(application, environ(address))
    if not status.startswith("200"):
        raise SystemExit(f"{address} answered {status}")


def answer(application: Application, request: dict[str, Any]) -> str:
    """One request; its status."""
    statuses: list[str] = []
    body = application(request, lambda status, *_: statuses.append(status))
    for _ in body:
        pass
    if close := getattr(body, "close", None):
        close()
    return statuses[-1]


def environ(address: str) -> dict[str, Any]:
    """What a server hands over."""
    path_info, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path_info,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }

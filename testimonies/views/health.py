"""For operators and load balancers: is the process alive, and can it reach its database?"""

from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

PATIENCE = 1.0  # seconds

# One thread asks, so that a database that never answers costs one thread, however often somebody looks.
_asker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
_pending: "Future[bool] | None" = None


@csrf_exempt
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is touched."""
    return _answer(ok=True)


@csrf_exempt
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers within a second. Says only whether, never why not."""
    return _answer(ok=_database_answers())


def _answer(*, ok: bool) -> HttpResponse:
    return HttpResponse(
        "ok\n" if ok else "not ready\n",
        status=HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _database_answers() -> bool:
    global _pending
    if _pending is None or _pending.done():
        _pending = _asker.submit(_ask)
    try:
        return _pending.result(timeout=PATIENCE)
    except TimeoutError:
        return False


def _ask() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False
    finally:
        connection.close()

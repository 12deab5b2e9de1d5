"""The whole archive to take away: a page about the files, and the files, which can be taken in pieces."""

import re
from http import HTTPStatus
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from whitenoise.responders import SlicedFile

from testimonies.dataset import standing
from testimonies.dataset.formats import BY_FORM, EXPORTS
from testimonies.dataset.standing import Export, File
from testimonies.dataset.tables import TABLES
from testimonies.reading import data as reading
from testimonies.views import addresses, answer
from testimonies.views.errors import NotHere

# Kept by nobody without asking: a copy may have to go at any moment.
CACHE = "public, no-cache"
RETRY_AFTER = "300"  # seconds
ONE_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?", re.ASCII)


@answer.read_only
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken away, of which state, and what stands in it."""
    export = standing.served()
    shown = reading.data_page(
        export,
        forms={form.name: (str(form.label), str(form.about)) for form in EXPORTS},
        address=lambda file: reverse("export", args=[file]),
        newest=lambda form: addresses.whole(reverse("export", args=[form])),
        tables=TABLES,
    )
    response = answer.page("data.html", shown)
    # What stands here follows the files on this server, not the log alone.
    response["Cache-Control"] = CACHE
    return response


@answer.read_only
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file by its name, or the way to the newest of a form; while another export is made, that it is."""
    held = standing.served()
    if held is None:
        return being_made(name)
    file = held.named(name)
    if file is None:
        raise NotHere(((_("What can be taken away"), reverse("exports")),))
    if name == file.form:
        response = HttpResponseRedirect(reverse("export", args=[file.name]))
        response["Cache-Control"] = CACHE
        return response
    try:
        return sent(request, held, file)
    except FileNotFoundError:  # it was deleted at this moment
        return being_made(name)


def being_made(name: str) -> HttpResponse:
    """That there is no export at this moment, and when to ask again; raises NotHere for a name that none can have."""
    if name not in BY_FORM and not name.startswith("testimonies-"):
        raise NotHere(((_("What can be taken away"), reverse("exports")),))
    response = answer.page("data_later.html", status=HTTPStatus.SERVICE_UNAVAILABLE, indexed=False)
    response["Retry-After"] = RETRY_AFTER
    return response


@answer.read_only
def sums(request: HttpRequest) -> HttpResponse:
    """The digests of all files, as `sha256sum --check` reads them."""
    held = standing.served()
    if held is None:
        return being_made("csv")
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in held.files)
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = CACHE
    return response


# Sending (RFC 9110)


def sent(request: HttpRequest, export: Export, file: File) -> HttpResponseBase:
    """The file, a piece of it, or that the reader has it already. The tag is its digest: other bytes, another tag."""
    tag = f'"{file.sha256}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": CACHE,
        "ETag": tag,
        "X-Robots-Tag": "noindex",
    }
    if tag in asked_tags(request):
        kept = {name: headers[name] for name in ("Cache-Control", "ETag")}
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=kept)
    piece = piece_of(request, file.size, tag)
    if piece is None:
        headers["Content-Length"] = str(file.size)
        return opened(export.path(file).open("rb"), file, headers)
    first, last = piece
    if first > last:
        lost = {"Content-Range": f"bytes */{file.size}", "Cache-Control": CACHE}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=lost)
    headers |= {"Content-Range": f"bytes {first}-{last}/{file.size}", "Content-Length": str(last - first + 1)}
    response = opened(SlicedFile(export.path(file).open("rb"), first, last), file, headers)
    response.status_code = HTTPStatus.PARTIAL_CONTENT
    return response


def opened(content: Any, file: File, headers: dict[str, str]) -> FileResponse:
    """What is opened, from beginning to end."""
    kind = BY_FORM[file.form].media_type
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=kind, headers=headers)


def asked_tags(request: HttpRequest) -> list[str]:
    """The tags that the reader holds, compared weakly."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "").split(",")
    return [tag.strip().removeprefix("W/") for tag in held]


def piece_of(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """The first and the last byte that are asked for, the last before the first where the file ends before; or None.

    Several pieces at once, and what is no range, are answered with the whole file, as is a piece of a file that was
    another one (`If-Range`).
    """
    asked = ONE_RANGE.fullmatch(request.META.get("HTTP_RANGE", "").strip())
    if request.method != "GET" or asked is None or request.META.get("HTTP_IF_RANGE", tag) != tag:
        return None
    first, last = (None if number is None else int(number) for number in asked.groups())
    if first is None:
        return None if last is None else (max(size - last, 0), size - 1)
    if last is not None and last < first:
        return None
    return first, size - 1 if last is None else min(last, size - 1)

"""A search as a table and as data."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse

from testimonies import cells
from testimonies.forms import QuestionForm
from testimonies.reading.rows import rows_of
from testimonies.search import DEEPEST, Results, search
from testimonies.views import addresses, answer
from testimonies.views.browse import citation, question_of

AT_ONCE = 500
COLUMNS = (
    "identifier", "permalink", "edition", "title", "words", "language", "wording", "witness", "described_as", "places",
    "waves", "tags", "spoken", "printed", "source_authors", "source_title", "source_publisher", "source_date",
    "source_url", "rights", "quotation_check", "first_published", "changed",
)  # fmt: skip


@answer.read_only
def table(request: HttpRequest) -> HttpResponseBase:
    """The first ten thousand results as CSV (RFC 4180, UTF-8), a row each, sent as they are read."""
    results = search(question_of(QuestionForm(request.GET)).on_page(1), DEEPEST, counting=False)
    response = StreamingHttpResponse(csv_lines(results.keys), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="testimonies-{results.number}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


@answer.read_only
def data(request: HttpRequest) -> HttpResponse:
    """One page of results as JSON, with the counts of every facet and the way to the next page."""
    form = QuestionForm(request.GET)
    results = search(question_of(form))
    response = JsonResponse(
        {
            "search": addresses.whole(addresses.testimonies(results.question)),
            "cite": citation(results),
            "notes": form.notes,
            "log": results.number,
            "total": results.total,
            "next": next_page(results),
            "facets": {counts.facet.name: facet_values(counts.values) for counts in results.facets},
            "testimonies": [
                {"permalink": addresses.permalink(row["identifier"]), **row} for row in rows_of(results.keys)
            ],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def next_page(results: Results) -> str | None:
    """The whole address of the next page of data; None at the end."""
    question = results.question
    if question.after is None and question.page < results.last_page:
        question = question.on_page(question.page + 1)
    elif results.next is not None and (results.total > DEEPEST or question.after is not None):
        question = question.behind(results.next)
    else:
        return None
    return addresses.whole(addresses.data(question))


def facet_values(values: Sequence[Any]) -> list[dict[str, Any]]:
    """The values of a facet with their counts."""
    return [{"key": value.key, "label": str(value.label), "count": value.count} for value in values]


def csv_lines(keys: Sequence[int]) -> Iterator[str]:
    """The lines of the table, its head first."""
    writer = csv.DictWriter(Line(), COLUMNS)
    yield str(writer.writeheader())
    for start in range(0, len(keys), AT_ONCE):
        for row in rows_of(keys[start : start + AT_ONCE]):
            whole = {"permalink": addresses.permalink(row["identifier"]), **row}
            yield str(writer.writerow({name: cell(value) for name, value in whole.items()}))


class Line:
    """A file that hands back what is written into it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def cell(value: str | int | Sequence[str]) -> str:
    """A value in one cell: a list with a semicolon between; what could be a formula is kept from being one."""
    text = str(value) if isinstance(value, str | int) else "; ".join(value)
    return cells.escape(text)

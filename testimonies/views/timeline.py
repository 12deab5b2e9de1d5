"""The timeline: how many testimonies were printed, spoken, or tell of what happened, in each week."""

import csv
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from testimonies.forms import QuestionForm
from testimonies.models.public import Event, Wave
from testimonies.reading import lists
from testimonies.reading import weeks as reading
from testimonies.reading.timeline import TimelinePage
from testimonies.search import UNKNOWN, WEEKS, Question, count_apart, search
from testimonies.views import addresses, answer
from testimonies.views.browse import question_of
from testimonies.views.indexes import with_counts
from testimonies.views.narrowing import narrowing, question_alone

SEVERAL = "several"


@answer.read_only
def waves(request: HttpRequest) -> HttpResponse:
    """The weeks as bars, the table behind them, and the waves in their order."""
    form = QuestionForm(request.GET)
    results = search(question_of(form), limit=1)
    question = results.question.on_page(1)
    records = with_counts(Wave.objects.listed().select_related("begins_source", "ends_source", "attested_source"))
    is_narrowed = bool(list(question.parts()))
    page = TimelinePage(
        narrowing=narrowing(form, results, "waves", "waves_table"),
        chart=reading.chart(
            counted(question, [record.slug for record in records]),
            address_of(question),
            waves=[(record.slug, record.name) for record in records],
            events=Event.objects.listed().select_related("source", "place"),
        ),
        groups=lists.waves(records, len(records)).groups if records else (),
        is_indexed=not is_narrowed,
    )
    return answer.page("waves.html", page, indexed=page.is_indexed)


@answer.read_only
def table(request: HttpRequest) -> HttpResponse:
    """The numbers of the timeline as CSV (RFC 4180, UTF-8): one line for each week, kind of date and wave."""
    question = question_of(QuestionForm(request.GET)).on_page(1)
    slugs = list(Wave.objects.listed().values_list("slug", flat=True))
    counts = counted(question, slugs)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="weeks.csv"'
    response["X-Robots-Tag"] = "noindex"
    writer = csv.writer(response)
    writer.writerow(("date", "week", "wave", "testimonies"))
    for kind in WEEKS:
        for week, total in sorted(counts[""][kind].items()):
            alone = {slug: counts[slug][kind].get(week, 0) for slug in (*slugs, UNKNOWN)}
            alone[SEVERAL] = total - sum(alone.values())
            writer.writerows((kind.removeprefix("week_"), week, slug, count) for slug, count in alone.items() if count)
    return response


def counted(question: Question, slugs: list[str]) -> reading.Counts:
    """The weeks of what a question finds, told apart by the one wave that is spoken of."""
    return count_apart(WEEKS, "wave", [*slugs, UNKNOWN], question)


def address_of(question: Question) -> Callable[[str, str], str]:
    """The function from a kind of date and a week to the testimonies that the question finds there."""
    plain = question_alone(question)
    choosing = {kind: addresses.choosing(plain, kind) for kind in WEEKS}
    return lambda kind, week: choosing[kind](week)

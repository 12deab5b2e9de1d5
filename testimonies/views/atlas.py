"""The map: how many testimonies are bound to each place, of all or of those that a question finds."""

import csv
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from testimonies import cells
from testimonies.drawing import map as drawing
from testimonies.forms import PlacesForm
from testimonies.models.public import Place
from testimonies.reading import atlas as reading
from testimonies.search import UNKNOWN, Question, count_of, search
from testimonies.views import addresses, answer
from testimonies.views.browse import question_of
from testimonies.views.narrowing import here, narrowing, question_alone

FIELDS = ("identifier", "name", "kind", "parent_id", "latitude", "longitude")
COLUMNS = ("identifier", "name", "kind", "lies_in", "latitude", "longitude", "testimonies")


@answer.read_only
def places(request: HttpRequest) -> HttpResponse:
    """The map, and the same numbers as a list."""
    form = PlacesForm(request.GET)
    results = search(question_of(form), limit=1)
    question = results.question.on_page(1)
    is_narrowed = bool(list(question.parts()))
    records = list(Place.objects.listed().only(*FIELDS).prefetch_related("forms"))
    counts = counted(records, question)
    shown = [record for record in records if record.held or not is_narrowed]
    drawn = reading.drawn(shown)
    unknown = question_alone(question).choosing("place", UNKNOWN)
    page = reading.places_page(
        shown,
        frame=frame_of(form.frame, drawn),
        address=address_of(question) if is_narrowed else place_address,
        narrowing=narrowing(form, results, "places", "places_table", *extra(form.frame)),
        views=views(form.frame, drawn, question),
        unknown=counts.get(UNKNOWN, 0),
        unknown_url=addresses.testimonies(unknown),
        is_indexed=not is_narrowed and not form.frame,
    )
    return answer.page("places.html", page, indexed=page.is_indexed)


@answer.read_only
def table(request: HttpRequest) -> HttpResponse:
    """The numbers of the map as CSV (RFC 4180, UTF-8), a row for each place."""
    question = question_of(PlacesForm(request.GET)).on_page(1)
    records = list(Place.objects.listed().only(*FIELDS))
    counts = counted(records, question)
    names = {record.pk: record.name for record in records}
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="places.csv"'
    response["X-Robots-Tag"] = "noindex"
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for one in records:
        row = (one.identifier, one.name, one.kind, names.get(one.parent_id, ""), one.latitude, one.longitude, one.held)
        writer.writerow([cells.escape("" if value is None else str(value)) for value in row])
    writer.writerow([UNKNOWN, "", "", "", "", "", counts.get(UNKNOWN, 0)])
    return response


def counted(records: list[Any], question: Question) -> Mapping[str, int]:
    """How many of the testimonies that a question finds are bound to each place; the records get it as `held`."""
    counts = count_of("place", [*(record.identifier for record in records), UNKNOWN], question)
    for record in records:
        record.held = counts.get(record.identifier, 0)
    return counts


def frame_of(view: str, drawn: list[drawing.Place]) -> drawing.Frame:
    """The frame that was asked for; otherwise the one that holds the places."""
    chosen = {"republics": drawing.republics, "world": drawing.world}.get(view)
    return chosen() if chosen else drawing.around(drawn)


def views(view: str, drawn: list[drawing.Place], question: Question) -> tuple[reading.View, ...]:
    """The frames that may be chosen: none but the usual one where nothing lies outside of the republics."""
    usual = drawing.around(drawn)
    found = [("", _("All places"))]
    if usual is not drawing.republics():
        found.append(("republics", _("Central Asia")))
    if usual is not drawing.world():
        found.append(("world", _("The world")))
    return tuple(
        reading.View(label, here(reverse("places"), question, extra(name)), name == view) for name, label in found
    )


def extra(view: str) -> tuple[tuple[str, str], ...]:
    """The frame as it stands in the address."""
    return (("view", view),) if view else ()


def place_address(key: str) -> str:
    """The page of a place."""
    return reverse("place", args=[key])


def address_of(question: Question) -> Any:
    """The function from a place to the testimonies that the question finds there."""
    return addresses.choosing(question_alone(question), "place")

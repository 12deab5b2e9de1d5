"""The small drawings beside the records that testimonies share."""

from typing import Any

from django.urls import reverse

from testimonies.drawing import map as drawing
from testimonies.models.public import Place
from testimonies.reading import atlas
from testimonies.reading import weeks as reading
from testimonies.reading.drawings import Drawings
from testimonies.search import UNKNOWN, WEEKS, Question, count_apart, count_by
from testimonies.views import addresses
from testimonies.views.atlas import FIELDS, address_of, counted, place_address
from testimonies.views.timeline import address_of as week_address

# Fewer testimonies are told by their list as well as by bars.
A_FEW = 4


def weeks(question: Question) -> reading.Chart | None:
    """The small timeline of what a question finds (one query); None where it would show a few only."""
    counts = count_apart(WEEKS, "wave", (), question)
    if sum(counts[""][WEEKS[0]].values()) < A_FEW:
        return None
    table = addresses.with_query(reverse("waves_table"), question.narrowing())
    return reading.chart(counts, week_address(question), is_small=True, table=table)


def of(facet: str, key: str) -> Question:
    """What has one value of a facet."""
    return Question(chosen={facet: (key,)})


def of_record(facet: str, key: str) -> Drawings:
    """The weeks of a record's testimonies."""
    return Drawings(chart=weeks(of(facet, key)))


def of_everything() -> Drawings:
    """The places of the whole archive, and its weeks (three queries)."""
    records = list(Place.objects.listed().only(*FIELDS))
    counted(records, Question())
    return Drawings(map=small_map(records), address=place_address, chart=weeks(Question()))


def small_map(records: list[Any]) -> drawing.Sheet | None:
    """The map of places with their numbers as `held`, in the size of a telephone."""
    drawn = atlas.drawn(records)
    return drawing.draw_small(drawing.around(drawn), drawn) if drawn else None


def of_place(place: Place) -> Drawings:
    """Where a place lies, and the weeks of its testimonies."""
    key = place.identifier or ""
    if place.latitude is None or place.longitude is None:
        return of_record("place", key)
    # The number would be that of all relations, which the page keeps apart.
    marked = drawing.Place(key, place.name, float(place.longitude), float(place.latitude), 0)
    sheet = drawing.draw_small(drawing.around([marked]), [marked])
    return Drawings(map=sheet, address=place_address, chart=weeks(of("place", key)))


def of_witness(key: str) -> Drawings:
    """The places and the weeks of a voice's testimonies (four queries)."""
    question = of("witness", key)
    (values,) = count_by("place", question=question)
    held = {value.key: value.count for value in values if value.key != UNKNOWN}
    records = list(Place.objects.listed().filter(identifier__in=held).only(*FIELDS))
    for record in records:
        vars(record)["held"] = held[record.identifier or ""]
    return Drawings(map=small_map(records), address=address_of(question), chart=weeks(question))

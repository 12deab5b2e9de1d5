"""The small drawings beside the records that testimonies share."""

from django.urls import reverse

from testimonies.drawing import map as drawing
from testimonies.models.public import Place
from testimonies.reading import atlas
from testimonies.reading import weeks as reading
from testimonies.reading.drawings import Drawings
from testimonies.search import UNKNOWN, WEEKS, Question, count_apart, count_by
from testimonies.views import addresses
from testimonies.views.atlas import FIELDS, address_of, place_address
from testimonies.views.timeline import address_of as week_address

# Fewer testimonies are told by their list as well as by bars.
A_FEW = 4


def weeks(facet: str, key: str) -> reading.Chart | None:
    """The small timeline of what has a value of a facet (one query); None where it would show a few only."""
    question = Question(chosen={facet: (key,)})
    counts = count_apart(WEEKS, "wave", (), question)
    if sum(counts[""][WEEKS[0]].values()) < A_FEW:
        return None
    table = addresses.with_query(reverse("waves_table"), question.narrowing())
    return reading.chart(counts, week_address(question), is_small=True, table=table)


def of_place(place: Place) -> Drawings:
    """Where a place lies, and the weeks of its testimonies."""
    key = place.identifier or ""
    if place.latitude is None or place.longitude is None:
        return Drawings(chart=weeks("place", key))
    # The number would be that of all relations, which the page keeps apart.
    marked = drawing.Place(key, place.name, float(place.longitude), float(place.latitude), 0)
    sheet = drawing.draw(drawing.around([marked]), [marked]).narrow
    return Drawings(map=sheet, address=place_address, chart=weeks("place", key))


def of_witness(key: str) -> Drawings:
    """The places and the weeks of a voice's testimonies (four queries)."""
    question = Question(chosen={"witness": (key,)})
    (counted,) = count_by("place", question=question)
    held = {value.key: value.count for value in counted if value.key != UNKNOWN}
    records = list(Place.objects.listed().filter(identifier__in=held).only(*FIELDS))
    for record in records:
        record.held = held[record.identifier]  # type: ignore[attr-defined]
    drawn = atlas.drawn(records)
    sheet = drawing.draw(drawing.around(drawn), drawn).narrow if drawn else None
    return Drawings(map=sheet, address=address_of(question), chart=weeks("witness", key))

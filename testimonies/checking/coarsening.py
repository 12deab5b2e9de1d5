"""What readers may be shown instead of a true place or date: the region or country, the month, season or year."""

from testimonies import dates
from testimonies.models.public import Place
from testimonies.publishing.discretion import is_wider


def coarser_places(place: Place) -> list[Place]:
    """What a place lies in, from the nearest to the widest."""
    return place.ancestors()


def coarser_dates(edtf: str) -> list[str]:
    """The month, the season and the year that hold a date, as EDTF; none where it is not known within a year.

    A season is one of the date's own year: of a December it is the winter at its end.
    """
    known = dates.parse(edtf)
    first, last = known.earliest, known.latest
    if first is None or last is None or first.year != last.year:
        return []
    seasons = {21 + (month - 3) % 12 // 3 for month in (first.month, last.month)}
    wider = [f"{first:%Y-%m}", *(f"{first:%Y}-{season}" for season in seasons if len(seasons) == 1), f"{first:%Y}"]
    return [one for one in wider if is_wider(one, edtf)]

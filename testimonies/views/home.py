"""The first page."""

from collections.abc import Sequence

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from testimonies import dates
from testimonies.models.public import Place, Publication, Wave
from testimonies.reading.cards import cards_of
from testimonies.reading.home import HomePage, Tally, WaveLine
from testimonies.reading.pieces import Counted, Link
from testimonies.search import Value, count_by
from testimonies.views import answer, drawings

NEWEST = 5
MOST_PLACES = 8
MOST_TAGS = 12


@answer.read_only
def home(request: HttpRequest) -> HttpResponse:
    """One voice, how much there is, what is new, and the ways in."""
    voice = voice_of_the_day()
    others = Publication.objects.listed().exclude(pk__in=[key for key, _identifier in voice])
    newest = list(others.newest_first().values_list("pk", "identifier")[:NEWEST])
    shown = {card.identifier: card for card in cards_of([key for key, _identifier in [*newest, *voice]])}
    waves, places, tags = count_by("wave", "place", "tag")
    page = HomePage(
        voice=next((shown[identifier] for _key, identifier in voice if identifier in shown), None),
        tally=tally(),
        newest=tuple(shown[identifier] for _key, identifier in newest if identifier in shown),
        waves=wave_lines(waves),
        places=counted("place", places[:MOST_PLACES]),
        tags=counted("tag", tags[:MOST_TAGS]),
        drawings=drawings.of_everything(),
    )
    return answer.page("home.html", page)


def voice_of_the_day() -> list[tuple[int, str]]:
    """Key and identifier of a testimony fit to stand alone, another each day; nothing where there is none.

    What was published today waits until tomorrow, so that all who come today find the same.
    """
    today = timezone.now().date()
    fit = Publication.objects.fit_to_stand_alone().order_by("pk")
    featured = list(fit.values_list("pk", "identifier", "first_published_at"))
    settled = [(key, identifier) for key, identifier, since in featured if since.date() < today]
    chosen_from = settled or [(key, identifier) for key, identifier, _since in featured]
    return [chosen_from[today.toordinal() % len(chosen_from)]] if chosen_from else []


def tally() -> Tally:
    """How much there is; a source that is only cited for a date is none of testimonies."""
    found = Publication.objects.listed().aggregate(
        testimonies=Count("pk"), witnesses=Count("witness", distinct=True), sources=Count("source", distinct=True)
    )
    return Tally(**found, places=Place.objects.listed().count())


def counted(kind: str, values: Sequence[Value]) -> tuple[Counted, ...]:
    """Links to records with the number of testimonies of each."""
    return tuple(Counted(Link(kind, value.key, value.label), value.count) for value in values)


def wave_lines(waves: Sequence[Value]) -> tuple[WaveLine, ...]:
    """The waves in their order, each with its time."""
    times = {slug: time_of(*bounds) for slug, *bounds in Wave.objects.listed().values_list(*WAVE_FIELDS)}
    return tuple(WaveLine(wave=one, time=times.get(one.link.key, "")) for one in counted("wave", waves))


WAVE_FIELDS = ("slug", "begins", "attested", "ends")


def time_of(begins: str, attested: str, ends: str) -> str:
    """When a wave began and ended as sources say, or for which time it is attested; nothing is made up."""
    known = [(_("from %(date)s"), begins), (_("until %(date)s"), ends)]
    said = [words % {"date": dates.words(edtf)} for words, edtf in known if edtf]
    if not said and attested:
        said = [_("attested %(date)s") % {"date": dates.words(attested)}]
    return ", ".join(said)

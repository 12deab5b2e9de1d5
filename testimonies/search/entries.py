"""What the index holds of a publication: the tokens of its words and names, its facet values, its places in orders.

A pure function of a public record and of the rows beside it. Places, waves and tags stand in an entry by their
address only; their names are looked up when a question is asked, so that a new name of a country changes no entry.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import F, Max

from testimonies import dates
from testimonies.analysis import Token, analyse
from testimonies.models.public import (
    Passage,
    PlaceRelation,
    Publication,
    PublicationEvent,
    PublicationPlace,
    WitnessNameForm,
)

UNKNOWN = "unknown"
# A date that is known, but not to the week.
COARSE = "coarse"
LAST_DAY = date.max.toordinal()

Record = dict[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication for the index. Each value of `texts` and `names` is one run of tokens; phrases do not cross it.

    `former` are the passages that only earlier editions hold: nobody searches them, but a quotation may be from there.

    `names` are told apart by whose they are ("witness", "source"). `facets` hold the values of each facet, "unknown"
    where there is none. `newest` and `told` are numbers by which entries stand in those orders, all different; `since`
    is the number of the log at which the current edition was published.
    """

    key: int
    texts: list[list[Token]]
    names: dict[str, list[list[Token]]]
    facets: dict[str, list[str]]
    languages: list[str]
    newest: int
    told: int
    since: int
    spoken_from: int | None = None
    spoken_until: int | None = None
    former: list[list[Token]] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """What was read for a batch of publications, by their keys."""

    publications: list[dict[str, Any]]
    places: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    waves: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    since: dict[int, int] = field(default_factory=dict)
    former: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


COLUMNS = (
    "pk",
    "current_edition__record",
    "first_published_at",
    "language",
    "witness",
    "witness__identifier",
    "witness__name",
    "source__identifier",
    "source__title",
    "source__publisher",
    "year_spoken",
    "year_printed",
    "spoken_earliest",
    "printed_earliest",
)


def entries(keys: Iterable[int]) -> Iterator[Entry]:
    """The entries of those among the publications that are listed (seven queries)."""
    rows = read(list(keys))
    for row in rows.publications:
        yield entry(row, rows)


def read(keys: list[int]) -> Rows:
    """Read what the entries of these publications are made of."""
    rows = Rows(list(Publication.objects.listed().filter(pk__in=keys).order_by("pk").values(*COLUMNS)))
    listed = [row["pk"] for row in rows.publications]
    placed = PublicationPlace.objects.filter(publication__in=listed).order_by("place__identifier", "relation")
    for key, place, relation in placed.values_list("publication", "place__identifier", "relation"):
        rows.places[key].append((str(place), relation))
    links: Any = ((Publication.waves, "wave__slug", rows.waves), (Publication.tags, "tag__slug", rows.tags))
    for relation, slug, found in links:
        linked = relation.through.objects.filter(publication__in=listed)
        for key, address in linked.values_list("publication", slug).order_by(slug):
            found[key].append(address)
    witnesses = {row["witness"] for row in rows.publications}
    forms = WitnessNameForm.objects.filter(record__in=witnesses).values_list("record", "text", "tag")
    for witness, text, tag in forms:
        rows.forms[witness].append((text, tag))
    published = PublicationEvent.objects.filter(kind=PublicationEvent.Kind.PUBLISHED, publication__in=listed)
    rows.since.update(published.order_by().values_list("publication").annotate(Max("number")))
    read_former(rows, listed)
    return rows


def read_former(rows: Rows, listed: list[int]) -> None:
    """Read the passages of earlier editions that are whole, each with its words once."""
    earlier = Passage.objects.filter(edition__publication__in=listed, edition__emptied_at=None)
    earlier = earlier.exclude(edition=F("edition__publication__current_edition")).order_by("edition", "order")
    for key, text, language in earlier.values_list("edition__publication", "text", "language"):
        rows.former[key].append((text, language))


def entry(row: dict[str, Any], rows: Rows) -> Entry:
    """The entry of one publication."""
    record = row["current_edition__record"]
    key = row["pk"]
    spoken = record["dates"]["spoken"]
    bounds = dates.stored(spoken["edtf"]) if spoken else None
    current = {text for text, _language in texts(record)}
    return Entry(
        key=key,
        texts=[analyse(text, language) for text, language in texts(record)],
        names={
            "witness": [analyse(text, tag) for text, tag in witness_names(row, record, rows.forms[row["witness"]])],
            "source": [analyse(text, record["source"]["language"]) for text in source_names(row, record)],
        },
        facets={
            "place": distinct(place for place, _relation in rows.places[key]) or [UNKNOWN],
            **{
                relation: distinct(place for place, held in rows.places[key] if held == relation)
                for relation in PlaceRelation.values
            },
            "wave": rows.waves.get(key) or [UNKNOWN],
            "tag": rows.tags.get(key) or [UNKNOWN],
            "source": [row["source__identifier"] or UNKNOWN],
            "witness": [row["witness__identifier"]],
            "language": [row["language"]],
            "year": [year(row["year_spoken"])],
            "printed": [year(row["year_printed"])],
            "check": [record["quotation_check"]["state"]],
            "week_printed": [week(record["dates"]["printed"])],
            "week_spoken": [week(spoken)],
            "week_happened": [week(record["dates"]["happened"] or happened(record))],
        },
        languages=sorted({language for _, language in texts(record)}),
        newest=place_in_order(row["first_published_at"], key),
        told=place_told(row["spoken_earliest"], row["printed_earliest"], key),
        since=rows.since[key],
        spoken_from=bounds.earliest.toordinal() if bounds and bounds.earliest else None,
        spoken_until=bounds.latest.toordinal() if bounds and bounds.latest else None,
        former=[analyse(text, tag) for text, tag in distinct(rows.former.get(key, ())) if text not in current],
    )


def texts(record: Record) -> Iterator[tuple[str, str]]:
    """The quoted words and their translations, passage by passage, with their languages."""
    for segment in record["segments"]:
        for passage in segment["passages"]:
            yield passage["text"], record["language_printed"]
    for translation in record["translations"]:
        for passage in translation["passages"]:
            yield passage["text"], translation["language"]


def witness_names(row: dict[str, Any], record: Record, forms: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the voice is called, as it stands today and as the source describes it."""
    names = [(row["witness__name"], ""), *forms, (record["witness"]["described_as"], "")]
    return list(dict.fromkeys((text, tag) for text, tag in names if text))


def source_names(row: dict[str, Any], record: Record) -> list[str]:
    """What the source is called, and who made it; nothing of a source that is withheld."""
    if not row["source__identifier"]:
        return []
    made = [one["name"] for one in record["source"]["contributions"]]
    return [text for text in dict.fromkeys([row["source__title"], row["source__publisher"], *made]) if text]


def distinct(values: Iterable[Value]) -> list[Value]:
    """Each value once, in the order in which they come."""
    return list(dict.fromkeys(values))


def year(known: int | None) -> str:
    """A year as a facet has it."""
    return UNKNOWN if known is None else str(known)


def happened(record: Record) -> Record | None:
    """The date of the event that the words tell of, where they have none of their own."""
    return {"edtf": record["events"][0]["date"]} if record["events"] else None


def week(known: Record | None) -> str:
    """The Monday of the week (ISO 8601) in which the whole of a date lies, as a facet has it."""
    if not known:
        return UNKNOWN
    bounds = dates.stored(known["edtf"])
    mondays = {day - timedelta(days=day.weekday()) for day in (bounds.earliest, bounds.latest) if day}
    return mondays.pop().isoformat() if len(mondays) == 1 and bounds.earliest and bounds.latest else COARSE


def place_in_order(at: datetime, key: int) -> int:
    """Milliseconds, and the key behind them: no two publications stand at one place (62 bits)."""
    return int(at.timestamp() * 1000) << 20 | key & 0xFFFFF


def place_told(spoken: date | None, printed: date | None, key: int) -> int:
    """Days of speaking and of printing, what is not known at the end, and the key behind them (64 bits)."""
    days = [one.toordinal() if one else LAST_DAY for one in (spoken, printed)]
    return days[0] << 42 | days[1] << 20 | key & 0xFFFFF

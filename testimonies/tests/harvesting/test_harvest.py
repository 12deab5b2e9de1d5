"""What is harvested: every publication once, also while others are published, changed and withdrawn."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from lxml import etree

from testimonies import publishing
from testimonies.harvesting import answers, harvest
from testimonies.harvesting.sets import SETS
from testimonies.models.public import LogHead, Publication, PublicationEvent
from testimonies.tests import making
from testimonies.tests.harvesting.asking import Said
from testimonies.tests.harvesting.asking import harvest as harvested
from testimonies.views.oai import METADATA_FORMATS

pytestmark = pytest.mark.django_db
DC = "{http://purl.org/dc/elements/1.1/}"
FIFTEEN = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
}  # fmt: skip
DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def small_parts(monkeypatch):
    """Two records in a part."""
    monkeypatch.setattr(harvest, "PER_PAGE", 2)


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is told to go on."""

    class Clock:
        now = DAY

        def on(self, **spans):
            self.now += timedelta(**spans)

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    LogHead.objects.update(at=DAY - timedelta(days=1))
    return clock


def keys(records) -> list[str]:
    return [one.identifier for one in records]


def datestamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def test_record_in_dublin_core_says_what_it_must(client):
    """The harvesters want title, creator, date, type, language, rights, publisher and the permalink."""
    publication = making.published(witness=making.a_witness("Maržan"), spoken="2021-09")
    (record,) = harvested(client)
    found = {}
    for one in record.metadata:
        found.setdefault(one.tag.removeprefix(DC), []).append(one.text)
    assert set(found) <= FIFTEEN
    assert found["creator"] == ["Maržan"]
    assert found["date"] == ["2021-09"]
    assert f"http://testserver/testimonies/{publication.identifier}/" in found["identifier"]
    assert {"title", "type", "language", "rights", "publisher"} <= set(found)


@pytest.mark.parametrize("one", METADATA_FORMATS, ids=lambda one: one.prefix)
def test_metadata_stand_alone_in_every_format(client, one):
    """A harvester may cut them out: the namespace and the place of the schema are said in each record."""
    making.published("One & <two>.", places=[making.a_place()], tags=[making.a_tag()])
    said = Said(client, verb="ListRecords", metadataPrefix=one.prefix)
    raw = said.response.content.decode().partition("<metadata>")[2].partition("</metadata>")[0]
    alone = ElementTree.fromstring(raw)
    assert alone.tag.startswith(f"{{{one.namespace}}}")
    places = alone.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation").split()
    listed = Said(client, verb="ListMetadataFormats").response.content.decode()
    assert places[0] == one.namespace
    assert f"<schema>{places[1]}</schema>" in listed


def test_what_is_gone_is_deleted_and_says_nothing_else(client):
    held = making.published()
    gone = [making.withdrawn(), making.unlisted(), making.overdue(), making.merged(into=held), emptied()]
    records = {one.identifier: one for one in harvested(client)}
    assert set(records) == {held.identifier, *(one.identifier for one in gone)}
    assert not records[held.identifier].is_deleted
    for one in gone:
        record = records[one.identifier]
        assert (record.is_deleted, record.metadata, record.sets) == (True, None, ())
        single = Said(client, verb="GetRecord", metadataPrefix="mods", identifier=f"oai:testserver:{one.identifier}")
        assert single.records == [record]


def emptied() -> Publication:
    """A publication whose only edition was emptied."""
    return making.emptied(making.published("Emptied."))


def test_what_is_listed_again_is_there_again(client):
    publication = making.unlisted()
    publishing.renew(making.testimony_of(publication), by=None, review_on=None)
    (record,) = harvested(client)
    assert (record.identifier, record.is_deleted) == (publication.identifier, False)


def test_draft_is_not_there(client):
    making.published()
    making.a_testimony("Not yet.")
    assert len(list(harvested(client))) == 1


def test_record_is_found_by_its_datestamp(client, clock):
    """The validator asks for from and until equal to the datestamp of a record, and for a set that it names."""
    for _ in range(3):
        making.published()
        clock.on(seconds=10)
    for record in list(harvested(client)):
        stamp = record.datestamp
        assert harvested_keys(client, from_=stamp, until=stamp) == [record.identifier]
        day = stamp[:10]
        assert record.identifier in harvested_keys(client, from_=day, until=day)


def harvested_keys(client, **selected: str) -> list[str]:
    return keys(harvested(client, **selected))


def test_from_and_until_take_what_was_changed_between(client, clock):
    first, second = making.published("One."), None
    clock.on(days=1)
    second = making.published("Two.")
    clock.on(days=1)
    making.corrected(first, "One, corrected.")
    assert harvested_keys(client) == [second.identifier, first.identifier]
    assert harvested_keys(client, from_="2024-03-03") == [first.identifier]
    assert harvested_keys(client, until="2024-03-02") == [second.identifier]
    assert harvested_keys(client, from_="2024-03-02T12:00:00Z", until="2024-03-02T12:00:00Z") == [second.identifier]
    assert Said(client, verb="ListRecords", metadataPrefix="oai_dc", until="2024-03-01").error == "noRecordsMatch"


@pytest.mark.usefixtures("small_parts")
def test_change_during_a_harvest_loses_nothing_and_repeats_nothing(client, clock):
    """What was given, is waiting, or comes in while a list is read: each is given once, as it stands."""
    held = [making.published(f"Word {number}.") for number in range(6)]
    clock.on(minutes=5)
    began = Said(client, verb="ListRecords", metadataPrefix="oai_dc")
    clock.on(minutes=5)
    making.corrected(held[0], "Given already, changed now.")
    making.corrected(held[5], "Waiting, changed now.")
    publishing.withdraw(making.testimony_of(held[4]), reason="on_request")
    new = making.published("New.")
    records = began.records
    said = began
    while said.token.text:
        said = Said(client, verb="ListRecords", resumptionToken=said.token.text)
        records += said.records
    assert keys(records) == keys(held)
    assert [one.is_deleted for one in records] == [False] * 4 + [True, False]
    assert [one.datestamp for one in records] == sorted(one.datestamp for one in records)
    following = harvested_keys(client, from_=began.text("responseDate"))
    assert following == [one.identifier for one in (held[0], held[5], held[4], new)]
    latest = max(one.datestamp for one in records)
    assert set(following) <= set(harvested_keys(client, from_=latest))


def test_what_is_committed_late_is_found_by_the_date_of_the_answer_before(client, clock):
    """An event is dated when it is written, and seen when it is committed: an answer between is dated before it."""
    making.published("Long ago.")
    clock.on(days=1)
    dated = clock.now  # somebody publishes, and the commit takes its time
    clock.on(seconds=3)
    asked = Said(client, verb="ListIdentifiers", metadataPrefix="oai_dc").text("responseDate")
    assert asked <= datestamp(dated)
    late = making.published("Late.")
    move(late, dated)
    assert late.identifier in harvested_keys(client, from_=asked)


def move(publication: Publication, at: datetime) -> None:
    """Let the only event of a publication have been dated otherwise; the log itself refuses to be changed."""
    super(type(PublicationEvent.objects.all()), PublicationEvent.objects.filter(publication=publication)).update(at=at)


def test_answer_is_never_dated_before_what_is_in_it(client, clock):
    making.published()
    (record,) = (said := Said(client, verb="ListIdentifiers", metadataPrefix="oai_dc")).records
    assert said.text("responseDate") >= record.datestamp
    assert timedelta(seconds=20) < answers.UNSEEN  # how long a writer may wait for its turn on SQLite


def test_sets_take_a_part_and_stand_in_the_headers(client):
    land, city = making.a_place("Saryland", kind="country"), None
    city = making.a_place("Aksay", parent=land)
    wave = making.a_wave()
    chosen = making.published("Chosen.", places=[city], waves=[wave], language_printed="ru")
    other = making.published("Other.", places=[making.a_place("Alone")])
    chosen.refresh_from_db()
    land.refresh_from_db()
    specs = [
        f"wave.{wave.slug}",
        f"place.{land.identifier}",
        f"source.{chosen.source.identifier}",
        "language.ru",
    ]
    records = {one.identifier: one for one in harvested(client)}
    assert list(records[chosen.identifier].sets) == specs
    for spec in specs:
        assert harvested_keys(client, set=spec) == [chosen.identifier]
    assert harvested_keys(client, set="language.en") == [other.identifier]
    listed = [one.text for one in Said(client, verb="ListSets").tree.iter() if one.tag.endswith("}setSpec")]
    assert set(listed) == {*records[chosen.identifier].sets, *records[other.identifier].sets}
    assert len(listed) == len(set(listed))


def test_city_is_no_set(client):
    city = making.a_place("Aksay")
    making.published(places=[city])
    city.refresh_from_db()
    said = Said(client, verb="ListRecords", metadataPrefix="oai_dc", set=f"place.{city.identifier}")
    assert said.error == "noRecordsMatch"


def test_harvester_of_a_set_learns_of_what_is_gone_though_nobody_remembers_where_it_belonged(client):
    wave = making.a_wave()
    held = making.published("Held.", waves=[wave])
    gone = making.withdrawn("Gone.", waves=[wave])
    records = list(harvested(client, set=f"wave.{wave.slug}"))
    assert [(one.identifier, one.is_deleted, one.sets[:1]) for one in records] == [
        (held.identifier, False, (f"wave.{wave.slug}",)),
        (gone.identifier, True, ()),
    ]
    publishing.withdraw(making.testimony_of(held), reason="on_request")
    assert [one.is_deleted for one in harvested(client, set=f"wave.{wave.slug}")] == [True, True]


def test_set_of_a_withheld_source_is_not_told(client):
    basis = making.a_basis(kind="spoken_consent", asked=True, date="2020-01-01")
    making.published(source_withheld=True, basis=basis, source=making.a_source(kind="interview"))
    (record,) = harvested(client)
    assert record.sets == ("language.en",)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("rows", [1, 3, 9])
def test_part_costs_the_same_queries_however_long_the_list_is(client, rows, django_assert_num_queries):
    land = making.a_place("Saryland", kind="country")
    wave = making.a_wave()
    for number in range(rows):
        making.published(f"Word {number}.", places=[making.a_place(f"Town {number}", parent=land)], waves=[wave])
    for verb in ("ListRecords", "ListIdentifiers"):
        with django_assert_num_queries(2 + len(SETS)):
            said = Said(client, verb=verb, metadataPrefix="oai_dc")
        if said.token is not None:
            with django_assert_num_queries(2 + len(SETS)):
                Said(client, verb=verb, resumptionToken=said.token.text)
    with django_assert_num_queries(3 + len(SETS)):  # whether there is such a set
        Said(client, verb="ListRecords", metadataPrefix="mods", set=f"wave.{wave.slug}")
    with django_assert_num_queries(3 + len(SETS)):  # where in the log the day begins
        Said(client, verb="ListRecords", metadataPrefix="mods", from_="2020-01-01")
    with django_assert_num_queries(2):
        Said(client, verb="Identify")
    with django_assert_num_queries(1 + len(SETS)):
        Said(client, verb="ListSets")


def test_own_format_holds_the_whole_record_and_is_valid_by_its_schema(client):
    land = making.a_place("Saryland", kind="country")
    publication = making.published(
        "One [[thus]].\n\nTwo.",
        places=[making.a_place("Aksay", parent=land)],
        waves=[making.a_wave()],
        tags=[making.a_tag()],
        spoken="2021-09",
        collection=making_collection(),
        context_note="Said in a queue.",
    )
    schema = etree.XMLSchema(etree.fromstring(client.get("/schemas/record-1.xsd").content))
    (record,) = harvested(client, prefix="testimony")
    document = etree.fromstring(ElementTree.tostring(record.metadata))
    schema.assertValid(document)
    told = {one.text for one in document.iter() if one.text}
    for text in strings(publication.current_edition.record):
        assert text in told
    assert {"One [thus].", "4", "10", f"http://testserver/testimonies/{publication.identifier}/"} <= told


def making_collection():
    from testimonies.models.public import Collection

    return Collection.objects.create(name="Queues of the dry spring")


def strings(value):
    """Every text in a record."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
    elif isinstance(value, str) and value:
        yield value


def test_every_key_of_the_record_is_in_the_table_of_the_format():
    """A key that is added to the record must be added to the format too."""
    from testimonies.harvesting import whole

    publication = making.published(waves=[making.a_wave()], places=[making.a_place()], tags=[making.a_tag()])
    assert unknown(publication.current_edition.record, whole.RECORD) == []


def unknown(record, group, path="") -> list[str]:
    """The keys of a record that stand nowhere in a group."""
    groups = {part.key: part for part in group.parts if not isinstance(part, str)}
    missing = [f"{path}{key}" for key in record if key not in groups and key not in group.parts]
    for key, part in groups.items():
        for one in record.get(key) or [] if part.many else [record.get(key)]:
            missing += unknown(one, part, f"{path}{key}.") if isinstance(one, dict) else []
    return missing

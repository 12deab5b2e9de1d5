"""The leak matrix, read from the projection; and nothing derived knows more than it says."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile

from testimonies import dates
from testimonies.checking.coarsening import coarser_dates, coarser_places
from testimonies.checking.leaks import CHANNELS, NOTES, SEARCH, editions_that_tell, leak_matrix
from testimonies.models.editorial import Identity, SourceSnapshot, Testimony, Translation
from testimonies.models.public import Agent, Collection, Contribution, Event, Source, Witness
from testimonies.publishing import projection, publish
from testimonies.search import entries, facets, query
from testimonies.tests import making

pytestmark = pytest.mark.django_db


def rows(testimony) -> dict[str, tuple[str, str, str]]:
    return {str(one.label): (one.held, one.state, one.shown) for one in leak_matrix(testimony)}


@pytest.mark.parametrize(
    ("edtf", "coarser"),
    [
        ("2022-09-29", ["2022-09", "2022-23", "2022"]),
        ("2022-03-01", ["2022-03", "2022-21", "2022"]),
        ("2022-12-31", ["2022-12", "2022-24", "2022"]),
        ("2022-01-01", ["2022-01", "2022-24", "2022"]),
        ("2022-09-29~", ["2022-09", "2022-23", "2022"]),
        ("2022-09", ["2022-23", "2022"]),
        ("2022-23", ["2022"]),
        ("2022-09-01/2022-10-03", ["2022-23", "2022"]),
        ("2022-08-30/2022-09-02", ["2022"]),
        ("2022", []),
        ("2021-12-30/2022-01-02", []),
        ("../2022-09-29", []),
    ],
)
def test_a_date_is_coarsened_to_month_season_and_year(edtf, coarser):
    assert coarser_dates(edtf) == coarser


def test_a_place_is_coarsened_to_what_it_lies_in():
    country = making.a_place("Berkland", kind="country")
    region = making.a_place("Northern Region", kind="region", parent=country)
    assert coarser_places(making.a_place("Aksay", parent=region)) == [region, country]


@pytest.fixture
def coarse() -> Testimony:
    """A testimony of which true place and dates are kept back, each planted in a word of its own."""
    country = making.a_place("Berkland", kind="country", latitude=44, longitude=77)
    region = making.a_place("Zqregion", kind="region", parent=country, latitude=43.11, longitude=76.11)
    city = making.a_place("Zqcity", parent=region, latitude=43.22222, longitude=76.22222)
    event = Event.objects.create(name="Zqevent", date="2021-03-18", place=city, source=making.a_source("Zqchronicle"))
    testimony = making.a_testimony(
        spoken="2021-03-17",
        spoken_basis="inferred",
        spoken_basis_reason="Zqreason of the day",
        spoken_disclosure="coarser",
        spoken_public="2021",
        happened="2019-03-18",
        happened_disclosure="withheld",
        happened_event=event,
    )
    testimony.placements.create(
        place=city, disclosure="coarser", public_place=country, basis="inferred", basis_reason="Zqreason of the place"
    )
    testimony.placements.create(place=region, relation="speaks_of", disclosure="withheld")
    return testimony


def test_the_table_says_what_is_coarser_and_what_is_nothing(coarse):
    told = rows(coarse)
    assert told["Place: described as from"] == ("Zqcity, Zqregion, Berkland", "coarser", "Berkland")
    assert told["Place: speaks of"] == ("Zqregion, Berkland", "nothing", "")
    assert told["Date of speaking"] == ("17 March 2021", "coarser", "2021")
    assert told["Date of what happened"] == ("18 March 2019", "nothing", "")
    assert told["Event"] == ("Zqevent (2021-03-18)" if "(" in str(coarse.happened_event) else "Zqevent", "nothing", "")


# Whole names: "zq" alone may stand in an identifier.
NAMES = ("zqcity", "zqregion", "zqevent", "zqchronicle", "zqreason")
EXACT = (*NAMES, "2021-03", "03-17", "2019", "17 march", "43.2", "76.2", "43.1")


def test_what_is_projected_and_derived_knows_the_public_value_only(coarse):
    publication = publish(coarse, by=None).publication
    record = publication.current_edition.record
    columns = {field.attname: getattr(publication, field.attname) for field in publication._meta.concrete_fields}
    dated = ("first_published_at", "changed_at")
    derived = [value for name, value in columns.items() if name not in dated]
    (entry,) = entries.entries([publication.pk])
    places = [str(one.place) for one in publication.placements.all()]
    offered = query.count_by(*(facet.name for facet in facets.FACETS if facet.offered))
    counted = [str(value.label) for values in offered for value in values]
    assert "Berkland" in counted
    told = " ".join(map(repr, [record, *derived, entry, places, counted])).casefold()
    assert [word for word in EXACT if word in told] == []
    assert publication.spoken_earliest == date(2021, 1, 1)
    assert (entry.spoken_from, entry.spoken_until) == (date(2021, 1, 1).toordinal(), date(2021, 12, 31).toordinal())
    assert places == ["Berkland"]
    assert publication.happened_event is None
    assert not type(coarse.happened_event).objects.listed().exists()
    assert [str(place) for place in type(making.a_place("Other")).objects.listed()] == ["Berkland"]


def test_the_exact_values_are_told_where_nothing_is_kept_back(coarse):
    coarse.placements.update(disclosure="exact", public_place=None)
    coarse.spoken_disclosure = coarse.happened_disclosure = "exact"
    coarse.save()
    told = rows(coarse)
    assert told["Place: described as from"] == ("Zqcity, Zqregion, Berkland", "exact", "Zqcity, Zqregion, Berkland")
    assert told["Date of speaking"] == ("17 March 2021", "exact", "17 March 2021")
    assert told["Event"][1] == "exact"


def everything(**changes) -> Testimony:
    """A testimony with something in every field, each in a word that stands nowhere else."""
    agent = Agent.objects.create(name="Qagent")
    source = making.a_source(
        "Qtitle", publisher="Qpublisher", url="https://qaddress.example/", archived_url="https://qcopy.example/"
    )
    Contribution.objects.create(source=source, agent=agent)
    SourceSnapshot.objects.create(source=source, text="Qsnapshot", taken="2021-10-03")
    witness = making.a_witness("Qvoice", described_as="Qdescribed", note="Qnote")
    basis = making.a_basis(statement="Qstatement", assessment="Qassessment")
    basis.document.save("form", ContentFile(b"Qdocument"))
    testimony = making.a_testimony(
        "Qwords",
        source=source,
        witness=witness,
        basis=basis,
        collection=Collection.objects.create(name="Qcollection"),
        places=[making.a_place("Qplace")],
        waves=[making.a_wave("Qwave")],
        tags=[making.a_tag("Qtag")],
        locator="Qlocator",
        editors_note="Qeditors",
        spoken="2020-05-06",
        happened="2020-05-05",
        **{field: f"Q{field.replace('_', '')}" for field in NOTES},
        **changes,
    )
    Translation.objects.create(testimony=testimony, language="ru", text="Qtranslation", translator=agent)
    return testimony


def test_nothing_private_is_said_to_be_shown_and_nothing_public_to_be_private():
    testimony = everything()
    public = " ".join(projection.strings(projection.project(testimony, projection.unnumbered)))
    table = leak_matrix(testimony)
    private = {one.held for one in table if one.state == "nothing"}
    assert private == {"1 text", "Qeditors", "Qassessment", "a file, kept encrypted"}
    assert not any(word in public for word in ("Qsnapshot", "Qeditors", "Qassessment", "Qdocument"))
    told = " ".join(one.shown for one in table)
    assert [word for word in re.findall(r"\bQ\w+", public) if word not in told] == []


def test_where_a_value_is_found_is_where_the_table_says():
    testimony = everything()
    publication = publish(testimony, by=None, known_to_differ=True).publication
    (entry,) = entries.entries([publication.pk])
    runs = [*entry.texts, *(run for names in entry.names.values() for run in names)]
    indexed = {token.exact for run in runs for token in run}
    by_name = [CHANNELS[part] for part in ("places", "waves", "tags")]  # looked up when a question is asked
    for row in leak_matrix(testimony):
        words = {word.casefold() for word in re.findall(r"\bQ\w+", row.shown)}
        if words and row.channels not in by_name and row.label != "Title":  # which repeats other rows
            assert (SEARCH in row.channels) == (not words.isdisjoint(indexed)), row.label
    assert entry.facets["place"] != ["unknown"]
    assert entry.facets["source"] != ["unknown"]
    assert dates.year("2020-05-06") == publication.year_spoken


def test_a_withheld_source_is_nothing_in_every_row():
    consent = making.a_basis(kind="spoken_consent", asked=True, date=date(2020, 1, 1))
    source = making.a_source("Letter", kind=Source.Kind.LETTER, publisher="Her sister", url="https://a.example/")
    SourceSnapshot.objects.create(source=source, text=making.WORDS)
    testimony = making.a_testimony(source=source, basis=consent, source_withheld=True, locator="page 3")
    told = rows(testimony)
    of_the_source = ("Title of the source", "Publisher", "Address of the source", "Where in the source")
    assert {told[label][1] for label in (*of_the_source, "Date of printing", "Check of the quotation")} == {"nothing"}


def test_of_a_hidden_name_only_that_it_is_held():
    witness = making.a_witness("Botagoz", naming=Witness.Naming.PSEUDONYM)
    testimony = making.a_testimony(witness=witness)
    assert rows(testimony)["True name"] == ("not held", "nothing", "")
    Identity.objects.create(witness=witness, true_name="Aigul")
    assert rows(testimony)["True name"] == ("held, and closed", "nothing", "")
    assert "igul" not in repr(leak_matrix(testimony))


def test_what_cannot_be_published_has_no_table():
    assert leak_matrix(Testimony.objects.create()) == []
    testimony = making.a_testimony("One.\n\nTwo.")
    Translation.objects.create(testimony=testimony, language="ru", text="Раз.", by_machine=True)
    assert leak_matrix(testimony) == []


def test_earlier_editions_that_still_tell_are_named():
    country = making.a_place("Berkland", kind="country")
    city = making.a_place("Aksay", parent=country)
    publication = making.published(places=[city], spoken="2021-03-17")
    testimony = making.testimony_of(publication)
    assert editions_that_tell(testimony) == []
    testimony.placements.update(disclosure="coarser", public_place=country)
    assert editions_that_tell(testimony) == [1]
    publish(testimony, by=None)
    testimony.refresh_from_db()
    assert editions_that_tell(testimony) == [1]
    making.emptied(testimony.publication, 1)
    testimony.refresh_from_db()
    assert editions_that_tell(testimony) == []
    testimony.spoken_disclosure = "withheld"
    testimony.save()
    assert editions_that_tell(testimony) == [2]

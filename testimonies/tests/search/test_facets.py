"""Facets: every value is counted as a click on it finds, whatever else is chosen."""

from itertools import product

import pytest

from testimonies import publishing
from testimonies.models.public import PlaceRelation, Publication
from testimonies.search import FACETS, UNKNOWN, Question, asking, facets, search
from testimonies.tests import making

pytestmark = pytest.mark.django_db
OFFERED = [facet for facet in FACETS if facet.offered]


def facet_values(question: Question, name: str) -> dict[str, int]:
    """The values of one facet with their counts."""
    counts = next(one for one in search(question).facets if one.facet.name == name)
    return {value.key: value.count for value in counts.values}


def address(record) -> str:
    """The identifier or slug that the record was given when it was published."""
    return type(record).objects.get(pk=record.pk).address


@pytest.fixture
def archive():
    """Eight testimonies that differ in everything a facet asks for."""
    country = making.a_place("Saryland", kind="country")
    towns = [making.a_place("Aksay", parent=country), making.a_place("Karasu", parent=country)]
    waves = [making.a_wave("First wave", order=1), making.a_wave("Second wave", order=2)]
    tags = [making.a_tag("Bread"), making.a_tag("Roads"), making.a_tag("Trains")]
    sources = [making.a_source("One", date="2020"), making.a_source("Two", date="2021-05", language="ru")]
    witness = making.a_witness("Umit")
    for number in range(8):
        spoken = {"spoken": f"20{18 + number % 3}-06"} if number % 4 else {}
        language = {"language_printed": "ru" if number % 2 else "en"}
        making.published(
            f"Word {number}.",
            places=[towns[number % 2], (PlaceRelation.SPEAKS_OF, country)] if number % 5 else [],
            waves=waves[: number % 3],
            tags=tags[number % 3 :],
            source=sources[number % 2],
            source_withheld=number == 7,
            **spoken,
            **language,
            **({"witness": witness} if number < 3 else {}),
        )
    return country


def test_names_of_facets_are_the_parameters_of_the_address():
    relations = ["described_as_from", "spoken_at", "speaks_of"]
    offered = ["place", "wave", "tag", "source", "witness", "language", "year", "printed", "check"]
    weeks = ["week_printed", "week_spoken", "week_happened"]
    assert [facet.name for facet in FACETS] == [offered[0], *relations, *offered[1:], *weeks]
    assert [facet.name for facet in OFFERED] == offered


def test_every_count_is_what_a_click_gives(archive):
    for facet in OFFERED:
        for key, count in facet_values(Question(), facet.name).items():
            assert search(Question().choosing(facet.name, key)).total == count, (facet.name, key)


def test_counts_hold_too_when_another_facet_narrows(archive):
    for chosen, counted in product(OFFERED, OFFERED):
        if chosen is counted:
            continue
        for key in facet_values(Question(), chosen.name):
            narrowed = Question().choosing(chosen.name, key)
            for value, count in facet_values(narrowed, counted.name).items():
                assert search(narrowed.choosing(counted.name, value)).total == count


def test_choices_within_a_facet_widen_and_do_not_change_its_counts(archive):
    for facet in OFFERED:
        values = facet_values(Question(), facet.name)
        all_of_them = Question(chosen={facet.name: tuple(values)})
        assert facet_values(all_of_them, facet.name) == values
        each = [found({facet.name: (value,)}) for value in values]
        assert set(search(all_of_them).keys) == set().union(*each)


def test_two_values_of_a_facet_find_what_either_has(archive):
    keys = {key: found({"tag": (key,)}) for key in ("bread", "roads", "trains")}
    assert found({"tag": ("bread", "roads")}) == keys["bread"] | keys["roads"]
    assert found({"tag": ("bread",), "language": ("ru",)}) == keys["bread"] & found({"language": ("ru",)})


def found(chosen: dict) -> set[int]:
    """The testimonies that are found."""
    return set(search(Question(chosen=chosen)).keys)


def test_place_finds_what_lies_in_it_in_any_relation_once():
    country = making.a_place("Saryland", kind="country")
    town = making.a_place("Aksay", parent=country)
    making.published(places=[town, (PlaceRelation.SPOKEN_AT, town), (PlaceRelation.SPEAKS_OF, country)])
    making.published(places=[(PlaceRelation.SPEAKS_OF, country)])
    making.published()
    expected = {address(country): 2, address(town): 1, UNKNOWN: 1}
    assert facet_values(Question(), "place") == expected


def test_relation_to_a_place_narrows_where_it_is_chosen_and_is_offered_nowhere():
    country = making.a_place("Saryland", kind="country")
    town = making.a_place("Aksay", parent=country)
    there = making.published(places=[(PlaceRelation.SPOKEN_AT, town)])
    making.published(places=[(PlaceRelation.SPEAKS_OF, town)])
    assert found({"spoken_at": (address(country),)}) == {there.pk}
    assert "spoken_at" not in [counts.facet.name for counts in search(Question()).facets]
    assert facet_values(Question(chosen={"spoken_at": (address(town),)}), "spoken_at") == {
        address(town): 1,
        address(country): 1,
    }


def test_of_a_facet_with_many_values_the_most_frequent_are_counted_and_all_that_are_chosen(monkeypatch):
    monkeypatch.setattr(asking, "MOST_VALUES", 2)
    for number, times in enumerate((3, 2, 2, 1)):
        tag = making.a_tag(f"Tag {number}")
        for _time in range(times):
            making.published(tags=[tag])
    making.published()
    asked = Question(chosen={"tag": ("tag-3",)})
    counts = next(one for one in search(asked).facets if one.facet.name == "tag")
    shown = {value.key: value.count for value in counts.values}
    assert shown["tag-0"] == 3
    assert (shown["tag-3"], shown[UNKNOWN], counts.is_cut) == (1, 1, True)
    assert len(shown) == 4
    assert [(value.key, value.count) for value in counts.chosen] == [("tag-3", 1)]


def test_of_many_sources_the_most_frequent_are_counted_as_a_click_finds_them_in_parts_of_the_index_too(monkeypatch):
    """Each publishing makes a part of the index, and none names more than one source of its own."""
    monkeypatch.setattr(asking, "MOST_VALUES", 2)
    monkeypatch.setattr(asking, "MOST_OF_A_PART", 1)
    sources = [making.a_source(f"Paper {number}") for number in range(4)]
    for times in (4, 3, 2, 1):
        for source in sources[:times]:
            making.published(source=source)
        search(Question())
    making.published(source=sources[0], source_withheld=True)
    asked = Question(chosen={"source": (address(sources[3]),)})
    counts = next(one for one in search(asked).facets if one.facet.name == "source")
    shown = {value.key: value.count for value in counts.values}
    assert (shown[address(sources[3])], shown[UNKNOWN], counts.is_cut) == (1, 1, True)
    for key, count in shown.items():
        assert search(Question(chosen={"source": (key,)})).total == count
    assert len(shown) == 4


def test_labels_are_remembered_up_to_a_number(monkeypatch, django_assert_num_queries):
    facet = next(one for one in FACETS if one.name == "tag")
    keys = [making.published(tags=[making.a_tag(f"Tag {number}")]) and f"tag-{number}" for number in range(3)]
    remembered = {}
    with django_assert_num_queries(1):
        assert [*facet.named(keys, remembered).values()] == ["Tag 0", "Tag 1", "Tag 2"]
        assert [*facet.named(keys, remembered)] == keys
    monkeypatch.setattr(facets, "MOST_REMEMBERED", 2)
    assert facet.named(["tag-0", "none"], remembered) == {"tag-0": "Tag 0"}
    assert set(remembered) == {("tag", "tag-0"), ("tag", "none")}


def test_what_is_not_known_is_a_value_of_its_own():
    making.published("Known.", spoken="2020-03", source=making.a_source(date=""))
    making.published(
        "An open interval.", spoken="[..2021-05-01]", spoken_basis="inferred", spoken_basis_reason="printed"
    )
    making.published("Two years.", spoken="2019/2020")
    assert facet_values(Question(), "year") == {"2020": 1, UNKNOWN: 2}
    assert facet_values(Question(), "printed") == {"2021": 2, UNKNOWN: 1}
    assert facet_values(Question(), "wave") == {UNKNOWN: 3}
    assert search(Question(chosen={"year": (UNKNOWN, "2020")})).total == 3


def test_withheld_source_is_not_named_and_can_be_chosen():
    making.published(source=making.a_source("The Zhambyl papers"), source_withheld=True)
    assert facet_values(Question(), "source") == {UNKNOWN: 1}
    assert search(Question(chosen={"source": (UNKNOWN,)})).total == 1


def test_waves_stand_in_their_own_order_and_years_in_theirs():
    late, early = making.a_wave("A late wave", order=2), making.a_wave("Z early wave", order=1)
    making.published(waves=[late], spoken="2021")
    making.published(waves=[late, early], spoken="2021")
    making.published(waves=[late], spoken="2019")
    assert list(facet_values(Question(), "wave")) == [early.slug, late.slug]
    assert list(facet_values(Question(), "year")) == ["2019", "2021"]


def test_value_that_does_not_exist_finds_nothing(archive):
    nonsense = ["no-such", "1" * 99, "-", "0x7e6", "٢٠٢٢", "%", "' or 1=1", UNKNOWN * 2]
    not_as_written = ["z" * 12, "z" * 13, "A1", "+1", "1_0", "0b"]  # numbers to the base 36, or nearly so
    for facet, key in product((facet.name for facet in FACETS), nonsense + not_as_written):
        results = search(Question(chosen={facet: (key,)}))
        counts = next(counts for counts in results.facets if counts.facet.name == facet)
        assert (results.total, results.keys, counts.unheld) == (0, (), {key}), (facet, key)


def test_hidden_testimonies_are_counted_nowhere():
    hidden = making.a_tag("Hidden roads")
    shown = making.published("Seen.", tags=[making.a_tag("Bread")])
    for make in (making.unlisted, making.overdue, making.withdrawn):
        make("Hidden.", tags=[hidden], places=[making.a_place("Zhambyl")], witness=making.a_witness("Zhambylbek"))
    making.merged(into=shown, words="Hidden.", tags=[hidden])
    making.a_testimony("Hidden.", tags=[hidden])
    results = search(Question())
    assert (results.total, results.keys) == (1, (shown.pk,))
    assert {value.count for counts in results.facets for value in counts.values} == {1}
    assert [value.key for counts in results.facets for value in counts.values if counts.facet.name == "tag"] == [
        "bread"
    ]
    chosen = next(
        counts for counts in search(Question(chosen={"tag": (hidden.slug,)})).facets if counts.facet.name == "tag"
    )
    assert [(value.label, value.count) for value in chosen.chosen] == [(hidden.slug, 0)]
    assert chosen.unheld == {hidden.slug}


def test_withdrawn_testimony_leaves_the_counts_at_once(archive):
    before = search(Question()).total
    publishing.withdraw(making.testimony_of(Publication.objects.listed()[0]), reason="on_request")
    assert search(Question()).total == before - 1
    test_every_count_is_what_a_click_gives(archive)

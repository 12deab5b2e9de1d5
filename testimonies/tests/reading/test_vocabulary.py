"""The pages of what testimonies share, and their lists."""

from decimal import Decimal

import pytest

from testimonies.models.public import Agent, Contribution, Derivation, Event, NameForm, Place
from testimonies.reading import lists, vocabulary
from testimonies.reading.pieces import Link
from testimonies.reading.portraits import portrait
from testimonies.tests import making

pytestmark = pytest.mark.django_db

NOTHING = vocabulary.Held((), 0)
CURRENT, FORMER, VARIANT = NameForm.Status.CURRENT, NameForm.Status.FORMER, NameForm.Status.VARIANT


def named(record, text, tag="kk-Cyrl", status=CURRENT, **changes):
    record.forms.create(text=text, tag=tag, status=status, **({"attested_in": "an atlas"} | changes))
    return record


def test_name_forms_stand_under_the_place_where_they_are_attested():
    place = named(making.a_place(), "Ақсай")
    named(place, "Aqsaı", "kk-Latn", VARIANT, system="2018", attested_in="a road sign")
    named(place, "Аксай", "ru-Cyrl")
    page = vocabulary.place_page(place, [])
    assert [(group.attested, [(form.text, form.details) for form in group.forms]) for group in page.names] == [
        ("an atlas", [("Ақсай", "Kazakh (Cyrillic)"), ("Аксай", "Russian (Cyrillic)")]),
        ("a road sign", [("Aqsaı", "Kazakh (Latin), 2018, variant spelling")]),
    ]


def test_former_names_are_kept_apart():
    page = vocabulary.place_page(named(making.a_place(), "Казахстанка", "ru-Cyrl", FORMER), [])
    assert (page.names, [form.text for form in page.former[0].forms]) == ((), ["Казахстанка"])


def test_a_name_has_a_language_only_where_one_form_says_so():
    place = named(making.a_place("Oral"), "Oral", "kk-Latn")
    assert vocabulary.place_page(place, []).tag == "kk-Latn"
    named(place, "Oral", "en")
    assert vocabulary.place_page(place, []).tag == ""


def test_coordinates_are_written_as_people_write_them():
    assert vocabulary.place_page(
        making.a_place(latitude=Decimal("51.16667"), longitude=Decimal("-72.5")), []
    ).coordinates == ("51.17° N, 72.50° W")
    assert vocabulary.place_page(making.a_place(), []).coordinates == ""


def test_the_relations_of_a_place_keep_their_headings():
    page = vocabulary.place_page(making.a_place(), [("described_as_from", NOTHING), ("speaks_of", NOTHING)])
    assert [part.heading for part in page.related] == ["Described as from Aksay", "Speaking of Aksay"]


def test_the_end_of_a_wave_is_never_invented():
    source = making.a_source()
    wave = making.a_wave(begins="2021-04", begins_source=source)
    link = Link("source", "", "The Steppe Courier: Bread and borders")
    assert vocabulary.wave_page(wave, NOTHING).bounds == (
        vocabulary.Bound("Began", "April 2021", link),
        vocabulary.Bound("Ended", "not known", None),
    )


def test_an_event_of_a_wave_has_its_source():
    wave, source = making.a_wave(), making.a_source()
    Event.objects.create(name="The road opens", date="2021-04-02", source=source, wave=wave)
    (mark,) = vocabulary.wave_page(wave, NOTHING).events
    assert (mark.name, mark.when, mark.place) == ("The road opens", "2 April 2021", None)


def test_a_source_says_who_made_it_what_it_derives_from_and_how_much_rests_on_it():
    source = making.a_source()
    reporter, radio = Agent.objects.create(name="Ann Onymous"), Agent.objects.create(name="Radio Steppe")
    Contribution.objects.create(source=source, agent=reporter, as_printed="by Ann Onymous")
    Derivation.objects.create(
        source=source, relation=Derivation.Relation.COLLECTED_BY, agent=radio, wording="Radio Steppe went there"
    )
    page = vocabulary.source_page(source, vocabulary.Held((), 1), all_testimonies=3)
    assert page.contributors == (vocabulary.Contributor("By", "Ann Onymous", "by Ann Onymous"),)
    assert page.derived == (
        vocabulary.Derived(
            relation="Collected by",
            name="Radio Steppe",
            quoted="Radio Steppe went there",
            seen="The item was not identified, and so not consulted.",
            note="",
        ),
    )
    assert page.share == 33


def test_a_portrait_falls_back_to_the_widest_jpeg():
    shown = portrait(making.a_picture())
    assert shown is not None
    assert shown.alternative_text == "A green field."
    assert shown.fallback == [file for file in shown.renditions if file.format == "jpeg"][-1]
    assert portrait(None) is None


def held(records, number=1):
    for record in records:
        record.held = number
    return records


def test_places_stand_under_the_widest_that_is_listed():
    country = making.a_place("Kazakhstan", kind=Place.Kind.COUNTRY)
    town = named(making.a_place("Oral", parent=country), "Орал")
    alone = making.a_place("Aksay", parent=making.a_place("Not listed"))
    page = lists.places(held([country, town, alone]), 3)
    assert [
        (group.heading and group.heading.link.text, [line.link.text for line in group.lines]) for group in page.groups
    ] == [
        ("Aksay", []),
        ("Kazakhstan", ["Oral"]),
    ]
    assert [form.text for form in page.groups[1].lines[0].forms] == ["Орал"]


def test_a_line_of_a_source_says_what_and_when():
    (group,) = lists.sources(held([making.a_source()]), 1).groups
    assert group.lines[0].detail == "Press article, The Steppe Courier, 2 October 2021"


def test_a_voice_described_by_nothing_but_its_name_is_not_repeated():
    (group,) = lists.witnesses(held([making.a_witness(described_as="Aibek"), making.a_witness("Umida")]), 2).groups
    assert [line.detail for line in group.lines] == ["", "Umida the baker"]


def test_tags_and_waves_bring_what_they_mean():
    (tags,) = lists.tags(held([making.a_tag(definition="Bread that is shared.")]), 1).groups
    (waves,) = lists.waves(held([making.a_wave(scope_note="As told by bakers.")]), 1).groups
    assert (tags.lines[0].detail, waves.lines[0].detail) == ("Bread that is shared.", "As told by bakers.")
    assert [bound.term for bound in waves.lines[0].bounds] == ["Began", "Ended"]

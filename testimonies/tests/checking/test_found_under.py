"""What readers will find a testimony under, in spellings that truly lead there."""

import pytest

from testimonies.checking.found_under import Named, found_under, leads_to, spellings
from testimonies.models.editorial import Disclosure
from testimonies.models.public import PlaceNameForm, TagNameForm, Witness
from testimonies.search import names
from testimonies.tests import making


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Maržan", ("Маржан", "Marzhan", "Marzan")),
        ("Маржан", ("Marzhan", "Marzan", "Maržan")),
        ("Umay", ("Умай", "Umai")),
        ("Biškek", ("Biskek", "Бишкек", "Bishkek")),
        ("Тимур", ("Timur",)),
        ("Karaganda", ("Караганда",)),
        ("?!", ()),
    ],
)
def test_spellings_that_people_type(name, others):
    assert set(spellings(name, [])) == set(others)


def test_forms_that_are_held_come_first_and_nothing_stands_twice():
    assert spellings("Almaty", ["Алматы", "Alma-Ata", "almaty"])[:2] == ("Алматы", "Alma-Ata")


def test_only_what_leads_there_is_promised():
    assert leads_to("Marzhan", "Маржан")
    assert not leads_to("Marat", "Маржан")


@pytest.mark.django_db
def test_voice_places_and_tags_as_readers_will_meet_them():
    almaty, country = making.a_place("Almaty"), making.a_place("Berkland", kind="country")
    PlaceNameForm.objects.create(record=almaty, text="Верный", tag="ru", attested_in="general knowledge")
    tag = making.a_tag("Bread")
    TagNameForm.objects.create(record=tag, text="нан", tag="kk", attested_in="general knowledge")
    testimony = making.a_testimony(witness=making.a_witness("Maržan"), places=[almaty], tags=[tag])
    hidden = testimony.placements.create(
        place=making.a_place("Aksay"), relation="spoken_at", disclosure=Disclosure.COARSER, public_place=country
    )
    testimony.placements.create(place=hidden.place, relation="speaks_of", disclosure=Disclosure.WITHHELD)
    found = found_under(testimony)
    assert found[0] == Named("Voice", "Maržan", ("Маржан", "Marzhan", "Marzan"))
    assert (found[1].what, found[1].name, found[1].spellings[0]) == ("Place (described as from)", "Almaty", "Верный")
    assert (found[2].what, found[2].name) == ("Place (spoken at)", "Berkland")
    assert found[3:] == [Named("Tag", "Bread", ("нан",))]


@pytest.mark.django_db
def test_a_label_for_somebody_unnamed_has_no_spellings():
    witness = making.a_witness("Unnamed voice", naming=Witness.Naming.NOT_NAMED_IN_SOURCE)
    assert found_under(making.a_testimony(witness=witness)) == [Named("Voice", "Unnamed voice", ())]


@pytest.mark.django_db
def test_what_is_promised_is_kept_by_the_search():
    publication = making.published(witness=making.a_witness("Maržan"), places=[making.a_place("Жаңаөзен")])
    held = names.current()
    for one in found_under(making.testimony_of(publication)):
        for spelling in one.spellings:
            assert [found.name for found in held.starting(spelling)] == [one.name], spelling

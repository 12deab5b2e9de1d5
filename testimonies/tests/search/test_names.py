"""Names are found by any spelling of any of their forms, as long as the log stands where it stood."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from testimonies import publishing
from testimonies.analysis import analyse
from testimonies.folding import keys
from testimonies.models.public import PlaceNameForm, Publication, TagNameForm, WaveNameForm, WitnessNameForm
from testimonies.search import names
from testimonies.search.names import KINDS, Named, Names
from testimonies.tests import making
from testimonies.tests.making import a_place, a_source, a_tag, a_wave, a_witness, published, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def bishkek():
    """A listed place with a former name and a name in another script."""
    place = a_place("Biškek")
    PlaceNameForm.objects.create(record=place, text="Бишкек", tag="ky-Cyrl", attested_in="general knowledge")
    PlaceNameForm.objects.create(record=place, text="Frunze", tag="ru-Latn", attested_in="general knowledge")
    published(places=[place])
    place.refresh_from_db()
    return place


def _named(place, form, tag="", **more):
    return Named("place", place.identifier, place.name, form, tag, **more)


def test_a_word_leads_to_records_by_any_form_of_their_name(bishkek):
    found = names.current()
    assert found.matching("Biškek", ["place"]) == [_named(bishkek, "Biškek")]
    assert found.matching("бишкек", ["place"]) == [_named(bishkek, "Бишкек", "ky-Cyrl")]
    assert found.matching("Bishkek", ["place"]) == [_named(bishkek, "Biškek")]
    assert found.matching("frunze", ["place", "tag"]) == [_named(bishkek, "Frunze", "ru-Latn")]
    assert found.matching("Bish", ["place"]) == []
    assert found.matching("Biškek", ["wave", "tag"]) == []


def test_what_is_alike_in_shape_comes_last_and_says_so():
    alike, same = a_place("Qaraghandy"), a_place("Karaganda")
    published(places=[alike, same])
    alike.refresh_from_db()
    same.refresh_from_db()
    assert names.current().matching("Караганда", KINDS) == [
        _named(same, "Karaganda"),
        _named(alike, "Qaraghandy", by_shape=True),
    ]


def test_any_word_of_a_name_leads_to_it():
    wave = a_wave("Departures of the dry spring")
    WaveNameForm.objects.create(record=wave, text="Понаехали", tag="ru-Cyrl", attested_in="general knowledge")
    tag = a_tag("Bread")
    TagNameForm.objects.create(record=tag, text="Nan-qala", tag="kk-Latn", attested_in="general knowledge")
    published(waves=[wave], tags=[tag])
    found = names.current()
    assert found.matching("dry", KINDS) == [Named("wave", wave.slug, wave.name, wave.name)]
    assert found.matching("ponaekhali", KINDS) == [Named("wave", wave.slug, wave.name, "Понаехали", "ru-Cyrl")]
    assert found.matching("qala", KINDS) == [Named("tag", tag.slug, "Bread", "Nan-qala", "kk-Latn")]
    assert found.matching("нан-кала", KINDS) == [Named("tag", tag.slug, "Bread", "Nan-qala", "kk-Latn")]


def test_only_what_is_listed_is_named():
    hidden, seen = a_place("Hidden"), a_place("Seen")
    held = a_tag("Hidden tag")
    withdrawn(places=[hidden], tags=[held], witness=a_witness("Hidden One"), source=a_source("Hidden title"))
    published(places=[seen])
    a_wave("Hidden wave")
    found = names.current()
    assert found.matching("hidden", KINDS) == []
    assert found.starting("hid") == []
    assert [one.name for one in found.matching("seen", KINDS)] == ["Seen"]


def test_the_name_has_the_language_of_its_one_form():
    place = a_place("Ош")
    PlaceNameForm.objects.create(record=place, text="Ош", tag="ky-Cyrl", attested_in="general knowledge")
    published(places=[place])
    place.refresh_from_db()
    assert names.current().matching("osh", ["place"]) == [_named(place, "Ош", "ky-Cyrl")]


def test_names_are_read_again_when_the_log_has_gone_on(bishkek):
    before = names.current()
    assert names.current() is before
    bishkek.name = "Pishpek"
    bishkek.save()
    after = names.current()
    assert after is not before
    assert [one.name for one in after.matching("bishkek", ["place"])] == ["Pishpek"]
    assert [one.form for one in after.matching("pishpek", ["place"])] == ["Pishpek"]


def test_a_withdrawn_voice_is_not_named_any_more():
    publication = published(witness=a_witness("Umaj"))
    assert [one.name for one in names.current().starting("умай")] == ["Umaj"]
    publishing.withdraw(making.testimony_of(publication), reason=Publication.WithdrawalReason.ON_REQUEST)
    assert names.current().starting("умай") == []


def test_names_leave_by_the_calendar_too(monkeypatch):
    publication = published(places=[a_place("Aksay")])
    Publication.objects.filter(pk=publication.pk).update(review_on=timezone.now().date())
    assert [one.name for one in names.current().matching("aksay", ["place"])] == ["Aksay"]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert names.current().matching("aksay", ["place"]) == []


def test_names_cost_two_queries_a_kind_once(bishkek, django_assert_num_queries):
    published(places=[a_place("Osh"), a_place("Aksay")])
    with django_assert_num_queries(1 + 2):
        names.current().matching("bishkek", ["place"])
    with django_assert_num_queries(1):
        names.current().matching("osh", ["place"])
    with django_assert_num_queries(1 + 2 + 2 + 2 + 1):
        names.current().starting("bish")


def test_threads_share_one_reading(monkeypatch):
    read: list[str] = []

    def reader(kind):
        read.append(kind)
        return iter([Named(kind, "k", "Osh", "Osh")])

    monkeypatch.setattr(names, "READERS", dict.fromkeys(KINDS, reader))
    found: list[Names] = []

    def look():
        held = names.held("a state that no log has")
        held.matching("osh", KINDS)
        found.append(held)

    threads = [threading.Thread(target=look) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
    assert sorted(read) == sorted(KINDS)


@pytest.fixture
def known():
    """Names in memory that no database holds."""
    rows = {
        "place": ["Biškek", "Nur Sultan", "Ust-Kamenogorsk", "Osh", "Oshoba"],
        "witness": ["Marina", "Maržan", "Marat", "Martha", "Mark", "Anna Mar", "Marija"],
        "tag": ["Bread", "Markets"],
        "wave": ["Departures of the dry spring"],
        "source": ["The Steppe Courier: Bread and borders"],
    }

    def reader(kind):
        return [Named(kind, f"{kind}{number}", name, name) for number, name in enumerate(rows[kind])]

    return Names(dict.fromkeys(KINDS, reader))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("b", ["Bread", "Biškek", "The Steppe Courier: Bread and borders"]),
        ("biš", ["Biškek"]),
        ("bish", ["Biškek"]),
        ("БИШ", ["Biškek"]),
        ("<bi", ["Biškek"]),
        ("<birtr", ["Biškek"]),
        ("osh", ["Osh", "Oshoba"]),
        ("ош", ["Osh", "Oshoba"]),
        ("nursul", ["Nur Sultan"]),
        ("nur sul", ["Nur Sultan"]),
        ("sul nur", ["Nur Sultan"]),
        ("nur-sultan", ["Nur Sultan"]),
        ("нур bish", []),
        ("kameno", ["Ust-Kamenogorsk"]),
        ("ustkam", ["Ust-Kamenogorsk"]),
        ("ust kam", ["Ust-Kamenogorsk"]),
        ("bre bor", ["The Steppe Courier: Bread and borders"]),
        ("spring dry", ["Departures of the dry spring"]),
        ("марина", ["Marina"]),
        ("Marzhon", ["Maržan"]),
        ("", []),
        ("…", []),
        ("\0\ud800", []),
        ("qqq8", []),
    ],
)
def test_type_ahead_finds_what_begins_so(known, typed, found):
    assert [one.name for one in known.starting(typed)] == found


def test_every_kind_comes_into_a_short_list(known):
    assert [one.name for one in known.starting("mar", limit=3)] == ["Mark", "Marat", "Markets"]
    assert [one.name for one in known.starting("mar", ["witness"], limit=2)] == ["Mark", "Marat"]
    assert len(known.starting("mar")) == 8


@given(st.text(max_size=80) | st.text("bišКек-' <;", max_size=12))
def test_any_text_can_be_typed(text):
    held = Names(dict.fromkeys(KINDS, lambda kind: [Named(kind, "k", "Biš-Kek", form) for form in ("Biš-Kek", "…")]))
    for found in held.starting(text), held.matching(text, KINDS):
        assert {one.name for one in found} <= {"Biš-Kek"}


def test_forms_of_a_witness_are_found_under_the_name():
    witness = a_witness("Maržan")
    WitnessNameForm.objects.create(record=witness, text="Маржан", tag="kk-Cyrl", attested_in="general knowledge")
    published(witness=witness)
    witness.refresh_from_db()
    found = Named("witness", str(witness.identifier), "Maržan", "Маржан", "kk-Cyrl")
    assert names.current().starting("марж") == [found]


def test_a_word_names_what_has_it_as_a_word(known):
    assert [one.name for one in known.matching("ustkamenogorsk", KINDS)] == ["Ust-Kamenogorsk"]
    assert known.matching("Nursultan", KINDS) == []


NAMED = st.lists(st.text("aоjžжшhkқс- ", max_size=14), max_size=6)


@given(NAMED, st.text("aоjжшhkқс-", min_size=1, max_size=8))
def test_a_word_names_all_that_share_a_key_with_it(called, typed):
    def reader(kind):
        return [Named(kind, str(number), name, name) for number, name in enumerate(called)]

    wanted = keys(typed)
    sharing = {
        str(number)
        for number, name in enumerate(called)
        for word in (keys(token.exact) for token in analyse(name))
        if not wanted.loose.isdisjoint(word.loose) or not wanted.shape.isdisjoint(word.shape)
    }
    found = Names({"place": reader}).matching(typed, ["place"])
    assert len(found) == len(sharing)
    assert {one.key for one in found} == sharing

"""What may be held already: words, sources and voices, found by keys and never joined."""

from importlib import import_module

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from testimonies.checking.duplicates import MOST_SHOWN, likenesses
from testimonies.models.editorial import Identity, Testimony
from testimonies.models.public import Source, Witness, WitnessNameForm, WitnessNameKey
from testimonies.publishing import hide_name, merge
from testimonies.tests import making

pytestmark = pytest.mark.django_db

LONG = "We shared the bread with everybody and asked nobody for papers, and then the train came."


def alike(testimony) -> list[tuple[object, str]]:
    return [(one.record, one.sentence) for one in likenesses(testimony)]


WORDS = "The same source has nearly the same words."
ADDRESS = "Another source with the same address."
NAME = "Another voice whose name may be the same."
SOUND = "Another voice with a name that sounds alike."


@pytest.mark.parametrize(
    "words",
    [
        LONG,
        LONG.upper(),
        f"{LONG} Nobody else was there.",
        LONG.replace("everybody", "[[them]] everybody"),
        "And then the train came; we shared the bread with everybody, and asked nobody for papers.",
        LONG.replace("came", "cme"),
    ],
)
def test_nearly_the_same_words_of_one_source_are_pointed_at(words):
    source = making.a_source()
    one = making.a_testimony(LONG, source=source, witness=making.a_witness("Botagoz"))
    other = making.a_testimony(words, source=source)
    assert alike(one) == [(other, WORDS)]
    assert alike(other) == [(one, WORDS)]


def test_other_words_of_the_source_are_not():
    source = making.a_source()
    one = making.a_testimony(LONG, source=source, witness=making.a_witness("Botagoz"))
    making.a_testimony("The mill was closed, and the river had no water.", source=source)
    making.a_testimony("The bread.", source=source, witness=making.a_witness("Nurlan"))
    making.a_testimony(LONG, witness=making.a_witness("Gulnara"))  # of another source
    assert alike(one) == []


def test_words_in_another_script_are_compared_folded():
    source = making.a_source()
    one = making.a_testimony("Біз нан бөлістік, ешкімнен қағаз сұраған жоқпыз.", source=source)
    other = making.a_testimony(
        "Біз нан бөлістік, ешкiмнен кағаз сұраған жоқпыз.", source=source, witness=making.a_witness("Botagoz")
    )
    assert alike(one) == [(other, WORDS)]


def test_a_source_with_the_same_address_is_pointed_at_and_its_words_are_compared():
    held = making.a_source("Bread", url="https://www.news.example/bread/?utm_source=mail")
    again = making.a_source("Bread again", url="http://news.example/bread#top")
    other = making.a_testimony(LONG, source=held)
    one = making.a_testimony(LONG, source=again, witness=making.a_witness("Botagoz"))
    assert alike(one) == [(other, WORDS), (held, ADDRESS)]


def test_the_copy_stands_for_an_address_that_is_not_given():
    copy = making.a_source("Copy", archived_url="https://web.archive.org/web/20210101/https://news.example/bread")
    source = making.a_source(url="https://news.example/bread")
    assert alike(making.a_testimony(source=source)) == [(copy, ADDRESS)]


def test_sources_without_an_address_are_not_alike():
    making.a_source("One")
    assert alike(making.a_testimony(source=making.a_source("Two"))) == []


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("Maržan", "Маржан", NAME),
        ("Maržan", "Marzhan", NAME),
        ("Aigul Serikova", "Серікова Айгүл", NAME),
        ("Tamerlan", "Темирлан", SOUND),
        ("Ibrahim", "Ибрагим", SOUND),
    ],
)
def test_a_name_is_recognised_in_any_script(one, other, sentence):
    voice = making.a_witness(other)
    assert alike(making.a_testimony(witness=making.a_witness(one))) == [(voice, sentence)]


def test_a_name_is_recognised_by_another_form_of_it():
    voice = making.a_witness("Botagoz")
    WitnessNameForm.objects.create(record=voice, text="Ботакөз", tag="kk", attested_in="the source")
    assert alike(making.a_testimony(witness=making.a_witness("Botaköz"))) == [(voice, NAME)]
    voice.forms.get().delete()
    assert alike(making.a_testimony(witness=making.a_witness("Ботакөз"))) != [(voice, NAME)]


def test_two_unnamed_voices_are_two():
    for _ in range(2):
        witness = making.a_witness("Unnamed voice (a driver)", naming=Witness.Naming.NOT_NAMED_IN_SOURCE)
    assert alike(making.a_testimony(witness=witness)) == []
    assert not WitnessNameKey.objects.exists()


def test_hidden_names_are_never_compared():
    hidden = making.a_witness("Botagoz", naming=Witness.Naming.PSEUDONYM)
    Identity.objects.create(witness=hidden, true_name="Aigul")
    assert alike(making.a_testimony(witness=making.a_witness("Aigul"))) == []


def test_keys_go_with_the_name():
    witness = making.a_witness("Aigul")
    assert WitnessNameKey.objects.filter(witness=witness, key="aigul").exists()
    hide_name(witness, name="Botagoz", naming=Witness.Naming.PSEUDONYM)
    assert not WitnessNameKey.objects.filter(key__contains="igul").exists()


def test_merged_voices_are_one():
    kept, given_up = making.a_witness("Aigul"), making.a_witness("Айгуль")
    merge(given_up, into=kept)
    assert alike(making.a_testimony(witness=kept)) == []


def test_voices_of_the_same_source_come_first_and_no_more_than_a_few():
    source = making.a_source()
    for _ in range(MOST_SHOWN):
        making.a_witness("Aigul")
    here = making.a_testimony("The mill was closed.", source=source, witness=making.a_witness("Айгуль"))
    found = alike(making.a_testimony(LONG, source=source, witness=making.a_witness("Aigul")))
    assert len(found) == MOST_SHOWN
    assert found[0] == (here.witness, NAME)


def test_an_empty_draft_is_like_nothing():
    assert alike(Testimony.objects.create()) == []


def plans(testimony) -> list[str]:
    """How the database would look up what is asked for one testimony."""
    with CaptureQueriesContext(connection) as asked:
        likenesses(testimony)
    with connection.cursor() as cursor:
        found = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query['sql']}")
            found += [str(row[-1]) for row in cursor.fetchall()]
    return found


def test_nothing_is_searched_through():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables through, whatever their indexes")
    source = making.a_source(url="https://news.example/bread")
    making.a_source("Again", url="https://news.example/bread")
    making.a_witness("Айгуль")
    one = making.a_testimony(LONG, source=source, witness=making.a_witness("Aigul"))
    making.a_testimony(LONG, source=source)
    assert [plan for plan in plans(one) if plan.startswith("SCAN")] == []


@pytest.mark.parametrize("others", [1, 3])
def test_the_number_of_queries_does_not_grow(others, django_assert_num_queries):
    source = making.a_source(url="https://news.example/bread")
    one = making.a_testimony(LONG, source=source, witness=making.a_witness("Aigul"))
    for _ in range(others):
        making.a_source("Again", url="https://news.example/bread")
        making.a_testimony(LONG, source=source, witness=making.a_witness("Айгуль"))
    one = Testimony.objects.select_related("source", "witness").get(pk=one.pk)
    with django_assert_num_queries(9):
        likenesses(one)


def test_a_source_that_is_saved_otherwise_keeps_the_key_of_its_address():
    source = making.a_source(url="https://news.example/bread")
    Source.objects.get(pk=source.pk).save()
    assert Source.objects.get(pk=source.pk).address_key


def test_records_from_before_the_keys_are_given_theirs():
    source = making.a_source(url="https://news.example/bread")
    witness = making.a_witness("Maržan")
    WitnessNameForm.objects.create(record=witness, text="Маржан", tag="kk", attested_in="the source")
    making.a_witness("Unnamed voice", naming=Witness.Naming.NOT_NAMED_IN_SOURCE)
    keys = sorted(WitnessNameKey.objects.values_list("witness", "key"))
    WitnessNameKey.objects.all().delete()
    models.QuerySet(Source).update(address_key="")
    migration = import_module("testimonies.migrations.0005_fill_keys")
    then = MigrationLoader(connection).project_state(("testimonies", "0005_fill_keys")).apps
    migration.fill_keys_of_sources(then, None)
    migration.fill_keys_of_names(then, None)
    assert sorted(WitnessNameKey.objects.values_list("witness", "key")) == keys
    assert Source.objects.get().address_key == source.address_key != ""

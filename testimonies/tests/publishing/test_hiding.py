"""Hiding a name: the old one is in no edition, no name form, no history row and no list of the admin's."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from testimonies.models.editorial import Identity, PublicationBasis, QuoteSegment, Testimony, Translation
from testimonies.models.public import Edition, Picture, Publication, PublicationEvent, Source, Witness
from testimonies.publishing import hide_name, merge, publish, unlist, withdraw
from testimonies.tests import making
from testimonies.tests.making import a_basis, a_picture, a_source, a_testimony, a_witness

pytestmark = pytest.mark.django_db

OLD, NEW = "Zerequl", "Berk"


@pytest.fixture
def witness() -> Witness:
    witness = a_witness(OLD, note=f"{OLD} gave this one name.")
    witness.forms.create(text="Зерекул", tag="kk-Cyrl", attested_in="a letter")
    return witness


def told(witness: Witness, words: str = "We left.", **changes) -> Testimony:
    """A testimony of the witness from a recording, to which the witness consented."""
    consent = a_basis(kind=PublicationBasis.Kind.WRITTEN_CONSENT, asked=True, date="2020-01-01")
    source = a_source("Recording 4", kind=Source.Kind.INTERVIEW, publisher="")
    testimony = a_testimony(words, witness=witness, basis=consent, source=source, **changes)
    return making.testimony_of(publish(testimony, by=None).publication)


def everything() -> str:
    """Every row of every table, in one text."""
    rows = [
        list(model._base_manager.values())
        for model in apps.get_models(include_auto_created=True)
        if model is not Identity  # sealed, and what it holds stays
    ]
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False).casefold()


def hide(witness: Witness) -> list[Testimony]:
    return hide_name(witness, name=NEW, naming=Witness.Naming.PSEUDONYM)


def test_the_old_name_is_in_no_row_of_any_table(witness):
    first = told(witness)
    making.corrected(first.publication, "We left at dawn.")
    told(witness, "Nobody asked.")
    assert OLD.casefold() in everything()
    assert hide(witness) == []
    assert OLD.casefold() not in everything()
    assert "зерекул" not in everything()


def test_the_words_are_published_again_under_the_new_name(witness):
    publication = told(witness).publication
    hide(witness)
    publication.refresh_from_db()
    first, second = publication.editions.all()
    assert (first.record, first.digest, first.is_emptied) == (None, "", True)
    assert (second.number, second.protects, second.change_note) == (2, True, "")
    assert second.record["witness"] == {
        "identifier": Witness.objects.get().identifier,
        "name": NEW,
        "naming": "pseudonym",
        "kind": "individual",
        "described_as": "",
        "note": "",
    }
    assert (publication.is_listed, publication.title) == (True, "Words of Berk")
    assert [event.kind for event in PublicationEvent.objects.all()] == ["published", "unlisted", "erased", "published"]


def test_what_the_gate_refuses_stays_hidden_and_is_returned(witness):
    printed = making.published(witness=witness)
    recorded = told(witness)
    assert hide(witness) == [making.testimony_of(printed)]
    assert {one.pk: one.is_listed for one in Publication.objects.all()} == {
        printed.pk: False,
        recorded.publication.pk: True,
    }
    assert OLD.casefold() not in everything()


@pytest.mark.parametrize(
    "carry",
    [
        {"context_note": f"{OLD}'s neighbours say the same."},
        {"lineage": f"Told by {OLD.upper()}."},
        {"rights_holder": OLD},
    ],
)
def test_what_still_carries_the_name_stays_hidden_and_is_returned(witness, carry):
    testimony = told(witness, **carry)
    assert hide(witness) == [testimony]
    publication = Publication.objects.get()
    assert (publication.state, publication.title, publication.words) == ("unlisted", "", "")


def test_a_segment_or_a_translation_that_carries_the_name_is_seen(witness):
    for number in (1, 2):
        testimony = told(witness, f"Words {number}.")
        if number == 1:
            segment = testimony.segments.get()
            segment.introduction = f"According to {OLD} the baker"
            segment.save()
        else:
            Translation.objects.create(
                testimony=testimony, language="ru", text=f"{OLD}.", translated_from="en", by_machine=True
            )
        publish(testimony, by=None)
    assert hide(witness) == list(Testimony.objects.order_by("pk"))


def test_what_was_entered_before_is_taken_out_of_the_history(witness):
    testimony = told(witness, context_note=f"{OLD} laughed.")
    segment = testimony.segments.get()
    segment.introduction = f"According to {OLD}"
    segment.save()
    segment.introduction = "According to the baker"
    segment.save()
    testimony.context_note = "The voice laughed."
    testimony.save()
    hide(witness)
    assert OLD.casefold() not in everything()
    assert "According to […]" in QuoteSegment.history.values_list("introduction", flat=True)
    assert "[…] laughed." in Testimony.history.values_list("context_note", flat=True)


def test_the_next_edition_is_not_published_before_its_review(witness):
    testimony = told(witness)
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.content_note = "Not reviewed yet."
    testimony.save()
    assert hide(witness) == [testimony]
    assert not Publication.objects.listed().exists()


def test_hidden_and_withdrawn_testimonies_stay_so_but_lose_the_name(witness):
    unlist(told(witness))
    withdraw(told(witness, "Nobody asked."), reason="on_request")
    assert hide(witness) == []
    assert sorted(Publication.objects.values_list("state", flat=True)) == ["unlisted", "withdrawn"]
    assert OLD.casefold() not in everything()


def test_an_edition_in_which_the_words_were_once_given_to_the_voice_is_emptied(witness):
    testimony = told(witness)
    testimony.witness = a_witness("Somebody")
    testimony.save()
    publish(testimony, by=None)
    hide(witness)
    assert [edition.is_emptied for edition in Edition.objects.all()] == [True, False]
    assert OLD.casefold() not in everything()


def test_editions_under_an_address_that_was_merged_are_emptied_too(witness):
    other = a_witness(f"{OLD} the younger")
    told(other, "Nobody asked.")
    told(witness)
    merge(other, into=witness)
    hide(witness)
    assert OLD.casefold() not in everything()


def test_a_draft_voice_that_was_merged_away_is_forgotten_too(witness):
    merge(a_witness(OLD), into=witness)
    told(witness)
    hide(witness)
    assert OLD.casefold() not in everything()


def test_a_portrait_goes_with_its_files(witness, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    witness.portrait = a_picture()
    witness.save()
    told(witness)
    hide(witness)
    assert not Picture.objects.exists()
    assert list(tmp_path.iterdir()) == []
    assert set(Witness.history.values_list("portrait", flat=True)) == {None}


def test_the_admin_s_recent_actions_forget_the_name(witness):
    testimony, user = told(witness), User.objects.create_user("editor")
    for record in (witness, testimony):
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            object_repr=str(record),
            action_flag=CHANGE,
            change_message=f'[{{"added": {{"name": "name form", "object": "{OLD}"}}}}]',
        )
    hide(witness)
    assert sorted(LogEntry.objects.values_list("object_repr", "change_message")) == [
        ("Berk", ""),
        ("Words of Berk (Recording 4)", ""),
    ]


def test_a_name_that_editions_carry_is_not_hidden_by_the_form(witness):
    told(witness)
    for published in (Witness.objects.get(), witness):  # the second copy was read before publication
        published.name, published.naming = NEW, Witness.Naming.PSEUDONYM
        with pytest.raises(ValidationError, match="empties them first"):
            published.save()
    with pytest.raises(ValidationError, match="empties them first"):
        published.full_clean()
    assert Witness.objects.get().name == OLD


def test_a_misprint_in_an_open_name_is_corrected_by_the_form(witness):
    told(witness)
    corrected = Witness.objects.get()
    corrected.name = "Zerekul"
    corrected.save()
    assert Edition.objects.get().record["witness"]["name"] == OLD


def test_a_name_that_was_never_published_is_hidden_by_the_form(witness):
    a_testimony(witness=witness)
    witness.name, witness.naming = NEW, Witness.Naming.PSEUDONYM
    witness.save()
    assert Witness.objects.get().name == NEW

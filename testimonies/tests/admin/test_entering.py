"""Entering a testimony: sources by their address, records from a name, what belongs to the source, unseen marks."""

import pytest

from testimonies.models.editorial import SourceSnapshot, Testimony
from testimonies.models.public import Place, Tag, Witness
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said

ADD = "/admin/testimonies/testimony/add/"
HELD = "/admin/testimonies/testimony/held/"
NAME = "/admin/testimonies/testimony/name/"
CHOICES = "/admin/autocomplete/"


def choices(client, term, field="witness", model="testimony"):
    asked = {"term": term, "app_label": "testimonies", "model_name": model, "field_name": field}
    return [one["text"] for one in client.get(CHOICES, asked).json()["results"]]


def enter(client, **typed):
    sent = filled(client.get(ADD), **{"segments__0__text": making.WORDS, "_save": "", **typed})
    return client.post(ADD, sent, follow=True)


@pytest.mark.parametrize(
    ("address", "is_held"),
    [
        ("https://courier.example/bread", True),
        ("http://www.courier.example/bread/?utm_source=x#top", True),
        ("https://web.archive.org/web/20220101000000/https://courier.example/bread", True),
        ("https://courier.example/salt", False),
        ("", False),
        ("nonsense", False),
        ("http://[::1", False),
        ("x" * 5000, False),
    ],
)
def test_a_source_is_found_by_any_address_of_its_page(contributor, address, is_held):
    source = making.a_source(url="https://courier.example/bread")
    found = contributor.get(HELD, {"address": address}).json()["sources"]
    assert found == ([{"id": source.pk, "text": str(source)}] if is_held else [])


def test_voices_are_found_in_any_script_as_their_name_is_typed(contributor):
    making.a_witness("Maržan", described_as="Maržan from Almaty")
    for typed in ("Maržan", "Маржан", "marzhan", "Мар"):
        assert choices(contributor, typed) == ["Maržan · Maržan from Almaty", f"New: {typed}"], typed
    assert choices(contributor, "Тамерлан") == ["New: Тамерлан"]


def test_a_new_record_is_offered_where_one_may_be_made(contributor, editor):
    assert choices(contributor, "Oral", "place", "testimonyplace") == ["New: Oral"]
    assert choices(contributor, "Roads", "tag", "testimonytag") == []  # contributors make no tags
    assert choices(editor, "Roads", "tag", "testimonytag") == ["New: Roads"]
    assert choices(editor, "Oral", "public_place", "testimonyplace") == []
    assert choices(editor, " ") == []


def test_a_name_is_enough_for_a_voice_a_place_and_a_tag(editor):
    made = {kind: editor.post(NAME, {"kind": kind, "name": "Хлеб "}).json() for kind in ("witness", "place", "tag")}
    assert [one["text"] for one in made.values()] == ["Хлеб"] * 3
    assert made["witness"]["id"] == Witness.objects.get(name="Хлеб").pk
    assert Place.objects.get(pk=made["place"]["id"]).history.first().history_user == editor.user
    assert Place.objects.get(pk=made["place"]["id"]).kind == ""
    assert Tag.objects.get(pk=made["tag"]["id"]).slug


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [("witness", "", 400), ("witness", "x" * 201, 400), ("user", "Aibek", 400), ("", "", 400), ("tag", "Roads", 403)],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(contributor, kind, name, status):
    answer = contributor.post(NAME, {"kind": kind, "name": name})
    assert answer.status_code == status
    assert answer.json()["fault"].endswith((".", "200)."))


def test_the_text_and_the_note_of_a_source_are_kept_with_it_once(contributor):
    source = making.a_source(accessed_on="2021-10-03")
    note = "The picket lines are left out."
    typed = {"source": source.pk, "source_text": f"She said: {making.WORDS}", "selection_note": note}
    enter(contributor, **typed)
    enter(contributor, **typed)
    source.refresh_from_db()
    assert source.selection_note == note
    assert [(one.text, one.taken) for one in SourceSnapshot.objects.all()] == [(typed["source_text"], "2021-10-03")]
    again = enter(contributor, source=source.pk, selection_note="Another.")
    assert list(again.context["adminform"].form.errors) == ["selection_note"]
    page = contributor.get(f"/admin/testimonies/testimony/{Testimony.objects.first().pk}/change/")
    assert page.context["adminform"].form["selection_note"].is_hidden


@pytest.mark.parametrize(
    ("taken", "sentence"),
    [
        ("2021-10-03", "A text of 1,234 characters is held, of 3 October 2021."),
        ("", "A text of 1,234 characters is held."),
    ],
)
def test_the_field_for_the_text_of_a_source_says_what_is_held_of_it(contributor, taken, sentence):
    testimony = making.a_testimony()
    page = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    told = f"{sentence} What is pasted here takes its place. Private."
    assert told not in contributor.get(page).content.decode()
    SourceSnapshot.objects.create(source=testimony.source, text="The first reading.", taken="2020")
    SourceSnapshot.objects.create(source=testimony.source, text="b" * 1234, taken=taken)
    for address in (page, f"{ADD}?source={testimony.source_id}"):
        assert told in contributor.get(address).content.decode()


def test_what_is_said_of_a_source_needs_one(contributor):
    answer = enter(contributor, source_text="She said.", selection_note="Nothing else.")
    assert set(answer.context["adminform"].form.errors) == {"source_text", "selection_note"}
    assert not Testimony.objects.exists()


def test_a_basis_is_proposed_only_where_the_same_source_had_it_and_no_consent_ever(contributor):
    held = making.a_testimony(author=contributor.user)
    signed = making.a_basis(label="Signed", kind="written_consent", asked=True)
    consented = making.a_testimony(basis=signed, source=making.a_source("Recording 4"))

    def proposed(source):
        return contributor.get(ADD, {"source": source}).context["adminform"].form["basis"].value()

    asked = [held.source_id, consented.source_id, making.a_source("Other news").pk, "", "nonsense", "9" * 30]
    assert [proposed(source) for source in asked] == [held.basis_id, None, None, None, None, None]


UNSEEN = "We\u202e shared\u200b the bread."


def test_marks_that_cannot_be_seen_are_shown_and_kept_or_taken_out_by_choice(contributor):
    enter(contributor, segments__0__text=UNSEEN)
    testimony = Testimony.objects.get()
    address = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    page = contributor.get(address)
    asked = page.context["inline_admin_formsets"][0].formset.forms[0]["without_unseen"]
    assert testimony.segments.get().text == UNSEEN
    assert not asked.is_hidden
    assert "U+202E" in asked.help_text
    assert "U+200B" in asked.help_text
    contributor.post(address, filled(page, segments__0__without_unseen="on", _save=""))
    assert testimony.segments.get().text == "We shared the bread."
    page = contributor.get(address)
    assert page.context["inline_admin_formsets"][0].formset.forms[0]["without_unseen"].is_hidden


def test_controls_are_taken_out_and_that_is_said(contributor):
    answer = enter(contributor, segments__0__text="We\x07 shared the bread.")
    assert Testimony.objects.get().segments.get().text == "We shared the bread."
    assert "Character 3, U+0007, was removed." in said(answer)


def test_the_page_takes_few_queries_whatever_is_held(contributor, django_assert_num_queries):
    making.a_testimony()
    contributor.get(ADD)
    with django_assert_num_queries(5):
        contributor.get(ADD)

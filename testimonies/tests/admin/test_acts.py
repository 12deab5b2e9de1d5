"""Hiding, renewing, withdrawing, merging, emptying: each on its page, once, and by whom it is allowed to."""

import pytest
from django.contrib.admin.models import LogEntry

from testimonies.models.editorial import Merge, Request, SourceSnapshot, Testimony
from testimonies.models.public import Edition, Identifier, Place, Publication, PublicationEvent, Tag, Witness
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said


def address(record, act):
    return f"/admin/testimonies/{record._meta.model_name}/{record.pk}/{act}/"


def do(client, record, act, **words):
    page = address(record, act)
    return client.post(page, filled(client.get(page), **words), follow=True)


@pytest.fixture
def testimony() -> Testimony:
    return making.testimony_of(making.published())


def state() -> str:
    return Publication.objects.order_by("pk").first().state


def test_hidden_and_shown_again(editor, testimony):
    assert "It is hidden." in said(do(editor, testimony, "unlist", note="Her cousin called."))
    assert state() == "unlisted"
    assert testimony.history.first().history_change_reason == "Her cousin called."
    assert "It is renewed" in said(do(editor, testimony, "renew", review_on="2999-01-01"))
    assert state() == "listed"
    assert str(Publication.objects.get().review_on) == "2999-01-01"


def test_what_waits_for_review_is_hidden_with_its_note(editor, testimony):
    testimony.status = Testimony.Status.IN_REVIEW
    testimony.save()
    do(editor, testimony, "unlist", note="Her cousin called.")
    assert Testimony.objects.get().status == "in_review"
    reasons = [row.history_change_reason for row in testimony.history.all()]
    assert reasons.count("Her cousin called.") == 1
    assert reasons[0] == "Her cousin called."


def test_what_a_request_hides_is_shown_again_only_by_a_tick(editor, testimony):
    asked = {"asks": "withdrawal", "received_on": "2021-01-01", "due_on": "2021-02-01", "who": "her"}
    request = Request.objects.create(testimony=testimony, **asked)
    do(editor, testimony, "unlist")
    link = f'<a href="/admin/testimonies/request/{request.pk}/change/">'
    page = editor.get(f"{address(testimony, 'renew')}?all_the_same=on")
    assert link in page.content.decode()
    answer = editor.post(address(testimony, "renew"), filled(page))
    assert "Decide the request first" in str(answer.context["adminform"].form.errors["all_the_same"])
    assert state() == "unlisted"
    do(editor, testimony, "renew", all_the_same="on")
    assert state() == "listed"
    Request.objects.update(decided_on="2021-01-02")
    page = editor.get(address(testimony, "renew"))
    assert "all_the_same" not in page.context["adminform"].form.fields
    assert link not in page.content.decode()


def test_an_undecided_request_is_named_to_those_who_may_know(editor, contributor, testimony):
    asked = {"asks": "withdrawal", "received_on": "2021-01-01", "due_on": "2021-02-01", "who": "her"}
    request = Request.objects.create(testimony=testimony, **asked)
    page, link = f"/admin/testimonies/testimony/{testimony.pk}/change/", f"/admin/testimonies/request/{request.pk}/"
    assert link in editor.get(page).content.decode()
    assert link not in contributor.get(page).content.decode()
    Request.objects.update(decided_on="2021-01-02")
    assert link not in editor.get(page).content.decode()


def test_a_review_is_not_set_in_the_past(editor, testimony):
    page = address(testimony, "renew")
    answer = editor.post(page, filled(editor.get(page), review_on="2020-01-01"))
    assert "review_on" in answer.context["adminform"].form.errors


def test_a_withdrawal_warns_names_a_neutral_reason_and_is_final(editor, testimony):
    page = editor.get(address(testimony, "withdraw"))
    assert "This cannot be undone." in page.content.decode()
    assert state() == "listed"
    do(editor, testimony, "withdraw", reason="on_request", note="He telephoned on Monday.")
    publication = Publication.objects.get()
    assert (publication.state, publication.withdrawal_reason) == ("withdrawn", "on_request")
    assert testimony.history.first().history_change_reason == "He telephoned on Monday."
    change = editor.get(f"/admin/testimonies/testimony/{testimony.pk}/change/")
    assert change.context["standing"].is_final
    assert [act["label"] for act in change.context["acts"]] == []
    assert not {"_publish", "_review"} & set(change.content.decode().split('"'))


def test_a_withdrawal_without_a_reason_is_not_done(editor, testimony):
    page = address(testimony, "withdraw")
    assert "reason" in editor.post(page, filled(editor.get(page))).context["adminform"].form.errors
    assert state() == "listed"


def test_the_same_act_sent_twice_is_done_once(editor, testimony):
    page = address(testimony, "unlist")
    sent = filled(editor.get(page), note="Once.")
    editor.post(page, sent)
    answer = editor.post(page, sent, follow=True)
    assert "This form was sent twice. It was done once." in said(answer)
    assert PublicationEvent.objects.filter(kind="unlisted").count() == 1


def test_an_act_on_what_somebody_changed_meanwhile_is_not_done(editor, testimony):
    page = address(testimony, "withdraw")
    sent = filled(editor.get(page), reason="on_request")
    testimony.locator = "page 3"
    testimony.save()
    assert "Nothing was done." in said(editor.post(page, sent, follow=True))
    assert state() == "listed"


def test_an_act_in_the_wrong_state_says_so(editor, testimony):
    page = address(testimony, "withdraw")
    do(editor, testimony, "withdraw", reason="on_request")
    again = filled(editor.get(page), reason="on_request")
    assert "Nothing was done." in said(editor.post(page, again, follow=True))
    assert PublicationEvent.objects.filter(kind="withdrawn").count() == 1


def test_an_edition_is_emptied_by_an_archivist_only(archivist, editor, testimony):
    edition = Edition.objects.get()
    assert editor.get(address(testimony, "empty")).status_code == 403
    do(archivist, testimony, "empty", edition=edition.pk, note="It named her street.")
    edition.refresh_from_db()
    assert edition.is_emptied
    assert state() == "unlisted"
    assert testimony.history.first().history_change_reason == "It named her street."


def test_an_edition_of_another_testimony_is_not_offered(archivist, testimony):
    other = making.published("Other words.").editions.get()
    page = address(testimony, "empty")
    answer = archivist.post(page, filled(archivist.get(page), edition=other.pk))
    assert "edition" in answer.context["adminform"].form.errors


def test_a_testimony_is_merged_into_another(archivist, testimony):
    other = making.testimony_of(making.published("Other words."))
    do(archivist, testimony, "merge", into=other.pk)
    assert state() == "merged"
    page = address(testimony, "merge")
    assert archivist.get(page).status_code == 200  # somebody may have it open; sent, it says why not


def test_a_testimony_is_not_merged_with_itself(archivist, testimony):
    page = address(testimony, "merge")
    answer = archivist.post(page, filled(archivist.get(page), into=testimony.pk))
    assert "into" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("make", [making.a_place, making.a_tag, making.a_wave, making.a_source, making.a_witness])
def test_vocabulary_records_are_merged(archivist, make):
    given_up, kept = make("Aksai"), make("Aksay")
    answer = do(archivist, given_up, "merge", into=kept.pk)
    assert answer.redirect_chain[0][0] == f"/admin/testimonies/{kept._meta.model_name}/{kept.pk}/change/"
    assert list(type(kept).objects.all()) == [kept]


def test_a_place_is_not_merged_into_one_that_lies_in_it(archivist):
    country = making.a_place("Kazakhstan", kind="country")
    town = making.a_place("Aksay", parent=country)
    assert "Nothing was done." in said(do(archivist, country, "merge", into=town.pk))
    assert Place.objects.count() == 2


def test_a_name_is_hidden_everywhere(archivist, editor):
    source = making.a_source(kind="interview", url="", publisher="")
    basis = making.a_basis(kind="written_consent", asked=True, date=making.yesterday())
    publication = making.published(
        "We shared the bread.", witness=making.a_witness("Zharas"), source=source, basis=basis
    )
    witness, page = publication.witness, f"/admin/testimonies/witness/{publication.witness.pk}/change/"
    editor.post(page, filled(editor.get(page), note="Zharas bakes."))
    assert LogEntry.objects.get().object_repr == "Zharas"
    answer = do(archivist, witness, "hide", name="Unnamed voice", naming="anonymous_by_request")
    witness.refresh_from_db()
    assert (witness.name, witness.naming) == ("Unnamed voice", "anonymous_by_request")
    assert Edition.objects.get(number=1).is_emptied
    assert "Zharas" not in answer.content.decode()
    assert "Zharas" not in " ".join(f"{one.object_repr} {one.change_message}" for one in LogEntry.objects.all())


def test_the_form_of_a_witness_does_not_hide_a_name_that_readers_know(editor):
    witness = making.published().witness
    page = f"/admin/testimonies/witness/{witness.pk}/change/"
    answer = editor.post(page, filled(editor.get(page), name="Unnamed voice", naming="pseudonym"))
    assert answer.context["adminform"].form.errors
    assert Witness.objects.get().name == witness.name


def test_an_address_that_was_published_is_not_offered_for_change(editor):
    tag = making.a_tag("Bread")
    making.published(tags=[tag])
    page = editor.get(f"/admin/testimonies/tag/{tag.pk}/change/")
    assert "slug" not in page.context["adminform"].form.fields
    assert Tag.objects.get().slug == Identifier.objects.get(kind="tag").value


def test_a_merge_is_undone_on_the_page_of_what_stayed(archivist, editor):
    one, other = making.a_tag("Roads"), making.a_tag("Ways")
    change = f"/admin/testimonies/tag/{other.pk}/change/"
    assert "unmerge" not in archivist.get(change).content.decode()
    assert "For a day this can be undone below." in said(do(archivist, one, "merge", into=other.pk))
    assert "unmerge" in archivist.get(change).content.decode()
    assert editor.get(address(other, "unmerge")).status_code == 403
    kept = Merge.objects.get()
    assert kept.by == archivist.user
    assert str(kept) in archivist.get(address(other, "unmerge")).content.decode()
    answer = do(archivist, other, "unmerge", merge=kept.pk)
    assert "They are two records again" in said(answer)
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Roads", "Ways"]
    assert LogEntry.objects.filter(change_message__contains="Undo a merge").count() == 1


def test_a_merge_that_cannot_be_undone_says_why(archivist):
    one, other = making.a_tag("Roads"), making.a_tag("Ways")
    testimony = making.a_testimony(tags=[one])
    do(archivist, one, "merge", into=other.pk)
    testimony.tags.clear()
    answer = do(archivist, other, "unmerge", merge=Merge.objects.get().pk)
    assert "Nothing was done. It cannot be undone: since the merge this was changed" in said(answer)
    assert list(Tag.objects.all()) == [other]


def test_a_choice_that_is_no_record_is_refused(archivist):
    tag = making.a_tag("Roads")
    page = address(tag, "merge")
    answer = archivist.post(page, filled(archivist.get(page), into="new:Ways"))
    assert "into" in answer.context["adminform"].form.errors


def test_words_are_erased_by_an_archivist_who_types_the_identifier(archivist, editor, testimony):
    identifier = testimony.publication.identifier
    SourceSnapshot.objects.create(source=testimony.source, text=making.WORDS)
    assert editor.get(address(testimony, "erase")).status_code == 403
    page = archivist.get(address(testimony, "erase")).content.decode()
    assert "every snapshot of the source" in page
    words = {"reason": "on_request", "note": "A lawyer asked; see the request of 3 May."}
    for wrong in ({}, {"identifier": "x"}, {"identifier": identifier, "note": ""}):
        do(archivist, testimony, "erase", **{**words, **wrong})
        assert state() == "listed"
    assert "It is erased" in said(do(archivist, testimony, "erase", identifier=f" {identifier.upper()} ", **words))
    assert state() == "withdrawn"
    assert not testimony.segments.exists()
    assert not SourceSnapshot.objects.exists()
    assert testimony.history.first().history_change_reason == words["note"]
    assert [(one.user, "Erase the words" in one.change_message) for one in LogEntry.objects.all()] == [
        (archivist.user, True)
    ]
    assert "erase" not in str(archivist.get(f"/admin/testimonies/testimony/{testimony.pk}/change/").context["acts"])


def test_what_was_never_published_is_not_erased_but_deleted(archivist):
    draft = making.a_testimony()
    assert "erase" not in str(archivist.get(f"/admin/testimonies/testimony/{draft.pk}/change/").context["acts"])
    answer = do(archivist, draft, "erase", reason="on_request", note="x", identifier="x")
    assert answer.status_code == 200
    assert draft.segments.exists()

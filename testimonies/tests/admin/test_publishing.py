"""Sending to review and publishing from the form: what the page says, and who may."""

import pytest

from testimonies.models.editorial import SourceSnapshot, Testimony
from testimonies.models.public import Edition, Publication
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.admin.test_testimony_form import ADD, page_of


def press(client, testimony, button, **changes):
    page = page_of(testimony)
    return client.post(page, filled(client.get(page), **{button: ""}, **changes), follow=True)


def standing(client, testimony):
    return client.get(page_of(testimony)).context["standing"]


def test_what_is_missing_is_said_with_the_place_where_it_is_mended(editor):
    testimony = Testimony.objects.create(status=Testimony.Status.DRAFT)
    missing = {one.anchor: one.sentence for one in standing(editor, testimony).missing}
    assert set(missing) == {"id_source", "id_witness", "id_basis", "id_language_printed", "segments-group"}
    page = editor.get(page_of(testimony)).content.decode()
    assert 'href="#id_basis"' in page
    assert 'id="id_basis"' in page
    assert 'id="segments-group"' in page


def test_publishing_shows_the_permalink(editor):
    testimony = making.a_testimony(author=editor.user)
    answer = press(editor, testimony, "_publish")
    publication = Publication.objects.get()
    assert f"/testimonies/{publication.identifier}/" in said(answer)
    assert standing(editor, testimony).sentences == ["Published. Readers see edition 1."]
    reason = Testimony.objects.get().history.first().history_change_reason
    assert reason == "Edition 1 is published."


def test_what_the_gate_refuses_is_saved_but_not_published(editor):
    testimony = making.a_testimony(basis=None)
    answer = press(editor, testimony, "_publish", locator="page 3")
    assert "it cannot be published yet" in said(answer)
    assert (Testimony.objects.get().locator, Publication.objects.count()) == ("page 3", 0)


def test_a_testimony_is_entered_and_published_at_once(editor):
    witness, source, basis = making.a_witness(), making.a_source(), making.a_basis()
    sent = filled(editor.get(ADD), segments__0__text=making.WORDS, _publish="")
    editor.post(ADD, sent | {"witness": witness.pk, "source": source.pk, "basis": basis.pk})
    assert Publication.objects.get().state == "listed"


def test_a_later_edition_needs_a_word_on_what_changed(editor):
    testimony = making.testimony_of(making.published())
    answer = press(editor, testimony, "_publish", segments__0__text="We shared the bread.")
    assert "Say below what changed" in said(answer)
    assert Edition.objects.count() == 1
    assert "What stands here differs from it" in standing(editor, testimony).sentences[1]
    testimony.refresh_from_db()
    press(editor, testimony, "_publish", publish__note="A word was misread.")
    assert [edition.change_note for edition in Edition.objects.order_by("number")] == ["", "A word was misread."]


def test_a_change_that_protects_somebody_needs_none(editor):
    testimony = making.testimony_of(making.published())
    press(editor, testimony, "_publish", segments__0__text="We shared the bread.", publish__protects="on")
    assert Edition.objects.get(number=2).protects


def test_publishing_what_readers_have_makes_no_edition(editor):
    testimony = making.testimony_of(making.published())
    answer = press(editor, testimony, "_publish", publish__note="Nothing.")
    assert "there is no new edition" in said(answer)
    assert Edition.objects.count() == 1


def test_publishing_twice_publishes_once_and_says_so(editor):
    testimony = making.a_testimony()
    sent = filled(editor.get(page_of(testimony)), _publish="")
    editor.post(page_of(testimony), sent)
    answer = editor.post(page_of(testimony), sent, follow=True)
    assert Edition.objects.count() == 1
    assert "Nothing was done twice." in said(answer)


def test_words_that_differ_are_published_only_by_who_says_to_know_it(editor):
    testimony = making.a_testimony(source=making.a_source())
    SourceSnapshot.objects.create(source=testimony.source, text="We sold the bread.")
    assert 'name="publish-differs"' in editor.get(page_of(testimony)).content.decode()
    answer = press(editor, testimony, "_publish", locator="page 3")
    assert "not published: the words differ from the copy" in said(answer)
    assert answer.redirect_chain[-1][0].endswith("#id_publish-differs")
    assert (Testimony.objects.get().locator, Publication.objects.count()) == ("page 3", 0)
    press(editor, Testimony.objects.get(), "_publish", publish__differs="on")
    assert Edition.objects.get().record["quotation_check"]["state"] == "differs"


def test_the_note_on_a_change_that_is_refused_stands_there_again_once(editor):
    testimony = making.testimony_of(making.published(source=making.a_source()))
    SourceSnapshot.objects.create(source=testimony.source, text="We sold the bread.")
    typed = {"publish__note": "“Bread”, not “broad”.", "publish__protects": "on"}
    answer = press(editor, testimony, "_publish", **typed)
    assert "not published: the words differ" in said(answer)
    assert answer.context["publish_form"].initial == {"note": "“Bread”, not “broad”.", "protects": True}
    assert "“Bread”, not “broad”." in answer.content.decode()
    assert not any("broad" in str(one) for one in dict(editor.session).values())
    assert editor.get(page_of(testimony)).context["publish_form"].initial == {}
    press(editor, Testimony.objects.get(), "_publish", publish__differs="on", publish__note="Misread.")
    assert editor.get(page_of(testimony)).context["publish_form"].initial == {}


def test_an_entered_testimony_whose_words_differ_is_not_published_at_once(editor):
    witness, source, basis = making.a_witness(), making.a_source(), making.a_basis()
    sent = filled(editor.get(ADD), segments__0__text=making.WORDS, source_text="We sold the bread.", _publish="")
    answer = editor.post(ADD, sent | {"witness": witness.pk, "source": source.pk, "basis": basis.pk}, follow=True)
    assert "the words differ from the copy" in said(answer)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("words", [{"wording": "paraphrase"}, {"source_withheld": True}])
def test_nobody_is_asked_of_a_difference_that_readers_are_not_told(editor, words):
    testimony = making.a_testimony(**words)
    SourceSnapshot.objects.create(source=testimony.source, text="We sold the bread.")
    assert 'name="publish-differs"' not in editor.get(page_of(testimony)).content.decode()
    press(editor, testimony, "_publish")
    assert Publication.objects.get().is_listed


def test_a_press_basis_that_names_another_paper_is_pointed_out(editor):
    making.a_source("Other news", publisher="The Almanac")
    other, both = (
        making.a_basis(label=label) for label in ("Printed: the Almanac, 2021", "Steppe Courier. The Steppe Courier")
    )
    told = standing(editor, making.a_testimony(basis=other)).notes
    assert told == ["The basis for publication names The Almanac, but the source is of The Steppe Courier."]
    assert standing(editor, making.a_testimony(basis=both)).notes == []
    assert standing(editor, making.a_testimony()).notes == []


def test_review_is_asked_for_once(contributor):
    testimony = making.a_testimony()
    assert "in review" in said(press(contributor, testimony, "_review"))
    testimony.refresh_from_db()
    assert testimony.status == "in_review"
    assert "already" in said(press(contributor, testimony, "_review"))


def test_what_is_published_stays_so_while_the_next_edition_is_in_review(contributor):
    testimony = making.testimony_of(making.published())
    press(contributor, testimony, "_save", locator="page 3")
    assert Testimony.objects.get().status == "published"
    press(contributor, Testimony.objects.get(), "_review")
    assert Testimony.objects.get().status == "in_review"
    assert Publication.objects.get().is_listed
    assert "in review for the next edition" in " ".join(standing(contributor, testimony).sentences)


def test_a_contributor_has_no_button_to_publish_and_none_works(contributor):
    testimony = making.a_testimony()
    assert 'name="_publish"' not in contributor.get(page_of(testimony)).content.decode()
    assert press(contributor, testimony, "_publish", locator="page 3").status_code == 403
    assert (Testimony.objects.get().locator, Publication.objects.count()) == ("", 0)


def test_who_wrote_it_does_not_publish_it_where_the_archive_says_so(editor, enter, settings):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = False
    testimony = making.a_testimony(author=editor.user, status=Testimony.Status.IN_REVIEW)
    page = editor.get(page_of(testimony))
    assert 'name="_publish"' not in page.content.decode()
    assert "You wrote it" in " ".join(one.sentence for one in page.context["standing"].missing)
    answer = press(editor, testimony, "_publish", editors_note="Typed meanwhile.")
    assert "cannot be published yet" in said(answer)
    assert (Testimony.objects.get().editors_note, Publication.objects.count()) == ("Typed meanwhile.", 0)
    testimony.refresh_from_db()
    press(enter("Editor", "Gulnara"), testimony, "_publish")
    assert Publication.objects.get().is_listed


@pytest.mark.parametrize("own_work", [True, False])
def test_the_first_page_says_whether_writers_publish(editor, settings, own_work):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = own_work
    page = editor.get("/admin/").content.decode()
    assert ("the person who wrote a testimony may publish it." in page) is own_work
    assert ("somebody else than the writer reviews and publishes" in page) is not own_work


def test_characters_that_cannot_be_seen_are_pointed_out(editor):
    testimony = making.a_testimony("We \u202eshared the bread [[…")
    notes = " ".join(standing(editor, testimony).notes)
    assert "U+202E" in notes
    assert "belongs to no mark of ours" in notes


def test_a_language_that_does_not_fit_the_source_is_pointed_out(editor):
    fitting, other = (making.a_source(language=language) for language in ("en-GB", "kk-Cyrl"))
    assert standing(editor, making.a_testimony(source=fitting)).notes == []
    told = standing(editor, making.a_testimony(source=other, language_printed="en")).notes
    assert told == ["The source is in Kazakh (Cyrillic), but its words are said to be printed in English."]

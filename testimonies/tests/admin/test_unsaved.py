"""What is typed and not saved: kept for whoever typed it, given back, discarded, and never shown to anybody else."""

import pytest
from django.db import connection
from django.test import Client

from testimonies.models.editorial import Draft, SourceSnapshot, Testimony
from testimonies.models.public import Identifier, Source, Witness
from testimonies.tests import making
from testimonies.tests.admin.conftest import Member, filled

ADD = "/admin/testimonies/testimony/add/"
UNSAVED = "/admin/testimonies/testimony/unsaved/"
DISCARD = f"{UNSAVED}discard/"
PREVIEW = "/admin/testimonies/testimony/preview/"
TYPED = "We baked for the whole street and"


def page_of(testimony: Testimony) -> str:
    return f"/admin/testimonies/testimony/{testimony.pk}/change/"


def keep(client: Member, testimony: Testimony | None = None, **typed):
    """Open the page, type, and send what its script sends two seconds later."""
    page = client.get(page_of(testimony) if testimony else ADD)
    sent = filled(page, **typed) | {
        "form": page.context["form_token"],
        "by": client.user.pk,
        "testimony": testimony.pk if testimony else "",
    }
    return sent, client.post(UNSAVED, sent)


def continued(client: Member, sent: dict, testimony: Testimony | None = None):
    return client.get(page_of(testimony) if testimony else ADD, {"continue": sent["form"]})


def words_in(page) -> list[str]:
    return [form["text"].value() for form in page.context["inline_admin_formsets"][0].formset.forms]


def test_a_new_form_is_kept_offered_and_continued(contributor):
    sent, answer = keep(contributor, segments__0__text=TYPED)
    assert answer.json()["state"] == "kept"
    page = contributor.get(ADD)
    assert [(one.label, one.typed) for one in page.context["unsaved"][0].differences] == [("Quoted words", TYPED)]
    page = continued(contributor, sent)
    assert words_in(page) == [TYPED]
    assert page.context["errors"] == []
    assert (page.context["form_token"], page.context["once"]) == (sent["form"], sent["form"])
    contributor.post(ADD, filled(page, _save="") | {"form": sent["form"]})
    assert [one.text for one in Testimony.objects.get().segments.all()] == [TYPED]
    assert not Draft.objects.exists()


def test_a_testimony_is_kept_beside_what_is_saved(contributor):
    testimony = making.a_testimony()
    sent, _answer = keep(contributor, testimony, segments__0__text=TYPED, locator="page 3")
    assert testimony.segments.get().text == making.WORDS
    shown = contributor.get(page_of(testimony)).context["unsaved"][0].differences
    assert ("Quoted words", making.WORDS, TYPED) in [(one.label, one.saved, one.typed) for one in shown]
    page = continued(contributor, sent, testimony)
    assert words_in(page) == [TYPED]
    contributor.post(page_of(testimony), filled(page, _save="") | {"form": sent["form"]})
    assert testimony.segments.get().text == TYPED
    assert not Draft.objects.exists()


def test_parts_that_were_added_are_continued_too(contributor):
    more = {f"segments-1-{name}": "" for name in ("id", "testimony", "introduction", "joined_by", "order")}
    sent, _answer = keep(
        contributor, **more, **{"segments-TOTAL_FORMS": "2", "segments-0-text": "One.", "segments-1-text": "Two."}
    )
    assert words_in(continued(contributor, sent)) == ["One.", "Two."]


def test_a_testimony_saved_in_between_is_not_overwritten_by_what_is_continued(contributor, enter):
    testimony, other = making.a_testimony(), enter("Editor", "Gulnara")
    sent, _answer = keep(contributor, testimony, segments__0__text="Mine.")
    other.post(page_of(testimony), filled(other.get(page_of(testimony)), segments__0__text="Hers.", _save=""))
    page = continued(contributor, sent, testimony)
    assert page.context["overtaken_since"]
    answer = contributor.post(page_of(testimony), filled(page, _save="") | {"form": sent["form"]})
    assert [(one.saved, one.typed) for one in answer.context["overtaken"]] == [("Hers.", "Mine.")]
    assert Draft.objects.count() == 1


def test_two_open_forms_keep_apart(contributor):
    first, _answer = keep(contributor, segments__0__text="One.")
    second, _answer = keep(contributor, segments__0__text="Two.")
    assert words_in(continued(contributor, first)) == ["One."]
    assert words_in(continued(contributor, second)) == ["Two."]
    assert len(contributor.get(ADD).context["unsaved"]) == 2


def test_what_is_discarded_is_gone(contributor):
    sent, _answer = keep(contributor, segments__0__text=TYPED)
    assert contributor.post(DISCARD, {"form": sent["form"]}).url == ADD
    assert contributor.get(ADD).context["unsaved"] == []
    assert contributor.post(DISCARD, {"form": sent["form"]}).status_code == 404


def test_a_late_keeping_of_a_saved_form_makes_no_draft(contributor):
    testimony = making.a_testimony()
    for of, page in ((None, ADD), (testimony, page_of(testimony))):
        sent, _answer = keep(contributor, of, segments__0__text=TYPED)
        contributor.post(page, sent | {"_save": ""})
        assert contributor.post(UNSAVED, sent).json() == {"state": "entered"}
    assert not Draft.objects.exists()


def test_one_notice_says_how_the_newest_begins_and_the_others_stand_in_a_list(contributor):
    testimony = making.a_testimony()
    for words in ("One day.\n\nWe left.", "Two days.", "Three days."):
        keep(contributor, testimony, segments__0__text=words)
    page = contributor.get(page_of(testimony))
    assert [one.first_line for one in page.context["unsaved"]] == ["Three days.", "Two days.", "One day."]
    shown = page.content.decode()
    assert shown.count("You have unsaved work from") == 1
    assert "2 earlier pieces of work that were not saved" in shown


@pytest.mark.parametrize("text", [making.WORDS, "One.\r\n\r\nTwo."])
def test_nothing_is_kept_where_nothing_differs(contributor, text):
    testimony = making.a_testimony(text.replace("\r", ""))
    sent, answer = keep(contributor, testimony, segments__0__text=text)
    assert answer.json() == {"state": "same"}
    contributor.post(UNSAVED, sent | {"segments-0-text": TYPED})
    assert Draft.objects.count() == 1
    assert contributor.post(UNSAVED, sent).json() == {"state": "same"}
    assert keep(contributor)[1].json() == {"state": "same"}
    assert not Draft.objects.exists()


def test_what_the_source_holds_already_is_no_unsaved_work(contributor):
    testimony = making.a_testimony()
    source = testimony.source
    source.url, source.selection_note = "https://courier.example/bread", "The weather."
    source.save()
    SourceSnapshot.objects.create(source=source, text="It was said at noon.")
    typed = {"address": "http://www.courier.example/bread/", "source_text": "It was said at noon.\r\n"}
    _sent, answer = keep(contributor, testimony, **typed)
    assert answer.json() == {"state": "same"}
    _sent, answer = keep(contributor, testimony, **typed | {"source_text": "It was said at night."})
    assert answer.json()["state"] == "kept"


def test_earlier_work_that_is_in_what_is_saved_is_dropped_with_the_saving(contributor):
    testimony = making.a_testimony()
    place = making.a_place("Aksay")
    new = {"placements-0-relation": "spoken_at", "placements-0-place": place.pk, "placements-0-basis": "stated"}
    keep(contributor, testimony, segments__0__text="We baked")
    keep(contributor, testimony, segments__0__text=TYPED, **new)
    last = filled(contributor.get(page_of(testimony)), segments__0__text=f"{TYPED} left.", **new, _save="")
    assert contributor.post(page_of(testimony), last).status_code == 302
    assert testimony.placements.count() == 1
    assert not Draft.objects.exists()


def test_earlier_work_that_is_not_in_what_is_saved_is_kept_and_not_put_first(contributor, enter):
    testimony, other = making.a_testimony(), enter("Editor", "Gulnara")
    keep(other, testimony, segments__0__text="Hers.")
    sent, _answer = keep(contributor, testimony, segments__0__text="Two.", locator="page 3")
    page = contributor.get(page_of(testimony))
    contributor.post(page_of(testimony), filled(page, locator="page 31", _save=""))
    page = contributor.get(page_of(testimony))
    assert [(one.first_line, one.is_older) for one in page.context["unsaved"]] == [("Two.", True)]
    assert "You have unsaved work from" not in page.content.decode()
    assert words_in(continued(contributor, sent, testimony)) == ["Two."]
    keep(contributor, testimony, segments__0__text="Three.")
    page = contributor.get(page_of(testimony))
    assert [one.is_older for one in page.context["unsaved"]] == [False, True]
    assert "You have unsaved work from" in page.content.decode()
    assert Draft.objects.filter(editor=other.user).count() == 1


def test_a_part_that_is_to_go_is_unsaved_work(contributor):
    testimony = making.a_testimony()
    _sent, answer = keep(contributor, testimony, segments__0__DELETE="on")
    assert answer.json()["state"] == "kept"
    assert len(contributor.get(page_of(testimony)).context["unsaved"]) == 1


def test_somebody_elses_work_is_never_shown_changed_or_discarded(contributor, enter):
    testimony, other = making.a_testimony(), enter("Archivist", "Gulnara")
    sent, _answer = keep(contributor, testimony, segments__0__text=TYPED)
    assert other.get(page_of(testimony)).context["unsaved"] == []
    assert words_in(continued(other, sent, testimony)) == [making.WORDS]
    assert TYPED not in other.get(PREVIEW, {"form": sent["form"], "testimony": testimony.pk}).content.decode()
    assert other.post(DISCARD, {"form": sent["form"]}).status_code == 404
    other.post(UNSAVED, sent | {"by": other.user.pk, "segments-0-text": "Hers."})
    assert Draft.objects.get(editor=contributor.user).typed["segments-0-text"] == TYPED


def test_a_session_that_has_ended_answers_403_and_so_does_somebody_elses(contributor, enter):
    sent, _answer = keep(contributor, segments__0__text="One.")
    refused = Client().post(UNSAVED, sent | {"segments-0-text": "Two."})
    assert (refused.status_code, refused.json()) == (403, {"state": "signed_out"})
    refused = enter("Editor", "Gulnara").post(UNSAVED, sent | {"segments-0-text": "Two."})
    assert (refused.status_code, refused.json()) == (403, {"state": "somebody_else"})
    assert [one.typed["segments-0-text"] for one in Draft.objects.all()] == ["One."]
    again = contributor.get(UNSAVED, {"by": contributor.user.pk}).json()
    assert again["state"] == "signed_in"
    assert again["token"]


def test_a_form_token_is_asked_for(contributor):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = contributor.cookies
    assert strict.post(UNSAVED, {"form": "0" * 32, "by": contributor.user.pk}).status_code == 403


@pytest.mark.parametrize("form", ["", "nonsense", "0" * 31, "0" * 33, "' OR 1=1 --", "\x00" * 32])
def test_a_form_without_a_name_of_ours_is_refused(contributor, form):
    answer = contributor.post(UNSAVED, {"form": form, "by": contributor.user.pk, "testimony": ""})
    assert (answer.status_code, Draft.objects.count()) == (400, 0)


@pytest.mark.parametrize("testimony", ["0", "-1", "nonsense", "9" * 30, "1 OR 1=1", "٣"])
def test_a_testimony_that_there_is_not_is_refused(contributor, testimony):
    sent = {"form": "0" * 32, "by": contributor.user.pk, "testimony": testimony}
    assert contributor.post(UNSAVED, sent).status_code == 403
    assert contributor.get(PREVIEW, {"testimony": testimony}).status_code == 404


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"segments-TOTAL_FORMS": "many", "segments-INITIAL_FORMS": "-1"},
        {"segments-TOTAL_FORMS": "999999999", "segments-INITIAL_FORMS": "0"},
        {"witness": "new:Aibek", "source": "9" * 30, "tags": ["x", "-1"], "placements-0-place": "0x1"},
        {"segments-0-text": "\x00\ud7ff\u202e", "read_version": "old", "spoken": "in the bad times"},
        {"translations-0-translator": "1; DROP TABLE", "segments-0-id": "999"},
    ],
)
def test_nonsense_is_kept_and_harms_nothing(contributor, nonsense):
    testimony = making.a_testimony()
    sent = {"form": "0" * 32, "by": contributor.user.pk, "testimony": testimony.pk, **nonsense}
    assert contributor.post(UNSAVED, sent).status_code == 200
    assert contributor.get(page_of(testimony)).status_code == 200
    assert continued(contributor, sent, testimony).status_code == 200
    assert contributor.get(PREVIEW, {"form": sent["form"], "testimony": testimony.pk}).status_code == 200


def test_what_is_too_large_is_refused_and_a_very_long_quotation_is_not(contributor, settings):
    long = "мы пекли хлеб " * 7200  # 100,800 letters
    sent, answer = keep(contributor, segments__0__text=long)
    assert answer.json()["state"] == "kept"
    assert words_in(continued(contributor, sent)) == [long.strip()] or words_in(continued(contributor, sent)) == [long]
    contributor.post(ADD, sent | {"_save": ""})
    assert len(Testimony.objects.get().segments.get().text) == len(long.strip())
    too_large = {
        "form": "1" * 32,
        "by": contributor.user.pk,
        "editors_note": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    assert contributor.post(UNSAVED, too_large).status_code == 413
    assert not Draft.objects.exists()


def test_nothing_typed_stands_in_the_database_unencrypted(contributor):
    keep(contributor, segments__0__text="obrekolina")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM testimonies_draft")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert "obrekolina" not in repr(rows)


def test_what_no_key_opens_any_more_is_said_and_can_be_discarded(contributor, settings):
    sent, _answer = keep(contributor, segments__0__text=TYPED)
    settings.FIELD_ENCRYPTION_KEYS = ["A" * 43 + "="]
    page = contributor.get(ADD)
    assert "cannot be opened" in page.content.decode()
    assert continued(contributor, sent).status_code == 200
    assert contributor.get(PREVIEW, {"form": sent["form"]}).status_code == 200
    assert contributor.post(DISCARD, {"form": sent["form"]}).status_code == 302


def test_the_preview_is_the_public_page_and_leaves_nothing_behind(editor):
    testimony = making.testimony_of(making.published(tags=[making.a_tag("Roads")]))
    sent, _answer = keep(editor, testimony, segments__0__text="We shared the salt.", context_note="At noon.")
    before = (Identifier.objects.count(), testimony.history.count(), Testimony.objects.get().version)
    answer = editor.get(PREVIEW, {"form": sent["form"], "testimony": testimony.pk})
    page = answer.content.decode()
    assert "We shared the salt." in page
    assert "At noon." in page
    assert "Roads" in page
    assert "<script" not in page
    assert (Identifier.objects.count(), testimony.history.count(), Testimony.objects.get().version) == before
    assert testimony.segments.get().text == making.WORDS
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_the_preview_begins_with_the_first_words(contributor):
    sent, _answer = keep(contributor, segments__0__text=TYPED)
    page = contributor.get(PREVIEW, {"form": sent["form"]}).content.decode()
    assert TYPED in page
    assert "Somebody not entered yet" in page
    assert (Source.objects.count(), Witness.objects.count(), Testimony.objects.count()) == (0, 0, 0)


def test_the_preview_leaves_out_what_is_not_in_order_and_says_so(contributor):
    place = making.a_place("Aksay")
    typed = {"placements-0-place": place.pk, "placements-0-basis": "inferred", "spoken": "in the bad times"}
    more = {"translations-TOTAL_FORMS": 1, "translations-0-language": "ru", "translations-0-translated_from": "en"}
    sent, _answer = keep(
        contributor, segments__0__text="One.\n\nTwo.", **typed, **more, **{"translations-0-text": "Один."}
    )
    page = contributor.get(PREVIEW, {"form": sent["form"]}).content.decode()
    assert "Two." in page
    assert "Aksay" not in page
    assert "Say why it is inferred" in page
    assert "has not as many passages as the words" in page


def test_the_preview_is_for_editors_only(contributor):
    testimony = making.a_testimony()
    answer = Client().get(PREVIEW, {"testimony": testimony.pk})
    assert answer.status_code == 302
    assert "/login/" in answer.url


def test_the_public_pages_keep_their_own_frames_and_policy(client):
    publication = making.published()
    answer = client.get(f"/testimonies/{publication.identifier}/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]

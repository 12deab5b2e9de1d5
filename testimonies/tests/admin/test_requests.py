"""Requests of witnesses: a queue with deadlines, letters that become requests, words hidden with one click."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import TextField, Value
from django.utils import timezone

from testimonies.models.editorial import Request
from testimonies.models.public import Letter, Publication, today
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.publishing.test_erasure import WORD, tables_with_the_word

SAID = {"who": "her brother", "reply": "+7 700", "ground": f"Of {WORD}."}


def a_request(publication: Publication, **changes) -> Request:
    fields = {"asks": "restriction", "received_on": today(), "due_on": today() + timedelta(days=9), "who": "her"}
    return Request.objects.create(testimony=making.testimony_of(publication), **{**fields, **changes})


def queue(client):
    return client.get("/admin/requests/")


def act(client, record, name, **typed):
    address = f"/admin/testimonies/{record._meta.model_name}/{record.pk}/{name}/"
    return client.post(address, filled(client.get(address), **typed), follow=True)


def test_the_queue_begins_with_the_nearest_deadline(editor):
    letter = Letter.objects.drop(asks="withdrawal", testimony="x", **SAID)
    Letter.objects.update(dropped_at=timezone.now() - timedelta(days=32))
    request = a_request(making.published())
    a_request(making.published(), decided_on=today(), decision="Done.")
    shown = queue(editor)
    assert [(one.record, one.days_left) for one in shown.context["asked"]] == [(letter, -2), (request, 9)]
    assert "overdue since" in shown.content.decode()
    assert [one.record for one in editor.get("/admin/").context["work"].asked] == [letter, request]


def test_one_click_hides_the_words_with_a_reason(editor):
    publication = making.published()
    request = a_request(publication)
    page = queue(editor).content.decode()
    address = f"/admin/testimonies/request/{request.pk}/restrict/"
    assert f'action="{address}"' in page
    editor.post(address, {"note": "Her brother called."})
    publication.refresh_from_db()
    assert publication.state == "unlisted"
    assert making.testimony_of(publication).history.first().history_change_reason == "Her brother called."
    assert f'action="{address}"' not in queue(editor).content.decode()


@pytest.mark.parametrize(
    "named",
    [
        "{identifier}",
        "http://testserver/testimonies/{identifier}/",
        "{identifier}/ ?a=1",
        "the old one, /testimonies/{identifier}/editions/1/#p1",
    ],
)
def test_a_letter_becomes_a_request_and_hides_the_words_if_wished(editor, named):
    publication = making.published()
    named = named.format(identifier=publication.identifier)
    letter = Letter.objects.drop(asks="withdrawal", testimony=named, **SAID)
    page = editor.get(f"/admin/testimonies/letter/{letter.pk}/change/").content.decode()
    assert "her brother" in page
    assert 'name="_save"' not in page
    answer = act(editor, letter, "take_in", restrict="on")
    request = Request.objects.get()
    assert answer.redirect_chain[-1][0] == f"/admin/testimonies/request/{request.pk}/change/"
    assert (request.testimony, request.asks) == (making.testimony_of(publication), "withdrawal")
    assert (request.due_on - request.received_on).days == 30
    assert (request.who, request.reply, request.ground) == ("her brother", "+7 700", SAID["ground"])
    assert "It is a request now, and the words are hidden." in said(answer)
    assert Publication.objects.get().state == "unlisted"
    assert not Letter.objects.exists()


def test_a_letter_that_names_nothing_we_know_asks_which_testimony(editor):
    letter = Letter.objects.drop(asks="withdrawal", testimony="the one about bread", **SAID)
    address = f"/admin/testimonies/letter/{letter.pk}/take_in/"
    answer = editor.post(address, filled(editor.get(address)))
    assert "testimony" in answer.context["adminform"].form.errors
    assert Letter.objects.exists()


def test_a_letter_in_words_keeps_them_and_hides_nothing_unless_wished(editor):
    publication = making.published()
    letter = Letter.objects.drop(asks="withdrawal", testimony="the one about bread", **SAID)
    answer = act(editor, letter, "take_in", testimony=making.testimony_of(publication).pk)
    assert Request.objects.get().ground == f"{SAID['ground']}\n\nthe one about bread"
    assert "hidden" not in said(answer)
    assert Publication.objects.get().state == "listed"


TOMORROW, YESTERDAY = today() + timedelta(days=1), today() - timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"decided_on": today()}, "decision", "Say what was decided"),
        ({"decision": "She may."}, "decided_on", "the request stays open"),
        ({"decision": "She may.", "decided_on": YESTERDAY}, "decided_on", "before the day on which it was received"),
        ({"decision": "She may.", "decided_on": TOMORROW}, "decided_on", "has not come yet"),
    ],
)
def test_half_an_answer_closes_nothing_and_says_so(editor, typed, field, told):
    request = a_request(making.published())
    page = f"/admin/testimonies/request/{request.pk}/change/"
    answer = editor.post(page, filled(editor.get(page), **typed))
    assert list(answer.context["errors"]) == [[answer.context["adminform"].form.errors[field][0]]]
    assert told in answer.content.decode()
    assert list(Request.objects.undecided()) == [request]


def test_a_whole_answer_closes_it(editor):
    request = a_request(making.published())
    page = f"/admin/testimonies/request/{request.pk}/change/"
    editor.post(page, filled(editor.get(page), decision="She may.", decided_on=today()))
    assert not Request.objects.undecided()
    answer = editor.post(page, filled(editor.get(page), received_on="", decided_on=today()))
    assert "received_on" in answer.context["adminform"].form.errors


def test_what_was_written_is_kept_encrypted_and_shown_to_editors(editor):
    request = a_request(making.published(), who=WORD, reply=f"{WORD}@example.org", ground=f"Of {WORD}.")
    Request.objects.filter(pk=request.pk).update(decision=f"{WORD} was answered.")
    assert not tables_with_the_word()
    page = editor.get(f"/admin/testimonies/request/{request.pk}/change/").content.decode()
    assert page.count(WORD) == 4


def test_one_that_no_key_opens_is_in_the_lists_all_the_same(editor, settings):
    a_request(making.published())
    settings.FIELD_ENCRYPTION_KEYS = ["b" * 43 + "="]
    for address in ("/admin/", "/admin/requests/", "/admin/testimonies/request/"):
        assert "restriction" in editor.get(address).content.decode()


@pytest.mark.parametrize("page", ["change", "restrict", "delete", "history"])
def test_the_page_of_one_that_no_key_opens_says_so(archivist, settings, page):
    request = a_request(making.published())
    settings.FIELD_ENCRYPTION_KEYS = ["b" * 43 + "="]
    answer = archivist.get(f"/admin/testimonies/request/{request.pk}/{page}/", follow=True)
    assert answer.status_code in (200, 403)
    assert ("Ask the operator" in answer.content.decode()) == (page == "change")
    if page == "change":
        sent = archivist.post(f"/admin/testimonies/request/{request.pk}/change/", {"asks": "correction"}, follow=True)
        assert "Ask the operator" in sent.content.decode()
        assert Request.objects.unopened().get().asks == "restriction"


def test_decisions_of_before_are_encrypted_by_the_migration(db):
    request = a_request(making.published())
    words = Value(f"Of {WORD}.", output_field=TextField())
    Request.objects.filter(pk=request.pk).update(decision=words)
    assert tables_with_the_word() == {"testimonies_request"}
    import_module("testimonies.migrations.0024_decisions_are_encrypted").encrypt(apps, None)
    assert not tables_with_the_word()
    request.refresh_from_db()
    assert request.decision == f"Of {WORD}."


def test_what_was_written_before_is_encrypted_by_the_migration(db):
    request = a_request(making.published())
    words = Value(f"Of {WORD}.", output_field=TextField())
    Request.objects.filter(pk=request.pk).update(who=words, ground=words)
    assert tables_with_the_word() == {"testimonies_request"}
    import_module("testimonies.migrations.0021_requests_are_encrypted").encrypt(apps, None)
    assert not tables_with_the_word()
    request.refresh_from_db()
    assert (request.who, request.reply, request.ground) == (f"Of {WORD}.", "", f"Of {WORD}.")


def test_advertising_is_thrown_away(editor):
    letter = Letter.objects.drop(asks="correction", testimony="x", **SAID)
    answer = act(editor, letter, "discard")
    assert "gone" in said(answer)
    assert not Letter.objects.exists()
    assert answer.redirect_chain[-1][0] == "/admin/requests/"


def test_a_letter_that_no_key_opens_is_said_to_be_so(editor, settings):
    letter = Letter.objects.drop(asks="correction", testimony="x", **SAID)
    settings.FIELD_ENCRYPTION_KEYS = ["b" * 43 + "="]
    page = editor.get(f"/admin/testimonies/letter/{letter.pk}/change/").content.decode()
    assert "a key that the archive does not hold" in page


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(
    editor, django_assert_num_queries, django_assert_max_num_queries
):
    def some() -> None:
        Letter.objects.drop(asks="withdrawal", testimony="x", **SAID)
        a_request(making.published())

    some()
    with django_assert_max_num_queries(10) as asked:
        queue(editor)
    for _more in range(3):
        some()
    with django_assert_num_queries(len(asked)):
        queue(editor)

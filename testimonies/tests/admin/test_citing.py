"""The queue of registered citations, which keeps silent while safety is being decided."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from testimonies import publishing
from testimonies.models.editorial import Request
from testimonies.models.public import CitingLetter, CitingWork, Letter, Publication, PublicationEvent, today
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.admin.test_requests import SAID

QUEUE = "/admin/testimonies/citingletter/"
WORKS = "/admin/testimonies/citingwork/"
LOG = "/admin/testimonies/publicationevent/?kind__exact=cited"


def cited(publication: Publication) -> tuple[CitingLetter, CitingWork]:
    """A letter that waits, and a publication that readers see."""
    letters = [
        CitingLetter.objects.drop(publication, edition=1, passage=1, **{**making.A_WORK, "reply": "ann@example.org"})
        for _one in range(2)
    ]
    work = publishing.accept_citing(letters[0], edition=1, passage=1, **{**making.A_WORK, "reference": "An older work"})
    return letters[1], work


def act(client, record, name, **typed):
    address = f"/admin/testimonies/{record._meta.model_name}/{record.pk}/{name}/"
    return client.post(address, filled(client.get(address), **typed), follow=True)


def test_an_editor_accepts_what_was_registered(editor):
    publication = making.published()
    letter, _work = cited(publication)
    assert "Onymous" in editor.get(QUEUE).content.decode()
    assert "1 waits to be accepted" in editor.get("/admin/").content.decode()
    page = editor.get(f"{QUEUE}{letter.pk}/change/").content.decode()
    assert "Onymous" in page
    assert "ann@example.org" in page
    assert 'name="_save"' not in page
    answer = act(editor, letter, "accept", reference="A. Onymous, “Bread”, 2024")
    work = CitingWork.objects.get(reference="A. Onymous, “Bread”, 2024")
    assert answer.redirect_chain[-1][0] == f"{WORKS}{work.pk}/change/"
    assert (work.publication, work.edition, work.passage, work.year) == (publication, 1, 1, 2024)
    assert not CitingLetter.objects.exists()


def test_the_list_of_recent_actions_does_not_tell_who_cites_what(editor):
    publication = making.published()
    letter, work = cited(publication)
    act(editor, letter, "accept")
    act(editor, work, "take_off")
    told = " ".join(LogEntry.objects.values_list("object_repr", flat=True))
    assert LogEntry.objects.count() == 2
    assert not [word for word in (publication.identifier, "Onymous", "older") if word in told]


def test_an_edition_that_is_not_there_is_refused(editor):
    letter, _work = cited(making.published())
    answer = act(editor, letter, "accept", edition="7")
    assert "no edition of this number" in answer.content.decode()
    assert CitingLetter.objects.exists()


def test_refused_and_taken_off_are_gone(editor):
    letter, work = cited(making.published())
    answer = act(editor, letter, "refuse")
    assert "gone" in said(answer)
    assert answer.redirect_chain[-1][0] == QUEUE
    answer = act(editor, work, "take_off")
    assert "do not see it any more" in said(answer)
    assert not CitingWork.objects.exists()


def a_request(publication: Publication) -> Request:
    due = {"received_on": today(), "due_on": today() + timedelta(days=9)}
    return Request.objects.create(testimony=making.testimony_of(publication), asks="withdrawal", who="her", **due)


def is_silent(client, publication: Publication) -> bool:
    """Whether no page of the desk tells that somebody cites it."""
    letter, work = CitingLetter.objects.get(), CitingWork.objects.get()
    testimony = making.testimony_of(publication)
    seen = [
        client.get(address).content.decode()
        for address in (
            "/admin/",
            "/admin/requests/",
            QUEUE,
            WORKS,
            LOG,
            f"/admin/testimonies/publication/{publication.pk}/change/",
            f"/admin/testimonies/testimony/{testimony.pk}/change/",
            f"/admin/testimonies/testimony/{testimony.pk}/withdraw/",
        )
    ]
    number = PublicationEvent.objects.get(kind="cited").pk
    words = (letter.receipt, "waits to be accepted", "Onymous", "An older work", f"publicationevent/{number}/")
    told = any(word in page for page in seen for word in words)
    # Django leads away from what is not among the records of a list.
    opened = [
        client.get(f"{QUEUE}{letter.pk}/change/").status_code,
        client.get(f"{WORKS}{work.pk}/change/").status_code,
    ]
    return not told and opened == [302, 302]


def test_while_safety_is_being_decided_nobody_is_shown_who_cites(archivist):
    publication = making.published()
    cited(publication)
    assert not is_silent(archivist, publication)
    request = a_request(publication)
    assert is_silent(archivist, publication)
    request.decided_on, request.decision = today(), "She agrees to stay."
    request.save()
    assert not is_silent(archivist, publication)
    testimony = f"/admin/testimonies/testimony/{making.testimony_of(publication).pk}/change/"
    assert "An older work" in archivist.get(testimony).content.decode()
    publishing.unlist(making.testimony_of(publication))
    assert is_silent(archivist, publication)
    publishing.withdraw(making.testimony_of(publication), reason="on_request")
    assert "An older work" in archivist.get(testimony).content.decode()


def test_a_letter_that_nobody_took_in_yet_is_a_decision_that_waits(archivist):
    publication = making.published()
    cited(publication)
    Letter.objects.drop(asks="withdrawal", testimony=f"/testimonies/{publication.identifier}/", **SAID)
    assert is_silent(archivist, publication)


def test_without_any_decision_the_page_of_a_testimony_tells_nothing(editor):
    publication = making.published()
    cited(publication)
    page = editor.get(f"/admin/testimonies/testimony/{making.testimony_of(publication).pk}/change/").content.decode()
    assert "An older work" not in page


def test_the_queue_says_that_some_wait_unseen_whether_they_do_or_not(editor):
    assert "is not shown here until that is done" in editor.get(QUEUE).content.decode()


def test_a_letter_that_no_key_opens_is_said_to_be_so(editor, settings):
    letter, _work = cited(making.published())
    settings.FIELD_ENCRYPTION_KEYS = ["b" * 43 + "="]
    assert "a key that the archive does not hold" in editor.get(f"{QUEUE}{letter.pk}/change/").content.decode()


@pytest.mark.parametrize("address", [QUEUE, WORKS])
def test_contributors_do_not_see_them(contributor, address):
    assert contributor.get(address).status_code == 403


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(editor, django_assert_num_queries):
    cited(making.published())
    editor.get(QUEUE)
    with CaptureQueriesContext(connection) as asked:
        editor.get(QUEUE)
    for _more in range(3):
        cited(making.published())
    with django_assert_num_queries(len(asked)):
        editor.get(QUEUE)

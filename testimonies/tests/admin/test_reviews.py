"""Reviews on the desk: the queue, the remark at the top of the page, and notices that tell nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from testimonies.models.editorial import Review, Testimony
from testimonies.models.public import Publication
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled, said
from testimonies.tests.admin.test_publishing import press
from testimonies.tests.admin.test_testimony_form import page_of


@pytest.fixture(autouse=True)
def another_person_reviews(settings):
    settings.EDITORS_MAY_PUBLISH_OWN_WORK = False


@pytest.fixture
def testimony(contributor) -> Testimony:
    """Sent to review by its contributor; every word of it is of a kind that no notice has."""
    User.objects.update(email="contributor@example.org")
    witness = making.a_witness("Obrekolina")
    made = making.a_testimony("Zhurt burned.", author=contributor.user, witness=witness)
    return made


def act(client, testimony, name, **typed):
    address = f"/admin/testimonies/testimony/{testimony.pk}/{name}/"
    return client.post(address, filled(client.get(address), **typed), follow=True)


def words_of_mails() -> str:
    return "\n".join(f"{one.subject}\n{one.body}\n{one.from_email}\n{one.message()}" for one in mail.outbox)


def reviewer(enter, name="botagoz"):
    client = enter("Editor", name)
    client.user.email = f"{name}@example.org"
    client.user.save()
    return client


def test_from_review_to_remark_to_approval(contributor, enter, testimony, django_capture_on_commit_callbacks):
    editor = reviewer(enter)
    with django_capture_on_commit_callbacks(execute=True):
        press(contributor, testimony, "_review")
    assert [one.to for one in mail.outbox] == [["botagoz@example.org"]]
    with django_capture_on_commit_callbacks(execute=True):
        answer = act(editor, testimony, "return", passage="1", remark="Who is Zhurt?")
    assert "It is returned" in said(answer)
    assert mail.outbox[1].to == ["contributor@example.org"]
    page = contributor.get(page_of(testimony)).content.decode()
    assert "Returned by botagoz" in page
    assert "Who is Zhurt?" in page
    assert "Zhurt burned." in page
    testimony.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        press(contributor, testimony, "_review", locator="page 3")
        testimony.refresh_from_db()
        press(editor, testimony, "_publish")
    assert Publication.objects.get().is_listed
    assert [one.to for one in mail.outbox[2:]] == [["botagoz@example.org"], ["contributor@example.org"]]
    assert [one.state for one in Review.objects.order_by("pk")] == ["mended", "approved"]
    told = words_of_mails()
    for word in ("Zhurt", "burned", "Obrekolina", "Bread", "Courier", "baker", "page 3", str(testimony)):
        assert word not in told
    assert "contributor asks for a review." in told
    assert "http://testserver/admin/review/" in told


def test_nobody_is_told_of_their_own_asking(enter, django_capture_on_commit_callbacks):
    editor = reviewer(enter)
    reviewer(enter, "gone")
    User.objects.filter(username="gone").update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        press(editor, making.a_testimony(author=editor.user), "_review")
    assert mail.outbox == []


def test_what_was_done_holds_where_no_mail_server_answers(
    contributor, enter, testimony, settings, django_capture_on_commit_callbacks
):
    reviewer(enter)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(contributor, testimony, "_review")
    assert "in review" in said(answer)
    assert Review.objects.waiting().exists()


def test_the_reviewer_approves_and_the_writer_has_no_button(contributor, enter, testimony):
    editor, other = reviewer(enter), reviewer(enter, "other")
    press(editor, testimony, "_review")
    pages = {client.user.username: client.get(page_of(testimony)).content.decode() for client in (editor, other)}
    assert "Approve and publish" not in pages["botagoz"]
    assert "Approve and publish" in pages["other"]


def test_a_remark_has_to_be_said(contributor, enter, testimony):
    editor = reviewer(enter)
    press(contributor, testimony, "_review")
    address = f"/admin/testimonies/testimony/{testimony.pk}/return/"
    answer = editor.post(address, filled(editor.get(address), remark="  "))
    assert answer.context["adminform"].form.errors["remark"]
    assert Review.objects.get().state == "waiting"


def test_who_sent_it_takes_it_back(contributor, testimony):
    press(contributor, testimony, "_review")
    act(contributor, testimony, "take_back")
    assert Testimony.objects.get().status == "draft"


def test_the_queue_says_since_when_and_who(contributor, enter, testimony):
    press(contributor, testimony, "_review")
    Review.objects.update(asked_at=timezone.now() - timedelta(days=3, hours=1))
    queue = reviewer(enter).get("/admin/review/")
    assert [(one.review.days_waiting, one.is_own) for one in queue.context["queue"]] == [(3, False)]
    assert "3 days" in queue.content.decode()
    assert [one.is_own for one in contributor.get("/admin/review/").context["queue"]] == [True]


def test_the_queue_asks_the_database_as_often_for_many_as_for_one(
    editor, testimony, contributor, django_assert_num_queries, django_assert_max_num_queries
):
    press(contributor, testimony, "_review")
    with django_assert_max_num_queries(10) as asked:
        editor.get("/admin/review/")
    number = len(asked)
    for _more in range(3):
        press(contributor, making.a_testimony("More."), "_review")
    with django_assert_num_queries(number):
        assert len(editor.get("/admin/review/").context["queue"]) == 4

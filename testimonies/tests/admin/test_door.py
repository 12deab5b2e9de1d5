"""The book at the door: who came in, who was refused, who opened an identity; and how sessions end."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from testimonies.management.commands.prepare_archive import make_archivist
from testimonies.models.editorial import AccountEvent, Identity
from testimonies.tests import making

from .conftest import said
from .test_accounts import PASSWORD, code_of, sign_in, sign_in_and_confirm

BOOK = "/admin/testimonies/accountevent/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
What = AccountEvent.What


def written() -> list[tuple[str, str | None, int]]:
    """The lines, the oldest first."""
    return list(AccountEvent.objects.order_by("pk").values_list("what", "account__username", "times"))


@pytest.fixture
def account(db) -> User:
    return make_archivist(PASSWORD)


def test_signing_in_is_written_down(client, account):
    sign_in(client)
    assert written() == [(What.SIGNED_IN, "archivist", 1)]


def test_guesses_are_one_line_with_their_number_and_then_refused(client, account):
    for n in range(7):
        sign_in(client, password=f"wrong {n}", address=f"10.0.4.{n}")
    assert written() == [(What.FAILED, "archivist", 5), (What.REFUSED, "archivist", 2)]


def test_a_name_that_belongs_to_nobody_is_not_kept(client, account):
    sign_in(client, name=PASSWORD, password="")
    sign_in(client, name=PASSWORD, password="x")
    assert written() == [(What.FAILED, None, 1)]


def test_guesses_of_another_hour_are_another_line(client, account):
    sign_in(client, password="wrong")
    AccountEvent.objects.update(at=AccountEvent.objects.get().at - AccountEvent.TOGETHER)
    sign_in(client, password="wrong")
    assert [times for *_, times in written()] == [1, 1]


def test_codes_are_written_down_as_passwords_are(client, account):
    TOTP.activate(account, SECRET)
    sign_in(client)
    for _ in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": ""})
    assert written() == [(What.FAILED, "archivist", 5), (What.REFUSED, "archivist", 1)]


# What a passkey signs, with parts missing or of another kind: it reaches code that expects them.
BROKEN = ['{"id": "x"}', "[1]", '"x"', "1", '{"rawId": "eA", "id": "eA", "type": "public-key", "response": {}}']


@pytest.mark.parametrize("credential", BROKEN)
def test_a_passkey_that_is_none_is_refused_and_written_down(client, account, credential):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert "Incorrect code" in answer.content.decode()
    assert written() == [(What.FAILED, None, 1)]


@pytest.mark.parametrize("credential", BROKEN)
def test_a_passkey_that_is_none_is_not_set_up(client, account, credential):
    sign_in_and_confirm(client)
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "x"})
    assert "Incorrect code" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_too_many_at_once_from_one_address_are_written_down(client, account):
    for n in range(21):
        answer = sign_in(client, name=f"nobody{n}")
    assert answer.status_code == 429
    assert [(what, who) for what, who, _times in written()] == [(What.FAILED, None), (What.REFUSED, None)]


@pytest.mark.django_db(transaction=True)
def test_factors_and_passwords_are_written_down(client):
    make_archivist(PASSWORD)
    sign_in_and_confirm(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    new = "eight steppe geese"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [what for what, *_ in written()] == [
        What.SIGNED_IN,
        What.FACTOR_ADDED,
        What.FACTOR_REMOVED,
        What.PASSWORD_CHANGED,
    ]


@pytest.fixture
def opened(archivist) -> Identity:
    """An identity that an archivist opened."""
    identity = Identity.objects.create(witness=making.a_witness("A pseudonym"), true_name="Zhanyl", contact="a bakery")
    archivist.post(f"/admin/testimonies/identity/{identity.pk}/open/", {"reason": "She asks for her words back."})
    return identity


def test_the_page_tells_all_of_it_and_nothing_of_the_identity(archivist, opened):
    sign_in(Client(), name="nobody")
    page = archivist.get(BOOK).content.decode()
    assert "She asks for her words back." in page
    assert f"opened an identity: witness {opened.witness_id}" in page
    assert "wrong password or code" in page
    assert "signed in" in page
    assert [word for word in ("Zhanyl", "bakery", "A pseudonym") if word in page] == []


def test_it_is_narrowed_by_person_and_by_day(archivist, opened, enter):
    enter("Editor", "gulnara")
    rows = lambda **asked: [line["who"] for line in archivist.get(BOOK, asked).context["page"]]  # noqa: E731
    assert sorted(rows()) == ["archivist", "archivist", "gulnara"]
    assert rows(person=archivist.user.pk) == ["archivist", "archivist"]
    day = AccountEvent.objects.first().at.date()
    assert len(rows(day=day)) == 3
    assert rows(day="2021-05-04") == []
    assert "Enter a valid date" in archivist.get(BOOK, {"day": "yesterday"}).content.decode()
    assert archivist.get(BOOK, {"page": "x", "person": "0"}).status_code == 200


def test_openings_are_told_to_those_who_may_see_them(enter, opened):
    client = enter("Archivist", "another")
    group = client.user.groups.get()
    group.permissions.remove(group.permissions.get(codename="view_identityaccess"))
    assert "She asks" not in client.get(BOOK).content.decode()


@pytest.mark.parametrize("lines", [1, 30])
def test_a_long_book_takes_as_many_questions_as_a_short_one(archivist, opened, lines, django_assert_num_queries):
    for _ in range(lines):
        AccountEvent.note(What.SIGNED_IN, archivist.user)
    archivist.get(BOOK)
    # session, account, permissions (2), number of lines, the lines, whom to choose from
    with django_assert_num_queries(7):
        archivist.get(BOOK)


def test_nobody_changes_the_book(admin_client):
    AccountEvent.note(What.FAILED, None)
    page = f"{BOOK}{AccountEvent.objects.first().pk}/"
    assert admin_client.post(f"{page}change/", {}).status_code == 403
    assert admin_client.post(f"{page}delete/", {"post": "yes"}).status_code == 403


# How sessions end


def hours_later(monkeypatch, hours: float) -> None:
    now = time.time()
    monkeypatch.setattr("testimonies.middleware.time.time", lambda: now + hours * 3600)


def test_a_session_ends_when_it_is_left_alone(editor, monkeypatch):
    assert editor.get("/admin/").status_code == 200
    hours_later(monkeypatch, 1.01)
    assert editor.get("/admin/").url.startswith("/admin/login/")


def test_a_session_that_is_used_goes_on_for_a_working_day_and_no_longer(editor, monkeypatch):
    editor.get("/admin/")
    for _ in range(15):
        hours_later(monkeypatch, 0.5)
        assert editor.get("/admin/").status_code == 200
    hours_later(monkeypatch, 0.9)
    assert editor.get("/admin/").status_code == 302


def test_what_a_session_knew_ends_with_it(archivist, opened, monkeypatch):
    hours_later(monkeypatch, 1.01)
    archivist.get("/admin/")
    archivist.force_login(archivist.user)
    assert archivist.get(f"/admin/testimonies/identity/{opened.pk}/change/").status_code == 302


def test_changing_the_password_ends_the_other_sessions(client, account):
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "eight steppe geese"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [client.get("/admin/").status_code, other.get("/admin/").status_code] == [200, 302]


def test_a_password_that_an_archivist_sets_ends_the_sessions_of_the_account(archivist, editor):
    new = "eight steppe geese"
    sent = {"password1": new, "password2": new, "usable_password": "true"}
    archivist.post(f"/admin/auth/user/{editor.user.pk}/password/", sent)
    assert [archivist.get("/admin/").status_code, editor.get("/admin/").status_code] == [200, 302]


def test_an_archivist_ends_the_sessions_of_one_account(archivist, enter):
    first = enter("Editor", "gulnara")
    second, other = Client(), enter("Editor", "aibek")
    second.force_login(first.user)
    answer = archivist.post(f"/admin/auth/user/{first.user.pk}/end_sessions/", {"once": ""}, follow=True)
    assert "2 sessions were ended." in said(answer)
    assert [one.get("/admin/").status_code for one in (first, second, other, archivist)] == [302, 302, 200, 200]
    assert (What.SESSIONS_ENDED, "gulnara", 1) in written()


def test_an_archivist_takes_lost_factors_away(archivist, editor):
    page = f"/admin/auth/user/{editor.user.pk}/"
    assert "take_factors" not in archivist.get(f"{page}change/").content.decode()
    TOTP.activate(editor.user, SECRET)
    assert "take_factors" in archivist.get(f"{page}change/").content.decode()
    archivist.post(f"{page}take_factors/", {"once": ""})
    assert not Authenticator.objects.exists()
    assert editor.get("/admin/").status_code == 302
    assert (What.FACTORS_TAKEN, "editor", 1) in written()


def test_nobody_does_either_to_an_account_above_their_own(archivist, admin_user):
    for act in ("end_sessions", "take_factors"):
        assert archivist.post(f"/admin/auth/user/{admin_user.pk}/{act}/", {"once": ""}).status_code == 403

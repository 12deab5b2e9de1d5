"""Signing in: who may, how often they may try, and what is stored of their second factors."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from testimonies.management.commands.prepare_archive import make_archivist

PASSWORD = "seven steppe geese"
LOGIN = "/admin/account/login/"


@pytest.fixture(autouse=True)
def no_attempts_yet(db) -> None:
    cache.clear()


@pytest.fixture
def archivist(db) -> User:
    return make_archivist(PASSWORD)


def sign_in(client: Client, name: str = "archivist", password: str = PASSWORD, address: str = "10.0.0.1"):
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address)


def sign_in_and_confirm(client: Client) -> None:
    """As before a factor is added: allauth asks for the password once more."""
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_first_account_may_sign_in_and_add_a_second_factor(client, archivist):
    assert sign_in(client).url == "/admin/"
    address = archivist.emailaddress_set.get()
    assert (address.verified, address.primary) == (True, True)
    sign_in_and_confirm(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_admin_has_no_sign_in_page_of_its_own(client, archivist):
    answer = client.get("/admin/login/?next=/admin/")
    assert (answer.status_code, answer.url) == (302, f"{LOGIN}?next=%2Fadmin%2F")
    assert client.post("/admin/login/", {"username": "archivist", "password": PASSWORD}).url.startswith(LOGIN)
    assert client.get("/admin/").status_code == 302


def test_the_admin_has_no_page_of_its_own_to_change_a_password(client, archivist):
    client.force_login(archivist)
    assert client.get("/admin/password_change/").url == reverse("account_change_password")


def test_after_five_wrong_passwords_the_account_takes_none_from_anywhere(client, archivist):
    for n in range(5):
        assert b"not correct" in sign_in(client, password=f"wrong {n}", address=f"10.0.1.{n}").content
    refused = sign_in(client, address="10.0.2.1")
    assert b"Too many failed" in refused.content
    assert client.get("/admin/").status_code == 302


def test_addresses_that_the_sender_invents_do_not_multiply_the_attempts(client, archivist, settings):
    answers = [
        client.post(
            LOGIN,
            {"login": f"nobody{n}", "password": "x"},
            REMOTE_ADDR="10.0.0.9",
            headers={"X-Forwarded-For": f"10.1.1.{n}"},
        ).content
        for n in range(12)
    ]
    assert [b"Too many failed" in answer for answer in answers[-2:]] == [True, True]


def test_a_factor_is_added_only_after_the_password_was_given_again(client, archivist):
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_nobody_signs_up_or_resets_a_password_by_mail(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "3rdparty/"])
def test_what_is_not_offered_is_missing(client, archivist, path):
    client.force_login(archivist)
    assert client.get(f"/admin/account/{path}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "account_inactive",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
    ],
)
def test_account_pages_open_without_inline_code(client, archivist, name):
    if name != "account_login":
        sign_in_and_confirm(client)
    answer = client.get(reverse(name))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Editors' desk" in html or "Editors&#x27; desk" in html
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "data:" not in html
    assert [tag for tag in html.split("<script")[1:] if "src=" not in tag and "application/json" not in tag] == []


def test_the_secret_of_an_authenticator_app_is_stored_encrypted(client, archivist):
    sign_in_and_confirm(client)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    kept = Authenticator.objects.get(user=archivist, type=Authenticator.Type.TOTP)
    assert form.secret not in str(kept.data)
    assert get_adapter().decrypt(kept.data["secret"]) == form.secret


def test_recovery_codes_are_stored_encrypted(archivist):
    codes = RecoveryCodes.activate(archivist)
    kept = Authenticator.objects.get(user=archivist, type=Authenticator.Type.RECOVERY_CODES)
    assert get_adapter().decrypt(kept.data["seed"]) not in str(kept.data)
    assert len(codes.get_unused_codes()) == 10


def test_with_a_second_factor_the_password_alone_opens_nothing(client, archivist):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(archivist, secret)
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200


def test_codes_of_a_second_factor_cannot_be_guessed_for_long(client, archivist):
    TOTP.activate(archivist, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    sign_in(client)
    for n in range(12):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{n % 10}"}, REMOTE_ADDR=f"10.0.3.{n}")
    assert b"Too many failed" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content


def test_signing_out_ends_the_session(client, archivist):
    sign_in(client)
    client.post(reverse("account_logout"))
    assert client.get("/admin/").status_code == 302


def test_a_form_without_its_token_gets_a_clear_page(archivist):
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "archivist", "password": PASSWORD})
    assert answer.status_code == 403
    assert b"Nothing was changed" in answer.content

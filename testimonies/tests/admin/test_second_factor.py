"""Second factors that are demanded: no way around for who has none, and none for a session that showed none."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.urls import Resolver404, resolve, reverse

from testimonies.admin.second_factor import OPEN
from testimonies.management.commands.prepare_archive import make_archivist
from testimonies.tests import making

from .addresses import every_address
from .test_accounts import PASSWORD, code_of, sign_in, sign_in_and_confirm

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GROUPS = ("Contributor", "Editor", "Archivist")


@pytest.fixture(autouse=True)
def demanded(settings) -> None:
    settings.SECOND_FACTOR_GROUPS = ["everybody"]


def test_the_resolver_is_walked_whole():
    addresses = dict(every_address())
    assert {"admin:index", "admin:testimonies_identity_open", "mfa_index", "account_login"} <= set(addresses)
    unnamed = {name: address for name, address in addresses.items() if name.startswith("admin/")}
    assert {"/admin/login/", "/admin/no/such/page/"} <= set(unnamed.values())
    # Django's own sign-in page is covered by the one that counts guesses.
    named = {name: address for name, address in addresses.items() if name not in (*unnamed, "admin:login")}
    assert {name: resolve(address).view_name for name, address in named.items()} == {name: name for name in named}


def led_elsewhere(client, names) -> list[tuple[str, str, int, str]]:
    """The addresses that do not lead to one of the named pages, read or sent to."""
    wrong = []
    targets = [reverse(name) for name in names]
    for name, address in every_address():
        if name in OPEN:
            continue
        for answer in (client.get(address), client.post(address, {"post": "yes"})):
            target = answer.headers.get("Location", "").partition("?")[0]
            if answer.status_code != 302 or target not in targets:
                wrong.append((answer.request["REQUEST_METHOD"], address, answer.status_code, target))
    return wrong


@pytest.mark.parametrize("group", GROUPS)
def test_who_has_no_second_factor_is_led_to_set_one_up_from_every_address(group, enter):
    making.a_testimony()
    assert led_elsewhere(enter(group), ["mfa_index"]) == []


def test_nor_is_there_a_way_around_for_those_above_all_others(admin_client):
    assert led_elsewhere(admin_client, ["mfa_index"]) == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_session_that_showed_no_factor_is_asked_for_it_at_every_address(group, enter):
    client = enter(group)
    TOTP.activate(client.user, SECRET)
    assert led_elsewhere(client, ["mfa_reauthenticate"]) == []


def test_who_holds_a_passkey_only_is_asked_for_that(editor):
    Authenticator.objects.create(user=editor.user, type=Authenticator.Type.WEBAUTHN, data={})
    assert editor.get("/admin/").url == f"{reverse('mfa_reauthenticate_webauthn')}?next=%2Fadmin%2F"


def test_spelling_an_address_otherwise_opens_nothing(editor):
    for address in ("/admin//account/factors/", "/admin/account/factors/../", "/admin/ACCOUNT/factors/"):
        try:
            resolve(address)
        except Resolver404:
            continue
        assert editor.get(address).url == reverse("mfa_index")


@pytest.mark.parametrize("name", sorted(OPEN))
def test_the_pages_that_stay_open_tell_nothing_of_the_archive(name, editor):
    making.a_testimony("Nobody shared salt.")
    assert "salt" not in editor.get(reverse(name), follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_from_the_first_password_to_the_desk(client):
    make_archivist(PASSWORD)
    sign_in_and_confirm(client)
    shown = client.get("/admin/", follow=True)
    assert shown.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "asks you for a second factor" in shown.content.decode()
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200
    assert "asks you for" not in client.get(reverse("mfa_index")).content.decode()


@pytest.mark.django_db
def test_signing_in_with_the_factor_opens_the_desk(client):
    TOTP.activate(make_archivist(PASSWORD), SECRET)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_goes_on_once_the_factor_is_shown(editor):
    TOTP.activate(editor.user, SECRET)
    asked = editor.get("/admin/testimonies/testimony/")
    assert editor.post(asked.url, {"code": code_of(SECRET)}).url == "/admin/testimonies/testimony/"
    assert editor.get("/admin/testimonies/testimony/").status_code == 200


@pytest.mark.django_db
def test_whoever_gives_the_last_factor_up_is_led_back(client):
    user = make_archivist(PASSWORD)
    TOTP.activate(user, SECRET)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    Authenticator.objects.filter(user=user).delete()
    assert client.get("/admin/").url == reverse("mfa_index")


def test_recovery_codes_alone_are_no_factor(editor):
    Authenticator.objects.create(user=editor.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert editor.get("/admin/").url == reverse("mfa_index")


def test_it_is_demanded_of_the_groups_that_are_named(enter, admin_client, settings):
    settings.SECOND_FACTOR_GROUPS = ["Archivist"]
    assert [enter(group).get("/admin/").status_code for group in GROUPS] == [200, 200, 302]
    assert admin_client.get("/admin/").status_code == 302  # whoever may do everything is in every group


def test_where_it_is_demanded_of_nobody_nothing_is_looked_up(editor, settings, django_assert_num_queries):
    settings.SECOND_FACTOR_GROUPS = []
    with django_assert_num_queries(2):  # the session, the account
        editor.get("/admin/password_change/")


def test_readers_are_asked_nothing(client, db):
    assert client.get("/").status_code == 200
    assert not User.objects.exists()

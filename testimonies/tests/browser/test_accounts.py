"""Second factors in a real browser, under the content security policy that forbids all inline code."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from testimonies.management.commands.prepare_archive import make_archivist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "seven steppe geese"


@pytest.fixture
def site(live_server) -> str:
    """Passkeys need a name: browsers know none for an address of numbers."""
    cache.clear()
    make_archivist(PASSWORD)
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("archivist")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/account/factors/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site}/")


class Clock:
    """The clock of authenticator apps and server. It stands still until it is set forward.

    A code holds for half a minute by the clock: one that was read at its end was wrong when it was sent.
    """

    def __init__(self) -> None:
        self.at = time.time()

    def time(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch) -> Clock:
    standing = Clock()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", standing)
    return standing


def now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_an_authenticator_app_is_added_and_asked_for(page, site, clock):
    sign_in(page, site)
    page.goto(f"{site}/admin/account/factors/totp/activate/")
    confirm(page)
    assert page.locator(".qr svg").bounding_box()["width"] > 100
    page.get_by_label("Authenticator code").fill(now(page.locator("#authenticator_secret").input_value()))
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_label("Unused codes")).to_have_value(re.compile(r"(\d{8}\s*){10}"))
    sign_out(page, site)
    sign_in(page, site)
    clock.at += 30
    page.get_by_label("Code").fill(now(secret))
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.wait_for_url(f"{site}/admin/")


def test_a_passkey_is_added_and_signs_in_alone(page, site):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    sign_in(page, site)
    page.goto(f"{site}/admin/account/factors/webauthn/add/")
    confirm(page)
    page.get_by_label("Name").fill("Phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    sign_out(page, site)
    page.goto(f"{site}/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/admin/")

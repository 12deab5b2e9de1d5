"""Forms that strangers send: a signed token, a limit by the hour, and nothing kept of what they typed.

Readers have no cookie, so no session stands behind a form that another site could misuse; a signed token says that the
form was fetched from here, some seconds and at most some hours ago, and is taken once.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

FORM_HOLDS = 12 * 60 * 60  # seconds; somebody may have to think about what they write
READ_FOR = 3  # seconds; no human being fills a form faster
HOUR = 60 * 60
# From one address, and from all together, of each form: beyond that the page asks for a letter by mail.
MOST_FROM_ONE, MOST_FROM_ALL = 5, 60


def token(form: str) -> str:
    """A fresh token for the form of a name."""
    return signer(form).sign(secrets.token_urlsafe(12))


def signer(form: str) -> signing.TimestampSigner:
    """What signs the tokens of one form, and none of another."""
    return signing.TimestampSigner(salt=f"testimonies.views.{form}")


def fault_of(form: str, sent: str) -> str:
    """What is wrong with the token that was sent; nothing where it is in order, and then it is used up."""
    try:
        nonce = signer(form).unsign(sent, max_age=FORM_HOLDS)
    except signing.BadSignature:
        return "old"
    try:
        signer(form).unsign(sent, max_age=READ_FOR)
    except signing.SignatureExpired:
        return "" if cache.add(f"{form}:sent:{nonce}", 1, FORM_HOLDS) else "twice"
    return "fast"


def is_too_much(form: str, request: HttpRequest) -> bool:
    """Whether this address, or everybody together, has sent the form too often within the hour."""
    digest = hashlib.blake2b(address_of(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12)
    return counted(f"{form}:{digest.hexdigest()}") > MOST_FROM_ONE or counted(form) > MOST_FROM_ALL


def counted(key: str) -> int:
    """How often within the hour, this time included."""
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out just now
        return 1


def address_of(request: HttpRequest) -> str:
    """The network address of the sender, as the outermost of the proxies that we trust saw it."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = hops[-trusted].strip() if 0 < trusted <= len(hops) else ""
    return seen or request.META.get("REMOTE_ADDR", "")


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    """Neither a cache nor a shared computer keeps what somebody typed."""
    response["Cache-Control"] = "no-store"
    return response

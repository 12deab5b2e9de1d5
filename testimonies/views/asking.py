"""The form by which witnesses ask for a correction, a restriction or a withdrawal, without an account.

It only ever writes, into a letterbox that nothing on this side of the wall can open. Readers have no cookie, so no
session stands behind the form that another site could misuse; a signed token says that the form was fetched from
here, some seconds and at most some hours ago, and is taken once.
"""

import hashlib
import secrets
from http import HTTPStatus

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from testimonies.forms import AskForm
from testimonies.models.public import Letter
from testimonies.reading.asking import AskPage, Sent
from testimonies.views import answer

_SIGNER = signing.TimestampSigner(salt="testimonies.views.asking")
FORM_HOLDS = 12 * 60 * 60  # seconds; somebody may have to think about what they write
READ_FOR = 3  # seconds; no human being fills the form faster
HOUR, DAY = 60 * 60, 24 * 60 * 60
# From one address, and from all together: beyond that the page asks for a letter by mail.
MOST_FROM_ONE, MOST_FROM_ALL = 5, 60


@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it; the answer is the same whether there is such a testimony or not."""
    if request.method in ("GET", "HEAD"):
        return shown(AskForm(initial={"testimony": request.GET.get("testimony", "")[:100]}))
    if request.method != "POST":
        return answer.other_method(request, "GET, HEAD, OPTIONS, POST")
    form = AskForm(request.POST)
    if not form.is_valid():
        return shown(form, status=HTTPStatus.BAD_REQUEST)
    if form.cleaned_data["website"]:  # a field that people do not see: whoever fills it in gets a polite answer
        return sent("")
    fault = fault_of(form.cleaned_data["token"])
    if fault:
        return shown(form, fault=fault, status=HTTPStatus.BAD_REQUEST)
    if is_too_much(request):
        return shown(form, fault="busy", status=HTTPStatus.TOO_MANY_REQUESTS)
    return sent(Letter.objects.drop(**form.letter()).receipt)


def shown(form: AskForm, *, fault: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """The form with a fresh token, and with all that was typed."""
    page = AskPage(form=form, token=_SIGNER.sign(secrets.token_urlsafe(12)), fault=fault)
    return kept_nowhere(answer.page("ask.html", page, status=status, indexed=False))


def sent(receipt: str) -> HttpResponse:
    """What happens now."""
    return kept_nowhere(answer.page("asked.html", Sent(receipt), indexed=False))


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    """Neither a cache nor a shared computer keeps what somebody typed."""
    response["Cache-Control"] = "no-store"
    return response


def fault_of(token: str) -> str:
    """What is wrong with the form itself; nothing where it is in order, and then the token is used up."""
    try:
        nonce = _SIGNER.unsign(token, max_age=FORM_HOLDS)
    except signing.BadSignature:
        return "old"
    try:
        _SIGNER.unsign(token, max_age=READ_FOR)
    except signing.SignatureExpired:
        return "" if cache.add(f"asked:{nonce}", 1, FORM_HOLDS) else "twice"
    return "fast"


def is_too_much(request: HttpRequest) -> bool:
    """Whether this address, or everybody together, has asked too often within the hour."""
    digest = hashlib.blake2b(address_of(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12)
    return counted(f"asking:{digest.hexdigest()}") > MOST_FROM_ONE or counted("asking") > MOST_FROM_ALL


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

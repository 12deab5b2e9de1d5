"""Small files that robots and browsers ask for by name."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse

from testimonies.models.public import today
from testimonies.views import addresses, answer
from testimonies.views.errors import NotHere

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 wants what it says to be looked over within a year.
SECURITY_HOLDS = timedelta(days=180)


@answer.read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read everything but the desk (RFC 9309), and are told where all addresses are."""
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {addresses.whole(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@answer.read_only
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where somebody has been named."""
    if not settings.ARCHIVE["security"]:
        raise NotHere
    lines = [
        f"Contact: {settings.ARCHIVE['security']}",
        f"Expires: {today() + SECURITY_HOLDS}T00:00:00Z",
        f"Canonical: {addresses.whole(reverse('security'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@answer.read_only
def icon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for browsers that do not read the page's link to it."""
    return HttpResponseRedirect(static("icon.svg"))

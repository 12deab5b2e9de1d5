"""Small files that robots and browsers ask for by name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from testimonies.views import answer


@answer.read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read everything but the desk."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain; charset=utf-8")


@answer.read_only
def icon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for browsers that do not read the page's link to it."""
    return HttpResponseRedirect(static("icon.svg"))

"""The form by which a researcher registers a publication that cites a testimony, without an account.

It writes into a letterbox that nothing on this side of the wall can open; what an editor accepts is shown on the page
of the testimony.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from testimonies.forms import CitedForm
from testimonies.models.public import CitingLetter, Publication
from testimonies.reading.cited import CitedPage, Registered
from testimonies.views import answer, standing
from testimonies.views.strangers import fault_of, is_too_much, kept_nowhere, token

FORM = "cited"


@csrf_exempt
def cited(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The form, and what becomes of it; what the testimony's own address answers where its words are not public."""
    if request.method not in ("GET", "HEAD", "POST"):
        return answer.other_method(request, answer.READING_AND_FORMS)
    publication = standing.find(identifier)
    if instead := standing.instead_of(publication):
        return instead
    edition, current = standing.edition_of(publication)
    frame = {"identifier": identifier, "title": (edition.record or {})["title"]}
    if request.method != "POST":
        asked = {name: request.GET[name][:20] for name in ("edition", "passage") if name in request.GET}
        return shown(CitedForm(publication, initial={"edition": current, **asked}), frame)
    return taken(request, publication, frame)


def taken(request: HttpRequest, publication: Publication, frame: dict[str, Any]) -> HttpResponse:
    """What becomes of what was sent."""
    form = CitedForm(publication, request.POST)
    if not form.is_valid():
        return shown(form, frame, status=HTTPStatus.BAD_REQUEST)
    if form.cleaned_data["website"]:  # a field that people do not see: whoever fills it in gets a polite answer
        return registered(publication, "")
    if fault := fault_of(FORM, form.cleaned_data["token"]):
        return shown(form, frame, fault=fault, status=HTTPStatus.BAD_REQUEST)
    if is_too_much(FORM, request):
        return shown(form, frame, fault="busy", status=HTTPStatus.TOO_MANY_REQUESTS)
    return registered(publication, CitingLetter.objects.drop(publication, **form.letter()).receipt)


def shown(form: CitedForm, frame: dict[str, Any], *, fault: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """The form with a fresh token, and with all that was typed."""
    page = CitedPage(**frame, form=form, token=token(FORM), fault=fault)
    return kept_nowhere(answer.page("cited.html", page, status=status, indexed=False))


def registered(publication: Publication, receipt: str) -> HttpResponse:
    """What happens now."""
    return kept_nowhere(answer.page("registered.html", Registered(publication.identifier, receipt), indexed=False))

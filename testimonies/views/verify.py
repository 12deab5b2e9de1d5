"""Whether the archive holds some words: a form that is posted, so that what is pasted stands in no address.

Addresses are kept in histories and in the logs of proxies; what is posted is kept nowhere. Nothing is changed by it
and no session stands behind it, so no token is asked for.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from testimonies.forms import VerifyForm
from testimonies.search import IndexBeingMade
from testimonies.verifying import LONGEST
from testimonies.verifying import verify as verified
from testimonies.verifying.page import VerifyPage, result_of
from testimonies.views import answer
from testimonies.views.pointing import own_hosts
from testimonies.views.strangers import kept_nowhere


@csrf_exempt
@sensitive_post_parameters()
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to what was pasted."""
    if request.method in ("GET", "HEAD"):
        return answer.page("verify.html", VerifyPage(form=VerifyForm(), longest=LONGEST))
    if request.method != "POST":
        return answer.other_method(request, answer.READING_AND_FORMS)
    form = VerifyForm(request.POST)
    if not form.is_valid():
        return shown(VerifyPage(form=form, longest=LONGEST), status=HTTPStatus.BAD_REQUEST)
    try:
        found = verified(form.cleaned_data["pasted"], naan=settings.ARCHIVE["naan"], hosts=own_hosts())
    except IndexBeingMade:
        return answer.busy()
    return shown(VerifyPage(form=form, longest=LONGEST, result=result_of(found)))


def shown(page: VerifyPage, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page, which repeats what was pasted."""
    return kept_nowhere(answer.page("verify.html", page, status=status, indexed=False))

"""The form by which witnesses ask for a correction, a restriction or a withdrawal, without an account.

It only ever writes, into a letterbox that nothing on this side of the wall can open.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from testimonies.forms import AskForm
from testimonies.models.public import Letter
from testimonies.reading.asking import AskPage, Sent
from testimonies.views import answer
from testimonies.views.strangers import fault_of, is_too_much, kept_nowhere, token

FORM = "asking"


@csrf_exempt
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it; the answer is the same whether there is such a testimony or not."""
    if request.method in ("GET", "HEAD"):
        return shown(AskForm(initial={"testimony": request.GET.get("testimony", "")[:100]}))
    if request.method != "POST":
        return answer.other_method(request, answer.READING_AND_FORMS)
    form = AskForm(request.POST)
    if not form.is_valid():
        return shown(form, status=HTTPStatus.BAD_REQUEST)
    if form.cleaned_data["website"]:  # a field that people do not see: whoever fills it in gets a polite answer
        return sent("")
    fault = fault_of(FORM, form.cleaned_data["token"])
    if fault:
        return shown(form, fault=fault, status=HTTPStatus.BAD_REQUEST)
    if is_too_much(FORM, request):
        return shown(form, fault="busy", status=HTTPStatus.TOO_MANY_REQUESTS)
    return sent(Letter.objects.drop(**form.letter()).receipt)


def shown(form: AskForm, *, fault: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    """The form with a fresh token, and with all that was typed."""
    page = AskPage(form=form, token=token(FORM), fault=fault)
    return kept_nowhere(answer.page("ask.html", page, status=status, indexed=False))


def sent(receipt: str) -> HttpResponse:
    """What happens now."""
    return kept_nowhere(answer.page("asked.html", Sent(receipt), indexed=False))

"""Whether the archive holds some words. They are posted, so that they stand in no address, no log and no cache."""

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from testimonies import problems
from testimonies.dataset import records
from testimonies.forms import VerifyForm
from testimonies.reading import labels
from testimonies.reading.pieces import day
from testimonies.verifying import LONGEST, Answer, Place
from testimonies.verifying import verify as verified
from testimonies.verifying.page import result_of

from .door import Instead, data

MEDIA_TYPE = "application/json"
# As bytes: a letter of any script takes four in UTF-8 at most, and twelve where JSON escapes it.
LONGEST_BODY = 12 * LONGEST + 1000


def verify(request: HttpRequest) -> HttpResponse:
    """Whether a quotation is held, word for word, and in which edition; or what an address or a citation names.

    The text is sent as JSON and kept nowhere. Of words that are withdrawn, hidden or taken out the answer is that of
    words that never were: `not_held`; that something was withdrawn is said to its identifier alone. A match tells how
    words were printed, not that they were spoken so.
    """
    return data(in_values(verified(text_of(request), naan=settings.ARCHIVE["naan"])))


def text_of(request: HttpRequest) -> str:
    """The text that was sent; raises the problem that it has."""
    if request.content_type != MEDIA_TYPE:
        raise refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Send the text as JSON, with this type: application/json."))
    try:
        body = request.body
    except RequestDataTooBig:
        raise too_long() from None
    if len(body) > LONGEST_BODY:
        raise too_long()
    text = read(body)
    if len(text) > LONGEST:
        raise too_long()
    return text


def read(body: bytes) -> str:
    """The text in an object of JSON with that one key; raises the problem where it is anything else."""
    try:
        sent = json.loads(body.decode())
        text = sent["text"] if isinstance(sent, dict) and sent.keys() == {"text"} else None
        if isinstance(text, str) and "\0" not in text:
            text.encode()  # half of a pair of surrogates is no letter
            return text
    except (ValueError, RecursionError):
        pass
    raise refused(HTTPStatus.BAD_REQUEST, _('Send an object with one key, "text", and a text as its value.'))


def too_long() -> Instead:
    """The problem of a text that is longer than any testimony."""
    sentence = str(VerifyForm.LONGEST) % {"limit_value": LONGEST}
    return refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)


def refused(status: HTTPStatus, sentence: str) -> Instead:
    """A problem in a sentence of its own."""
    return Instead(problems.problem(status, detail=sentence))


def in_values(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, in the words of the page."""
    told = result_of(answer)
    return {
        "kind": answer.kind,
        "title": told.title,
        "sentence": told.sentence,
        "notes": list(told.notes),
        "place": place(answer.place),
        "current": answer.current,
        "words": [{"label": one.label, "text": one.text, "language": one.tag} for one in told.words],
        "language": told.tag,
        "differences": [{"kind": one.kind, "text": one.text} for one in answer.runs],
        "spellings": [{"given": given, "held": held} for given, held in answer.spellings],
        "other_editions": list(answer.also),
        "elsewhere": [place(one) for one in answer.elsewhere],
        "since": day(answer.on).iso if answer.on else None,
        "reason": labels.withdrawal_reason(answer.reason) if answer.reason else "",
    }


def place(one: Place | None) -> dict[str, Any] | None:
    """Where words stand, with the permalinks of the testimony, the edition and the passages."""
    if one is None:
        return None
    permalink = records.address("edition", one.identifier, one.edition) if one.edition else None
    return {
        **records.named(one.identifier),
        "edition": {"number": one.edition, "permalink": permalink} if permalink else None,
        "passages": [{"id": f"p{number}", "permalink": f"{permalink}#p{number}"} for number in one.passages],
    }

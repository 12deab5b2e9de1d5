"""What an editor typed to be told of an edition that was refused: it stands in the page again, once."""

import json
from typing import Any

from django.http import HttpRequest

from testimonies import encryption
from testimonies.models.editorial import Testimony

_KEPT = "unpublished"
_LONGEST = 2000


def keep(request: HttpRequest, testimony: Testimony) -> None:
    """Keep the note and its tick in the session, encrypted: a note may name what must be erased one day."""
    told = {"note": request.POST.get("publish-note", "")[:_LONGEST], "protects": "publish-protects" in request.POST}
    request.session[_KEPT] = [testimony.pk, encryption.encrypt(json.dumps(told))]


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(_KEPT, None)


def kept(request: HttpRequest, testimony: Testimony | None) -> dict[str, Any]:
    """What was kept of the testimony, which is forgotten with that."""
    key, sealed = request.session.get(_KEPT) or (None, "")
    if testimony is None or key != testimony.pk:
        return {}
    drop(request)
    try:
        told: dict[str, Any] = json.loads(encryption.decrypt(sealed))
    except encryption.DecryptionError:
        return {}
    return told

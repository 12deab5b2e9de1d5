"""Every address of the desk against a table of who gets what: nobody, contributors, editors, archivists."""

from copy import copy
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.db import transaction
from simple_history.admin import SimpleHistoryAdmin

from testimonies.admin.site import site
from testimonies.models.editorial import (
    AccountEvent,
    Identity,
    IdentityAccess,
    ImportBatch,
    PublicationBasis,
    Request,
    SourceSnapshot,
    Testimony,
)
from testimonies.models.public import (
    Agent,
    CitingLetter,
    CitingWork,
    Collection,
    Event,
    Identifier,
    Letter,
    Picture,
    Place,
    Publication,
    PublicationEvent,
    Source,
    Tag,
    Wave,
    Witness,
)
from testimonies.tests import making

from .addresses import every_address
from .conftest import Member, filled

ROLES = ("nobody", "Contributor", "Editor", "Archivist")

# Who may see, add, change and delete the records of a kind: n(obody), C(ontributors), E(ditors), A(rchivists).
WRITTEN_BY_ALL = ("CEA", "CEA", "CEA", "EA")
WRITTEN_BY_EDITORS = ("CEA", "EA", "EA", "EA")
RECORDS = {
    Testimony: WRITTEN_BY_ALL,
    Witness: WRITTEN_BY_ALL,
    Place: WRITTEN_BY_ALL,
    Source: WRITTEN_BY_ALL,
    SourceSnapshot: WRITTEN_BY_ALL,
    Agent: WRITTEN_BY_ALL,
    Event: WRITTEN_BY_ALL,
    Picture: WRITTEN_BY_ALL,
    Wave: WRITTEN_BY_EDITORS,
    Tag: WRITTEN_BY_EDITORS,
    Collection: WRITTEN_BY_EDITORS,
    PublicationBasis: WRITTEN_BY_EDITORS,
    Request: ("EA", "EA", "EA", "EA"),
    Letter: ("EA", "", "EA", ""),
    CitingLetter: ("EA", "", "EA", ""),
    CitingWork: ("EA", "", "EA", ""),
    ImportBatch: ("EA", "EA", "EA", ""),
    Identity: ("A", "A", "A", ""),
    IdentityAccess: ("A", "", "", ""),
    AccountEvent: ("A", "", "", ""),
    Publication: ("CEA", "", "", ""),
    PublicationEvent: ("CEA", "", "", ""),
    Identifier: ("A", "", "", ""),
    User: ("A", "A", "A", ""),
    Group: ("A", "", "", ""),
    LogEntry: ("A", "", "", ""),
}

# Addresses of single records beyond Django's own, and who may open them.
MORE = {
    "testimonies_testimony_snapshot": "CEA",
    "testimonies_testimony_disclose": "CEA",
    "testimonies_testimony_presence": "CEA",
    "testimonies_testimony_return": "EA",
    "testimonies_testimony_take_back": "CEA",
    "testimonies_testimony_restore": "CEA",
    "testimonies_testimony_unlist": "EA",
    "testimonies_testimony_renew": "EA",
    "testimonies_testimony_withdraw": "EA",
    "testimonies_testimony_merge": "A",
    "testimonies_testimony_empty": "A",
    "testimonies_testimony_erase": "A",
    "testimonies_request_restrict": "EA",
    "testimonies_letter_take_in": "EA",
    "testimonies_citingletter_accept": "EA",
    "testimonies_citingletter_refuse": "EA",
    "testimonies_citingwork_take_off": "EA",
    "testimonies_letter_discard": "EA",
    "testimonies_witness_hide": "A",
    "testimonies_witness_merge": "A",
    "testimonies_witness_unmerge": "A",
    "testimonies_place_merge": "A",
    "testimonies_place_unmerge": "A",
    "testimonies_source_merge": "A",
    "testimonies_source_unmerge": "A",
    "testimonies_wave_merge": "A",
    "testimonies_wave_unmerge": "A",
    "testimonies_tag_merge": "A",
    "testimonies_tag_unmerge": "A",
    "testimonies_importbatch_begin": "EA",
    "testimonies_importbatch_go_on": "EA",
    "testimonies_importbatch_discard": "EA",
    "testimonies_importbatch_undo": "EA",
    "testimonies_picture_file": "CEA",
    "testimonies_publicationbasis_document": "EA",
    "testimonies_identity_open": "A",
    "auth_user_password_change": "A",
    "auth_user_end_sessions": "A",
    "auth_user_take_factors": "A",
}

# Addresses of the desk as a whole: who may, and what those get who read it and who send something to it.
WHOLE = {
    "admin:index": ("CEA", 200, 200),
    "admin:review": ("CEA", 200, 200),
    "admin:requests": ("EA", 200, 200),
    "admin:jsi18n": ("CEA", 200, 405),
    "admin:login": ("CEA", 302, 200),
    "admin:password_change": ("CEA", 302, 302),
    "admin:password_change_done": ("CEA", 200, 405),
    "admin:autocomplete": ("CEA", 403, 405),  # without a question
    "admin:app_list": ("CEA", 302, 302),
    "admin:view_on_site": ("CEA", 404, 404),
    "admin:testimonies_importbatch_template": ("EA", 200, 200),
    "admin:testimonies_testimony_export": ("EA", 200, 200),
    "admin:testimonies_testimony_batch_add_tag": ("CEA", 302, 302),  # of which?
    "admin:testimonies_testimony_batch_remove_tag": ("CEA", 302, 302),  # of which?
    "admin:testimonies_testimony_batch_set_wave": ("CEA", 302, 302),  # of which?
    "admin:testimonies_testimony_batch_review": ("CEA", 302, 302),  # of which?
    "admin:testimonies_testimony_batch_renew": ("EA", 302, 302),  # of which?
    "admin:testimonies_testimony_unsaved": ("CEA", 403, 403),  # of whom?
    "admin:testimonies_testimony_discard": ("CEA", 405, 404),
    "admin:testimonies_testimony_preview": ("CEA", 200, 200),
    "admin:testimonies_testimony_held": ("CEA", 200, 200),
    "admin:testimonies_testimony_name": ("CEA", 405, 400),
    "admin/login/": ("CEA", 302, 200),
    "admin/(?P<url>.*)$": ("CEA", 404, 404),
}

# Account pages: what nobody gets, and what everybody else gets, whatever their group, reading and sending.
# The accounts of these tests have neither password nor second factor.
ACCOUNTS = {
    "account_login": ((200, 200), (302, 302)),
    "account_logout": ((302, 302), (200, 302)),
    "account_inactive": ((200, 405), (200, 405)),
    "account_reauthenticate": ((302, 302), (403, 403)),
    "account_change_password": ((302, 302), (302, 302)),
    "mfa_index": ((302, 302), (200, 405)),
    "mfa_authenticate": ((302, 302), (302, 302)),
    "mfa_reauthenticate": ((302, 302), (403, 403)),
    "mfa_activate_totp": ((302, 302), (200, 200)),
    "mfa_deactivate_totp": ((302, 302), (404, 404)),
    "mfa_view_recovery_codes": ((302, 302), (404, 405)),
    "mfa_generate_recovery_codes": ((302, 302), (200, 200)),
    "mfa_download_recovery_codes": ((302, 302), (404, 404)),
    "mfa_list_webauthn": ((302, 302), (200, 405)),
    "mfa_add_webauthn": ((302, 302), (200, 200)),
    "mfa_reauthenticate_webauthn": ((302, 302), (403, 403)),
    "mfa_remove_webauthn": ((302, 302), (404, 404)),
    "mfa_edit_webauthn": ((302, 302), (404, 404)),
    "mfa_login_webauthn": ((302, 302), (302, 302)),
    "usersessions_list": ((302, 302), (200, 302)),
    "admin:logout": ((302, 302), (405, 200)),
}

# A script keeps the text and offers to sign in: what leads it to the sign-in page would look like success.
ASKED_BY_SCRIPTS = {"admin:testimonies_testimony_unsaved"}

# What was meant for somebody to whom it is open is done, or its form comes back with what is missing.
TAKEN = (200, 302)


def table() -> dict[str, tuple[str, Any, str, Any]]:
    """By the name of an address: who may read it, what they get; who may send something to it, what they get."""
    # These first: a deletion that is undone does not bring a picture's files back.
    rows: dict[str, tuple[str, Any, str, Any]] = {
        f"admin:{name}": (letters, 200, letters, TAKEN) for name, letters in MORE.items()
    }
    for model, (see, add, change, delete) in RECORDS.items():
        info = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        opened = "".join(sorted({*see, *change}))
        closed = model is Identity  # until a reason is given
        rows[f"{info}_changelist"] = (see, 200, see, TAKEN)
        rows[f"{info}_add"] = (add, 200, add, TAKEN)
        rows[f"{info}_change"] = (opened, 302 if closed else 200, opened if closed else change, TAKEN)
        rows[f"{info}_history"] = (opened, 200, opened, 200)
        rows[f"{info}_delete"] = (delete, 200, delete, TAKEN)
        # An old address of Django's, which leads to the page of the record and asks no more than who is there.
        rows[f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/"] = ("CEA", 302, "CEA", 302)
    return rows | {name: (letters, get, letters, post) for name, (letters, get, post) in WHOLE.items()}


def allowed(letters: str, role: str) -> bool:
    return role[0] in letters


@pytest.fixture
def records(archivist) -> dict[type, Any]:
    """One record of every kind."""
    witness, source, place = making.a_witness(), making.a_source(), making.a_place()
    wave, tag, testimony = making.a_wave(), making.a_tag(), making.a_testimony()
    publication = making.published(witness=witness, source=source, places=[place], waves=[wave], tags=[tag])
    identity = Identity.objects.create(witness=witness)
    asked = {"asks": "correction", "received_on": "2021-01-01", "due_on": "2021-02-01", "who": "her"}
    letter = {"testimony": "x", "who": "her", "reply": "", "ground": ""}
    made = [
        Letter.objects.drop(asks="correction", **letter),
        CitingLetter.objects.drop(publication, edition=1, passage=None, **making.A_WORK),
        CitingWork.objects.create(publication=publication, edition=1, **making.A_WORK),
        Request.objects.create(testimony=testimony, **asked),
        SourceSnapshot.objects.create(source=source, text="What it said."),
        ImportBatch.objects.create(called="voices.csv", format="csv"),
        Agent.objects.create(name="Aliya"),
        Collection.objects.create(name="Bread"),
        Event.objects.create(name="The flood", date="2021", source=source),
        IdentityAccess.objects.create(identity=identity, by=archivist.user, reason="To call her."),
        AccountEvent.objects.create(what=AccountEvent.What.FAILED),
        LogEntry.objects.create(user=archivist.user, action_flag=1, object_repr="Aliya"),
    ]
    found = [PublicationEvent.objects.first(), Identifier.objects.first(), Group.objects.first(), archivist.user]
    free = [testimony, making.a_picture(), making.a_basis(), making.a_witness()]
    everything = [*made, *found, identity, publication, source, place, wave, tag, *free]
    return {type(record): record for record in everything}


@pytest.fixture
def addresses(records) -> dict[str, str]:
    """Every address of the desk, of the records above, by its name."""
    models = {model._meta.model_name: record for model, record in records.items()}

    def key_of_record(name: str, part: str) -> str:
        kind = name.rpartition("/<path")[0].rpartition("/")[2] or f"{name}__".split("_")[1]
        return str(models[kind].pk) if kind in models else "1"

    return dict(every_address(key_of_record))


def test_every_kind_of_record_and_every_address_stands_in_the_tables(addresses):
    assert set(site._registry) == set(RECORDS)
    assert set(addresses) == set(table()) | set(ACCOUNTS)


def answered(client: Member, address: str, *, sent: bool) -> Any:
    """What an address answers; what it did is undone."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer: Any = client.post(address, {"post": "yes"}) if sent else client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def is_as_expected(answer: Any, expected: Any) -> bool:
    return answer.status_code in (expected if isinstance(expected, tuple) else (expected,))


@pytest.mark.parametrize("sent", [False, True], ids=["read", "sent"])
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_the_tables_say(role, sent, enter, records, addresses):
    client = enter(role, "the reader")
    records[PublicationBasis].document.save("form", ContentFile(b"signed"))
    wrong = []
    for name, (may_read, read, may_send, taken) in table().items():
        answer = answered(client, addresses[name], sent=sent)
        if allowed(may_send if sent else may_read, role):
            right = is_as_expected(answer, taken if sent else read)
        elif role == "nobody":
            led = answer.status_code == 302 and "login" in answer.url
            right = answer.status_code == 403 if name in ASKED_BY_SCRIPTS else led
        else:
            right = answer.status_code == 403
        if not right:
            wrong.append((name, answer.status_code))
    for name, (nobody, others) in ACCOUNTS.items():
        answer = answered(client, addresses[name], sent=sent)
        if answer.status_code != (nobody if role == "nobody" else others)[sent]:
            wrong.append((name, answer.status_code))
    assert wrong == []
    assert all(type(record)._default_manager.filter(pk=record.pk).exists() for record in records.values())


def test_a_contributor_publishes_nothing_by_any_button(contributor):
    testimony = making.a_testimony()
    page = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    for button in ("_publish", "_save"):
        contributor.post(page, filled(contributor.get(page), **{button: "yes", "status": "published"}))
    testimony.refresh_from_db()
    assert (testimony.status, Publication.objects.count()) == (Testimony.Status.DRAFT, 0)


def test_old_versions_are_read_and_never_brought_back():
    kept = [one for one in site._registry.values() if isinstance(one, SimpleHistoryAdmin)]
    assert kept
    assert all(one.revert_disabled(None) for one in kept)
    assert not [url for one in kept for url in one.get_urls() if str(url.name).endswith("_simple_history")]

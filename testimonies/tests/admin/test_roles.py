"""Every address of the desk against a table of who gets what: nobody, contributors, editors, archivists."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from testimonies.admin.site import site
from testimonies.models.editorial import (
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
    Collection,
    Event,
    Identifier,
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
    ImportBatch: ("EA", "EA", "EA", ""),
    Identity: ("A", "A", "A", ""),
    IdentityAccess: ("A", "", "", ""),
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
    "testimonies_testimony_unlist": "EA",
    "testimonies_testimony_renew": "EA",
    "testimonies_testimony_withdraw": "EA",
    "testimonies_testimony_merge": "A",
    "testimonies_testimony_empty": "A",
    "testimonies_witness_hide": "A",
    "testimonies_witness_merge": "A",
    "testimonies_place_merge": "A",
    "testimonies_source_merge": "A",
    "testimonies_wave_merge": "A",
    "testimonies_tag_merge": "A",
    "testimonies_importbatch_begin": "EA",
    "testimonies_importbatch_go_on": "EA",
    "testimonies_importbatch_discard": "EA",
    "testimonies_importbatch_undo": "EA",
    "testimonies_picture_file": "CEA",
    "testimonies_publicationbasis_document": "EA",
    "testimonies_identity_open": "A",
    "auth_user_password_change": "A",
}

# Addresses of the desk as a whole.
WHOLE = {
    "index": {"Contributor": 200, "Editor": 200, "Archivist": 200},
    "jsi18n": {"Contributor": 200, "Editor": 200, "Archivist": 200},
    "password_change": {"Contributor": 302, "Editor": 302, "Archivist": 302},
    "password_change_done": {"Contributor": 200, "Editor": 200, "Archivist": 200},
    "autocomplete": {"Contributor": 403, "Editor": 403, "Archivist": 403},  # without a question
    "login": {"Contributor": 302, "Editor": 302, "Archivist": 302},
    "testimonies_importbatch_template": {"Contributor": 403, "Editor": 200, "Archivist": 200},
    "testimonies_testimony_export": {"Contributor": 403, "Editor": 200, "Archivist": 200},
    "testimonies_testimony_unsaved": {"nobody": 403, "Contributor": 403, "Editor": 403, "Archivist": 403},  # of whom?
    "testimonies_testimony_discard": {"Contributor": 405, "Editor": 405, "Archivist": 405},
    "testimonies_testimony_preview": {"Contributor": 200, "Editor": 200, "Archivist": 200},
    "testimonies_testimony_held": {"Contributor": 200, "Editor": 200, "Archivist": 200},
    "testimonies_testimony_name": {"Contributor": 405, "Editor": 405, "Archivist": 405},
    "logout": {"Contributor": 405, "Editor": 405, "Archivist": 405},
}


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
    made = [
        Request.objects.create(testimony=testimony, **asked),
        SourceSnapshot.objects.create(source=source, text="What it said."),
        ImportBatch.objects.create(called="voices.csv", format="csv"),
        Agent.objects.create(name="Aliya"),
        Collection.objects.create(name="Bread"),
        Event.objects.create(name="The flood", date="2021", source=source),
        IdentityAccess.objects.create(identity=identity, by=archivist.user, reason="To call her."),
        LogEntry.objects.create(user=archivist.user, action_flag=1, object_repr="Aliya"),
    ]
    found = [PublicationEvent.objects.first(), Identifier.objects.first(), Group.objects.first(), archivist.user]
    free = [testimony, making.a_picture(), making.a_basis(), making.a_witness()]
    everything = [*made, *found, identity, publication, source, place, wave, tag, *free]
    return {type(record): record for record in everything}


def test_every_kind_of_record_and_every_address_stands_in_the_tables():
    assert set(site._registry) == set(RECORDS)
    known = set(MORE) | set(WHOLE) | {"app_list", "view_on_site", None}
    for model in RECORDS:
        info = f"{model._meta.app_label}_{model._meta.model_name}"
        known |= {f"{info}_{page}" for page in ("changelist", "add", "history", "delete", "change")}
    names = {
        getattr(one, "name", None) for pattern in site.get_urls() for one in getattr(pattern, "url_patterns", [pattern])
    }
    assert names <= known
    assert known - {"auth_user_password_change", None} <= names | {"auth_user_password_change"}


@pytest.mark.parametrize("role", ROLES)
def test_records_open_to_those_in_the_table(role, enter, records):
    client = enter(role, "the reader")
    wrong = []
    for model, letters in RECORDS.items():
        info = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        key = records[model].pk
        see, add, change, delete = (allowed(one, role) for one in letters)
        pages = {
            reverse(f"{info}_changelist"): see,
            reverse(f"{info}_add"): add,
            reverse(f"{info}_change", args=(key,)): see or change,
            reverse(f"{info}_history", args=(key,)): see or change,
            reverse(f"{info}_delete", args=(key,)): delete,
        }
        for address, opens in pages.items():
            expected = 302 if role == "nobody" or (model is Identity and opens and "/change/" in address) else 200
            status = client.get(address).status_code
            if status != (expected if opens or role == "nobody" else 403):
                wrong.append((address, status))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sent_is_taken_from_those_in_the_table(role, enter, records):
    client = enter(role, "the reader")
    wrong = []
    for model, (_see, add, change, delete) in RECORDS.items():
        info = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        args = (records[model].pk,)
        pages = {
            reverse(f"{info}_add"): add,
            reverse(f"{info}_change", args=args): change,
            reverse(f"{info}_delete", args=args): delete,
        }
        for address, letters in pages.items():
            if not allowed(letters, role):
                status = client.post(address, {"post": "yes"}).status_code
                if status != (302 if role == "nobody" else 403):
                    wrong.append((address, status))
    assert wrong == []
    assert all(type(record)._default_manager.filter(pk=record.pk).exists() for record in records.values())


@pytest.mark.parametrize("role", ROLES)
def test_pages_beyond_djangos_own_open_to_those_in_the_table(role, enter, records):
    client = enter(role, "the reader")
    models = {model._meta.model_name: record for model, record in records.items()}
    records[PublicationBasis].document.save("form", ContentFile(b"signed"))
    wrong = []
    for name, letters in MORE.items():
        address = reverse(f"admin:{name}", args=(models[name.split("_")[1]].pk,))
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        status = answer.status_code
        expected = 302 if role == "nobody" else 200 if allowed(letters, role) else 403
        if status != expected:
            wrong.append((address, status))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_as_a_whole(role, enter):
    client = enter(role, "the reader")
    expected = {name: row.get(role, 302) for name, row in WHOLE.items()}
    assert {name: client.get(reverse(f"admin:{name}")).status_code for name in WHOLE} == expected


def test_old_versions_are_read_and_never_brought_back():
    kept = [one for one in site._registry.values() if isinstance(one, SimpleHistoryAdmin)]
    assert kept
    assert all(one.revert_disabled(None) for one in kept)
    assert not [url for one in kept for url in one.get_urls() if str(url.name).endswith("_simple_history")]

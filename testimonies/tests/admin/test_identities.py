"""Identities: closed until a reason is given, and every opening is kept."""

import pytest
from django.contrib.admin.models import LogEntry

from testimonies.models.editorial import Identity, IdentityAccess
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled

NAME = "Zhanyl Qwertova"
LIST = "/admin/testimonies/identity/"


@pytest.fixture
def identity() -> Identity:
    return Identity.objects.create(witness=making.a_witness("A pseudonym"), true_name=NAME, contact="at her sister's")


def page(identity, tail="change"):
    return f"{LIST}{identity.pk}/{tail}/"


def test_nothing_is_shown_before_a_reason_is_given(archivist, identity):
    answer = archivist.get(page(identity), follow=True)
    assert answer.redirect_chain == [(page(identity, "open"), 302)]
    assert NAME not in answer.content.decode()
    assert not IdentityAccess.objects.exists()
    assert archivist.post(page(identity, "open"), {"reason": ""}).status_code == 200
    assert not IdentityAccess.objects.exists()


def test_an_opening_is_written_down_before_anything_is_shown(archivist, identity):
    answer = archivist.post(page(identity, "open"), {"reason": "She asks for her words back."})
    access = IdentityAccess.objects.get()
    assert (access.identity, access.by, access.reason) == (identity, archivist.user, "She asks for her words back.")
    shown = archivist.get(answer.url)
    assert NAME in shown.content.decode()
    assert 'autocomplete="off"' in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"


def test_an_opening_lasts_a_quarter_of_an_hour(archivist, identity, monkeypatch):
    archivist.post(page(identity, "open"), {"reason": "To call her."})
    monkeypatch.setattr("testimonies.admin.identity.OPEN_FOR", 0)
    assert archivist.get(page(identity)).status_code == 302


def test_a_change_is_kept_without_its_words_and_closes_it(archivist, identity):
    archivist.post(page(identity, "open"), {"reason": "A new number."})
    archivist.post(page(identity), filled(archivist.get(page(identity)), contact="at the bakery"))
    assert Identity.objects.get().contact == "at the bakery"
    logged = " ".join(f"{one.object_repr} {one.change_message}" for one in LogEntry.objects.all())
    assert "bakery" not in logged
    assert NAME not in logged
    assert archivist.get(page(identity)).status_code == 302


def test_one_opening_opens_one_identity(archivist, identity):
    other = Identity.objects.create(witness=making.a_witness("Another"), true_name="Else")
    archivist.post(page(identity, "open"), {"reason": "To call her."})
    assert archivist.get(page(other)).status_code == 302


def test_no_list_search_filter_or_history_tells_the_name(archivist, identity):
    for address in (LIST, f"{LIST}?q=Zhanyl", page(identity, "history")):
        assert NAME not in archivist.get(address).content.decode()
    assert archivist.get(f"/admin/testimonies/witness/?q={NAME}").context["cl"].result_count == 0
    for asked in ("true_name__startswith=Z", "true_name=Z", "contact__isnull=True", "reason__gt=a"):
        assert archivist.get(f"{LIST}?{asked}").status_code == 400


def test_identities_are_no_choice_of_any_field(archivist, identity):
    asked = {"app_label": "testimonies", "model_name": "identityaccess", "field_name": "identity", "term": ""}
    assert archivist.get("/admin/autocomplete/", asked).status_code == 404


def test_an_editor_learns_not_even_that_one_is_held(editor, identity):
    none = Identity(pk=identity.pk + 1)
    closed = [LIST, page(identity), page(identity, "open"), page(none), page(none, "open")]
    assert [editor.get(address).status_code for address in closed] == [403] * 5
    answer = editor.get(f"/admin/testimonies/witness/{identity.witness_id}/delete/").content.decode()
    assert "dentit" not in answer


def test_whoever_may_see_but_not_open_sees_nothing(enter, identity):
    client = enter("Archivist")
    group = client.user.groups.get()
    group.permissions.remove(group.permissions.get(codename="open_identity"))
    assert [client.get(address).status_code for address in (LIST, page(identity), page(identity, "open"))] == [403] * 3


def test_an_identity_with_its_openings_is_never_deleted(admin_client, identity):
    assert admin_client.post(page(identity, "delete"), {"post": "yes"}).status_code == 403
    assert Identity.objects.count() == 1

"""What the desk does not tell those who may not know it, and what nobody deletes there."""

from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile

from testimonies.models.editorial import PublicationBasis
from testimonies.models.public import Event, Identifier, Publication, PublicationEvent
from testimonies.tests import making
from testimonies.tests.admin.conftest import filled

BASIS = "/admin/testimonies/publicationbasis/"


@pytest.fixture
def basis() -> PublicationBasis:
    basis = making.a_basis(assessment="Her brother is in prison.")
    basis.document.save("form.pdf", ContentFile(b"signed by her"))
    return basis


@pytest.mark.parametrize(
    "asked",
    [
        f"{BASIS}?assessment__startswith=H",
        f"{BASIS}?document__contains=a",
        "/admin/testimonies/witness/?history__name=A",
        "/admin/testimonies/testimony/?editors_note__contains=a",
        "/admin/testimonies/testimony/?witness__name=A",
        "/admin/testimonies/testimony/?requests__who__contains=a",
        "/admin/auth/user/?password__startswith=a",
        "/admin/testimonies/publication/?words__contains=a",
    ],
)
def test_lists_answer_no_question_but_their_filters(admin_client, asked):
    assert admin_client.get(asked).status_code == 400


def test_the_filters_of_a_list_work(admin_client):
    making.published()
    for asked in (
        "testimony/?status__exact=published",
        "witness/?naming__exact=named_in_source",
        "place/?kind__exact=city",
    ):
        assert admin_client.get(f"/admin/testimonies/{asked}").status_code == 200
    listed = admin_client.get("/admin/testimonies/testimony/?status__exact=draft")
    assert listed.context["cl"].result_count == 0


def test_the_assessment_is_shown_to_those_who_may_write_it(contributor, editor, basis):
    page = f"{BASIS}{basis.pk}/change/"
    assert "in prison" not in contributor.get(page).content.decode()
    assert "in prison" in editor.get(page).content.decode()
    assert "in prison" not in editor.get(f"{BASIS}{basis.pk}/history/").content.decode()


def test_a_document_is_downloaded_by_those_who_may_write_the_basis(client, contributor, editor, basis):
    page = f"{BASIS}{basis.pk}/document/"
    assert [one.get(page).status_code for one in (client, contributor)] == [302, 403]
    answer = editor.get(page)
    assert b"".join(answer.streaming_content) == b"signed by her"
    assert answer["Content-Disposition"] == f'attachment; filename="document-{basis.pk}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert page in editor.get(f"{BASIS}{basis.pk}/change/").content.decode()


def test_no_address_but_that_one_gives_the_document(client, editor, basis, settings):
    stored = Path(basis.document.storage.path(basis.document.name))
    assert stored.is_file()
    assert not stored.is_relative_to(settings.MEDIA_ROOT)
    assert b"signed" not in stored.read_bytes()
    name = basis.document.name
    for address in (f"/media/{name}", f"/pictures/{name}", f"/static/{name}", f"/private/{name}", f"/static/../{name}"):
        assert [one.get(address).status_code for one in (client, editor)] == [404, 404], address


def test_a_document_that_is_replaced_or_cleared_is_deleted(editor, basis, django_capture_on_commit_callbacks):
    page, storage, name = f"{BASIS}{basis.pk}/change/", basis.document.storage, basis.document.name
    sent = {key: value for key, value in filled(editor.get(page)).items() if key != "document"}
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(page, sent | {"document-clear": "on"})
    basis.refresh_from_db()
    assert not basis.document
    assert not storage.exists(name)


def test_a_basis_without_a_document_has_none_to_download(editor):
    assert editor.get(f"{BASIS}{making.a_basis().pk}/document/").status_code == 404


def test_nobody_writes_or_deletes_what_readers_have(admin_client):
    publication = making.published()
    event, identifier = PublicationEvent.objects.first(), Identifier.objects.first()
    for record in (publication, event, identifier):
        base = f"/admin/testimonies/{record._meta.model_name}/"
        assert admin_client.get(f"{base}add/").status_code == 403
        assert admin_client.post(f"{base}{record.pk}/change/", {}).status_code == 403
        assert admin_client.post(f"{base}{record.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Publication.objects.count() == 1


def test_lists_offer_to_delete_nothing_at_once(admin_client):
    place = making.a_place()
    sent = {"action": "delete_selected", "_selected_action": [place.pk], "post": "yes"}
    admin_client.post("/admin/testimonies/place/", sent)
    place.refresh_from_db()


def test_an_archivist_makes_accounts_but_nobody_above_them(archivist, admin_user):
    page = f"/admin/auth/user/{admin_user.pk}/"
    assert archivist.post(f"{page}change/", {}).status_code == 403
    assert archivist.post(f"{page}password/", {}).status_code == 403
    own = f"/admin/auth/user/{archivist.user.pk}/change/"
    form = archivist.get(own).context["adminform"].form
    assert {"is_superuser", "user_permissions", "is_staff"}.isdisjoint(form.fields)
    archivist.post(own, filled(archivist.get(own), is_superuser="on"))
    archivist.user.refresh_from_db()
    assert not archivist.user.is_superuser


def test_an_account_that_is_made_can_work_at_the_desk(archivist, django_user_model):
    group = archivist.user.groups.get()
    sent = {"username": "gulnara", "password1": "seven steppe geese", "password2": "seven steppe geese"}
    archivist.post("/admin/auth/user/add/", sent | {"usable_password": "true", "groups": [group.pk]})
    made = django_user_model.objects.get(username="gulnara")
    assert (made.is_staff, made.is_superuser, list(made.groups.all())) == (True, False, [group])


def test_the_log_of_the_desk_names_what_was_changed_and_never_the_words(contributor):
    testimony = making.a_testimony("We shared the bread.")
    page = f"/admin/testimonies/testimony/{testimony.pk}/change/"
    contributor.post(page, filled(contributor.get(page), segments__0__text="We shared the salt.", locator="page 3"))
    logged = LogEntry.objects.get()
    assert logged.get_change_message() == "Changed Where in the source and runs of words."
    assert "salt" not in logged.change_message


def test_what_readers_meet_is_not_deleted_on_the_desk(archivist):
    wave, tag = making.a_wave(), making.a_tag("Ways")
    publication = making.published(waves=[wave], tags=[tag])
    making.testimony_of(publication).tags.clear()
    mark = Event.objects.create(name="The dry week", date="2020", source=making.a_source("Diary"), wave=wave)
    for record in (mark, tag):
        page = f"/admin/testimonies/{record._meta.model_name}/{record.pk}/delete/"
        for answer in (archivist.get(page), archivist.post(page, {"post": "yes"})):
            assert answer.status_code == 200
            assert "is part of what has been published" in answer.content.decode()
        assert type(record).objects.filter(pk=record.pk).exists()

"""Identities and private files: unreadable in the database and on the disk, closed to every query."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.files.base import ContentFile
from django.db import connection

from testimonies.models.editorial import Identity, SourceSnapshot
from testimonies.models.public import Witness
from testimonies.tests.making import a_basis, a_source, a_witness

pytestmark = pytest.mark.django_db

NAME = "Zerequl Invented"


@pytest.fixture
def identity() -> Identity:
    return Identity.objects.create(witness=a_witness("Pseudonym"), true_name=NAME, contact="by the well", reason="fear")


def test_a_true_name_is_read_back(identity):
    read = Identity.objects.get()
    assert (read.true_name, read.contact, read.reason) == (NAME, "by the well", "fear")


def test_the_database_holds_no_word_of_it(identity):
    with connection.cursor() as cursor:
        cursor.execute("SELECT true_name, contact, reason FROM testimonies_identity")
        stored = cursor.fetchone()
    assert all(column.startswith("gAAAA") for column in stored)
    assert not any(word in column for column in stored for word in ("Zerequl", "well", "fear"))


@pytest.mark.parametrize("lookup", ["exact", "startswith", "icontains", "regex", "in", "gt"])
def test_no_query_looks_into_a_true_name(identity, lookup):
    value = [NAME] if lookup == "in" else NAME
    with pytest.raises(FieldError):
        Identity.objects.filter(**{f"true_name__{lookup}": value}).exists()


def test_no_query_finds_an_identity_from_the_witness():
    names = {field.name for field in Witness._meta.get_fields()} | set(Witness._meta.fields_map)
    assert not any("identity" in name for name in names if not name.endswith("+"))
    with pytest.raises(FieldError):
        Witness.objects.filter(identity__isnull=False).exists()


def test_its_label_does_not_tell_it(identity):
    assert str(identity) == f"Identity of witness {identity.witness_id}"


def test_a_document_is_kept_encrypted_under_a_name_that_says_nothing():
    basis = a_basis()
    basis.document.save(f"{NAME}.pdf", ContentFile(b"signed by Zerequl"))
    path = Path(basis.document.path)
    assert path.is_relative_to(settings.ARCHIVE_DATA / "private")
    assert (len(path.name), path.stat().st_mode & 0o777) == (32, 0o600)
    assert b"Zerequl" not in path.read_bytes()
    assert basis.document.open().read() == b"signed by Zerequl"
    with pytest.raises(ValueError, match="no address"):
        _ = basis.document.url


def test_a_snapshot_carries_the_digest_of_its_text():
    snapshot = SourceSnapshot.objects.create(source=a_source(), text="abc")
    assert snapshot.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

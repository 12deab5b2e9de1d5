"""Keys are changed: everything is read with the new one alone, a second run has nothing to do, nothing is lost."""

from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from testimonies import encryption
from testimonies.models.editorial import Draft, Identity, ImportBatch, PublicationBasis, Request, said_in
from testimonies.models.public import Letter
from testimonies.tests import making

pytestmark = pytest.mark.django_db

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def held(settings, tmp_path, monkeypatch) -> None:
    """Something of every kind that is encrypted, with the old key."""
    for field in (PublicationBasis._meta.get_field("document"), ImportBatch._meta.get_field("file")):
        monkeypatch.setattr(field, "storage", type(field.storage)())
        monkeypatch.setattr(field.storage, "_location", tmp_path)
        field.storage.__dict__.pop("base_location", None)
        field.storage.__dict__.pop("location", None)
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    Identity.objects.create(witness=making.a_witness(), true_name="Zhanyl", contact="at her sister's")
    making.a_basis().document.save("form", ContentFile(b"signed"))
    ImportBatch.objects.create(called="voices.csv", format="csv").file.save("voices", ContentFile(b"a,b"))
    user = User.objects.create_user("gulnara")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    Draft.objects.create(editor=user, form="a", data="words=We+shared+the+bread.")
    Letter.objects.drop(asks="withdrawal", testimony="", who="her brother", reply="", ground="")
    asked = {"asks": "withdrawal", "received_on": "2021-01-01", "due_on": "2021-02-01"}
    Request.objects.create(testimony=making.a_testimony(basis=None), who="her aunt", ground="She is afraid.", **asked)
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]


def rotate() -> str:
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


def test_everything_is_read_with_the_new_key_alone(held, settings, tmp_path):
    before = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert "Identity.true_name: 1 encrypted anew" in rotate()
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    identity, basis, batch = Identity.objects.get(), PublicationBasis.objects.get(), ImportBatch.objects.get()
    assert (identity.true_name, identity.contact, identity.reason) == ("Zhanyl", "at her sister's", "")
    assert (basis.document.open().read(), batch.file.open().read()) == (b"signed", b"a,b")
    assert said_in(Letter.objects.get()).who == "her brother"
    request = Request.objects.get()
    assert (request.who, request.reply, request.ground) == ("her aunt", "", "She is afraid.")
    assert Draft.objects.get().typed["words"] == "We shared the bread."
    factors = {one.type: one for one in Authenticator.objects.all()}
    assert get_adapter().decrypt(factors["totp"].data["secret"]) == SECRET
    assert len(RecoveryCodes(factors["recovery_codes"]).get_unused_codes()) == 10
    after = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert len(after) == len(before)
    assert not after & before


def test_every_kind_is_counted_and_a_second_run_has_nothing_to_do(held):
    kinds = {line.split(":")[0]: line for line in rotate().splitlines()[:-1]}
    assert set(kinds) == {
        "Identity.true_name",
        "Identity.contact",
        "Identity.reason",
        "Identity.harmless",
        "Draft.data",
        "Letter.sealed",
        "CitingLetter.sealed",
        "Merge.before",
        "Merge.called",
        "Request.who",
        "Request.reply",
        "Request.ground",
        "Request.decision",
        "PublicationBasis.document",
        "ImportBatch.file",
        "Second factors",
    }
    assert "Second factors: 2 encrypted anew" in kinds["Second factors"]
    second = rotate()
    assert [line for line in second.splitlines()[:-1] if ": 0 encrypted anew" not in line] == []
    assert "Second factors: 0 encrypted anew, 2 held the first key already" in second


def test_what_was_cut_off_is_gone_on_with(held, monkeypatch):
    whole, calls = encryption.rotate, []

    def dies_at_the_third(token: str) -> str:
        calls.append(token)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return whole(token)

    monkeypatch.setattr(encryption, "rotate", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    monkeypatch.setattr(encryption, "rotate", whole)
    said = rotate()
    assert "PublicationBasis.document: 0 encrypted anew, 1 held the first key already" in said
    assert "Identity.contact: 1 encrypted anew" in said
    assert said.endswith("the other keys can be taken away.\n")


def test_what_no_key_reads_is_named_and_kept(held, settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match=r"^10 cannot be read with any key: Letter \d+, PublicationBasis") as refused:
        rotate()
    assert OLD not in str(refused.value)
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    assert Identity.objects.get().true_name == "Zhanyl"
    assert PublicationBasis.objects.get().document.open().read() == b"signed"

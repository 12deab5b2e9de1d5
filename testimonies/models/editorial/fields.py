"""Text that is encrypted at rest, and a place for files that nobody is served without a check."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.deconstruct import deconstructible

from testimonies import encryption


class EncryptedTextField(models.TextField):
    """Text that the database holds only encrypted, and that no query can look into."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt what was read; raises `encryption` errors where no key fits."""
        return encryption.decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt what is written."""
        prepared = super().get_prep_value(value)
        return encryption.encrypt(prepared) if prepared else prepared

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow no lookup but for null: filtering by a hidden name would tell it."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


@deconstructible
class EncryptedStorage(FileSystemStorage):
    """Files in ARCHIVE_DATA/private, encrypted, without an address; names say nothing."""

    def __init__(self) -> None:
        super().__init__(location=Path(settings.ARCHIVE_DATA) / "private", file_permissions_mode=0o600)

    def _save(self, name: str, content: File) -> str:
        return str(super()._save(name, ContentFile(encryption.encrypt_bytes(content.read()))))  # type: ignore[misc]

    def _open(self, name: str, mode: str = "rb") -> File:
        with super()._open(name, "rb") as stored:  # type: ignore[misc]
            return ContentFile(encryption.decrypt_bytes(stored.read()), name=name)

    def url(self, name: str | None) -> str:
        """Refuse: private files have no address."""
        raise ValueError("Private files have no address.")

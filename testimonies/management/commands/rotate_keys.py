"""Encrypt everything that is encrypted anew, with the first of the keys."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.db.models.functions import Cast

from testimonies import encryption
from testimonies.models.editorial import EncryptedStorage, EncryptedTextField
from testimonies.models.public import SealedTextField


class Rotation:
    """What was found and what was done: how many were encrypted anew, held the first key already, could not be read."""

    def __init__(self) -> None:
        self.rotated = self.fresh = 0
        self.unreadable: list[str] = []

    def turn(self, token: str, where: str) -> str | None:
        """The token with the first key; None where there is nothing to do or nothing that can be done."""
        if encryption.is_fresh(token):
            self.fresh += 1
            return None
        try:
            turned = encryption.rotate(token)
        except encryption.DecryptionError:
            self.unreadable.append(where)
            return None
        self.rotated += 1
        return turned


class Command(BaseCommand):
    """It may be stopped at any moment and started again: what holds the first key is passed by."""

    help = "Encrypt identities, private files and second factors anew with the first of ARCHIVE_ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say of each kind how many; with exit code 1 where something can be read with no key."""
        unreadable: list[str] = []
        for name, turn_all in self.kinds():
            rotation = Rotation()
            turn_all(rotation)
            unreadable += rotation.unreadable
            self.stdout.write(f"{name}: {rotation.rotated} encrypted anew, {rotation.fresh} held the first key already")
        if unreadable:
            places = ", ".join(unreadable[:20]) + (" …" if len(unreadable) > 20 else "")
            raise CommandError(
                f"{len(unreadable)} cannot be read with any key: {places}. Keep the old keys; look for another one."
            )
        self.stdout.write("Everything holds the first key: the other keys can be taken away.")

    def kinds(self) -> Iterator[tuple[str, Callable[[Rotation], None]]]:
        """Every field of every model that is encrypted, and the second factors, whose secrets stand in JSON."""
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.concrete_fields:
                name = f"{model.__name__}.{field.name}"
                if isinstance(field, EncryptedTextField | SealedTextField):
                    yield name, partial(turn_texts, field=field)
                elif isinstance(field, models.FileField) and isinstance(field.storage, EncryptedStorage):
                    yield name, partial(turn_files, field=field)
        yield "Second factors", turn_factors


def turn_texts(rotation: Rotation, field: EncryptedTextField | SealedTextField) -> None:
    """The rows of a column, each in a transaction of its own, so that editors wait for one row only."""
    rows = field.model._base_manager.annotate(token=Cast(field.name, models.TextField()))
    for key in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            token = rows.select_for_update().filter(pk=key).values_list("token", flat=True).first()
            if token and (turned := rotation.turn(token, f"{field.model.__name__} {key}")):
                # As an expression, so that the field does not encrypt the token once more.
                value = models.Value(turned, output_field=models.TextField())
                rows.filter(pk=key).update(**{field.name: value})


def turn_files(rotation: Rotation, field: models.FileField) -> None:
    """The files of a column. The new one is written whole under another name before the row points at it."""
    stored = FileSystemStorage(location=field.storage.location, file_permissions_mode=0o600)  # type: ignore[attr-defined]
    rows = field.model._base_manager.exclude(**{field.name: ""})
    for key, name in list(rows.values_list("pk", field.name)):
        if not stored.exists(name):
            rotation.unreadable.append(f"{field.model.__name__} {key} (its file is missing)")
        elif turned := rotation.turn(content_of(stored, name), f"{field.model.__name__} {key}"):
            new = stored.save(name, ContentFile(turned.encode()))
            if rows.filter(pk=key, **{field.name: name}).update(**{field.name: new}):
                stored.delete(name)
            else:  # somebody replaced or deleted it meanwhile
                stored.delete(new)


def content_of(stored: Storage, name: str) -> str:
    """What stands in a file, as it stands there."""
    with stored.open(name) as file:
        return str(file.read().decode())


def turn_factors(rotation: Rotation) -> None:
    """Secrets of authenticator apps, seeds of recovery codes, and codes that came from elsewhere."""
    for key in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            for factor in Authenticator.objects.select_for_update().filter(pk=key):
                turned = {
                    name: turned_value(rotation, value, f"second factor {key}")
                    for name, value in factor.data.items()
                    if name in ("secret", "seed", "migrated_codes")
                }
                if turned != {name: factor.data[name] for name in turned}:
                    factor.data |= turned
                    factor.save(update_fields=["data"])


def turned_value(rotation: Rotation, value: Any, where: str) -> Any:
    """A token or a list of tokens with the first key."""
    if isinstance(value, list):
        return [turned_value(rotation, one, where) for one in value]
    return rotation.turn(value, where) or value

"""Words that stand nowhere else, each telling from which field of which record it escaped."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from testimonies.models.editorial import EncryptedTextField
from testimonies.models.public import EDTFField, LanguageTagField

TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, EncryptedTextField)

# What readers may see of a listed record. Every other field that holds text is private: a new one fails the test
# until somebody plants a word in it (`testimony.py`), or says here that it is public.
PUBLIC = {
    "Agent": "name",
    "CitingWork": "reference address",
    "Collection": "name description",
    "Contribution": "as_printed",
    "Derivation": "item wording note",
    "Edition": "change_note record",
    "Event": "name date",
    "Passage": "text",
    "Picture": "alternative_text credit",
    "Place": "name coordinates_source wikidata",
    "PlaceNameForm": "text tag system attested_in used_by",
    "Publication": "title excerpt",
    "PublicationBasis": "scope statement",
    "QuoteSegment": "introduction text attribution_note",
    "Source": "title publisher dateline date date_as_printed language url archived_url address_note rights_uri"
    " rights_holder rights_note selection_note",
    "Tag": "name slug definition",
    "TagNameForm": "text tag system attested_in used_by",
    "Testimony": "locator language_printed language_spoken spoken spoken_basis_reason spoken_public happened"
    " happened_basis_reason happened_public context_note content_note lineage peculiarities rights_uri rights_holder"
    " rights_note",
    "TestimonyPlace": "basis_reason",
    "TestimonyWave": "basis_reason",
    "Translation": "language text translated_from note",
    "Wave": "slug name begins ends attested scope_note",
    "WaveNameForm": "text tag system attested_in used_by",
    "Witness": "name described_as note",
    "WitnessNameForm": "text tag system attested_in used_by",
}
# What the machine makes, of which nobody chooses the words: identifiers, digests, folded copies of the above.
MACHINE = {
    "CitingLetter": "receipt sealed",
    "Edition": "digest",
    "HistoricalPlace": "identifier",
    "HistoricalSource": "identifier",
    "HistoricalWitness": "identifier",
    "Identifier": "value",
    "Letter": "receipt sealed",
    "LogHead": "epoch",
    "Passage": "language",
    "Picture": "name renditions",
    "Place": "identifier",
    "Publication": "identifier language words",
    "PublicationEvent": "subject",
    "Source": "identifier address_key",
    "SourceSnapshot": "sha256",
    "Witness": "identifier",
    "WitnessNameKey": "key",
}
FOLDED = "folded"
# Tables of the frameworks: of those with people in them every field is planted, the others hold none of our words.
OF_PEOPLE = ("auth.User", "account.EmailAddress", "admin.LogEntry", "usersessions.UserSession", "mfa.Authenticator")
WITHOUT_US = (
    "account.EmailConfirmation",
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "sessions.Session",
    "taggit.Tag",
)

CANARY = re.compile(r"zq[a-t]{6}", re.IGNORECASE)
YEAR = re.compile(r"\b1[34]\d\d\b")


class Words:
    """Makes canaries, and knows from which field each is."""

    def __init__(self, *, plain: bool = False) -> None:
        self.plain = plain  # words that readers may see, of the same shape
        self.labels: dict[str, str] = {}
        # A century, to which dates are coarsened, is told by its first year and its last.
        self.years = (year for year in count(1601 if plain else 1301) if year % 100 not in (0, 99))

    def word(self, label: str) -> str:
        """The canary of a field: letters only, the same however it is folded."""
        word = ("yq" if self.plain else "zq") + "".join(
            chr(ord("a") + byte % 20) for byte in sha256(label.encode()).digest()[:6]
        )
        self.labels[word] = label
        return word

    def value(self, field: Any, label: str) -> Any:
        """A value for a field, with a canary in it."""
        if isinstance(field, EDTFField):
            year = str(next(self.years))
            self.labels[year] = label
            return f"{year}-03-17"
        if isinstance(field, LanguageTagField):
            return "en" if self.plain else f"en-x-{self.word(label)}"
        word = self.word(label)
        if isinstance(field, models.URLField):
            return f"https://{word}.example/"
        if isinstance(field, models.EmailField):
            return f"{word}@example.org"
        return {"held": word} if isinstance(field, models.JSONField) else word

    def plant(self, row: models.Model, stage: str, *, keep: tuple[str, ...] = ()) -> None:
        """Put a canary into every text of a row, without saving, but for the fields that are to be kept."""
        for field in text_fields(type(row)):
            if field.name not in (*keep, *machine_made(type(row))):
                setattr(row, field.attname, self.value(field, f"{stage}: {type(row).__name__}.{field.name}"))

    def escaped(self, text: str, *, years: bool = True) -> set[str]:
        """The labels of the canaries in a text. Years mean nothing in files, and are looked for in pages only."""
        found = {word.lower() for word in CANARY.findall(text)} | set(YEAR.findall(text) if years else ())
        # A token made by chance may look like one of ours.
        return {self.labels[word] for word in found if word in self.labels}


def text_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a model that can hold words."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, TEXTS)]
    return [field for field in fields if not field.choices]


def public(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that readers may see of a listed record."""
    return tuple(PUBLIC.get(model.__name__, "").split())


def machine_made(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that nobody writes."""
    return (*MACHINE.get(model.__name__, "").split(), FOLDED)


def all_models() -> Iterator[type[models.Model]]:
    """Every model in whose tables words of ours, or about us, can stand."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label == "testimonies" or model._meta.label in OF_PEOPLE:
            yield model


def unplanted() -> list[str]:
    """The fields of which no row holds a canary."""
    return [
        f"{model.__name__}.{field.name}"
        for model in all_models()
        for field in text_fields(model)
        if field.name not in machine_made(model)
        and not any(is_planted(row, field) for row in model._base_manager.all())
    ]


def is_planted(row: models.Model, field: Any) -> bool:
    """Whether there is a canary in a field of a row; of a file in what it holds, for its name is made by chance."""
    value = getattr(row, field.attname)
    if isinstance(field, models.FileField):
        value = value.open().read() if value else ""
    return bool(CANARY.search(str(value)) or YEAR.search(str(value)))

"""Model fields for what the archive's records are made of: partial dates, language tags and plain text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from testimonies import dates, languages, texts


class EDTFField(models.CharField):
    """A partial date kept as EDTF (ISO 8601-2, levels 0 to 2); plain English is understood when it is typed.

    An empty string means that the date is not known. Raises ValidationError with the sentence of `dates`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Turn what was typed ("autumn 2022") into EDTF ("2022-23")."""
        typed = super().to_python(value)
        if not typed:
            return typed
        try:
            return dates.understand(typed).edtf
        except ValueError as error:
            raise ValidationError(str(error), code="edtf") from error


class SealedTextField(models.TextField):
    """A token of `testimonies.encryption`, sealed by whoever writes it and opened beyond the wall only.

    A kind of its own, so that `rotate_keys` finds it when keys are changed.
    """


class LanguageTagField(models.CharField):
    """A language tag of BCP 47 (RFC 5646), with its script where that matters: `kk-Cyrl`, `und-Latn`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 35)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Standardise the tag's letter case and separators; refuse what no registry knows."""
        typed = super().to_python(value)
        if not typed:
            return typed
        try:
            languages.validate_tag(typed)
            return languages.standardise(typed)
        except ValueError as error:
            raise ValidationError(str(error), code="language_tag") from error


class CleanTextField(models.TextField):
    """Text in NFC with plain line ends and without control characters, however it was pasted."""

    def to_python(self, value: Any) -> Any:
        """Clean what was typed; see `texts.clean`."""
        typed = super().to_python(value)
        return texts.clean(typed) if isinstance(typed, str) else typed


class WebAddressField(models.URLField):
    """A web address; one that is typed without its scheme is taken as https."""

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """Complete with https, as Django will by itself from 6.0 on."""
        return super().formfield(*args, **{"assume_scheme": "https", **kwargs})

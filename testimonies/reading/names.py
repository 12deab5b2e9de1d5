"""The forms of a name, in words: language, script, system, by whom it is used and where it is attested."""

from collections.abc import Iterable
from dataclasses import dataclass

from testimonies import languages
from testimonies.models.public import NameForm
from testimonies.reading import labels


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a name. `details` are its language, script and system, and what it is if not simply in use."""

    text: str
    tag: str
    details: str
    used_by: str
    attested: str
    is_former: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Forms of a name that are attested in the same place."""

    attested: str
    forms: tuple[Form, ...]


def form(one: NameForm) -> Form:
    """Return one name form in words."""
    status = "" if one.status == NameForm.Status.CURRENT else labels.word(labels.NAME_FORM_STATUS, one.status)
    return Form(
        text=one.text,
        tag=one.tag,
        details=", ".join(part for part in (languages.name(one.tag), one.system, status) if part),
        used_by=one.used_by,
        attested=one.attested_in,
        is_former=one.status == NameForm.Status.FORMER,
    )


def names(forms: Iterable[Form]) -> tuple[Names, ...]:
    """Return the forms under the place in which they are attested, in the order of the first of each."""
    found: dict[str, list[Form]] = {}
    for one in forms:
        found.setdefault(one.attested, []).append(one)
    return tuple(Names(attested, tuple(same)) for attested, same in found.items())


def tag_of(name: str, forms: tuple[Form, ...]) -> str:
    """Return the language tag of a display name where exactly one of the name forms is the same text, else nothing."""
    tags = {one.tag for one in forms if one.text == name}
    return tags.pop() if len(tags) == 1 else ""

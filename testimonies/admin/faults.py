"""What is wrong in a form that was sent, field by field, with the place on the page where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """A field with an error: its name, the sentences, and the id that a link leads to."""

    label: str
    sentences: list[str]
    id: str


def faults(form: Any, parts: list[Any]) -> Iterator[Fault]:
    """The faults of a form and of its parts, but for what concerns the form as a whole: that stands beside them."""
    yield from faults_of(form)
    for part in parts:
        formset, name = part.formset, capfirst(str(part.opts.verbose_name))
        if whole := formset.non_form_errors():
            yield Fault(capfirst(str(part.opts.verbose_name_plural)), [*whole], f"{formset.prefix}-group")
        for number, row in enumerate(formset.forms, start=1):
            yield from faults_of(row, _("%(part)s %(number)d") % {"part": name, "number": number})


def faults_of(form: Any, row: str = "") -> Iterator[Fault]:
    """The faults of one form; `row` names it where it is one of several."""
    for name, sentences in form.errors.items():
        if name != NON_FIELD_ERRORS:
            label = capfirst(str(form[name].label))
            named = _("%(row)s: %(field)s") % {"row": row, "field": label} if row else label
            yield Fault(named, [*sentences], form[name].auto_id)
        elif row:
            yield Fault(row, [*sentences], form.prefix)

"""Merging two vocabulary records that are one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.models.editorial import Testimony, TestimonyPlace, TestimonyTag, TestimonyWave
from testimonies.models.public import Place, Source, Tag, Wave, Witness

from .acts import Act, ActForm, Done
from .fields import ChosenByName
from .site import site

# A field that refers to the records of each kind: it tells the list of choices which to offer.
_REFERRING: dict[Any, Any] = {
    Witness: Testimony._meta.get_field("witness"),
    Source: Testimony._meta.get_field("source"),
    Place: TestimonyPlace._meta.get_field("place"),
    Wave: TestimonyWave._meta.get_field("wave"),
    Tag: TestimonyTag._meta.get_field("tag"),
}


class MergeForm(ActForm):
    """Into which record of the same kind."""

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            type(record).objects.all(),
            label=_("merge into"),
            widget=ChosenByName(_REFERRING[type(record)], site),
            help_text=_("The record that stays. All that refers to this one will refer to it."),
        )

    def clean_into(self) -> Any:
        """Refuse a merge with itself."""
        into = self.cleaned_data["into"]
        if into.pk == self.record.pk:
            raise forms.ValidationError(_("That is this record itself."))
        return into


def merge(record: Any, said: dict[str, Any], by: Any) -> Done:
    """Make the two one."""
    into = said["into"]
    publishing.merge(record, into=into)
    return Done(_("They are one record now; the old address leads here."), into)


MERGE = Act(
    name="merge",
    label=gettext_lazy("Merge into another"),
    button=gettext_lazy("Merge for good"),
    warning=gettext_lazy(
        "This cannot be undone. For a record that was entered twice: this one is deleted, its name forms and "
        "testimonies go to the other, and its address leads there for ever. Editions that were published keep "
        "their words as they are."
    ),
    permission="merge_records",
    form=MergeForm,
    do=merge,
    is_final=True,
)

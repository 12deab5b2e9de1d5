"""Merging two vocabulary records that are one."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.models.editorial import Merge, Testimony, TestimonyWave
from testimonies.models.public import Place, Publication, PublicationPlace, Source, Tag, TagNameForm, Wave, Witness

from .acts import Act, ActForm, Done
from .fields import ChosenByName
from .site import site

# A field that refers to the records of each kind: it tells the list of choices which to offer. None of those in which
# a new record is made from a name (see site.py).
_REFERRING: dict[Any, Any] = {
    Witness: Publication._meta.get_field("witness"),
    Source: Testimony._meta.get_field("source"),
    Place: PublicationPlace._meta.get_field("place"),
    Wave: TestimonyWave._meta.get_field("wave"),
    Tag: TagNameForm._meta.get_field("record"),
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
    publishing.merge(record, into=into, by=by)
    return Done(_("They are one record now; the old address leads here. For a day this can be undone below."), into)


class UnmergeForm(ActForm):
    """Which one."""

    merge: Any = forms.ModelChoiceField(None, label=gettext_lazy("merge"), empty_label=None)

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        cast(Any, self.fields["merge"]).queryset = Merge.objects.undoable().into(record).select_related("by")


def unmerge(record: Any, said: dict[str, Any], by: Any) -> Done:
    """Make two of one again."""
    merge = said["merge"]
    back = publishing.unmerge(merge, reason=_("Merge undone: %(merge)s") % {"merge": merge})
    return Done(_("They are two records again, and the old address leads to this one."), back)


UNMERGE = Act(
    name="unmerge",
    label=gettext_lazy("Undo a merge"),
    button=gettext_lazy("Undo the merge"),
    warning=gettext_lazy(
        "The record that was given up comes back with its address, its name forms and its testimonies. Where something "
        "of that was changed since, or published anew, nothing is undone, and you are told what it was."
    ),
    permission="merge_records",
    form=UnmergeForm,
    do=unmerge,
    offered=lambda record: Merge.objects.undoable().into(record).exists(),
)

MERGE = Act(
    name="merge",
    label=gettext_lazy("Merge into another"),
    button=gettext_lazy("Merge"),
    warning=gettext_lazy(
        "For a record that was entered twice: this one is deleted, its name forms and testimonies go to the other, "
        "and its address leads there. Editions that were published keep their words as they are. For a day it can be "
        "undone, on the page of the other; after that, never."
    ),
    permission="merge_records",
    form=MergeForm,
    do=merge,
    is_final=True,
)

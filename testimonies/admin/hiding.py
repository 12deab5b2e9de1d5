"""Hiding a witness's name further: out of the record, of every edition and of what editors see."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.models.public import Witness

from .acts import Act, ActForm, Done


class HideNameForm(ActForm):
    """What readers see instead."""

    naming = forms.ChoiceField(
        label=gettext_lazy("the new name is"),
        choices=[(naming.value, naming.label) for naming in Witness.HIDDEN_NAMINGS],
    )
    name = forms.CharField(
        label=gettext_lazy("new name"),
        max_length=200,
        widget=AdminTextInputWidget({"autocomplete": "off"}),
        help_text=gettext_lazy("A pseudonym, or words that tell the voice from others: “Unnamed voice (a teacher)”."),
    )

    def clean_name(self) -> str:
        """Refuse the name that is to be hidden."""
        name: str = self.cleaned_data["name"]
        if name.casefold() == self.record.name.casefold():
            raise forms.ValidationError(_("That is the present name."))
        return name


def hide_name(witness: Witness, said: dict[str, Any], by: Any) -> Done:
    """Hide it; what the gate refuses to publish anew stays hidden."""
    refused = publishing.hide_name(witness, name=said["name"], naming=said["naming"])
    sentence = _("The name is hidden, and taken out of every edition.")
    if refused:
        more = _(
            "Readers do not see testimony %(numbers)s: take out what still tells the name, or mend what is missing, "
            "and publish it."
        )
        sentence += " " + more % {"numbers": ", ".join(str(one.pk) for one in refused)}
    return Done(sentence, Witness.objects.get(pk=witness.pk))


HIDE_NAME = Act(
    name="hide",
    label=gettext_lazy("Hide the name"),
    button=gettext_lazy("Hide the name for good"),
    warning=gettext_lazy(
        "This cannot be undone. Every edition that carries the present name is emptied, the name forms, the "
        "description, the note and the portrait are deleted, and each testimony that readers can see now is "
        "published anew under the new name if it may be. Readers learn only that a change protected somebody. Copies "
        "that others made while the name was public are out of our reach."
    ),
    permission="empty_edition",
    form=HideNameForm,
    do=hide_name,
    is_final=True,
)

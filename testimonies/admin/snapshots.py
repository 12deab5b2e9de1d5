"""Snapshots: what a source said when it was read, pasted or uploaded; only the text is kept."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from testimonies import documents, texts
from testimonies.checking import quotations
from testimonies.models.editorial import SourceSnapshot, Testimony

from .acts import Act, ActForm, Done
from .base import RecordAdmin
from .fields import PartialDateField
from .site import site
from .standing import is_final


class SnapshotText(forms.Form):
    """The text of a source, pasted or in a file; `cleaned_data["text"]` has it either way."""

    notes: tuple[str, ...] = ()

    text = forms.CharField(
        label=gettext_lazy("paste its text"),
        required=False,
        strip=False,
        widget=AdminTextareaWidget(attrs={"class": "pasted"}),
        help_text=gettext_lazy("Private. All of it, or the part that you quote from."),
    )
    file = forms.FileField(
        label=gettext_lazy("or upload it"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Plain text, HTML, PDF or DOCX. Only its text is kept, not the file."),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("encoding of plain text"),
        required=False,
        choices=[("", gettext_lazy("find it out")), *documents.ENCODINGS],
        help_text=gettext_lazy("Choose one where the letters come out wrong."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Take the text from where it is; what was pasted stays in the form whatever is wrong with the file."""
        cleaned = super().clean()
        said, file = self.cleaned_data, self.cleaned_data.get("file")
        text = texts.clean(said.get("text") or "")
        if file and text.strip():
            self.add_error("file", _("There is pasted text as well: clear it, or leave the file out."))
        elif file:
            try:
                document = documents.text_of(file, name=file.name, encoding=said.get("encoding") or "")
            except documents.DocumentRefused as refused:
                self.add_error("file", str(refused))
            else:
                said["text"], self.notes = document.text, document.notes
        elif not text.strip():
            self.add_error("text", _("Paste the text of the source, or upload a file."))
        elif len(text) > documents.MOST_CHARACTERS:
            self.add_error("text", str(documents.DocumentRefused("too_long")))
        else:
            said["text"] = text
        return cleaned


class SnapshotForm(SnapshotText, forms.ModelForm):
    """A snapshot on its own page."""

    field_order = ("source", "text", "file", "encoding", "taken", "taken_basis")

    class Meta:
        model = SourceSnapshot
        fields = ("source", "text", "taken", "taken_basis")


@admin.register(SourceSnapshot, site=site)
class SourceSnapshotAdmin(RecordAdmin):
    """The text of a source as it was read; private."""

    form = SnapshotForm
    autocomplete_fields = ("source",)
    readonly_fields = ("sha256",)
    list_display = ("source", "taken", "sha256")
    list_select_related = ("source",)
    search_fields = ("source__folded",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A file only for a new one: another text is another snapshot, or a slip put right by hand."""
        upload = () if obj else ("file", "encoding")
        return ("source", "text", *upload, "taken", "taken_basis", *(("sha256",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, and say what was found out about the file."""
        super().save_model(request, obj, form, change)
        for note in form.notes:
            messages.info(request, note)


class SnapshotActForm(SnapshotText, ActForm):
    """The text of a testimony's source."""

    taken = PartialDateField(label=gettext_lazy("read on"), required=False, max_length=100, widget=AdminTextInputWidget)
    taken_basis = forms.CharField(
        label=gettext_lazy("how that is known"), required=False, max_length=300, widget=AdminTextInputWidget
    )

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        if record.source and record.source.accessed_on:
            self.initial.setdefault("taken", record.source.accessed_on.isoformat())

    def clean(self) -> dict[str, Any] | None:
        """With what was found out about the file, for the act."""
        cleaned = super().clean()
        self.cleaned_data["notes"] = self.notes
        return cleaned


def hold_snapshot(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Keep the text, and say whether the words stand in it."""
    if testimony.source is None:
        raise ValueError(_("Say first which source the words come from."))
    SourceSnapshot.objects.create(
        source=testimony.source, text=said["text"], taken=said["taken"], taken_basis=said["taken_basis"]
    )
    length = len(said["text"])
    held = ngettext("A text of %(number)s character is held.", "A text of %(number)s characters is held.", length)
    sentences = [held % {"number": number_format(length, force_grouping=True)}, *said["notes"]]
    return Done(" ".join([*sentences, quotations.report(testimony).sentence]), testimony)


SNAPSHOT = Act(
    name="snapshot",
    label=gettext_lazy("Check the quotation"),
    button=gettext_lazy("Compare"),
    warning=gettext_lazy(
        "The words are looked for in the text of the source as you read it. That text is private and is never "
        "published; readers learn only whether the words were found in it word for word, and on which day it was read."
    ),
    permission="add_sourcesnapshot",
    form=SnapshotActForm,
    do=hold_snapshot,
    offered=lambda testimony: testimony.source_id is not None and not is_final(testimony),
)

"""The form of a testimony, which notices what the database would refuse and who saved in between."""

import hashlib
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models.functions import Length
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from testimonies import dates, texts, webaddresses
from testimonies.models.editorial import Disclosure, SourceSnapshot, StaleTestimony, Testimony, ValueBasis
from testimonies.models.public import Edition, Source
from testimonies.publishing.gate import spoken_too_late

from .history import is_key
from .stale import hold, who_saved

STALE = "stale"
MOST_TOLD = 5
# The page of a snapshot takes more, and files.
LONGEST_PASTED = 200_000
OF_THE_SOURCE = ("address", "selection_note", "source_text")
DATED = ("spoken", "happened")
CHOOSE_BASIS = gettext_lazy("Choose how it is known.")


def check_basis(form: forms.ModelForm, prefix: str = "") -> None:
    """Say at the field itself what is missing of how a value is known, rather than at the top of the page."""
    said, kind = form.cleaned_data, form.cleaned_data.get(f"{prefix}basis")
    if not kind and f"{prefix}basis" not in form.errors:
        form.add_error(f"{prefix}basis", CHOOSE_BASIS)
    if kind == ValueBasis.INFERRED and not said.get(f"{prefix}basis_reason"):
        form.add_error(f"{prefix}basis_reason", _("Say why it is inferred, such as “from the headline”."))
    if kind == ValueBasis.ELSEWHERE and not said.get(f"{prefix}basis_source"):
        form.add_error(f"{prefix}basis_source", _("Name the other source."))


def check_disclosure(form: forms.ModelForm, how: str, instead: str) -> None:
    """Say at the field itself that readers have to see something coarser."""
    if form.cleaned_data.get(how) == Disclosure.COARSER and not form.cleaned_data.get(instead):
        form.add_error(instead, _("Say what readers see instead."))


class BasisForm(forms.ModelForm):
    """A value of a testimony with how it is known, and perhaps with what readers see of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is chosen beforehand: that the source states it is for the editor to say."""
        super().__init__(*args, **kwargs)
        if "basis" in self.fields:
            self.fields["basis"].error_messages["required"] = CHOOSE_BASIS
        if self.instance.pk is None:
            self.initial.setdefault("basis", "")

    def clean(self) -> dict[str, Any] | None:
        """Check what the database would refuse."""
        cleaned = super().clean()
        check_basis(self)
        check_disclosure(self, "disclosure", "public_place")
        return cleaned


class SegmentForm(forms.ModelForm):
    """The words; marks in them that nobody can see are shown, and taken out if the editor wants."""

    without_unseen = forms.BooleanField(required=False, label=gettext_lazy("take out the marks that cannot be seen"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self["text"].value() or ""
        kept = [str(one) for one in texts.findings(words) if not one.removed]
        shown = self.fields["without_unseen"]
        shown.help_text = " ".join([*kept[:MOST_TOLD], *(["…"] if len(kept) > MOST_TOLD else [])])
        if not kept:
            shown.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Take them out where that was chosen."""
        cleaned = super().clean()
        if self.cleaned_data.get("without_unseen") and self.cleaned_data.get("text"):
            self.cleaned_data["text"] = texts.without_unseen(texts.clean(self.cleaned_data["text"]))
        return cleaned

    def removed(self) -> list[texts.Finding]:
        """The controls in what was typed, which are never kept."""
        typed = self.data.get(self.add_prefix("text")) or ""
        return [one for one in texts.findings(typed) if one.removed]


# No testimony has so many segments; Django would make a thousand forms for a number that somebody made up.
MOST_PARTS = 200


class PartForms(forms.BaseInlineFormSet):
    """The forms of a part; `unfinished` ones are shown as they are, without a word on what is missing in them."""

    def __init__(self, *args: Any, unfinished: bool = False, **kwargs: Any) -> None:
        self.unfinished = unfinished
        self.absolute_max = MOST_PARTS
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """With the form's own fields for key and order."""
        super().add_fields(form, index)
        if self.unfinished and form.is_bound:
            form._errors = ErrorDict()

    def full_clean(self) -> None:
        """Look through what was typed, unless it is unfinished."""
        if self.unfinished:
            self._errors: list[Any] = []
            self._non_form_errors = self.error_class()
        else:
            super().full_clean()


class TestimonyForm(forms.ModelForm):
    """The testimony itself. `read_version` is the version that the editor has read."""

    reader: Any = None
    # What was typed before and not saved: shown as it is, without a word on what is missing in it.
    continued: QueryDict | None = None
    read_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # What belongs to the source, asked here because the editor has it at hand.
    address = forms.CharField(
        label=gettext_lazy("address of the page"),
        required=False,
        max_length=2000,
        widget=AdminTextInputWidget(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Paste it: you are told whether the source is held already."),
    )
    selection_note = forms.CharField(
        label=gettext_lazy("what is not taken from this source, and why"),
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("Public. Asked once for a source."),
    )
    source_text = forms.CharField(
        label=gettext_lazy("text of the source"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTED,
        widget=AdminTextareaWidget(attrs={"class": "pasted"}),
        help_text=gettext_lazy("Private. Paste it, and the words below are looked for in it when you save."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        goes_on = self.continued is not None and not args
        super().__init__(*args, **{**kwargs, **({"data": self.continued} if goes_on else {})})
        if goes_on:
            self._errors = ErrorDict()
        self.initial["read_version"] = self.instance.version
        for kind in DATED:
            # Nothing is chosen beforehand, and without a date nothing need be.
            if f"{kind}_basis" in self.fields:
                self.fields[f"{kind}_basis"].required = False
            if not getattr(self.instance, kind):
                self.initial[f"{kind}_basis"] = ""
        if "source_text" in self.fields and (chosen := self.chosen_source()):
            self.fields["source_text"].help_text = text_held(chosen) or self.fields["source_text"].help_text
        source = self.instance.source
        if source and source.selection_note and "selection_note" in self.fields:
            self.fields["selection_note"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Refuse what was overtaken, under a lock that holds until it is saved, and what the database would refuse."""
        cleaned = super().clean()
        self.check_nobody_was_faster()
        self.check_what_is_published()
        self.check_source_is_named()
        self.check_spoken_before_printed()
        for kind in DATED:
            if self.cleaned_data.get(kind):
                check_basis(self, f"{kind}_")
            elif not self.cleaned_data.get(f"{kind}_basis"):
                self.cleaned_data[f"{kind}_basis"] = getattr(self.instance, f"{kind}_basis")
            check_disclosure(self, f"{kind}_disclosure", f"{kind}_public")
        return cleaned

    def check_nobody_was_faster(self) -> None:
        """Compare versions; the page's own transaction keeps the lock."""
        if self.instance.pk is None:
            return
        try:
            hold(self.instance, self.cleaned_data.get("read_version") or 0)
        except StaleTestimony:
            self.add_error(None, forms.ValidationError(who_saved(self.instance, self.reader), code=STALE))

    def check_what_is_published(self) -> None:
        """A published testimony keeps its source, witness and basis."""
        if self.instance.status == Testimony.Status.PUBLISHED:
            for name in ("source", "witness", "basis"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, _("A published testimony has one."))

    def check_spoken_before_printed(self) -> None:
        """Nobody's words are printed before they are spoken."""
        spoken, source = self.cleaned_data.get("spoken"), self.cleaned_data.get("source")
        if spoken and source and (sentence := spoken_too_late(spoken, source.date)):
            self.add_error("spoken", sentence)

    def check_source_is_named(self) -> None:
        """What is said of a source has to have one."""
        for name in ("selection_note", "source_text"):
            if self.cleaned_data.get(name, "").strip() and not self.cleaned_data.get("source"):
                self.add_error(name, _("Say first which source that is."))
        source, note = self.cleaned_data.get("source"), self.cleaned_data.get("selection_note", "").strip()
        if source and note and source.selection_note not in ("", note):
            self.add_error("selection_note", _("The source has one already: change it on the source’s own page."))

    def keep_with_source(self, editor: Any) -> None:
        """Give the source its selection note and its text, as far as it has none and the editor may."""
        source = self.cleaned_data.get("source")
        note, text = (self.cleaned_data.get(name, "").strip() for name in ("selection_note", "source_text"))
        if source and note and not source.selection_note and editor.has_perm("testimonies.change_source"):
            source.selection_note = note
            source.save()
        if source and text and editor.has_perm("testimonies.add_sourcesnapshot"):
            newest = SourceSnapshot.objects.filter(source=source).first()
            if newest is None or newest.text != texts.clean(text):
                taken = source.accessed_on.isoformat() if source.accessed_on else ""
                SourceSnapshot.objects.create(source=source, text=texts.clean(text), taken=taken)

    def chosen_source(self) -> Source | None:
        """The source that stands in the form, saved or not."""
        key = str(self["source"].value() or "")
        if key == str(self.instance.source_id):
            return self.instance.source
        return Source.objects.filter(pk=key).first() if is_key(key) else None

    def held_by_source(self) -> set[str]:
        """The fields whose values the source has already, though the form shows them empty."""
        source = self.chosen_source()
        if source is None:
            return set()
        address, note, text = (str(self[name].value() or "").strip() for name in OF_THE_SOURCE)
        sha256 = hashlib.sha256(texts.clean(text).encode()).hexdigest()
        held = (
            bool(address) and webaddresses.key(address) == source.address_key,
            note == source.selection_note,
            bool(text) and SourceSnapshot.objects.filter(source=source, sha256=sha256).exists(),
        )
        return {name for name, is_held in zip(OF_THE_SOURCE, held, strict=True) if is_held}

    @property
    def is_stale(self) -> bool:
        """Whether somebody was faster."""
        return self.is_bound and self.has_error("__all__", STALE)


def text_held(source: Source) -> str:
    """What the page says of the text that is held of a source, if one is: the field is always empty."""
    snapshots = SourceSnapshot.objects.filter(source=source).annotate(length=Length("text"))
    held = snapshots.values_list("length", "taken").first()
    if held is None:
        return ""
    length, taken = held
    if taken:
        sentence = ngettext(
            "A text of %(number)s character is held, of %(day)s.",
            "A text of %(number)s characters is held, of %(day)s.",
            length,
        )
    else:
        sentence = ngettext(
            "A text of %(number)s character is held.", "A text of %(number)s characters is held.", length
        )
    told = {"number": number_format(length, force_grouping=True), "day": dates.words(taken) if taken else ""}
    return " ".join((sentence % told, _("What is pasted here takes its place. Private.")))


class PublishForm(forms.Form):
    """What readers are told of a later edition."""

    note = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        max_length=Edition._meta.get_field("change_note").max_length,
        required=False,
        help_text=gettext_lazy("Public. Such as “A word was misread: ‘bread’, not ‘broad’.”"),
    )
    protects = forms.BooleanField(
        label=gettext_lazy("The change protects somebody: tell readers only that"), required=False
    )
    differs = forms.BooleanField(
        label=gettext_lazy("The words differ from the copy of the source: publish all the same"), required=False
    )

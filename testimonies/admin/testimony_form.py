"""The form of a testimony, which notices what the database would refuse and who saved in between."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies.models.editorial import Disclosure, StaleTestimony, Testimony, ValueBasis
from testimonies.models.public import Edition

from .stale import hold, who_saved

STALE = "stale"


def check_basis(form: forms.ModelForm, prefix: str = "") -> None:
    """Say at the field itself what is missing of how a value is known, rather than at the top of the page."""
    said, kind = form.cleaned_data, form.cleaned_data.get(f"{prefix}basis")
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

    def clean(self) -> dict[str, Any] | None:
        """Check what the database would refuse."""
        cleaned = super().clean()
        check_basis(self)
        check_disclosure(self, "disclosure", "public_place")
        return cleaned


class TestimonyForm(forms.ModelForm):
    """The testimony itself. `read_version` is the version that the editor has read."""

    reader: Any = None
    read_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["read_version"] = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        """Refuse what was overtaken, under a lock that holds until it is saved, and what the database would refuse."""
        cleaned = super().clean()
        self.check_nobody_was_faster()
        self.check_what_is_published()
        for kind in ("spoken", "happened"):
            if self.cleaned_data.get(kind):
                check_basis(self, f"{kind}_")
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

    @property
    def is_stale(self) -> bool:
        """Whether somebody was faster."""
        return self.is_bound and self.has_error("__all__", STALE)


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

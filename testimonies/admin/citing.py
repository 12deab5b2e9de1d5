"""Publications that cite testimonies: what researchers have registered, and what readers see of it.

None of it is shown while it is being decided whether the testimony is safe (`models/editorial/safety.py`).
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.encryption import DecryptionError
from testimonies.models.editorial import CitedAs, being_decided, cited_as
from testimonies.models.public import CitingKind, CitingLetter, CitingWork, Edition

from .acts import Act, ActForm, ActsAdmin, Done
from .site import site

WAITS = gettext_lazy("What cites a testimony of which safety is being decided is not shown here until that is done.")


def opened(letter: CitingLetter) -> CitedAs:
    """What the letter says, or that it cannot be opened."""
    try:
        return cited_as(letter)
    except DecryptionError:
        return CitedAs(reference=_("This letter was sealed with a key that the archive does not hold any more."))


class AcceptForm(ActForm):
    """What readers will see; what was sent may be put into order."""

    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=CitingKind)
    reference = forms.CharField(
        label=gettext_lazy("reference"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Look that it names nobody whom the testimony does not name."),
    )
    year = forms.IntegerField(label=gettext_lazy("year"), min_value=1000, max_value=9999)
    address = forms.URLField(label=gettext_lazy("address"), max_length=500, required=False, assume_scheme="https")
    edition = forms.IntegerField(label=gettext_lazy("edition"), min_value=1)
    passage = forms.IntegerField(
        label=gettext_lazy("passage"), min_value=1, required=False, help_text=gettext_lazy("The number: 3 for p3.")
    )

    def __init__(self, record: CitingLetter, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        said = opened(record)
        given = {"edition": record.edition, "passage": record.passage}
        for name, value in {**given, **vars(said)}.items():
            self.initial.setdefault(name, value)

    def clean_edition(self) -> int:
        """One that readers can find."""
        number: int = self.cleaned_data["edition"]
        if not Edition.objects.filter(publication=self.record.publication_id, number=number).exists():
            raise forms.ValidationError(_("The testimony has no edition of this number."))
        return number


def accept(letter: CitingLetter, said: dict[str, Any], by: Any) -> Done:
    """Show it on the page of the testimony."""
    names = ("kind", "reference", "year", "address", "edition", "passage")
    work = publishing.accept_citing(letter, **{name: said[name] for name in names})
    return Done(_("Readers see it on the page of the testimony now."), work)


def refuse(letter: CitingLetter, said: dict[str, Any], by: Any) -> Done:
    """Throw it away."""
    letter.delete()
    return Done(_("The letter is gone."), letter)


def take_off(work: CitingWork, said: dict[str, Any], by: Any) -> Done:
    """Show it no more."""
    publishing.take_off_citing(work)
    return Done(_("Readers do not see it any more."), work)


ACCEPT = Act(
    name="accept",
    label=gettext_lazy("Accept"),
    button=gettext_lazy("Show it to readers"),
    warning=gettext_lazy("It will stand on the page of the testimony, for everybody. The letter is deleted."),
    permission="change_citingletter",
    form=AcceptForm,
    do=accept,
    offered=lambda letter: letter.publication.is_listed,
)
REFUSE = Act(
    name="refuse",
    label=gettext_lazy("Refuse"),
    button=gettext_lazy("Throw it away"),
    warning=gettext_lazy("This cannot be undone. For what cites nothing of ours, for advertising and abuse."),
    permission="change_citingletter",
    form=ActForm,
    do=refuse,
    is_final=True,
)
TAKE_OFF = Act(
    name="take_off",
    label=gettext_lazy("Take it off the page"),
    button=gettext_lazy("Take it off"),
    warning=gettext_lazy("Readers do not see it any more, and it is deleted."),
    permission="change_citingwork",
    form=ActForm,
    do=take_off,
    is_final=True,
)


class CitingAdmin(ActsAdmin):
    """What letters and accepted publications share: to be read, and to be decided on by their acts."""

    search_fields = ()
    list_per_page = 50
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without those of testimonies of which safety is being decided."""
        found = super().get_queryset(request).select_related("publication")
        return found.exclude(publication__in=being_decided())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, and what is not in it."""
        return super().changelist_view(request, {"subtitle": WAITS, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With nothing to save."""
        return super().render_change_form(request, {**context, "show_save": False}, *args, **kwargs)

    def address_of(self, record: Any) -> str:
        """The page of the record, or the list where it is gone."""
        if isinstance(record, self.model) and not self.model._default_manager.filter(pk=record.pk).exists():
            return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=(record.pk,))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: they come by the public form."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By an act only."""
        return False

    @admin.display(description=gettext_lazy("cites"))
    def cites(self, record: Any) -> str:
        """The testimony as readers know it, with edition and passage; of what is withdrawn the identifier alone."""
        place = _("edition %(number)s") % {"number": record.edition}
        passage = f", p{record.passage}" if record.passage else ""
        return f"{record.publication.title or record.publication}, {place}{passage}"


@admin.register(CitingLetter, site=site)
class CitingLetterAdmin(CitingAdmin):
    """What somebody has registered, opened for those who decide on it."""

    acts = (ACCEPT, REFUSE)
    list_display = ("reference", "cites", "received")
    fields = readonly_fields = ("cites", "kind", "reference", "year", "address", "reply", "receipt", "dropped_at")

    @admin.display(description=gettext_lazy("received"), ordering="dropped_at")
    def received(self, letter: CitingLetter) -> Any:
        """The day."""
        return letter.dropped_at.date()

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, letter: CitingLetter) -> str:
        """In words."""
        return str(dict(CitingKind.choices).get(opened(letter).kind, ""))

    @admin.display(description=gettext_lazy("reference"))
    def reference(self, letter: CitingLetter) -> str:
        """In the sender's words."""
        return opened(letter).reference

    @admin.display(description=gettext_lazy("year"))
    def year(self, letter: CitingLetter) -> str:
        """Of the publication."""
        return str(opened(letter).year or "")

    @admin.display(description=gettext_lazy("address"))
    def address(self, letter: CitingLetter) -> str:
        """As text: nobody should follow it from the desk unawares."""
        return opened(letter).address

    @admin.display(description=gettext_lazy("how to answer"))
    def reply(self, letter: CitingLetter) -> str:
        """Private; deleted with the letter."""
        return opened(letter).reply


@admin.register(CitingWork, site=site)
class CitingWorkAdmin(CitingAdmin):
    """What readers see on the page of a testimony."""

    acts = (TAKE_OFF,)
    list_display = ("reference", "year", "cites", "accepted_at")
    fields = readonly_fields = ("cites", "kind", "reference", "year", "address", "accepted_at")

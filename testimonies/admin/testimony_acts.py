"""What can be done to a testimony apart from writing it: check, unlist, renew, withdraw, merge, empty an edition."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.models.editorial import Request, Testimony
from testimonies.models.public import Edition, Publication

from .acts import Act, ActForm, Done, private_note, refuse_past
from .disclosure import DISCLOSE
from .fields import ChosenByName
from .history import EMPTIED, write_reason
from .restoring import RESTORE
from .reviewing import RETURN, TAKE_BACK
from .site import site
from .snapshots import SNAPSHOT


class NoteForm(ActForm):
    """Why, for the history."""

    note = private_note()


class RenewForm(ActForm):
    """Until when; and that it is meant, where a request is not decided yet."""

    all_the_same = forms.BooleanField(
        label=gettext_lazy("There is an undecided request about this testimony: show it all the same"),
        error_messages={"required": gettext_lazy("Decide the request first, or tick that it is shown all the same.")},
    )
    review_on = forms.DateField(
        label=gettext_lazy("review on"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy("After this day it is hidden again until somebody renews it. Empty: no review."),
    )
    note = private_note()

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        self.initial.pop("all_the_same", None)  # no address ticks it
        if not record.requests.undecided().exists():
            del self.fields["all_the_same"]

    def clean_review_on(self) -> date | None:
        """Refuse a day that has passed."""
        return refuse_past(self.cleaned_data["review_on"])


class WithdrawForm(ActForm):
    """The neutral reason that readers are given, and the true one for the history."""

    reason = forms.ChoiceField(
        label=gettext_lazy("what readers are told"), choices=Publication.WithdrawalReason, widget=forms.RadioSelect
    )
    note = private_note()


class EraseForm(WithdrawForm):
    """As for a withdrawal, with the identifier typed by hand: nobody erases the wrong one by a slip."""

    identifier = forms.CharField(
        label=gettext_lazy("type the identifier of the testimony"),
        max_length=20,
        widget=AdminTextInputWidget({"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("It stands in the address of the testimony, after /testimonies/."),
    )
    note = private_note(needed=True)

    def clean_identifier(self) -> str:
        """Refuse any other."""
        typed = str(self.cleaned_data["identifier"]).strip().lower()
        if self.record.publication is None or typed != self.record.publication.identifier:
            raise forms.ValidationError(_("This is not the identifier of this testimony."))
        return typed


class EmptyForm(ActForm):
    """Which edition."""

    edition = forms.ModelChoiceField(Edition.objects.none(), label=gettext_lazy("edition"), empty_label=None)
    note = private_note()

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        chosen: Any = self.fields["edition"]
        chosen.queryset = whole_editions(record)
        chosen.label_from_instance = lambda edition: _("edition %(number)d") % {"number": edition.number}


class MergeForm(ActForm):
    """Into which one."""

    into = forms.ModelChoiceField(
        Testimony.objects.exclude(publication=None),
        label=gettext_lazy("merge into"),
        widget=ChosenByName(Request._meta.get_field("testimony"), site),
        help_text=gettext_lazy("The published testimony that stays."),
    )
    note = private_note()

    def clean_into(self) -> Testimony:
        """Refuse a merge with itself."""
        into: Testimony = self.cleaned_data["into"]
        if into.pk == self.record.pk:
            raise forms.ValidationError(_("That is this testimony itself."))
        return into


def unlist(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Hide it at once."""
    publishing.unlist(testimony)
    return noted(testimony, said["note"], _("It is hidden. Readers are told that it is under review."))


def renew(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Show it (again)."""
    publishing.renew(testimony, by=by, review_on=said["review_on"])
    return noted(testimony, said["note"], _("It is renewed: readers see its current edition."))


def withdraw(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Withdraw it for good."""
    publishing.withdraw(testimony, reason=said["reason"])
    return noted(testimony, said["note"], _("It is withdrawn. Readers find a tombstone at its address."))


def merge(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Let its address lead to another."""
    kept = publishing.merge_testimonies(testimony, into=said["into"])
    return noted(testimony, said["note"], _("It is merged: its address leads to %(kept)s.") % {"kept": kept})


def empty(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Take the words out of one edition."""
    edition = publishing.empty_edition(said["edition"])
    sentence = _("Edition %(number)d is empty: its words are gone.") % {"number": edition.number}
    return noted(testimony, said["note"] or EMPTIED % {"number": edition.number}, sentence)


def noted(testimony: Testimony, note: str, sentence: str) -> Done:
    """Write the note onto the line of the history that the act has made, or make one where it made none."""
    now = Testimony.objects.get(pk=testimony.pk)
    if now.version == testimony.version:
        now.save()
    write_reason(now, note)
    return Done(sentence, now)


def erase(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Erase it, and note why."""
    publishing.erase(testimony, reason=said["reason"])
    return noted(testimony, said["note"], _("It is erased: its words are nowhere in the archive any more."))


def whole_editions(testimony: Testimony) -> Any:
    """The editions that still have their words."""
    editions = Edition.objects.filter(publication__isnull=False, publication=testimony.publication_id)
    return editions.filter(emptied_at=None).defer("record").order_by("-number")


def holds_words(testimony: Testimony) -> bool:
    """Whether there is anything left to erase."""
    return testimony.segments.exists() or whole_editions(testimony).exists()


def is_in(*states: str) -> Any:
    """A test whether a testimony's publication is in one of the states."""
    return lambda testimony: bool(testimony.publication) and testimony.publication.state in states


LISTED, UNLISTED = Publication.State.LISTED, Publication.State.UNLISTED

TESTIMONY_ACTS = (
    SNAPSHOT,
    DISCLOSE,
    RETURN,
    TAKE_BACK,
    RESTORE,
    Act(
        name="unlist",
        label=gettext_lazy("Hide it"),
        button=gettext_lazy("Hide it now"),
        warning=gettext_lazy(
            "Readers will find nothing but the notice that it is under review. You can show it again at any time."
        ),
        permission="publish_testimony",
        form=NoteForm,
        do=unlist,
        offered=is_in(LISTED),
    ),
    Act(
        name="renew",
        label=gettext_lazy("Renew"),
        button=gettext_lazy("Renew"),
        warning=gettext_lazy(
            "Readers see its current edition, until the day of the next review. What was written here since is not "
            "published by this."
        ),
        permission="publish_testimony",
        form=RenewForm,
        do=renew,
        template="admin/testimonies/testimony/renew.html",
        context=lambda testimony, _form: {"undecided": list(testimony.requests.undecided().unopened())},
        offered=is_in(LISTED, UNLISTED),
    ),
    Act(
        name="withdraw",
        label=gettext_lazy("Withdraw"),
        button=gettext_lazy("Withdraw for good"),
        warning=gettext_lazy(
            "This cannot be undone. Its address will answer with the identifier, the day and a neutral reason, and "
            "nothing else; it leaves every list, search and download at once. Copies that others made while it was "
            "public are out of our reach: say so to whoever asked."
        ),
        permission="withdraw_testimony",
        form=WithdrawForm,
        do=withdraw,
        offered=is_in(LISTED, UNLISTED),
        is_final=True,
    ),
    Act(
        name="merge",
        label=gettext_lazy("Merge into another"),
        button=gettext_lazy("Merge for good"),
        warning=gettext_lazy(
            "This cannot be undone. For a testimony that was entered twice: its address will lead to the one you "
            "choose, for ever."
        ),
        permission="merge_records",
        form=MergeForm,
        do=merge,
        offered=is_in(LISTED, UNLISTED),
        is_final=True,
    ),
    Act(
        name="empty",
        label=gettext_lazy("Empty an edition"),
        button=gettext_lazy("Take the words out for good"),
        warning=gettext_lazy(
            "This cannot be undone. For an edition that endangers somebody: its words, its note and its checksum are "
            "deleted. Readers learn that it was emptied and when, not why. If it is the current edition, the "
            "testimony is hidden until another is published."
        ),
        permission="empty_edition",
        form=EmptyForm,
        do=empty,
        offered=lambda testimony: whole_editions(testimony).exists(),
        is_final=True,
    ),
    Act(
        name="erase",
        label=gettext_lazy("Erase the words"),
        button=gettext_lazy("Erase for good"),
        warning=gettext_lazy(
            "This cannot be undone, by nobody. Lost are: the words and translations, here and in every edition, with "
            "their history; all notes and reasons, those of reviews and requests too; what anybody has typed and not "
            "saved; and every snapshot of the source, so that other quotations from it cannot be checked until "
            "somebody takes another one. What is left is the address, which says that it was withdrawn, and who did "
            "what when. Backups and copies that others made are out of our reach here: see the operator."
        ),
        permission="erase_testimony",
        form=EraseForm,
        do=erase,
        offered=lambda testimony: bool(testimony.publication) and holds_words(testimony),
        is_final=True,
    ),
)

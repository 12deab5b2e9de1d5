"""Requests of witnesses: letters from the public form are taken in, and words are restricted at once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing
from testimonies.encryption import DecryptionError
from testimonies.models.editorial import Request, Said, Testimony, meant_by, said_in
from testimonies.models.public import Letter, Publication

from .acts import Act, ActForm, ActsAdmin, Done, private_note
from .fields import ChosenByName
from .history import RESTRICTED, RESTRICTED_BY, write_reason
from .site import site


class TakeInForm(ActForm):
    """Of which testimony it is, and whether its words are hidden meanwhile."""

    testimony = forms.ModelChoiceField(
        Testimony.objects.all(),
        label=gettext_lazy("testimony"),
        widget=ChosenByName(Request._meta.get_field("testimony"), site),
    )
    restrict = forms.BooleanField(label=gettext_lazy("hide the words at once, until it is decided"), required=False)

    def __init__(self, record: Letter, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        self.initial.setdefault("testimony", meant_by(opened(record)))


class RestrictForm(ActForm):
    """Why, for the history."""

    note = private_note()


def opened(letter: Letter) -> Said:
    """What the letter says, or that it cannot be opened."""
    try:
        return said_in(letter)
    except DecryptionError:
        return Said(ground=_("This letter was sealed with a key that the archive does not hold any more."))


def take_in(letter: Letter, said: dict[str, Any], by: Any) -> Done:
    """Make it a request with a deadline; the letter is not kept twice."""
    words = said_in(letter)
    testimony = said["testimony"]
    request = Request.objects.create(
        testimony=testimony,
        asks=letter.asks,
        received_on=letter.dropped_at.date(),
        due_on=letter.due_on,
        who=words.who,
        reply=words.reply,
        ground=words.ground if meant_by(words) == testimony else f"{words.ground}\n\n{words.testimony}".strip(),
    )
    if said["restrict"]:
        hide(testimony, RESTRICTED_BY % {"receipt": letter.receipt})
    letter.delete()
    done = _("It is a request now, and the words are hidden.") if said["restrict"] else _("It is a request now.")
    return Done(done, request)


def discard(letter: Letter, said: dict[str, Any], by: Any) -> Done:
    """Throw away what is no request."""
    letter.delete()
    return Done(_("The letter is gone."), letter)


def restrict(request: Request, said: dict[str, Any], by: Any) -> Done:
    """Hide the words while the request is weighed."""
    hide(request.testimony, said["note"] or RESTRICTED)
    return Done(_("The words are hidden. Readers are told that the testimony is under review."), request)


def hide(testimony: Testimony, why: str) -> None:
    """Unlist, with the reason in the history."""
    publishing.unlist(testimony)
    testimony.refresh_from_db()
    write_reason(testimony, why)


def can_be_restricted(request: Request) -> bool:
    """Whether readers see its words."""
    publication = request.testimony.publication
    return publication is not None and publication.state == Publication.State.LISTED


RESTRICT = Act(
    name="restrict",
    label=gettext_lazy("Restrict at once"),
    button=gettext_lazy("Hide the words now"),
    warning=gettext_lazy(
        "Readers find nothing but the notice that the testimony is under review, until somebody renews it."
    ),
    permission="publish_testimony",
    form=RestrictForm,
    do=restrict,
    offered=can_be_restricted,
)
TAKE_IN = Act(
    name="take_in",
    label=gettext_lazy("Take in as a request"),
    button=gettext_lazy("Take it in"),
    warning=gettext_lazy("It becomes a request with a deadline, and the letter is deleted."),
    permission="add_request",
    form=TakeInForm,
    do=take_in,
)
DISCARD = Act(
    name="discard",
    label=gettext_lazy("Throw away"),
    button=gettext_lazy("Throw it away"),
    warning=gettext_lazy("This cannot be undone. For what is no request: advertising, abuse, a test."),
    permission="change_letter",
    form=ActForm,
    do=discard,
    is_final=True,
)


@admin.register(Letter, site=site)
class LetterAdmin(ActsAdmin):
    """A letter from the public form, opened for those who answer requests."""

    acts = (TAKE_IN, DISCARD)
    search_fields = ()
    list_display = ("__str__", "dropped_at", "due_on")
    fields = readonly_fields = ("asks", "receipt", "dropped_at", "due_on", "of_testimony", "who", "reply", "ground")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: what was said by telephone is entered as a request."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By its act only."""
        return False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With nothing to save: it is read, taken in or thrown away."""
        return super().render_change_form(request, {**context, "show_save": False}, *args, **kwargs)

    def address_of(self, record: Any) -> str:
        """The request that a letter became, or the queue where it is gone."""
        if isinstance(record, Request):
            return reverse("admin:testimonies_request_change", args=(record.pk,))
        return super().address_of(record) if Letter.objects.filter(pk=record.pk).exists() else reverse("admin:requests")

    @admin.display(description=gettext_lazy("to be answered by"))
    def due_on(self, letter: Letter) -> Any:
        """The day."""
        return letter.due_on

    @admin.display(description=gettext_lazy("testimony"))
    def of_testimony(self, letter: Letter) -> str:
        """As the sender named it."""
        return opened(letter).testimony

    @admin.display(description=gettext_lazy("who asks"))
    def who(self, letter: Letter) -> str:
        """In the sender's words."""
        return opened(letter).who

    @admin.display(description=gettext_lazy("how to answer"))
    def reply(self, letter: Letter) -> str:
        """Mail or telephone."""
        return opened(letter).reply

    @admin.display(description=gettext_lazy("on what ground"))
    def ground(self, letter: Letter) -> str:
        """In the sender's words."""
        return opened(letter).ground

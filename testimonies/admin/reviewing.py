"""Review by a second person on the page of a testimony: returning it with a remark, taking it back."""

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import publishing, texts
from testimonies.models.editorial import Testimony, writers

from . import notices
from .acts import Act, ActForm, Done

WHOLE = "0"


class ReturnForm(ActForm):
    """What has to be mended, and where."""

    passage = forms.TypedChoiceField(
        label=gettext_lazy("passage"), coerce=int, widget=forms.RadioSelect, initial=WHOLE, required=False
    )
    remark = forms.CharField(
        label=gettext_lazy("remark"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Private. Whoever wrote it reads this at the top of the testimony's page."),
    )

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        self.words = passages(record)
        begins = [(str(number), f"{number}. {Truncator(text).chars(90)}") for number, text in self.words.items()]
        self.fields["passage"].choices = [(WHOLE, _("the testimony as a whole")), *begins]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With the words of the passage as they stand now."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        number = said.get("passage") or None
        return {**said, "passage": number, "words": self.words.get(number or 0, "")}


def passages(testimony: Testimony) -> dict[int, str]:
    """The passages of the quoted words as readers would count them, without the archive's marks."""
    held = [one for segment in testimony.segments.all() for one in texts.paragraphs(segment.text)]
    return {number: texts.public_text(one)[0] for number, one in enumerate(held, start=1)}


def return_with_remark(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Give it back to its writer."""
    words = {name: said[name] for name in ("remark", "passage", "words")}
    review = publishing.return_from_review(testimony, by=by, **words)
    notices.review_is_returned(review.asked_by, by)
    return Done(_("It is returned, with your remark."), testimony)


def take_back(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Out of review without an answer."""
    publishing.take_back(testimony, by=by)
    return Done(_("It is not in review any more."), testimony)


def is_in_review(testimony: Testimony) -> bool:
    """Whether it waits for a reviewer."""
    return testimony.status == Testimony.Status.IN_REVIEW


def is_own_work(reader: AbstractBaseUser | AnonymousUser, testimony: Testimony) -> bool:
    """Whether the reader of a page would judge their own work."""
    return reader.pk in writers(testimony)


RETURN = Act(
    name="return",
    label=gettext_lazy("Return with a remark"),
    button=gettext_lazy("Return it"),
    warning=gettext_lazy("It leaves the review and goes back to whoever sent it. What readers see stays as it is."),
    permission="publish_testimony",
    form=ReturnForm,
    do=return_with_remark,
    offered=is_in_review,
)
TAKE_BACK = Act(
    name="take_back",
    label=gettext_lazy("Take it out of review"),
    button=gettext_lazy("Take it out of review"),
    warning=gettext_lazy("Nobody is asked to review it any more. You can send it again at any time."),
    permission="change_testimony",
    form=ActForm,
    do=take_back,
    offered=is_in_review,
)

"""Batches on the list of testimonies: what would change is shown in a table first, then done to all or to none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from testimonies.models.editorial import StaleTestimony, Testimony, TestimonyWave, ValueBasis
from testimonies.models.public import Source, Tag, TagNameForm, Wave
from testimonies.publishing import BATCHES, Batch, Line, NotPublishable, Overtaken, WrongState, carry_out
from testimonies.publishing.batches import MOST, fingerprint, look, with_names

from . import notices, once
from .acts import private_note, refuse_past
from .fields import ChosenByName
from .site import site

# What a basis is said with, beside itself.
_ALSO_SAID = {str(ValueBasis.INFERRED): "basis_reason", str(ValueBasis.ELSEWHERE): "basis_source"}
LIST = "admin:testimonies_testimony_changelist"


class ChosenField(forms.CharField):
    """The chosen testimonies, each with the version that was looked at: "12:3 15:1"."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[int, int]:
        """Versions by key."""
        pairs = [pair.partition(":") for pair in super().clean(value).split()]
        if len(pairs) > MOST or not all(is_number(key) and is_number(version) for key, _colon, version in pairs):
            raise forms.ValidationError(_("Choose the testimonies again from their list."))
        return {int(key): int(version) for key, _colon, version in pairs}


def is_number(typed: str) -> bool:
    """Whether it can be a key or a version; databases count no further."""
    return typed.isdecimal() and len(typed) <= 9


class BatchForm(forms.Form):
    """What has to be said with a batch; the subclasses add their fields."""

    chosen = ChosenField()
    once = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    why = private_note()

    def spoken(self) -> list[str]:
        """The names of the fields that are seen, the note last."""
        names = [field.name for field in self.visible_fields()]
        return [*(name for name in names if name != "why"), "why"]


class TagForm(BatchForm):
    """Which tag."""

    tag: Any = forms.ModelChoiceField(
        Tag.objects.all(),
        label=gettext_lazy("tag"),
        widget=ChosenByName(TagNameForm._meta.get_field("record"), site),
    )


class WaveForm(BatchForm):
    """Which wave, how it is known, and whether it takes the place of the others."""

    wave: Any = forms.ModelChoiceField(Wave.objects.all(), label=gettext_lazy("wave"), empty_label=None)
    basis = forms.ChoiceField(
        label=gettext_lazy("how it is known"),
        choices=ValueBasis,
        widget=forms.RadioSelect(attrs={"class": "radiolist inline"}),
        help_text=gettext_lazy("The same for all of them."),
    )
    basis_reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=500, required=False, widget=admin.widgets.AdminTextInputWidget
    )
    basis_source: Any = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("other source"),
        required=False,
        widget=ChosenByName(TestimonyWave._meta.get_field("basis_source"), site),
    )
    instead = forms.BooleanField(
        label=gettext_lazy("in the place of the waves that stand there now"),
        required=False,
        help_text=gettext_lazy("Otherwise they stay beside it."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Refuse an inference without its reason, and a value from elsewhere without its source."""
        cleaned = super().clean() or {}
        wanted = _ALSO_SAID.get(str(cleaned.get("basis")))
        if wanted and wanted not in self.errors and not cleaned.get(wanted):
            self.add_error(wanted, _("Say why it is inferred, or name the other source."))
        return cleaned


class RenewForm(BatchForm):
    """Until when."""

    review_on = forms.DateField(
        label=gettext_lazy("review on"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy("After this day they are hidden again until somebody renews them. Empty: no review."),
    )

    def clean_review_on(self) -> date | None:
        """Refuse a day that has passed."""
        return refuse_past(self.cleaned_data["review_on"])


@dataclass(frozen=True)
class Page:
    """How a batch looks on the desk."""

    label: str | Promise
    about: str | Promise
    column: str | Promise
    form: type[BatchForm] = BatchForm
    after: Callable[[Any], None] | None = None


READERS_LATER = gettext_lazy("What readers see changes when the next edition of each is published, not before.")
PAGES = {
    "add_tag": Page(gettext_lazy("Add a tag"), READERS_LATER, gettext_lazy("tags"), TagForm),
    "remove_tag": Page(gettext_lazy("Remove a tag"), READERS_LATER, gettext_lazy("tags"), TagForm),
    "set_wave": Page(gettext_lazy("Set the wave"), READERS_LATER, gettext_lazy("speaks of"), WaveForm),
    "review": Page(
        gettext_lazy("Send to review"),
        gettext_lazy("Another person looks at them, one by one. What readers see stays as it is meanwhile."),
        gettext_lazy("status"),
        after=notices.review_is_asked_for,
    ),
    "renew": Page(
        gettext_lazy("Renew"),
        gettext_lazy(
            "Readers see the current edition of each at once, until the day of the next review. What was written on "
            "the desk since is not published by this."
        ),
        gettext_lazy("state"),
        RenewForm,
    ),
}


class BatchAdmin(admin.ModelAdmin):
    """Gives the list of testimonies an action for each kind of batch, and each kind its page."""

    def get_urls(self) -> list[URLPattern]:
        """With the page of each kind."""
        pages = [
            path(
                f"batch/{name}/",
                self.admin_site.admin_view(partial(self.batch_view, batch=batch)),
                name=f"testimonies_testimony_batch_{name}",
            )
            for name, batch in BATCHES.items()
        ]
        return [*pages, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """With the batches that the reader may do."""
        mine = {
            f"batch_{name}": (partial(_choose, batch=batch), f"batch_{name}", PAGES[name].label)
            for name, batch in BATCHES.items()
            if may(request, batch)
        }
        return {**super().get_actions(request), **mine}

    def batch_view(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        """What has to be said, then what would change, then do it."""
        if not may(request, batch):
            raise PermissionDenied
        form = PAGES[batch.name].form(request.POST)
        if not form.is_valid():
            if "chosen" in form.errors:
                messages.info(request, _("Choose the testimonies from their list, then what to do with them."))
                return HttpResponseRedirect(reverse(LIST))
            return self.batch_page(request, batch, form, list(form.cleaned_data["chosen"]))
        if "_do" in request.POST and self.is_done(request, batch, form):
            return HttpResponseRedirect(reverse(LIST))
        return self.batch_page(request, batch, form, list(form.cleaned_data["chosen"]), said=form.cleaned_data)

    def is_done(self, request: HttpRequest, batch: Batch, form: BatchForm) -> bool:
        """Do it whole or not at all, and say what happened; whether nothing is left to look at."""
        said, page = form.cleaned_data, PAGES[batch.name]
        try:
            with transaction.atomic():
                once.claim(request.user, said["once"], batch.name)
                changed = carry_out(batch, said["chosen"], said, seen=said["seen"], by=request.user, why=said["why"])
                LogEntry.objects.log_actions(cast(int, request.user.pk), changed, CHANGE, str(page.label))
        except once.SentTwice:
            messages.info(request, _("This form was sent twice. It was done once."))
            return True
        except Overtaken as overtaken:
            messages.error(request, why_overtaken(overtaken))
            return False
        except (StaleTestimony, WrongState, NotPublishable):
            messages.error(request, why_overtaken(Overtaken([])))
            return False
        if page.after and changed:
            page.after(request.user)
        messages.success(
            request,
            ngettext("%(number)d testimony was changed.", "%(number)d testimonies were changed.", len(changed))
            % {"number": len(changed)},
        )
        return True

    def batch_page(
        self, request: HttpRequest, batch: Batch, form: BatchForm, chosen: list[int], said: Any = None
    ) -> TemplateResponse:
        """The page; with `said` it shows what would be done."""
        page = PAGES[batch.name]
        testimonies = with_names(Testimony.objects.filter(pk__in=chosen).order_by("pk"))
        lines = look(batch, testimonies, said) if said else None
        context = {
            **self.admin_site.each_context(request),
            "title": page.label,
            "opts": self.opts,
            "page": page,
            "address": reverse(f"admin:testimonies_testimony_batch_{batch.name}"),
            "adminform": helpers.AdminForm(cast(Any, form), [(None, {"fields": form.spoken()})], {}, model_admin=self),
            "testimonies": testimonies,
            "lines": sorted(lines, key=lambda line: bool(line.why)) if lines is not None else None,
            "changing": [line for line in lines or [] if not line.why],
            "left": [line for line in lines or [] if line.why],
            "hidden": hidden(testimonies, lines),
            "own_work": own_work(batch, lines or []),
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/testimonies/testimony/batch.html", context)


def may(request: HttpRequest, batch: Batch) -> bool:
    """Whether the reader of the page may do it."""
    permissions = ("testimonies.change_testimony", f"testimonies.{batch.permission}")
    return request.user.has_perms(permissions)


def _choose(model_admin: Any, request: HttpRequest, chosen: Any, batch: Batch) -> HttpResponse | None:
    """From the list to the page of the batch."""
    keys = list(chosen.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, _("At most %(most)d testimonies are changed together.") % {"most": MOST})
        return None
    answer: HttpResponse = model_admin.batch_page(request, batch, PAGES[batch.name].form(), keys)
    return answer


def hidden(testimonies: list[Testimony], lines: list[Line] | None) -> dict[str, str]:
    """What the page sends along: which testimonies, in which versions, and what was seen of them."""
    return {
        "chosen": " ".join(f"{one.pk}:{one.version}" for one in testimonies),
        "seen": fingerprint(lines) if lines is not None else "",
        "once": once.token(),
    }


def why_overtaken(overtaken: Overtaken) -> str:
    """Why nothing was done, in sentences."""
    named = ", ".join(str(one) for one in overtaken.testimonies[:5])
    if not named:
        return _("Nothing was done: something is not any more as the table said. This is how it stands now.")
    return ngettext(
        "Nothing was done: somebody saved %(named)s meanwhile. This is how it stands now.",
        "Nothing was done: somebody saved %(number)d of them meanwhile (%(named)s). This is how they stand now.",
        len(overtaken.testimonies),
    ) % {"named": named, "number": len(overtaken.testimonies)}


def own_work(batch: Batch, lines: list[Line]) -> int:
    """How many of those that would change wait for a review, which their changer cannot approve any more."""
    if settings.EDITORS_MAY_PUBLISH_OWN_WORK or batch.name in ("review", "renew"):
        return 0
    return sum(line.testimony.status == Testimony.Status.IN_REVIEW for line in lines if not line.why)

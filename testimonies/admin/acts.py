"""Acts: what can be done to a record on a page of its own, with a reason, a warning and one button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from testimonies.models.editorial import StaleTestimony
from testimonies.publishing import NotPublishable, WrongState

from . import once
from .base import DeskAdmin
from .history import LONGEST_WHY
from .stale import hold, who_saved

Words = str | Promise


class ActForm(forms.Form):
    """What has to be said with an act; the subclasses add their fields. `version` is that of the page's reader."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        self.record = record
        super().__init__(*args, **kwargs)
        self.initial.update(once=once.token(), version=getattr(record, "version", None))

    def spoken(self) -> list[str]:
        """The names of the fields that are seen."""
        return [field.name for field in self.visible_fields()]


@dataclass(frozen=True)
class Done:
    """What an act did, in words, and the record whose page comes next."""

    sentence: str
    record: Any


@dataclass(frozen=True)
class Act:
    """One act. `name` stands in its address; `do` takes the record as it stands now, what was said, and the user.

    `context` gives more to the template.
    """

    name: str
    label: Words
    button: Words
    warning: Words
    permission: str
    form: type[ActForm]
    do: Callable[[Any, dict[str, Any], Any], Done]
    offered: Callable[[Any], bool] | None = None
    is_final: bool = False
    template: str = "admin/act.html"
    context: Callable[[Any, ActForm], dict[str, Any]] | None = None


class ActsAdmin(DeskAdmin):
    """Gives the records of a model the pages of its acts."""

    acts: tuple[Act, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        """The pages of the acts, before Django's own."""
        model = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            path(
                f"<int:key>/{act.name}/",
                self.admin_site.admin_view(partial(self.act_view, act=act)),
                name=f"{model}_{act.name}",
            )
            for act in self.acts
        ]
        return [*pages, *super().get_urls()]

    def may(self, request: HttpRequest, act: Act, record: Any) -> bool:
        """Whether the reader of the page may do it."""
        permitted = request.user.has_perm(f"{self.opts.app_label}.{act.permission}")
        return permitted and self.has_change_permission(request, record)

    def acts_for(self, request: HttpRequest, record: Any) -> list[dict[str, Any]]:
        """The acts that the page of a record offers."""
        model = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return [
            {"label": act.label, "href": reverse(f"{model}_{act.name}", args=(record.pk,)), "is_final": act.is_final}
            for act in self.acts
            if self.may(request, act, record) and (act.offered is None or act.offered(record))
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With the acts that can be done to the record."""
        record = kwargs.get("obj")
        context["acts"] = self.acts_for(request, record) if record and record.pk else []
        return super().render_change_form(request, context, *args, **kwargs)

    def act_view(self, request: HttpRequest, key: int, act: Act) -> HttpResponse:
        """The page of an act: what it means and what has to be said; then do it."""
        record = get_object_or_404(self.get_queryset(request), pk=key)
        if not self.may(request, act, record):
            raise PermissionDenied
        initial = {name: request.GET[name] for name in act.form.base_fields if name in request.GET}
        form = act.form(record, request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            return HttpResponseRedirect(self.address_of(self.carry_out(request, act, record, form)))
        fields = helpers.AdminForm(cast(Any, form), [(None, {"fields": form.spoken()})], {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "subtitle": str(record),
            "act": act,
            "opts": self.opts,
            "original": record,
            "back": self.address_of(record),
            "adminform": fields,
            "media": self.media + form.media,
            **(act.context(record, form) if act.context else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, act.template, context)

    def carry_out(self, request: HttpRequest, act: Act, record: Any, form: ActForm) -> Any:
        """Do it whole or not at all, say what happened, and return the record whose page comes next."""
        try:
            with transaction.atomic():
                once.claim(request.user, form.cleaned_data["once"], record.pk)
                held = hold(record, form.cleaned_data["version"])
                done = act.do(held, form.cleaned_data, request.user)
                with override(None):
                    label = str(act.label)  # told in the language of whoever reads the history
                self.log_change(request, done.record, label)
        except once.SentTwice:
            messages.info(request, _("This form was sent twice. It was done once."))
        except StaleTestimony:
            messages.error(request, " ".join((who_saved(record, request.user), _("Nothing was done."))))
        except WrongState as state:
            messages.warning(request, " ".join((_("Nothing was done."), str(state))))
        except NotPublishable as refused:
            reasons = " ".join(str(refusal) for refusal in refused.refusals)
            messages.error(request, _("Nothing was done. %(reasons)s") % {"reasons": reasons})
        except (ValidationError, ValueError) as error:
            messages.error(request, " ".join([_("Nothing was done."), *getattr(error, "messages", [str(error)])]))
        else:
            messages.success(request, done.sentence)
            return done.record
        return record


def refuse_past(day: date | None) -> date | None:
    """The day of a review, if it has not passed; raises ValidationError."""
    if day and day < timezone.now().date():
        raise ValidationError(_("This day has passed."))
    return day


def private_note(*, needed: bool = False, **kwargs: Any) -> forms.CharField:
    """A field for why something was done, which only editors read, in the history."""
    return forms.CharField(
        label=gettext_lazy("note for the history"),
        required=needed,
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Private. Such as “Asked by her brother by telephone; see the request of 3 May”."),
        widget=admin.widgets.AdminTextInputWidget,
        **kwargs,
    )

"""Unsaved work: forms that keep themselves while somebody types, and what is offered when they come back."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from testimonies import texts
from testimonies.encryption import DecryptionError
from testimonies.models.editorial import (
    Draft,
    QuoteSegment,
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyWave,
    Translation,
)

from . import once
from .acts import ActsAdmin
from .history import is_key
from .stale import Difference, differences
from .testimony_form import TestimonyForm

FIELD = "form"
CONTINUE = "continue"
# Of the data of a form, what is the page's own and no typing.
_NOT_TYPED = ("csrfmiddlewaretoken", "by", "testimony", once.FIELD, FIELD)
_PARTS = (TestimonyPlace, TestimonyWave, TestimonyContribution, Translation)
_TOKEN = re.compile(r"[0-9a-f]{32}")
# Whoever has so many forms open has lost sight of them; the oldest are let go.
MOST = 100
# So much of the first line tells one piece of work from another.
FIRST_LETTERS = 90


@dataclass(frozen=True)
class Unsaved:
    """Unsaved work as the page offers it: when it was kept, how it begins, and where it differs from what is saved.

    `is_older` than the last saving of the same editor: it stands in a list, and is not offered before it.
    """

    form: str
    at: datetime
    is_older: bool
    first_line: str
    differences: list[Difference]
    can_be_opened: bool


def says_no(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a script: 403 where nobody is signed in, or somebody else than the one whose page it is."""

    @wraps(view)
    def answer(self: Any, request: HttpRequest) -> HttpResponse:
        if not self.admin_site.has_permission(request):
            return JsonResponse({"state": "signed_out"}, status=HTTPStatus.FORBIDDEN)
        sent = request.POST if request.method == "POST" else request.GET
        if sent.get("by", "") != str(request.user.pk):
            return JsonResponse({"state": "somebody_else"}, status=HTTPStatus.FORBIDDEN)
        return view(self, request)

    return answer


class UnsavedWork(ActsAdmin):
    """Keeps what is typed into the form of a record, and gives it back to whoever typed it and to nobody else."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses that the page's script asks."""
        # Not behind `admin_view`: a session that has ended is answered with 403, not led to the page for signing in.
        pages = [
            path("unsaved/", csrf_protect(self.unsaved_view), name="testimonies_testimony_unsaved"),
            path(
                "unsaved/discard/",
                self.admin_site.admin_view(require_POST(self.discard_view)),
                name="testimonies_testimony_discard",
            ),
        ]
        return [*pages, *super().get_urls()]

    @says_no
    def unsaved_view(self, request: HttpRequest) -> HttpResponse:
        """Keep what was typed (POST), or say that one is signed in, with a token for the form (GET)."""
        if request.method != "POST":
            return JsonResponse({"state": "signed_in", "token": get_token(request)})
        form, testimony = request.POST.get(FIELD, ""), self.testimony_named(request)
        if not _TOKEN.fullmatch(form):
            return JsonResponse({"state": "refused"}, status=HTTPStatus.BAD_REQUEST)
        if once.made_by(request.user, form):
            return JsonResponse({"state": "entered"})
        if not unsaved_of(*self.forms_of(request, testimony, QueryDict(typed_in(request.POST)))):
            Draft.objects.filter(editor=request.user.pk, form=form).delete()
            return JsonResponse({"state": "same"})
        draft, _made = Draft.objects.defer("data").update_or_create(
            editor=request.user, form=form, defaults={"data": typed_in(request.POST), "testimony": testimony}
        )
        forget_oldest(request.user)
        return JsonResponse({"state": "kept", "at": draft.saved_at.isoformat()})

    def testimony_named(self, request: HttpRequest) -> Testimony | None:
        """The testimony whose form it is, None for a new one; raises PermissionDenied."""
        key = request.POST.get("testimony", "")
        if not key:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        testimony = self.get_object(request, key) if is_key(key) else None
        if testimony is None or not self.has_change_permission(request, testimony):
            raise PermissionDenied
        return testimony

    def discard_view(self, request: HttpRequest) -> HttpResponse:
        """Drop unsaved work, and go back to the page of what is saved."""
        draft = get_object_or_404(Draft.objects.defer("data"), editor=request.user, form=request.POST.get(FIELD, ""))
        draft.delete()
        of = draft.testimony_id
        add, change = "admin:testimonies_testimony_add", "admin:testimonies_testimony_change"
        return HttpResponseRedirect(reverse(change, args=(of,)) if of else reverse(add))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """The page, continued where it was left if that is asked for."""
        request.continued = draft = self.continued(request, object_id)  # type: ignore[attr-defined]
        context = {**(extra_context or {}), "continued": draft}
        if draft and object_id is None:
            context[once.FIELD] = draft.form
        token = draft.form if draft else request.POST.get(FIELD) or context.get(once.FIELD) or once.token()
        return super().changeform_view(request, object_id, form_url, {**context, "form_token": token})

    def continued(self, request: HttpRequest, object_id: str | None) -> Draft | None:
        """The editor's own draft that the address names, where it can be opened."""
        form = request.GET.get(CONTINUE, "")
        if request.method != "GET" or not _TOKEN.fullmatch(form) or (object_id and not is_key(object_id)):
            return None
        try:
            of = int(object_id) if object_id else None
            return Draft.objects.filter(editor=request.user.pk, testimony=of, form=form).first()
        except DecryptionError:
            return None

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The parts of the page, as they were typed where it is continued."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        draft = getattr(request, "continued", None)
        return kwargs | {"data": draft.typed, "unfinished": True} if draft else kwargs

    def forms_of(self, request: HttpRequest, testimony: Testimony | None, typed: QueryDict) -> tuple[Any, list[Any]]:
        """The form and its parts with what was typed; not looked through yet."""
        fields = flatten_fieldsets(self.get_fieldsets(request, testimony))
        made = self.get_form(request, testimony, change=testimony is not None, fields=fields)
        initial = None if testimony else self.get_changeform_initial_data(request)
        form = made(typed, instance=testimony, initial=initial)
        parts = [
            formset(
                typed, instance=form.instance, prefix=formset.get_default_prefix(), queryset=one.get_queryset(request)
            )
            for formset, one in self.get_formsets_with_inlines(request, testimony)
        ]
        return form, parts

    def unsaved(self, request: HttpRequest, testimony: Testimony | None, but: str) -> list[Unsaved]:
        """The editor's unsaved work at a testimony, or at new ones, but for that of the form which is open."""
        drafts = Draft.objects.filter(editor=request.user.pk, testimony=testimony).exclude(form=but).defer("data")
        if not drafts:
            return []
        own = Testimony.history.filter(id=testimony.pk if testimony else None, history_user=request.user.pk)
        saved_at = own.values_list("history_date", flat=True).first()
        offered = [self.offered(request, testimony, draft, saved_at) for draft in drafts]
        return [one for one in offered if one]

    def offered(
        self, request: HttpRequest, testimony: Testimony | None, draft: Draft, saved_at: datetime | None
    ) -> Unsaved | None:
        """One piece of unsaved work beside what is saved; None where nothing differs."""
        is_older = bool(saved_at and draft.saved_at < saved_at)
        try:
            form, parts = self.forms_with(request, testimony, draft)
        except DecryptionError:
            return Unsaved(draft.form, draft.saved_at, is_older, "", [], can_be_opened=False)
        if not (changed := unsaved_of(form, parts)):
            return None
        found = list(differences(changed))
        begins = first_line(parts) or next((one.typed for one in found if one.typed), "")
        return Unsaved(draft.form, draft.saved_at, is_older, begins, found, can_be_opened=True)

    def forms_with(self, request: HttpRequest, testimony: Testimony | None, draft: Draft) -> tuple[Any, list[Any]]:
        """The form and its parts with what a draft has; raises `encryption` errors where no key fits."""
        typed = draft.typed
        return self.forms_of(request, Testimony.objects.get(pk=testimony.pk) if testimony else None, typed)

    def drop_what_is_saved(self, request: HttpRequest, testimony: Testimony) -> None:
        """Drop the editor's earlier work at a testimony that was saved just now, where all of it is in what is saved.

        What was typed in another form, and is not in it, is kept.
        """
        for draft in Draft.objects.filter(editor=request.user.pk, testimony=testimony).defer("data"):
            try:
                changed = unsaved_of(*self.forms_with(request, testimony, draft))
            except DecryptionError:
                continue
            if not any(has_more(one) for one in changed):
                draft.delete()

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With the unsaved work that somebody left behind, and what the script has to know."""
        testimony, token = kwargs.get("obj"), context["form_token"]
        known = testimony if testimony and testimony.pk else None
        may_write = self.has_change_permission(request, known) if known else self.has_add_permission(request)
        if request.method == "GET" and may_write:
            context["unsaved"] = self.unsaved(request, known, token)
            if continued := context["continued"]:
                context["overtaken_since"] = known and overtaken(continued, known)
        context["sentences"] = json.dumps(sentences(), ensure_ascii=False)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What is saved is no draft any more, and a late keeping of it makes none."""
        super().save_related(request, form, formsets, change)
        token = request.POST.get(FIELD, "")
        if change and _TOKEN.fullmatch(token):
            once.note(request.user, token, form.instance.pk)
        Draft.objects.filter(editor=request.user.pk, form=token).delete()


def typed_in(sent: QueryDict) -> str:
    """What was typed, as it is kept: without the page's own, and without choices that are no records."""
    kept = sent.copy()
    for name in sent:
        if name in _NOT_TYPED:
            kept.pop(name)
        elif chooses(name):
            kept.setlist(name, [key for key in sent.getlist(name) if key == "" or is_key(key)])
    return kept.urlencode()


@cache
def chosen_of(*models: Any) -> frozenset[str]:
    """The names of the fields in which records are chosen."""
    fields = [field for model in models for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    return frozenset(field.name for field in fields if field.is_relation)


def chooses(name: str) -> bool:
    """Whether records are chosen in a field of the form."""
    _part, number, field = name.rpartition("-")
    return field in (chosen_of(*_PARTS) if number else (*chosen_of(Testimony), "tags"))


def unsaved_of(form: Any, parts: list[Any]) -> list[Any]:
    """The forms in which something stands that is not saved; a new row that is saved by now is not new."""
    changed = [form] if not_saved(form) else []
    rows = ((part, row) for part in parts for row in part.forms if row.has_changed())
    return [*changed, *(row for part, row in rows if row.instance.pk or not is_held(part, row))]


def not_saved(form: Any) -> set[str]:
    """The names of the fields in which something else stands than is saved."""
    held = form.held_by_source() if isinstance(form, TestimonyForm) else ()
    return {*form.changed_data} - {"read_version", *held}


def is_held(part: Any, row: Any) -> bool:
    """Whether a row of a part is saved already with the same values."""
    same = (part.form(part.data, instance=held, prefix=row.prefix) for held in part.get_queryset())
    return any(not one.has_changed() for one in same)


def has_more(form: Any) -> bool:
    """Whether something stands in a form that what is saved neither says nor goes on from."""
    for name in not_saved(form):
        field, typed = form[name], form[name].data
        is_long = isinstance(field.field.widget, forms.Textarea)
        if typed and not (is_long and str(field.initial or "").startswith(texts.clean(typed).strip())):
            return True
    return False


def first_line(parts: list[Any]) -> str:
    """How the words begin that were typed."""
    typed = (row["text"].data or "" for part in parts if part.model is QuoteSegment for row in part.forms)
    lines = (line for words in typed for line in words.splitlines() if line.strip())
    return Truncator(next(lines, "").strip()).chars(FIRST_LETTERS)


def overtaken(draft: Draft, testimony: Testimony) -> bool:
    """Whether the testimony was saved after the form was opened from which the draft comes."""
    return draft.typed.get("read_version") != str(testimony.version)


def forget_oldest(editor: Any) -> None:
    """Let go of the drafts beyond the newest."""
    old = Draft.objects.filter(editor=editor).values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()


def sentences() -> dict[str, str]:
    """What the script says."""
    return {
        "kept": _("Saved %s"),
        "keeping": _("Saving …"),
        "same": _("Nothing differs from what is saved."),
        "offline": _("No connection: what you typed stands here only. It is tried again by itself."),
        "signed_out": _("Your session has ended. What you typed stands here; sign in, and it goes on."),
        "somebody_else": _("Somebody else is signed in now. What you typed stands here; sign in as yourself."),
        "refused": _("This cannot be kept: it may be too long. Save it in parts."),
        "entered": _("This form was saved already. Open the testimony again to change it."),
        "sign_in": _("Sign in, in a new window"),
        "held": _("Held already, and chosen below: %s"),
        "choose": _("Held already: %s"),
        "not_held": _("Not held yet."),
        "enter": _("Enter this source"),
        "uneven": _("The words have %s passages, the translation has %s."),
        "passage": _("Passage %s, translated"),
    }

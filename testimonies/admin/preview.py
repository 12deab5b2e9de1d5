"""The preview: the page that readers would get of what stands unsaved in the form, made and given up again."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from testimonies import texts
from testimonies.citation.item import item_of
from testimonies.encryption import DecryptionError
from testimonies.forms import CiteForm
from testimonies.models.editorial import Draft, PublicationBasis, Testimony
from testimonies.models.public import Edition, Source, Witness
from testimonies.publishing.passages import PassageNumbers
from testimonies.publishing.projection import project
from testimonies.publishing.publish import give_addresses
from testimonies.views.testimony import page_of

from .history import is_key
from .stale import hold
from .unsaved import FIELD, UnsavedWork

# Where the address of what is not published would stand.
_NO_ADDRESS = "not-given-yet"
_FRAMED = {
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
}


class Preview(UnsavedWork):
    """Shows a testimony as readers would see it, from the draft that its form keeps."""

    def get_urls(self) -> list[URLPattern]:
        """With the address of the preview."""
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="testimonies_testimony_preview"), *super().get_urls()]

    @method_decorator([csp_replace(_FRAMED), xframe_options_sameorigin])
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The page for a frame of the desk's; nothing of it is kept, neither in the database nor in a cache."""
        testimony = self.of(request)
        drafts = Draft.objects.filter(editor=request.user.pk, testimony=testimony, form=request.GET.get(FIELD, ""))
        try:
            draft = drafts.first()
        except DecryptionError:
            draft = None
        try:
            edition, left_out = self.rehearse(request, testimony, draft)
        except (ValidationError, Error) as error:
            why = " ".join(getattr(error, "messages", []))
            return HttpResponse(render_to_string("no_preview.html", {"why": why}, using="jinja2"))
        identifier = testimony.publication.identifier if testimony and testimony.publication else _NO_ADDRESS
        item = item_of(
            edition.record or {},
            identifier=identifier,
            edition=edition.number,
            published=edition.published_at,
            edition_published=edition.published_at,
        )
        page = page_of(item, edition, edition.number, path="", asked=CiteForm({}))
        shown = {"page": page, "left_out": left_out}
        return HttpResponse(render_to_string("preview.html", shown, using="jinja2"))

    def of(self, request: HttpRequest) -> Testimony | None:
        """The testimony that the frame asks for, None for a new one; raises PermissionDenied and Http404."""
        key = request.GET.get("testimony", "")
        if not key:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        testimony = self.get_object(request, key) if is_key(key) else None
        if testimony is None:
            raise Http404
        if not self.has_view_permission(request, testimony):
            raise PermissionDenied
        return testimony

    def rehearse(
        self, request: HttpRequest, testimony: Testimony | None, draft: Draft | None
    ) -> tuple[Edition, list[str]]:
        """An edition that is never published, and what was left out of it: all is saved, projected and taken back."""
        with transaction.atomic():
            testimony = hold(testimony, None) if testimony else None  # else it may be saved in this very moment
            held, faults = self.enter(request, testimony, draft) if draft else (testimony or Testimony(), [])
            complete(held)
            faults += drop_uneven(held)
            give_addresses(held)
            record = project(held, PassageNumbers(held.publication))
            transaction.set_rollback(True)
        last = Edition.objects.filter(publication=held.publication_id or 0).order_by("number").last()
        edition = Edition(number=last.number + 1 if last else 1, published_at=timezone.now(), record=record)
        return edition, [one for one in faults if one]

    def enter(self, request: HttpRequest, testimony: Testimony | None, draft: Draft) -> tuple[Testimony, list[str]]:
        """Save what is in order of what was typed; the rest is told."""
        form, parts = self.forms_of(request, testimony, draft.typed)
        faults = [fault_of(form)]
        held: Testimony = form.instance
        if not saves(held.save):
            faults.append(_("Some values do not go together."))
            held = Testimony.objects.get(pk=testimony.pk) if testimony else Testimony()
            held.save()
        held.tags.set(form.cleaned_data.get("tags", ()))
        for part in parts:
            deleted = part.deleted_forms if part.is_valid() else []
            faults += [enter_part(one, held, is_deleted=one in deleted) for one in part.forms]
        return held, faults


def enter_part(form: Any, testimony: Testimony, *, is_deleted: bool) -> str:
    """Save one part; a sentence where it is not in order."""
    if is_deleted:
        if form.instance.pk:
            form.instance.delete()
    elif not form.is_valid():
        return fault_of(form)
    elif form.has_changed():
        form.instance.testimony = testimony
        if not saves(form.instance.save):
            return _("Some values do not go together.")
    return ""


def saves(save: Callable[[], Any]) -> bool:
    """Whether the database takes it."""
    try:
        with transaction.atomic():
            save()
    except (Error, ValidationError):
        return False
    return True


def fault_of(form: Any) -> str:
    """What is not in order in a form, in a sentence."""
    if form.is_valid():
        return ""
    labels = {name: capfirst(str(field.label)) for name, field in form.fields.items()}
    said = [
        f"{labels[name]}: {' '.join(errors)}" if name in labels else " ".join(errors)
        for name, errors in form.errors.items()
    ]
    return " ".join(said)


def complete(testimony: Testimony) -> None:
    """Put something in the place of what a page cannot be made without."""
    if testimony.source is None:
        testimony.source = Source.objects.create(title=_("No source yet"), language=testimony.language_printed or "und")
    if testimony.witness is None:
        unnamed = Witness.Naming.NOT_NAMED_IN_SOURCE
        testimony.witness = Witness.objects.create(name=_("Somebody not entered yet"), naming=unnamed)
    if testimony.basis is None:
        testimony.basis = PublicationBasis.objects.create(
            kind=PublicationBasis.Kind.ALREADY_PUBLISHED, statement=_("No basis for publication yet.")
        )
    testimony.save()


def drop_uneven(testimony: Testimony) -> list[str]:
    """Leave out translations that do not go passage by passage yet."""
    count = sum(len(texts.paragraphs(one.text)) for one in testimony.segments.all())
    uneven = [one for one in testimony.translations.all() if len(texts.paragraphs(one.text)) != count]
    for one in uneven:
        one.delete()
    return [
        _("The translation (%(language)s) has not as many passages as the words.") % {"language": one.language}
        for one in uneven
    ]

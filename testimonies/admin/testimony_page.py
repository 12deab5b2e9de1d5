"""The page of a testimony: its sections in the editor's order, what saving answers, publishing and review."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _

from testimonies import publishing
from testimonies.folding import fold_text
from testimonies.forms import readable
from testimonies.models.editorial import Presence, PublicationBasis, Review, StaleTestimony, Testimony
from testimonies.publishing.projection import check_is_told
from testimonies.publishing.publish import UNKNOWN_TO_DIFFER
from testimonies.publishing.quotations import DIFFERS

from . import notices, unpublished
from .checks import checks
from .entering import Entering
from .history import LONGEST_WHY, PUBLISHED, HistoryAdmin, is_key, rewordings, write_reason
from .presence import PresenceAdmin, others
from .preview import Preview
from .reviewing import is_in_review, is_own_work
from .stale import Opened, differences, who_saved
from .standing import is_final, standing
from .testimony_form import MOST_TOLD, PublishForm, SegmentForm

# What the next voice from a source has in common with this one.
_SHARED = ("source", "basis", "collection", "language_printed", "rights_uri", "rights_holder", "rights_note")

SCRIPTS = ("js/unsaved.js", "js/preview.js", "js/entering.js", "js/passages.js")


class TestimonyPage(HistoryAdmin, PresenceAdmin, Preview, Entering):
    """How the page looks and answers; what is on it stands in testimony.py."""

    order: tuple[Any, ...] = ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows who reads it, and what they had typed where it is continued."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.reader = request.user
        draft = getattr(request, "continued", None)
        form.continued = draft.typed if draft else None
        return form

    def save_model(self, request: HttpRequest, obj: Testimony, form: Any, change: bool) -> None:
        """Enter it with its author; a later saving waits until it is known whether a part was changed."""
        if not change:
            obj.author = request.user  # type: ignore[assignment]  # nobody is anonymous on the desk
            obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the testimony if anything of it was changed, then its parts, and fold the words for the search."""
        testimony = form.instance
        if change and any(one.has_changed() for one in (form, *formsets)):
            testimony._change_reason = readable(request.POST.get("why", ""), LONGEST_WHY) or None
            testimony.save()
        super().save_related(request, form, formsets, change)
        form.keep_with_source(request.user)
        if change:
            self.drop_what_is_saved(request, testimony)
        self.tell_removed(request, formsets)
        folded = fold_text(" ".join(testimony.words_to_find()))
        # Neither a version nor a line of the history: it only makes the new words findable.
        Testimony._base_manager.filter(pk=testimony.pk).update(folded=folded)

    def tell_removed(self, request: HttpRequest, formsets: Any) -> None:
        """Say which characters of the words were not kept."""
        shown = [one for part in formsets for one in part.forms if isinstance(one, SegmentForm)]
        for finding in [finding for one in shown for finding in one.removed()][:MOST_TOLD]:
            messages.warning(request, str(finding))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """With the basis of what the press has printed, where one was used with the same source."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        source = str(initial.get("source", ""))
        if not is_key(source):
            initial.pop("source", None)
            return initial
        if "basis" in initial:
            return initial
        printed = PublicationBasis.objects.filter(kind=PublicationBasis.Kind.ALREADY_PUBLISHED, ended_on=None)
        same = Testimony.objects.filter(source=int(source), basis__in=printed)
        used = same.values_list("basis", flat=True).first()
        return {**initial, "basis": used} if used else initial

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The page; a form that was overtaken is shown with what is saved by now."""
        testimony, form = kwargs.get("obj"), context["adminform"].form
        parts = context["inline_admin_formsets"]
        if getattr(form, "is_stale", False):
            rows = [one for part in parts for one in part.formset.forms]
            opened = Opened(form.instance, form.cleaned_data.get("read_version") or 0)
            context["overtaken"] = list(differences([form, *rows], opened))
            if testimony and not context["overtaken"]:
                messages.info(request, " ".join((who_saved(testimony, request.user), _("Nothing was done twice."))))
                return HttpResponseRedirect(self.address_of(testimony))
        saved = as_saved(testimony) if testimony and testimony.pk else None
        if saved:
            Presence.objects.note(saved, request.user)
        told = checks(saved) if saved and not is_final(saved) else None
        context |= {
            "sections": list(sections(context["adminform"], parts, self.order)),
            "standing": standing(saved, request.user) if saved else None,
            "review": Review.objects.open_of(saved) if saved else None,
            "checks": told,
            "why": request.POST.get("why", ""),
            "longest_why": LONGEST_WHY,
            "shortcuts": len(self.order),
            "scripts": SCRIPTS,
            "differs": bool(saved and told and told.quotation.state == DIFFERS and check_is_told(saved)),
            "publish_form": PublishForm(
                request.POST if form.is_bound else None, prefix="publish", initial=unpublished.kept(request, saved)
            ),
            "others": others(saved, request.user) if saved else "",
            "may_publish": self.may_publish(request, saved),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def may_publish(self, request: HttpRequest, testimony: Testimony | None) -> bool:
        """Whether the page has a button to publish; the gate decides about the rest."""
        permitted = request.user.has_perm("testimonies.publish_testimony")
        if settings.EDITORS_MAY_PUBLISH_OWN_WORK:
            return permitted
        waits = testimony is not None and is_in_review(testimony)
        return permitted and waits and not is_own_work(request.user, cast(Testimony, testimony))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Stay with the testimony."""
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self.answer(request, obj, self.with_link_to_next(obj, _("It is entered as a draft.")))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay with the testimony."""
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        unchanged = getattr(obj, "is_as_it_was", False)
        return self.answer(request, obj, _("Nothing was different from what is saved.") if unchanged else _("Saved."))

    def answer(self, request: HttpRequest, testimony: Testimony, sentence: Any) -> HttpResponse:
        """Do what the button says, the testimony being saved."""
        anchor = ""
        if "_publish" in request.POST:
            field = self.publish(request, testimony)
            anchor = f"#id_{field}" if field else ""
        elif "_review" in request.POST:
            self.send_to_review(request, testimony)
        else:
            messages.success(request, sentence)
        return HttpResponseRedirect(self.address_of(testimony) + anchor)

    def send_to_review(self, request: HttpRequest, testimony: Testimony) -> None:
        """Ask for another pair of eyes; what is published stays as it is."""
        if is_in_review(testimony):
            messages.info(request, _("Saved. It is in review already."))
            return
        try:
            publishing.send_to_review(testimony, by=request.user)
        except publishing.WrongState as state:
            messages.warning(request, str(state))
        else:
            notices.review_is_asked_for(request.user)
            messages.success(request, _("It is saved and in review."))

    def publish(self, request: HttpRequest, testimony: Testimony) -> str:
        """Publish what was saved, or say why not; the field below that the editor has to look at, if it is one.

        Who wrote or changed it since it was sent to review is told so by the gate, and what they typed is kept.
        """
        if not request.user.has_perm("testimonies.publish_testimony"):
            raise PermissionDenied
        unpublished.keep(request, testimony)
        said = PublishForm(request.POST, prefix="publish")
        if not said.is_valid():
            messages.error(request, _("It is saved, but not published: the note on the change is too long."))
            return "publish-note"
        note, protects, differs = (said.cleaned_data[name] for name in ("note", "protects", "differs"))
        if testimony.is_public and not note and not protects:
            messages.warning(request, _("It is saved. Say below what changed, then publish: readers see that note."))
            return "publish-note"
        review = Review.objects.open_of(testimony)
        try:
            outcome = publishing.publish(
                testimony, by=request.user, note=note, protects=protects, known_to_differ=differs
            )
        except publishing.NotPublishable as refused:
            if [one.field for one in refused.refusals] == [UNKNOWN_TO_DIFFER]:
                messages.error(
                    request,
                    _(
                        "It is saved, but not published: the words differ from the copy of the source. See where; "
                        "if they are to be published all the same, say so below."
                    ),
                )
                return UNKNOWN_TO_DIFFER
            messages.error(request, _("It is saved, but it cannot be published yet: see what is missing."))
        except StaleTestimony:
            messages.error(request, " ".join((who_saved(testimony, request.user), _("It was not published."))))
        else:
            unpublished.drop(request)
            self.tell_outcome(request, testimony, outcome)
            if review and review.state == Review.State.WAITING:
                notices.review_is_approved(review.asked_by, request.user)
        return ""

    def tell_outcome(self, request: HttpRequest, testimony: Testimony, outcome: publishing.Outcome) -> None:
        """What publishing did."""
        if outcome.edition is None:
            messages.info(request, _("Readers see exactly this already: there is no new edition."))
            return
        sentence = _("Edition %(number)d is published.") % {"number": outcome.edition.number}
        write_reason(testimony, PUBLISHED % {"number": outcome.edition.number})
        address = reverse("testimony", args=(outcome.publication.identifier,))
        shown = format_html('{} <a href="{}">{}</a>', sentence, address, _("Read it as readers do"))
        messages.success(request, self.with_link_to_next(testimony, shown))

    def with_link_to_next(self, testimony: Testimony, sentence: Any) -> Any:
        """A sentence, and a way to enter the next voice from the same source."""
        values = {name: testimony.serializable_value(name) for name in _SHARED}
        query = urlencode({name: value for name, value in values.items() if value})
        add = reverse("admin:testimonies_testimony_add")
        link = format_html('<a href="{}?{}">{}</a>', add, query, _("Enter another voice from this source"))
        return format_html("{} {}", sentence, link) if testimony.source_id else sentence

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """With the history of the words, which are records of their own."""
        context = {**(extra_context or {}), "rewordings": rewordings(object_id) if is_key(object_id) else []}
        return super().history_view(request, object_id, context)


def as_saved(testimony: Testimony) -> Testimony:
    """The testimony without what stands unsaved in the form, with what the checks ask for again and again."""
    related = ("source", "witness", "basis", "collection", "publication")
    return Testimony.objects.select_related(*related).prefetch_related("segments", "translations").get(pk=testimony.pk)


def sections(adminform: Any, parts: list[Any], order: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    """The page's own fieldsets and its parts, first those in `order`, then the rest."""
    own = {str(one.name): {"fieldset": one} for one in adminform}
    inner = {one.formset.prefix: {"part": one} for one in parts}
    left: dict[str, dict[str, Any]] = {**own, **inner}
    for name in order:
        if (section := left.pop(str(name), None)) is not None:
            yield section
    yield from left.values()

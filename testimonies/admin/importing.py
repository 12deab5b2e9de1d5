"""Imports on the desk: hand a file in, read what every row would do, say yes, see it done, take it back."""

from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies.exchange import columns, exporting, reading, running, templates, undoing
from testimonies.models.editorial import ImportBatch, ImportRow

from .acts import Act, ActForm, ActsAdmin, Done
from .base import RecordAdmin, SearchByName
from .site import site

State = ImportBatch.State
ROWS_ON_A_PAGE = 200
# How often a page that shows progress is asked for anew, in seconds.
AGAIN_AFTER = 2


class HandInForm(forms.ModelForm):
    """A file, and how its letters are written."""

    class Meta:
        model = ImportBatch
        fields = ("file", "encoding")

    def clean_file(self) -> Any:
        """Refuse what is no file of ours by its name or its size, before anything reads it."""
        file = self.cleaned_data["file"]
        if not file:
            raise forms.ValidationError(_("Choose a file."))
        if file.size > reading.MOST_BYTES:
            most = reading.MOST_BYTES // 1_000_000
            raise forms.ValidationError(_("The file is larger than %(most)d MB. Cut it up.") % {"most": most})
        if format_of(file.name) not in reading.READERS:
            raise forms.ValidationError(_("Choose a file whose name ends with .csv, .xlsx or .json."))
        return file


def format_of(name: str) -> str:
    """The format that the end of a name says."""
    return Path(name).suffix.removeprefix(".").casefold()


def begin(batch: ImportBatch, said: dict[str, Any], by: Any) -> Done:
    """Import what was read."""
    expect(batch, State.READY)
    running.confirm(batch)
    transaction.on_commit(partial(running.start, batch))
    return Done(_("The import has begun."), batch)


def go_on(batch: ImportBatch, said: dict[str, Any], by: Any) -> Done:
    """Do again what was cut off."""
    expect(batch, State.HANDED_IN, State.IMPORTING)
    transaction.on_commit(partial(running.start, batch))
    return Done(_("It has begun again."), batch)


def discard(batch: ImportBatch, said: dict[str, Any], by: Any) -> Done:
    """Give the file up."""
    expect(batch, State.READY, State.REFUSED, State.HANDED_IN, State.IMPORTING)
    if running.is_running(batch):
        raise ValueError(_("It is being worked on just now."))
    running.discard(batch)
    return Done(_("The file is deleted. Nothing was imported."), batch)


def undo(batch: ImportBatch, said: dict[str, Any], by: Any) -> Done:
    """Take back what the import made."""
    kept = undoing.undo(batch)
    batch.refresh_from_db()
    sentence = _("It is undone: what it made is gone.")
    more = _("%(count)d of its records stay, because others use them by now.") % {"count": kept} if kept else ""
    return Done(f"{sentence} {more}".strip(), batch)


def expect(batch: ImportBatch, *states: State) -> None:
    """Refuse what does not belong to the state that a batch is in by now."""
    if batch.state not in states:
        raise ValueError(_("It is %(state)s by now.") % {"state": batch.get_state_display()})


def is_in(*states: State) -> Any:
    """A test whether a batch is in one of the states, and nobody works on it."""
    return lambda batch: batch.state in states and not running.is_expected(batch)


ACTS = (
    Act(
        name="begin",
        label=gettext_lazy("Import"),
        button=gettext_lazy("Import now"),
        warning=gettext_lazy(
            "Everything that the report says is done, or nothing at all. What is new becomes a draft; nothing is "
            "published by this. You can undo it while nothing of it was edited."
        ),
        permission="add_importbatch",
        form=ActForm,
        do=begin,
        offered=is_in(State.READY),
    ),
    Act(
        name="go_on",
        label=gettext_lazy("Begin again"),
        button=gettext_lazy("Begin again"),
        warning=gettext_lazy("It was cut off. The archive is as it was before; the file is kept."),
        permission="add_importbatch",
        form=ActForm,
        do=go_on,
        offered=is_in(State.HANDED_IN, State.IMPORTING),
    ),
    Act(
        name="discard",
        label=gettext_lazy("Discard"),
        button=gettext_lazy("Delete the file"),
        warning=gettext_lazy("The file that was handed in and its report are deleted. Nothing is imported."),
        permission="add_importbatch",
        form=ActForm,
        do=discard,
        offered=is_in(State.READY, State.REFUSED, State.HANDED_IN, State.IMPORTING),
    ),
    Act(
        name="undo",
        label=gettext_lazy("Undo"),
        button=gettext_lazy("Undo this import"),
        warning=gettext_lazy(
            "What this import made is taken away: its testimonies, and the sources, voices, places and tags that "
            "nobody else uses. Drafts that it changed stay changed; their history has what they were."
        ),
        permission="add_importbatch",
        form=ActForm,
        do=undo,
        offered=is_in(State.DONE),
        is_final=True,
    ),
)


@admin.register(ImportBatch, site=site)
class ImportBatchAdmin(SearchByName, ActsAdmin, RecordAdmin):
    """Files that were handed in, the newest first."""

    acts = ACTS
    list_display = ("called", "state", "rows_in_it", "by", "handed_in_at")
    list_filter = ("state",)
    list_select_related = ("by",)
    change_form_template = "admin/testimonies/importbatch/change_form.html"
    add_form_template = "admin/testimonies/importbatch/add_form.html"

    @admin.display(description=gettext_lazy("rows"))
    def rows_in_it(self, batch: Any) -> int:
        """How many rows it has."""
        return int(batch.number_of_rows)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of rows."""
        return super().get_queryset(request).annotate(number_of_rows=models.Count("rows"))

    def get_urls(self) -> list[URLPattern]:
        """With the files to begin with."""
        view = self.admin_site.admin_view(self.template_view)
        return [path("template/", view, name="testimonies_importbatch_template"), *super().get_urls()]

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """A file to begin with."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = request.GET.get("format", "xlsx")
        chosen = form if form in exporting.FORMATS else "xlsx"
        response = HttpResponse(templates.template(chosen), content_type=exporting.FORMATS[chosen].content_type)
        response["Content-Disposition"] = f'attachment; filename="testimonies-template.{chosen}"'
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: who imported what stays known."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form for handing in; what was handed in does not change."""
        if obj is None:
            kwargs["form"] = HandInForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of the form, or none."""
        return () if obj else ("file", "encoding")

    def save_model(self, request: HttpRequest, obj: ImportBatch, form: Any, change: bool) -> None:
        """Keep the file, and look through it as soon as it is kept."""
        if change:
            return
        file = form.cleaned_data["file"]
        obj.called, obj.format, obj.by = file.name[:200], format_of(file.name), request.user  # type: ignore[assignment]
        obj.save()
        transaction.on_commit(partial(running.start, obj))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """On to the report."""
        return HttpResponseRedirect(self.address_of(obj))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Hand a file in, with the files to begin with and what the columns are."""
        context = {"formats": exporting.FORMATS, "columns": columns.columns().values(), "title": _("Import")}
        return super().add_view(request, form_url, {**(extra_context or {}), **context})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With the report: what every row would do, or did."""
        batch = kwargs.get("obj")
        if batch is not None and batch.pk:
            context |= report(batch, request.GET)
        return super().render_change_form(request, context, *args, **kwargs)


def report(batch: ImportBatch, asked: Any) -> dict[str, Any]:
    """What the page of an import shows."""
    rows = batch.rows.select_related("testimony__witness", "testimony__source")
    outcome = asked.get("outcome", "")
    shown = rows.filter(outcome=outcome) if outcome in ImportRow.Outcome.values else rows
    if outcome == "remarks":
        shown = rows.exclude(remarks=[], faults=[])
    counts = dict(batch.rows.order_by().values_list("outcome").annotate(models.Count("pk")))
    is_running = running.is_running(batch)
    return {
        "batch": batch,
        "page": Paginator(shown, ROWS_ON_A_PAGE).get_page(asked.get("page")),
        "outcome": outcome,
        "counts": [(one, one.label, counts[one]) for one in ImportRow.Outcome if one in counts],
        "is_running": is_running,
        "is_waiting": batch.is_under_way and running.is_expected(batch),
        "is_cut_off": batch.is_under_way and not running.is_expected(batch),
        "is_next": batch.is_under_way or batch.state == State.READY,  # the first act leads on
        "again_after": AGAIN_AFTER,
        "rows_done": running.how_far(batch) if is_running else 0,
        "against_undoing": undoing.reasons_against(batch)[:20] if batch.state == State.DONE else [],
    }

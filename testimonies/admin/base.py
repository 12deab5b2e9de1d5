"""What all records of the desk share: search by folded words, narrow lookups, forms sent once."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from testimonies import identifiers
from testimonies.folding import fold_text
from testimonies.models.public import Vocabulary
from testimonies.models.public.vocabulary import parts_alone

from . import once
from .faults import faults
from .fields import FOR_MODEL_FIELDS
from .in_use import reasons_to_keep

# What Django's own filters put behind the name of a field.
_BY_FILTERS = ("", "__exact", "__id__exact", "__isnull", "__isempty")


class DeskAdmin(admin.ModelAdmin):
    """What every page of the desk shares.

    Lists are narrowed by their filters only: `?field__startswith=` would tell what a list does not show.
    """

    show_facets = admin.ShowFacets.NEVER

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list under the name of what it lists."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """With two ways to save, not three, and with the names of the fields in which something is wrong."""
        context["show_save_and_continue"] = False
        context["faults"] = [*faults(context["adminform"].form, context["inline_admin_formsets"])]
        return super().render_change_form(request, context, *args, **kwargs)

    def address_of(self, record: Any) -> str:
        """The page of a record on the desk."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=(record.pk,))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Whether one of the list's own filters asks this."""
        filters: Iterable[Any] = self.get_list_filter(request) if request else self.list_filter
        names = [one[0] if isinstance(one, tuple) else one for one in filters]
        asked = {name.parameter_name for name in names if isinstance(name, type) and issubclass(name, SimpleListFilter)}
        return lookup in asked | {f"{name}{how}" for name in names if isinstance(name, str) for how in _BY_FILTERS}


class FoldedSearch(admin.ModelAdmin):
    """Search in any script: the words that are looked for are folded like the column that holds the names.

    What looks like a public identifier or address is looked up as one.
    """

    search_fields: ClassVar[tuple[str, ...]] = ("folded",)
    identifier_field = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The records that bear the identifier, or else those in which every word is found."""
        identifier = identifiers.normalise(search_term.strip().rstrip("/").rpartition("/")[2])
        if self.identifier_field and identifiers.is_wellformed(identifier):
            named = queryset.filter(**{self.identifier_field: identifier})
            if named.exists():
                return named, False
        return super().get_search_results(request, queryset, fold_text(search_term))


class SearchByName(FoldedSearch):
    """The same for the few records without a folded column: every name is folded at each search."""

    search_fields = ("pk",)  # names none, but lets Django show the box and the choices

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The records in whose names every word is found."""
        wanted = fold_text(search_term).split()
        names = {one.pk: fold_text(str(one)) for one in queryset}
        return queryset.filter(pk__in=[key for key, name in names.items() if all(one in name for one in wanted)]), False


class RecordAdmin(FoldedSearch, DeskAdmin):
    """A record that editors write."""

    list_per_page = 50
    view_on_site = False
    formfield_overrides = FOR_MODEL_FIELDS

    def tell_apart(self, record: Any) -> str:
        """What tells a record from others of its name, where it is chosen from a list."""
        return ""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Enter a record; the same form sent again leads to the one that it made."""
        sent = request.POST.get(once.FIELD, "")
        context = {**(extra_context or {}), "once": sent or once.token()}
        try:
            if request.method == "POST" and once.made_by(request.user, sent):
                raise once.SentTwice
            return super().add_view(request, form_url, context)
        except once.SentTwice:
            return self.response_again(request, once.made_by(request.user, sent))

    def response_again(self, request: HttpRequest, key: Any) -> HttpResponse:
        """The answer to a form that was sent twice."""
        record = self.get_object(request, str(key))
        if record is None:
            raise PermissionDenied
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, record)
        messages.info(request, _("This form was sent twice. It was entered once."))
        return HttpResponseRedirect(self.address_of(record))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would be deleted, and what stands against it in words: what uses it, and that readers meet it."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        kept = [reason for one in objs if isinstance(one, Vocabulary) and (reason := one.why_kept())]
        if not protected:
            return deleted, counts, missing, kept
        # Nothing is deleted along, so what its reader may not delete is none of the reasons.
        used = [reason for one in objs for reason in reasons_to_keep(one, request, self.admin_site)]
        return deleted, counts, set(), [*used, *kept] or protected

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log the new record, unless the form made one before."""
        once.claim(request.user, request.POST.get(once.FIELD, ""), obj.pk)
        return super().log_addition(request, obj, message)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save what was changed, and only that: every saving is a line of the history.

        A vocabulary record waits for its parts, so that all of it is one line and one event.
        """
        if not change or (form.has_changed() and not isinstance(obj, Vocabulary)):
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts, and then the vocabulary record that they belong to."""
        if not isinstance(form.instance, Vocabulary):
            super().save_related(request, form, formsets, change)
            return
        with parts_alone():
            super().save_related(request, form, formsets, change)
        if (change and form.has_changed()) or any(one.has_changed() for one in formsets):
            form.instance.save()

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The names of the fields and parts that were changed, never what stands in them."""
        message: list[dict[str, Any]] = super().construct_change_message(request, form, [], add)
        with override(None):  # as Django keeps the names of fields: whoever reads it has a language of their own
            parts = [str(one.model._meta.verbose_name_plural) for one in formsets if one.has_changed()]
        if add or not parts:
            return message
        fields = message[0]["changed"]["fields"] if message else []
        return [{"changed": {"fields": [*fields, *parts]}}]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log the change, if there is one."""
        obj.is_as_it_was = not message
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say honestly when there was nothing to save."""
        if getattr(obj, "is_as_it_was", False) and IS_POPUP_VAR not in request.POST:
            messages.info(request, _("Nothing was different from what is saved."))
            return HttpResponseRedirect(self.address_of(obj))
        return super().response_change(request, obj)


class ReadOnlyAdmin(FoldedSearch, DeskAdmin):
    """What the archive writes by itself: to be read, never written or deleted by hand, by whomever."""

    list_per_page = 50
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

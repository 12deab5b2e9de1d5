"""How the desk's forms show and read partial dates, languages, tags and private files."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import (
    AdminFileWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from testimonies import dates, texts
from testimonies.models.editorial import TestimonyTag
from testimonies.models.public import CleanTextField, EDTFField, LanguageTagField, Tag


class PartialDateField(forms.CharField):
    """A partial date, shown and typed as people write it: "autumn 2022" stands in the form, EDTF in the record."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = kwargs.get("help_text") or _("Such as “29 September 2022”, “autumn 2022”, “about 1984”.")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """EDTF, from EDTF or from plain English; raises ValidationError with a sentence for the editor."""
        typed = super().to_python(value)
        try:
            return dates.understand(typed).edtf if typed else typed
        except ValueError as error:
            raise ValidationError(str(error), code="edtf") from error

    def prepare_value(self, value: Any) -> Any:
        """In words wherever the words lead back to the same date."""
        if not isinstance(value, str) or not value:
            return value
        try:
            words = dates.words(value)
            return words if dates.understand(words).edtf == value else value
        except ValueError:
            return value


class PlainTextField(forms.CharField):
    """Text as its record keeps it: a browser's line ends alone are no change."""

    def to_python(self, value: Any) -> Any:
        """Clean what was typed; see `texts.clean`."""
        typed = super().to_python(value)
        return texts.clean(typed) if typed else typed


class LanguageInput(AdminTextInputWidget):
    """A language tag, with the languages of the archive offered (the list stands in the page, see change_form)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"list": "languages", "class": "language", "autocomplete": "off", **(attrs or {})})


FOR_MODEL_FIELDS: dict[Any, dict[str, Any]] = {
    CleanTextField: {"form_class": PlainTextField, "widget": AdminTextareaWidget},
    EDTFField: {"form_class": PartialDateField, "widget": AdminTextInputWidget},
    LanguageTagField: {"widget": LanguageInput},
}


class ChosenByName(AutocompleteSelect):
    """One record, found by typing; what is no key is no choice, and is shown again as none."""

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        """The choice that was made, if it can be one."""
        return super().optgroups(name, [one for one in value if str(one).isdecimal()] or [""], attr)


class ChosenTags(AutocompleteSelectMultiple):
    """Tags, each with a button of its own that takes it away, and none for all of them."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what Select2 is told."""
        return super().build_attrs(*args, **kwargs) | {"data-allow-clear": "false"}


class TagsField(forms.ModelMultipleChoiceField):
    """Tags of the vocabulary, found by any of their names; free text would make new ones at every slip."""

    def __init__(self, site: AdminSite, request: HttpRequest) -> None:
        relation = TestimonyTag._meta.get_field("tag")
        widget = RelatedFieldWidgetWrapper(
            ChosenTags(relation, site),
            relation.remote_field,
            site,
            can_add_related=site.get_model_admin(Tag).has_add_permission(request),
        )
        super().__init__(Tag.objects.all(), required=False, widget=widget, label=_("tags"))


class UploadInput(forms.FileInput):
    """A file that says beforehand if it is too large or of another kind, and shows how far it has gone.

    What it says is for convenience: the form checks the file itself.
    """

    class Media:
        js = ("js/upload.js",)

    def __init__(self, *, accept: tuple[str, ...], most_bytes: int) -> None:
        self.accept, self.most_bytes = accept, most_bytes
        super().__init__({"accept": ",".join(accept), "data-most-bytes": most_bytes})

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the sentences, in the language of the moment."""
        most, kinds = self.most_bytes // (1024 * 1024), ", ".join(self.accept)
        return super().build_attrs(*args, **kwargs) | {
            "data-too-large": _("This file is too large: %(most)d MB is the limit.") % {"most": most},
            "data-other-kind": _("This file is of another kind: %(kinds)s are taken.") % {"kinds": kinds},
            "data-sent": _("sent"),
            "data-stopped": _("The connection was lost before the file had arrived. Nothing was saved: send it again."),
        }


class PrivateFileInput(AdminFileWidget):
    """A file that has no address of its own: the link leads to a view that checks the permission."""

    template_name = "admin/widgets/private_file.html"

    def is_initial(self, value: Any) -> bool:
        """Whether a file is held, without asking for the address that it does not have."""
        return bool(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the address of the view."""
        context = super().get_context(name, value, attrs)
        if value:
            context["widget"]["href"] = reverse(
                "admin:testimonies_publicationbasis_document", args=(value.instance.pk,)
            )
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """With a template of the desk's: the forms' own renderer knows those of installed apps only."""
        return render_to_string(template_name, context)

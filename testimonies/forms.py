"""What readers ask for in an address: query strings are forms too.

Nothing in an address is an error of the reader's as long as something can be shown: what cannot be understood is
left out, and a note says so. Only a page that does not exist has no answer.
"""

import unicodedata
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import verifying
from testimonies.citation.styles import STYLES
from testimonies.models.public import CitingKind, Letter, LogHead, Publication, today
from testimonies.search import FACETS, SORTS, Question
from testimonies.search.parse import parse

LONGEST_VALUE = 100
MOST_VALUES = 20


def readable(text: str, longest: int) -> str:
    """One line of text, cut, without characters that cannot be seen or that turn others round."""
    seen = "".join(character if unicodedata.category(character)[0] != "C" else " " for character in text)
    return unicodedata.normalize("NFC", " ".join(seen.split()))[:longest].rstrip()


class PageForm(forms.Form):
    """The number of a page of a list; not valid where there can be no such page."""

    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def clean_page(self) -> int:
        """The first page goes without saying."""
        if self.data.get("page") == "":
            return 1
        return self.cleaned_data["page"] or 1

    @property
    def number(self) -> int | None:
        """The number, or None."""
        return self.cleaned_data["page"] if self.is_valid() else None


class CiteForm(forms.Form):
    """Which edition and which passage is to be cited, and how; not valid where there can be none of the kind."""

    edition = forms.RegexField(r"\A[1-9][0-9]{0,5}\Z", required=False)
    passage = forms.RegexField(r"\Ap[1-9][0-9]{0,5}\Z", required=False)
    style = forms.CharField(required=False)

    def clean_edition(self) -> int | None:
        """The number; None stands for the current edition."""
        typed = self.cleaned_data["edition"]
        return int(typed) if typed else None

    def clean_style(self) -> str:
        """One of the styles; the first where there is none of the name."""
        typed = self.cleaned_data["style"]
        return typed if typed in STYLES else next(iter(STYLES))


class ValuesField(forms.Field):
    """A name that may stand in the address more than once."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        """Each value once, in the order in which they stand."""
        cleaned = (readable(one, LONGEST_VALUE) for one in value or ())
        return tuple(dict.fromkeys(one for one in cleaned if one))


# What the database can compare with; the log never reaches it.
LARGEST_OF_LOG = 2**31 - 1


class NumberField(forms.CharField):
    """A number that the archive has given; None where it can be none."""

    def clean(self, value: Any) -> int | None:
        """The number, if it fits into the engine's 64 bits."""
        text = super().clean(value)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 and int(text) < 2**64 else None


class QuestionForm(PageForm):
    """The question to the list of testimonies. `notes` are sentences on what was left out of it."""

    q = forms.CharField(required=False)
    sort = forms.CharField(required=False)
    as_of = NumberField(required=False)
    after = NumberField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.notes: list[str] = []
        for facet in FACETS:
            self.fields[facet.name] = ValuesField(required=False, label=facet.label)

    def clean_q(self) -> str:
        """The words to look for."""
        query = parse(self.cleaned_data["q"])
        self.notes += query.notes
        return query.text

    def clean_sort(self) -> str:
        """One of the orders that there are."""
        typed = self.cleaned_data["sort"]
        if typed and typed not in SORTS:
            self.notes.append(_("There is no such order; this is the usual one."))
        return typed if typed in SORTS else ""

    def clean_as_of(self) -> int | None:
        """The number of the publication log up to which is looked."""
        number: int | None = self.cleaned_data["as_of"]
        if number is not None and not LogHead.objects.filter(number__gte=min(number, LARGEST_OF_LOG)).exists():
            self.notes.append(_("The publication log has no such number yet; everything is shown."))
            return None
        if number is None and self.data.get("as_of"):
            self.notes.append(_("The publication log has no such number; everything is shown."))
        return number

    def clean(self) -> None:
        """Keep so many values of a facet, and note what else is not understood."""
        for facet in FACETS:
            if len(self.cleaned_data.get(facet.name, ())) > MOST_VALUES:
                self.cleaned_data[facet.name] = self.cleaned_data[facet.name][:MOST_VALUES]
                told = {"count": MOST_VALUES, "facet": facet.label}
                self.notes.append(_("%(facet)s: only the first %(count)s choices were taken.") % told)
        if unknown := [name for name in self.data if name not in self.fields]:
            told = {"name": readable(unknown[0], 40)}
            self.notes.append(_("The archive does not know what “%(name)s” means; it was left out.") % told)

    @property
    def question(self) -> Question | None:
        """What is asked; None where it asks for a page that cannot be."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        chosen = {facet.name: asked[facet.name] for facet in FACETS if asked[facet.name]}
        return Question(
            words=asked["q"],
            chosen=chosen,
            sort=asked["sort"],
            page=asked["page"],
            as_of=asked["as_of"],
            after=asked["after"] if asked["page"] == 1 else None,
        )


class PlacesForm(QuestionForm):
    """The question to the map, and which frame it has."""

    VIEWS = ("republics", "world")

    view = forms.CharField(required=False)

    def clean_view(self) -> str:
        """One of the frames that there are; empty for the usual one."""
        typed: str = self.cleaned_data["view"]
        if typed and typed not in self.VIEWS:
            self.notes.append(_("The map has no such frame; this is the usual one."))
        return typed if typed in self.VIEWS else ""

    @property
    def frame(self) -> str:
        """The name of the frame asked for; empty for the usual one."""
        return self.cleaned_data.get("view", "") if self.is_valid() else ""


class VerifyForm(forms.Form):
    """What somebody pasted, to learn whether it is held."""

    LONGEST = gettext_lazy("That is very long: paste at most %(limit_value)s characters, one testimony at a time.")

    pasted = forms.CharField(
        label=gettext_lazy("Quotation, citation or address"),
        max_length=verifying.LONGEST,
        error_messages={"max_length": LONGEST, "required": gettext_lazy("Paste some words, or an address.")},
        help_text=gettext_lazy("Three words of a quotation at least. An address or citation may stand beside it."),
        widget=forms.Textarea,
    )


class CitedForm(forms.Form):
    """A publication that cites a testimony. `website` is seen by no human being; `token` says that the form is ours."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=CitingKind)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=500,
        help_text=gettext_lazy("Author, title, where it appeared, pages: as you would have it in a bibliography."),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990)
    address = forms.URLField(
        label=gettext_lazy("Address or DOI"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Such as https://doi.org/…"),
    )
    edition = forms.IntegerField(label=gettext_lazy("Which edition does it cite?"), min_value=1, max_value=10**6)
    passage = forms.RegexField(
        r"^p?[1-9][0-9]{0,4}$",
        label=gettext_lazy("Which passage?"),
        required=False,
        help_text=gettext_lazy("Such as p3. Leave it empty if it cites the whole."),
        error_messages={"invalid": gettext_lazy("A passage is called as on the page, such as p3.")},
    )
    reply = forms.CharField(
        label=gettext_lazy("How can we ask you, if something is unclear?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A mail address. It is kept encrypted, is never shown, and is deleted with the letter."),
    )
    website = forms.CharField(required=False, max_length=300)
    token = forms.CharField(required=False, max_length=200)

    def __init__(self, publication: Publication, *args: Any, **kwargs: Any) -> None:
        self.publication = publication
        super().__init__(*args, **kwargs)

    def clean_year(self) -> int:
        """Nothing that is to appear yet."""
        year: int = self.cleaned_data["year"]
        if year > today().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year

    def clean_passage(self) -> int | None:
        """The number."""
        typed: str = self.cleaned_data["passage"]
        return int(typed.removeprefix("p")) if typed else None

    def clean(self) -> None:
        """Refuse an edition or a passage that readers cannot find."""
        number, passage = self.cleaned_data.get("edition"), self.cleaned_data.get("passage")
        if not number:
            return
        editions = self.publication.editions.filter(number=number, emptied_at=None)
        if not editions.exists():
            self.add_error("edition", _("There is no edition %(number)s to be read.") % {"number": number})
        elif passage and not editions.filter(passages__number=passage).exists():
            told = {"number": number, "passage": passage}
            self.add_error("passage", _("There is no passage p%(passage)s in edition %(number)s.") % told)

    def letter(self) -> dict[str, Any]:
        """What goes into the letterbox."""
        names = ("kind", "reference", "year", "address", "edition", "passage", "reply")
        return {name: self.cleaned_data[name] for name in names}


class AskForm(forms.Form):
    """What a witness asks for. `website` is seen by no human being; `token` says that the form is ours."""

    asks = forms.ChoiceField(label=gettext_lazy("What do you ask for?"), choices=Letter.Asks, widget=forms.RadioSelect)
    testimony = forms.CharField(
        label=gettext_lazy("Which testimony?"),
        max_length=300,
        help_text=gettext_lazy("Its address or its identifier, or how it begins."),
    )
    who = forms.CharField(
        label=gettext_lazy("Who are you?"),
        max_length=300,
        help_text=gettext_lazy("Such as “I said this” or “her brother”. You need not give your name."),
    )
    reply = forms.CharField(
        label=gettext_lazy("How can we answer you?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A mail address or a telephone number. Without one you get no answer, but we act."),
    )
    ground = forms.CharField(
        label=gettext_lazy("What should change, and why?"), max_length=5000, required=False, widget=forms.Textarea
    )
    website = forms.CharField(required=False, max_length=300)
    token = forms.CharField(required=False, max_length=200)

    def letter(self) -> dict[str, str]:
        """What goes into the letterbox."""
        return {name: self.cleaned_data[name] for name in ("asks", "testimony", "who", "reply", "ground")}

"""What readers will see: the table before publishing, and the place where places and dates are made coarser."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from testimonies import dates
from testimonies.checking.coarsening import coarser_dates, coarser_places
from testimonies.checking.leaks import editions_that_tell, leak_matrix
from testimonies.models.editorial import Disclosure, Testimony, TestimonyPlace
from testimonies.models.public import Place

from .acts import Act, ActForm, Done, private_note
from .history import write_reason
from .standing import is_final

KINDS = {"spoken": gettext_lazy("date of speaking"), "happened": gettext_lazy("date of what happened")}
Choice = tuple[str, str]


class DisclosureForm(ActForm):
    """For each place and date: as it is, coarser, or nothing; a choice is the disclosure and what is seen instead."""

    note = private_note()

    def __init__(self, record: Testimony, *args: Any, **kwargs: Any) -> None:
        super().__init__(record, *args, **kwargs)
        note = self.fields.pop("note")
        for placement in record.placements.select_related("place__parent__parent", "public_place"):
            label = f"{placement.get_relation_display()} {placement.place}"
            choices = list(choices_of_place(placement))
            self.offer(f"place_{placement.pk}", label, choices, (placement.disclosure, placement.public_place_id or ""))
        for kind, what in KINDS.items():
            if edtf := getattr(record, kind):
                said = (getattr(record, f"{kind}_disclosure"), getattr(record, f"{kind}_public"))
                self.offer(kind, f"{what}: {dates.words(edtf)}", list(choices_of_date(record, kind)), said)
        self.fields["note"] = note

    def offer(self, name: str, label: str, choices: list[Choice], said: tuple[str, Any]) -> None:
        """A field with the choice that is made now."""
        self.fields[name] = forms.ChoiceField(label=label, choices=choices)
        self.initial.setdefault(name, choice(*said))


def choice(disclosure: str, instead: Any = "") -> str:
    """A choice as the form sends it."""
    return f"{disclosure}:{instead}" if disclosure == Disclosure.COARSER else f"{disclosure}:"


def choices_of_place(placement: TestimonyPlace) -> Iterator[Choice]:
    """The place itself, what it lies in, nothing."""
    yield choice(Disclosure.EXACT), _("as it is: %(value)s") % {"value": placement.place}
    wider: list[Place] = coarser_places(placement.place)
    held = placement.public_place
    for place in [*wider, *([held] if held and held not in wider else [])]:
        values = {"kind": place.get_kind_display(), "value": place}
        yield choice(Disclosure.COARSER, place.pk), _("only the %(kind)s: %(value)s") % values
    yield choice(Disclosure.WITHHELD), _("nothing")


def choices_of_date(testimony: Testimony, kind: str) -> Iterator[Choice]:
    """The date itself, the month, season and year that hold it, nothing."""
    edtf, held = getattr(testimony, kind), getattr(testimony, f"{kind}_public")
    yield choice(Disclosure.EXACT), _("as it is: %(value)s") % {"value": dates.words(edtf)}
    wider = coarser_dates(edtf)
    for one in [*wider, *([held] if held and held not in wider else [])]:
        yield choice(Disclosure.COARSER, one), _("only: %(value)s") % {"value": dates.words(one)}
    yield choice(Disclosure.WITHHELD), _("nothing")


def disclose(testimony: Testimony, said: dict[str, Any], by: Any) -> Done:
    """Keep what was chosen; the true values stay as they are."""
    changed = False
    for placement in testimony.placements.all():
        disclosure, _colon, instead = said[f"place_{placement.pk}"].partition(":")
        if choice(disclosure, instead) != choice(placement.disclosure, placement.public_place_id):
            placement.disclosure, placement.public_place_id = disclosure, int(instead) if instead else None
            placement.save()
            changed = True
    for kind in KINDS:
        if kind not in said:
            continue
        disclosure, _colon, instead = said[kind].partition(":")
        held = getattr(testimony, f"{kind}_disclosure"), getattr(testimony, f"{kind}_public")
        if choice(disclosure, instead) != choice(*held):
            setattr(testimony, f"{kind}_disclosure", disclosure)
            setattr(testimony, f"{kind}_public", instead)
            changed = True
    if not changed:
        return Done(_("Nothing was different from what is saved."), testimony)
    testimony.save()
    write_reason(testimony, said["note"])
    if testimony.is_public:
        return Done(_("It is kept. Readers see it once the next edition is published."), testimony)
    return Done(_("It is kept."), testimony)


def table(testimony: Testimony, _form: ActForm) -> dict[str, Any]:
    """What the page shows above the choices."""
    matrix = leak_matrix(testimony)
    return {"matrix": matrix, "editions_that_tell": editions_that_tell(testimony) if matrix else []}


DISCLOSE = Act(
    name="disclose",
    label=gettext_lazy("What readers will see"),
    button=gettext_lazy("Keep these choices"),
    warning=gettext_lazy(
        "The table is made from what would be published now. What readers see of a place or a date is all that search, "
        "facets, map, order and exports know: the true value stays on the desk."
    ),
    permission="change_testimony",
    form=DisclosureForm,
    do=disclose,
    template="admin/testimonies/testimony/disclose.html",
    offered=lambda testimony: not is_final(testimony),
    context=table,
)

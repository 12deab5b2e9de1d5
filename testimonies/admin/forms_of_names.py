"""Name forms: how a witness, a place, a wave or a tag is written, in which script, and by whom."""

from django.contrib import admin

from testimonies.models.public import PlaceNameForm, TagNameForm, WaveNameForm, WitnessNameForm

from .fields import FOR_MODEL_FIELDS


class NameForms(admin.StackedInline):
    """The forms of one record's name."""

    extra = 0
    formfield_overrides = FOR_MODEL_FIELDS
    fields = (("text", "tag"), ("status", "attested_in"), ("system", "used_by"))


class WitnessNames(NameForms):
    """Of a witness."""

    model = WitnessNameForm


class PlaceNames(NameForms):
    """Of a place."""

    model = PlaceNameForm


class WaveNames(NameForms):
    """Of a wave."""

    model = WaveNameForm
    fields = (("text", "tag"), ("status", "used_by"), ("system", "attested_in"))


class TagNames(NameForms):
    """Of a tag."""

    model = TagNameForm

"""What refers to a record: why it cannot be deleted, in words that lead to the testimonies and records that use it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from testimonies.models.editorial import (
    Testimony,
    TestimonyContribution,
    TestimonyPlace,
    TestimonyTag,
    TestimonyWave,
    Translation,
)
from testimonies.models.public import Contribution, Derivation, Publication, PublicationPlace

# What says something of a testimony, and how it is led to it.
REFERRING: dict[Any, str] = {
    Testimony: "pk",
    TestimonyPlace: "testimony",
    TestimonyWave: "testimony",
    TestimonyContribution: "testimony",
    TestimonyTag: "content_object",
    Translation: "testimony",
}
USES = "uses"


def using(record: Any) -> QuerySet[Testimony]:
    """The testimonies that refer to a record, by themselves or by a part of theirs."""
    asked = Q(pk=None)
    for model, key in REFERRING.items():
        for field in model._meta.concrete_fields:
            if field.related_model is type(record):
                asked |= Q(pk__in=model._default_manager.filter(**{field.name: record}).values(key))
    return Testimony.objects.filter(asked)


def reasons_to_keep(record: Any, request: HttpRequest, site: admin.AdminSite) -> Iterator[Any]:
    """Why a record that something refers to is not deleted, in sentences that lead to what does.

    What has been published is left to `Vocabulary.why_kept`.
    """
    number = using(record).count()
    if number:
        address = f"{reverse('admin:testimonies_testimony_changelist')}?{USES}={token(record)}"
        sentence = ngettext(
            "%(number)d testimony uses “%(record)s”.", "%(number)d testimonies use “%(record)s”.", number
        )
        yield format_html('<a href="{}">{}</a>', address, sentence % {"number": number, "record": record})
    collector = NestedObjects(using="default", origin=record)
    collector.collect([record])
    told_otherwise = (*REFERRING, Publication, PublicationPlace)
    others = {whole(one) for one in collector.protected if not isinstance(one, told_otherwise)}
    seen = [one for one in others if may_see(one, request, site)]
    for one in sorted(seen, key=lambda one: (one._meta.model_name, one.pk)):
        meta = one._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=(one.pk,))
        yield format_html('{}: <a href="{}">{}</a>', capfirst(str(meta.verbose_name)), address, one)
    if len(seen) < len(others):
        yield _("Other records of the archive refer to it.")


def whole(row: Any) -> Any:
    """The record that a row belongs to which has no page of its own."""
    return row.source if isinstance(row, Contribution | Derivation) else row


def may_see(record: Any, request: HttpRequest, site: admin.AdminSite) -> bool:
    """Whether the record has a page on the desk that the reader may open."""
    model = type(record)
    return site.is_registered(model) and site.get_model_admin(model).has_view_permission(request, record)


def token(record: Any) -> str:
    """How an address names a record."""
    return f"{record._meta.model_name}-{record.pk}"

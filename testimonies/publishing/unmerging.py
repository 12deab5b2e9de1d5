"""Undoing a merge for a day: what was moved goes back, and the address leads to its record again.

Before a merge moves anything it writes down what is where (`Before`). Undoing refuses where that has changed since,
because an editor has decided something on the merged record by then.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from testimonies.models.editorial import Merge, Testimony
from testimonies.models.public import (
    AddressedVocabulary,
    Edition,
    Identifier,
    Place,
    Publication,
    PublicationEvent,
    PublicationPlace,
    WitnessNameKey,
    append_events,
)

from .restoring import is_held
from .telling import tell

# What is made anew from the rest, and is not moved back row by row.
DERIVED = (PublicationPlace, WitnessNameKey)
NAMED = 5


@dataclass
class Before:
    """How it was before a merge. Relations are named as `name_of` does, rows by their keys."""

    record: str = ""  # the record that is given up, serialized
    moved: list[tuple[str, int]] = field(default_factory=list)
    dropped: list[tuple[str, int, str]] = field(default_factory=list)  # relation, the twin that stays, the row
    given: list[tuple[str, int, list[str]]] = field(default_factory=list)  # relation, twin, what it said no to
    led: list[int] = field(default_factory=list)  # entries of the ledger that led to the record
    bound: list[int] = field(default_factory=list)  # publications that were found under the record
    places: list[tuple[int, str]] = field(default_factory=list)  # publications, and in which relation to the place
    kept_places: list[tuple[int, str]] = field(default_factory=list)  # the same of the record that stays

    @classmethod
    def of(cls, given_up: AddressedVocabulary, into: AddressedVocabulary, bound: list[Publication]) -> "Before":
        """What can be written down before anything is moved."""
        before = cls(record=serialized(given_up), bound=[one.pk for one in bound])
        if given_up.address:
            ledger = Identifier.objects.filter(
                redirects_to__kind=given_up.identifier_kind, redirects_to__value=given_up.address
            )
            before.led = list(ledger.values_list("pk", flat=True))
        if isinstance(given_up, Place) and isinstance(into, Place):
            before.places, before.kept_places = direct(given_up), direct(into)
        return before

    def keep(self, given_up: AddressedVocabulary, into: AddressedVocabulary, by: Any) -> None:
        """Keep it for a day."""
        Merge.objects.create(
            kind=given_up.identifier_kind,
            kept=into.pk,
            by=by,
            called=str(given_up),
            before=json.dumps(asdict(self)),
        )


def direct(place: Place) -> list[tuple[int, str]]:
    """The publications that are bound to a place itself."""
    return list(place.placements.direct().values_list("publication", "relation"))


def serialized(row: models.Model) -> str:
    """A row as text."""
    return str(serializers.serialize("json", [row]))


def read_back(text: str) -> Any:
    """The row as it was, not saved yet."""
    return next(iter(serializers.deserialize("json", text))).object


def name_of(relation: models.ManyToOneRel) -> str:
    """A relation by the field that makes it."""
    model: Any = relation.related_model
    return f"{model._meta.label_lower}.{relation.field.name}"


@transaction.atomic
def unmerge(merge: Merge, *, reason: str = "") -> AddressedVocabulary:
    """Make two records of one again, as they were; the one that comes back.

    Raises ValueError with a sentence where a day has passed, or where what was moved has changed since.
    """
    held = Merge.objects.undoable().select_for_update(of=("self",)).filter(pk=merge.pk).first()
    if held is None:
        raise ValueError(_("A merge can be undone once, for a day. That is over."))
    before = Before(**json.loads(held.before))
    record: AddressedVocabulary = read_back(before.record)
    into = type(record).objects.select_for_update(of=("self",)).filter(pk=held.kept).first()
    if into is None:
        raise ValueError(_("The record that it was merged into is gone: undo first what was done to that one."))
    undoing = Undoing(record, into, before, reason)
    undoing.refuse(held)
    undoing.work()
    held.delete()
    return record


class Undoing:
    """The undoing of one merge, looked at whole before anything is moved."""

    def __init__(self, record: AddressedVocabulary, into: AddressedVocabulary, before: Before, reason: str) -> None:
        self.record, self.into, self.before, self.reason = record, into, before, reason
        self.relations = {
            name_of(one): one
            for one in into._meta.get_fields(include_hidden=True)
            if isinstance(one, models.ManyToOneRel)
        }
        self.dropped = [(name, key, read_back(row)) for name, key, row in before.dropped]
        self.rows = self.held([*before.moved, *((name, key) for name, key, _row in before.dropped)])

    def held(self, named: list[tuple[str, int]]) -> dict[tuple[str, int], Any]:
        """The rows that stand now, locked."""
        found: dict[tuple[str, int], Any] = {}
        for name in sorted({name for name, _key in named}):
            model: Any = self.relations[name].related_model
            keys = [key for one, key in named if one == name]
            rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
            found |= {(name, row.pk): row for row in rows}
        return found

    def refuse(self, merge: Merge) -> None:
        """Raise ValueError where it cannot be as it was."""
        if changed := list(dict.fromkeys([*self.changed(), *self.published_since(merge)])):
            named = ", ".join(changed[:NAMED]) + (" …" if len(changed) > NAMED else "")
            raise ValueError(_("It cannot be undone: since the merge this was changed: %(what)s.") % {"what": named})
        for row in (self.record, *(row for _name, _key, row in self.dropped)):
            for one in row._meta.concrete_fields:
                value = getattr(row, one.attname)
                if not is_held(one, value) and value != self.record.pk:
                    raise ValueError(_("It cannot be undone: what the record referred to is gone."))
        try:
            self.record.validate_unique()
        except ValidationError as error:
            raise ValueError(" ".join([_("It cannot be undone."), *error.messages])) from error
        if isinstance(self.record, Place):
            around = self.record.ancestors()
            if any(row in around for row in self.rows.values() if isinstance(row, Place)):
                raise ValueError(_("It cannot be undone: the place would lie in itself by now."))

    def changed(self) -> Iterator[str]:
        """What does not point at the record any more that stays."""
        for name, key in [*self.before.moved, *((name, key) for name, key, _row in self.before.dropped)]:
            relation = self.relations[name]
            row = self.rows.get((name, key))
            if row is None:
                yield str(relation.field.model._meta.verbose_name)
            elif getattr(row, relation.field.attname) != self.into.pk:
                yield whose(row)
        if isinstance(self.into, Place):
            gone = set(map(tuple, self.before.places)) - set(direct(self.into))
            yield from Publication.objects.filter(pk__in=[key for key, _relation in gone]).values_list(
                "identifier", flat=True
            )

    def published_since(self, merge: Merge) -> Iterator[str]:
        """The publications of which an edition names the merged record: it is never changed."""
        editions = Edition.objects.filter(publication__in=self.before.bound, published_at__gt=merge.at)
        yield from editions.values_list("publication__identifier", flat=True).distinct()

    def work(self) -> None:
        """Move everything back, and tell the log."""
        self.record.save(force_insert=True)
        for name, key, more in self.before.given:
            twin = self.rows[name, key]
            for attribute in more:
                setattr(twin, attribute, False)
            twin.save(update_fields=more)
        for name, key in self.before.moved:
            row, field_name = self.rows[name, key], self.relations[name].field.name
            setattr(row, field_name, self.record)
            row._change_reason = self.reason
            row.save(update_fields=[field_name])
        for _name, _key, row in self.dropped:
            row.save(force_insert=True)
        self.lead_back()
        for record in (self.into, self.record):
            record.refresh_from_db()
            record.save()  # its names and what is found by them
        if isinstance(self.record, Place) and isinstance(self.into, Place):
            self.place_again(self.record, self.into)
        bound = list(Publication.objects.filter(pk__in=self.before.bound).order_by("pk"))
        append_events(PublicationEvent.Kind.VOCABULARY, publications=bound, subject=self.record.subject)
        if self.record.address:
            tell(PublicationEvent.Kind.PARTED, subject=self.record.subject)

    def lead_back(self) -> None:
        """Let the address lead to the record again, and those that led to it."""
        entry = Identifier.objects.find(self.record.identifier_kind, self.record.address or "")
        if entry:
            Identifier.objects.filter(pk=entry.pk).update(redirects_to=None)
            Identifier.objects.filter(pk__in=self.before.led).update(redirects_to=entry)

    def place_again(self, place: Place, into: Place) -> None:
        """Let the publications be found under the place again, and under the other only where they were."""
        kept = set(map(tuple, self.before.kept_places))
        for publication in Publication.objects.filter(pk__in={key for key, _relation in self.before.places}):
            relations = [relation for key, relation in self.before.places if key == publication.pk]
            stands = [(one.place, one.relation) for one in publication.placements.direct()]
            not_here = {(into.pk, one) for one in relations if (publication.pk, one) not in kept}
            others = [(one, relation) for one, relation in stands if (one.pk, relation) not in not_here]
            publication.enter_places([*others, *((place, relation) for relation in relations)])


def whose(row: Any) -> str:
    """What an editor calls a row: what it belongs to, where it is a part."""
    is_whole = isinstance(row, Testimony | Publication | AddressedVocabulary)
    owners = (getattr(row, name, None) for name in ("testimony", "content_object", "publication", "source", "record"))
    return str(row if is_whole else next(filter(None, owners), row))

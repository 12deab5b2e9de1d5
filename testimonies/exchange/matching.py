"""Which record of the archive a row means. Where that is not certain, nothing is guessed: the editor is asked.

A record is met by its key or identifier; a source by its address, or by title, publisher and date where the row has no
address; a place by its name and what it lies in; a voice by its name and description within one source only, and never
where the source does not name it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from testimonies import identifiers, webaddresses
from testimonies.folding import fold_text
from testimonies.models.editorial import ExchangeKey, PublicationBasis, Testimony
from testimonies.models.public import (
    Agent,
    Collection,
    Event,
    Identifier,
    Place,
    Source,
    Tag,
    Wave,
    Witness,
)

from .columns import DESCRIBED

_NAMED = (Witness.Naming.NAMED_IN_SOURCE, Witness.Naming.PSEUDONYM)
# What is added to addresses so that it is known who followed them.
# What tells records of a kind apart, read for all of them at once.
_HELD = {
    "source": ("identifier", "title", "publisher", "date", "url", "archived_url"),
    "witness": ("identifier", "name", "described_as", "naming"),
    "place": ("identifier", "name", "kind", "parent_id"),
    "basis": ("label",),
    "wave": ("slug", "name"),
    "tag": ("slug", "name"),
    "collection": ("name",),
    "event": ("name", "date"),
    "agent": ("name", "kind"),
}
_MODELS: dict[str, Any] = {
    "source": Source,
    "witness": Witness,
    "place": Place,
    "basis": PublicationBasis,
    "wave": Wave,
    "tag": Tag,
    "collection": Collection,
    "event": Event,
    "agent": Agent,
}


class Uncertain(Exception):
    """Raised with a sentence where a row may mean several records."""


@dataclass(eq=False)
class Record:
    """A record that rows speak of: held already (`pk`), or to be made from what they give."""

    kind: str
    pk: int | None = None
    held: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)  # by field; what leads to another record holds a Record
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    row: int = 0  # the first row that speaks of it
    prefix: str = ""  # and its columns there
    key: str = ""  # the key that the file gives it
    is_bound: bool = False  # whether the archive knows that key

    @property
    def is_new(self) -> bool:
        """Whether it has to be made."""
        return self.pk is None

    @property
    def name(self) -> str:
        """How it is called in sentences."""
        shown = self.held or self.given
        return str(shown.get("name") or shown.get("title") or shown.get("label") or shown.get("slug") or self.key)


class Known:
    """Every record that rows may mean: those that are held, and those that earlier rows speak of."""

    def __init__(self) -> None:
        self.by_pk: dict[tuple[str, int], Record] = {}
        self.by_key: dict[tuple[str, str], Record] = {}
        self.by_name: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
        self.new: list[Record] = []
        self.testimonies: dict[str, int] = {}
        self._load()

    def _load(self) -> None:
        for kind, fields in _HELD.items():
            for values in _MODELS[kind].objects.order_by("pk").values("pk", *fields).iterator(2000):
                pk = values.pop("pk")
                self.by_pk[kind, pk] = Record(kind, pk, values)
        for record in self.by_pk.values():
            self.index(record, record.held)
            if identifier := record.held.get("identifier"):
                self.by_key[record.kind, identifier] = record
        voices = Testimony.objects.exclude(source=None).exclude(witness=None)
        for source, witness in voices.order_by().values_list("source_id", "witness_id").distinct():
            self.heard_in(self.by_pk["source", source], self.by_pk["witness", witness])
        self.testimonies = dict(
            Testimony.objects.exclude(publication=None).values_list("publication__identifier", "pk")
        )
        for kind, key, *keys in ExchangeKey.objects.values_list("kind", "key", *ExchangeKey.KINDS).iterator(2000):
            pk = next(one for one in keys if one)
            if kind == "testimony":
                self.testimonies[key] = pk
            else:
                self.by_key[kind, key] = self.by_pk[kind, pk]

    def index(self, record: Record, fields: dict[str, Any]) -> None:
        """Let a record be found by its names."""
        for name in _names(record.kind, fields):
            if record not in self.by_name[name]:
                self.by_name[name].append(record)

    def heard_in(self, source: Record, witness: Record) -> None:
        """Let a voice be found again in a source that has words of it."""
        fields = witness.held or witness.given
        if fields.get("naming", Witness.Naming.NAMED_IN_SOURCE) in _NAMED:
            name = ("witness", id(source), fields.get("name"), fields.get("described_as", ""))
            if witness not in self.by_name[name]:
                self.by_name[name].append(witness)

    def with_key(self, kind: str, key: str) -> Record | None:
        """The record that bears the key or identifier, also one that was merged into another."""
        if (record := self.by_key.get((kind, key))) is not None:
            return record
        if identifiers.is_wellformed(key):
            entry = Identifier.objects.find(kind, key)
            if entry and entry.redirects_to:
                return self.by_key.get((kind, entry.redirects_to.value))
        return None

    def find(self, kind: str, key: str, given: dict[str, Any], source: Record | None) -> Record | None:
        """The record that is meant, or None where it is not known yet; raises Uncertain."""
        if key and (record := self.with_key(kind, key)) is not None:
            return record
        for name in _asked(kind, given, source):
            # Two keys of one file are two records, however alike they are.
            candidates = [one for one in self.by_name.get(name, ()) if not (key and one.key) and self._fits(one, given)]
            if len(candidates) > 1:
                raise Uncertain(
                    _("%(count)d records are called “%(name)s”. Say which by its key.")
                    % {"count": len(candidates), "name": candidates[0].name}
                    if kind in ExchangeKey.KINDS
                    else _("%(count)d records are called “%(name)s”: merge them first.")
                    % {"count": len(candidates), "name": candidates[0].name}
                )
            if candidates:
                return candidates[0]
        return None

    def _fits(self, record: Record, given: dict[str, Any]) -> bool:
        """Whether the row says nothing that tells them apart: people from bodies, towns from regions."""
        if record.kind not in ("place", "agent"):
            return True
        unsaid = "" if record.kind == "place" else Agent.Kind.PERSON
        kind = (record.held or record.given).get("kind") or unsaid
        if kind and given.get("kind", kind) != kind:
            return False
        if given.get("is_wider") and kind in ("", Place.Kind.CITY):
            return False
        return not given.get("within") or self.within(record) == given["within"]

    def within(self, place: Record) -> tuple[str, ...]:
        """The names of what a place lies in, from the nearest to the widest."""
        names: list[str] = []
        parent = self.parent(place)
        while parent is not None and len(names) < 20:
            names.append(parent.name)
            parent = self.parent(parent)
        return tuple(names)

    def parent(self, place: Record) -> Record | None:
        """What a place lies in."""
        return self.by_pk.get(("place", place.held["parent_id"])) if place.held else place.given.get("parent")

    def make(self, kind: str, given: dict[str, Any], *, row: int, prefix: str, key: str = "") -> Record:
        """A record that is to be made."""
        record = Record(kind, given=given, row=row, prefix=prefix, key=key)
        self.new.append(record)
        if key:
            self.by_key[kind, key] = record
        self.index(record, given)
        return record

    def alike(self, tag: str) -> str:
        """Another tag that is found under the same letters, or an empty text."""
        found = self.by_name.get(("tag", "folded", fold_text(tag)), [])
        return next((one.name for one in found if one.name != tag), "")


def _names(kind: str, fields: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Under which names a record is found."""
    name = fields.get("name", "")
    match kind:
        case "source":
            cited = ("source", fields.get("title"), fields.get("publisher", ""), fields.get("date", ""))
            addresses = (fields.get("url"), fields.get("archived_url"))
            return [cited, *(("source", page) for one in addresses if one and (page := webaddresses.page(one)))]
        case "witness":
            return []  # only within a source: see `heard_in`
        case "basis":
            return [("basis", fields.get("label"))]
        case "wave":
            return [("wave", fields.get("slug"))]
        case "tag":
            return [("tag", name), ("tag", "folded", fold_text(name))]
        case "event":
            return [("event", name), ("event", name, fields.get("date"))]
    return [(kind, name)]


def _asked(kind: str, given: dict[str, Any], source: Record | None) -> list[tuple[Any, ...]]:
    """Under which names a row asks for a record, the surest first."""
    if kind == "witness":
        naming = given.get("naming", Witness.Naming.NAMED_IN_SOURCE)
        named = source is not None and naming in _NAMED and "name" in given
        return [("witness", id(source), given["name"], given.get("described_as", ""))] if named else []
    if kind == "source":
        names = _names(kind, given)
        return names[1:2] if given.get("url") else names[:1] if given.get("title") else []
    if kind == "event":
        return [("event", given.get("name"), given["date"]) if "date" in given else ("event", given.get("name"))]
    bare = DESCRIBED[kind].needed[0]
    return _names(kind, given)[:1] if bare in given else []
